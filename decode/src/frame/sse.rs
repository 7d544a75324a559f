//! Decodes Server-Sent Events (WHATWG HTML §9.2.6), with what real servers do besides.
//!
//! Deviations from the standard, each because a server needs it: an unterminated last event is handed out by
//! [`SseDecoder::finish`], marked; comments are frames, since a developer wants to see keep-alives; lines of no known
//! field are kept up to a bound, since some gateways write a bare JSON error into the stream; and a line of data that is
//! an object ends where the next one begins one, since some gateways part events by one line end. In one JSON text no
//! line that begins with a bracket can follow a line that ends with a brace.

use super::lines::{LineEnds, Lines};
use super::{COMMENT_LIMIT, Event, FRAME_LIMIT, Frame, FrameTooLarge, LINE_LIMIT, text};
use std::ops::Range;
use std::time::Duration;

/// The most bytes of lines without a known field that are kept.
const STRAY_LIMIT: usize = 64 << 10;
/// A longer name is read each time it comes.
const NAME_LIMIT: usize = 128;
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes an event stream. Feed it with [`push`](SseDecoder::push), empty it with [`next_frame`](SseDecoder::next_frame).
///
/// ```
/// use tokenfall_decode::frame::{Frame, SseDecoder};
///
/// let mut decoder = SseDecoder::new();
/// decoder.push(b"data: Hel");
/// assert_eq!(decoder.next_frame(), Ok(None));
/// decoder.push(b"lo\n\n");
/// let Ok(Some(Frame::Event(event))) = decoder.next_frame() else { panic!("an event") };
/// assert_eq!((event.name, event.data), ("message", b"Hello".as_slice()));
/// ```
#[derive(Debug)]
pub struct SseDecoder {
    lines: Lines,
    limit: usize,
    at_start: bool,
    pending: Pending,
    /// Data of more than one line, joined by LF.
    joined: Vec<u8>,
    /// The last-event-ID buffer of the standard, and what of it the last blank line committed.
    id: String,
    committed_id: String,
    retry: Option<Duration>,
    stray: Vec<u8>,
    comment: String,
    /// The event type, where the pending event has one. Copied, so that the buffer need not hold the line.
    name: String,
    too_large: bool,
}

/// The fields of the event that is being put together.
#[derive(Debug, Default)]
struct Pending {
    has_name: bool,
    data: Data,
}

#[derive(Debug, Default)]
enum Data {
    #[default]
    Absent,
    /// Still in the buffer, which holds it by its mark; counted from there.
    OneLine(Range<usize>),
    /// The data is in `joined`.
    Joined,
}

/// The result of a step over the lines, in positions of the buffer.
enum Found {
    Event { has_name: bool, data: Option<Range<usize>>, terminated: bool },
    Comment(Range<usize>),
}

impl Default for SseDecoder {
    fn default() -> SseDecoder {
        SseDecoder::new()
    }
}

impl SseDecoder {
    /// Creates a decoder that holds at most [`FRAME_LIMIT`] bytes of one event.
    pub fn new() -> SseDecoder {
        SseDecoder::with_limit(FRAME_LIMIT)
    }

    /// Creates a decoder for a connection that goes on behind an event: its ID stays in force until another one comes, as
    /// it does in browsers.
    pub fn resuming(last_event_id: &str) -> SseDecoder {
        SseDecoder {
            id: last_event_id.to_owned(),
            committed_id: last_event_id.to_owned(),
            ..SseDecoder::new()
        }
    }

    /// Returns a decoder with another bound on one event, in bytes.
    pub fn with_limit(limit: usize) -> SseDecoder {
        SseDecoder {
            lines: Lines::new(LineEnds::Any),
            limit,
            at_start: true,
            pending: Pending::default(),
            joined: Vec::new(),
            id: String::new(),
            committed_id: String::new(),
            retry: None,
            stray: Vec::new(),
            comment: String::new(),
            name: String::new(),
            too_large: false,
        }
    }

    /// Takes the bytes of one chunk, cut wherever the network cut them.
    pub fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// Lends the next frame, or `None` until more bytes come.
    ///
    /// # Errors
    /// An event over the bound. Everything before it has been lent; the decoder gives nothing more.
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FrameTooLarge> {
        match self.advance() {
            _ if self.too_large => Err(FrameTooLarge { limit: self.limit }),
            Some(found) => Ok(Some(self.lend(found))),
            None => Ok(None),
        }
    }

    /// Ends the body: lends an event whose blank line (or last line end) never came, marked as unterminated. The
    /// standard throws it away; whether it counts is the caller's decision (it should at least be whole JSON).
    pub fn finish(&mut self) -> Option<Event<'_>> {
        if self.too_large {
            return None;
        }
        let rest = self.lines.partial();
        if !rest.is_empty() && self.lines.slice(rest.clone())[0] != b':' {
            self.field(rest);
        }
        match std::mem::take(&mut self.pending.data) {
            Data::Absent => None,
            data @ (Data::OneLine(_) | Data::Joined) => {
                let found = self.take_event(data, false);
                match self.lend(found) {
                    Frame::Event(event) => Some(event),
                    Frame::Comment(_) => None,
                }
            }
        }
    }

    /// Returns the last event ID in force: what a reconnection would send as `Last-Event-ID`. Committed at blank lines
    /// only.
    pub fn last_event_id(&self) -> &str {
        &self.committed_id
    }

    /// Returns the reconnection time the server asked for, if it did.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Lines that were no field of the standard, joined by LF, at most 64 KiB: perhaps an error written into the stream.
    pub fn stray(&self) -> &[u8] {
        &self.stray
    }

    /// Returns how many bytes were searched, copied or moved so far, in the buffer of lines: tests hold it to be
    /// linear.
    #[cfg(debug_assertions)]
    pub fn work(&self) -> u64 {
        self.lines.work()
    }

    /// Sets `too_large` where a line or the end of what is there oversteps the bound. Both are looked at, so that the
    /// same event is refused however it was cut.
    // Compiled for speed, as part of its callers it would be for size.
    #[inline(never)]
    fn advance(&mut self) -> Option<Found> {
        if self.too_large {
            return None;
        }
        if self.at_start {
            let start = self.lines.slice(self.lines.partial());
            if start.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(start) {
                return None;
            }
            self.at_start = false;
            if start.starts_with(BYTE_ORDER_MARK) {
                self.lines.skip(BYTE_ORDER_MARK.len());
                self.lines.release();
            }
        }
        loop {
            // Most events are named as the one before.
            if !self.pending.has_name
                && self.name.len() <= NAME_LIMIT
                && matches!(self.pending.data, Data::Absent)
                && let Some(line) = self.lines.skip_known(b"event: ", self.name.as_bytes())
            {
                if self.refuses(line) {
                    return None;
                }
                self.pending.has_name = true;
                self.lines.release();
            }
            let Some(line) = self.lines.next_line() else { break };
            let is_comment = self.lines.slice(line.clone()).first() == Some(&b':');
            if self.refuses(line.start..if is_comment { line.start } else { line.end }) {
                return None;
            }
            if line.is_empty() {
                if self.id != self.committed_id {
                    self.committed_id.clone_from(&self.id);
                }
                match std::mem::take(&mut self.pending.data) {
                    // No data, no event; the name is forgotten all the same.
                    Data::Absent => {
                        self.pending.has_name = false;
                        self.lines.release();
                    }
                    data @ (Data::OneLine(_) | Data::Joined) => {
                        return Some(self.take_event(data, true));
                    }
                }
            } else if is_comment {
                let end = line.end.min(line.start + 1 + COMMENT_LIMIT);
                // Comments inside an event would fill the buffer if its data held them.
                self.copy_data();
                self.lines.release();
                return Some(Found::Comment(line.start + 1..end));
            } else if self.is_apart(line.clone()) {
                self.copy_data();
                self.pending.data = Data::Absent;
                self.lines.release_to(line.start);
                self.field(line);
                return Some(Found::Event { has_name: self.pending.has_name, data: None, terminated: true });
            } else {
                self.field(line);
                if !matches!(self.pending.data, Data::OneLine(_)) {
                    self.lines.release();
                }
            }
        }
        let partial = self.lines.partial();
        if self.lines.slice(partial.clone()).first() == Some(&b':') {
            self.lines.shorten_partial(1 + COMMENT_LIMIT);
            self.refuses(partial.start..partial.start);
        } else {
            self.refuses(partial);
        }
        None
    }

    /// Returns whether this line, or the pending event with all bytes up to its end, is over the bound.
    fn refuses(&mut self, line: Range<usize>) -> bool {
        let copied = if matches!(self.pending.data, Data::Joined) { self.joined.len() } else { 0 };
        if line.len() > LINE_LIMIT {
            self.limit = self.limit.min(LINE_LIMIT);
        }
        self.too_large = line.end - self.lines.mark() + copied > self.limit;
        self.too_large
    }

    /// Returns whether the pending data is one line with an object, and this one the data of another event.
    fn is_apart(&self, line: Range<usize>) -> bool {
        let Data::OneLine(first) = &self.pending.data else { return false };
        let mark = self.lines.mark();
        let first = self.lines.slice(first.start + mark..first.end + mark).trim_ascii();
        let next = self.lines.slice(line).strip_prefix(b"data:").unwrap_or_default().trim_ascii_start();
        first.starts_with(b"{") && first.ends_with(b"}") && matches!(next.first(), Some(b'{' | b'['))
    }

    fn field(&mut self, line: Range<usize>) {
        let bytes = self.lines.slice(line.clone());
        let colon = if bytes.starts_with(b"data:") { Some(4) } else { memchr::memchr(b':', bytes) };
        let (name, value) = match colon {
            Some(at) => {
                let space = usize::from(bytes.get(at + 1) == Some(&b' '));
                (&bytes[..at], line.start + at + 1 + space..line.end)
            }
            None => (bytes, line.end..line.end),
        };
        match name {
            b"data" => self.add_data(value),
            b"event" => {
                // Behind data it may be the name of that, or of another event's.
                self.copy_data();
                let value = self.lines.slice(value);
                self.name.clear();
                push_text(value, &mut self.name);
                self.pending.has_name = true;
            }
            b"id" => {
                let value = self.lines.slice(value);
                if !value.contains(&0) {
                    self.id.clear();
                    push_text(value, &mut self.id);
                }
            }
            b"retry" => {
                let digits = self.lines.slice(value);
                if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
                    let millis = digits.iter().fold(0u64, |sum, digit| {
                        sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
                    });
                    self.retry = Some(Duration::from_millis(millis));
                }
            }
            _ => {
                if self.stray.len() + bytes.len() < STRAY_LIMIT {
                    if !self.stray.is_empty() {
                        self.stray.push(b'\n');
                    }
                    self.stray.extend_from_slice(bytes);
                }
            }
        }
    }

    fn add_data(&mut self, value: Range<usize>) {
        if matches!(self.pending.data, Data::Absent) {
            let mark = self.lines.mark();
            self.pending.data = Data::OneLine(value.start - mark..value.end - mark);
        } else {
            self.copy_data();
            self.joined.push(b'\n');
            self.joined.extend_from_slice(self.lines.slice(value));
        }
    }

    /// Takes the data's first line out of the buffer, if it is still there.
    fn copy_data(&mut self) {
        if let Data::OneLine(first) = &self.pending.data {
            let mark = self.lines.mark();
            self.joined.clear();
            self.joined.extend_from_slice(self.lines.slice(first.start + mark..first.end + mark));
            self.pending.data = Data::Joined;
        }
    }

    fn take_event(&mut self, data: Data, terminated: bool) -> Found {
        let mark = self.lines.mark();
        let has_name = std::mem::take(&mut self.pending.has_name);
        let data = match data {
            Data::OneLine(range) => Some(range.start + mark..range.end + mark),
            Data::Joined | Data::Absent => None,
        };
        self.lines.release();
        Found::Event { has_name, data, terminated }
    }

    fn lend(&mut self, found: Found) -> Frame<'_> {
        match found {
            Found::Comment(range) => {
                self.comment.clear();
                push_text(self.lines.slice(range), &mut self.comment);
                Frame::Comment(&self.comment)
            }
            Found::Event { has_name, data, terminated } => {
                let data = match data {
                    Some(range) => self.lines.slice(range),
                    None => &self.joined,
                };
                let name = if has_name && !self.name.is_empty() { &self.name } else { "message" };
                Frame::Event(Event { name, data, last_event_id: &self.committed_id, terminated })
            }
        }
    }
}

fn push_text(bytes: &[u8], out: &mut String) {
    out.push_str(&text(bytes));
}
