//! [`Watch`] keeps what a connection brings as it came, without a conversation around it.
//!
//! It is a [`Receiver`], as a [`Session`] is: whatever connects can be watched. It records a tape, parts the body into
//! lines and events, notes when each came, counts, and tells in a sentence whether that is a stream ([`Watch::verdict`]).
//! The text by a dialect is a [`Session`]'s, which gets the same bytes: its end ends the text, not the watch.
//!
//! Memory is bounded: of rows the newest ones are kept, of arrivals the first ones, of the tape so much as it takes. What
//! is left out is counted.

mod address;
mod arrivals;
mod connections;
mod form;
mod keys;
mod kind;
mod log;
mod outcome;
mod reading;
mod receiving;
mod redactors;
mod splitter;
mod text;
mod verdict;

pub use address::{AddressFault, AddressProblem, is_refused_from_https, origin, split_secrets};
pub use arrivals::{ARRIVALS_KEPT, Arrival, Arrivals, Burst, Gap};
pub use connections::{Connection, Connections};
pub use form::{Form, FormField, FormProblem, Target, told};
pub use keys::{keys_of, split_header_secrets};
pub use kind::Kind;
pub use log::{Log, ROW_BYTES, ROWS_KEPT, Row, What};
pub use outcome::Outcome;
pub use reading::Shape;
pub use text::TextBy;

use crate::frame::Frame;
use crate::messages::watch as words;
use crate::session::{Receiver, Session};
use crate::tape::{Direction, End, Form as PieceForm, Kind as PieceKind, Tape};
use crate::timestamp::Timestamp;
use crate::wire::{Dialect, Key};
use reading::Reading;
use redactors::Redactors;
use splitter::Splitter;
use std::time::Duration;

/// The most bytes of an event's name and of its ID that a row has.
const NAME_LIMIT: usize = 256;

/// What is watched, and how.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The kind of the connection.
    pub kind: Kind,
    /// The name of the recording.
    pub title: String,
    /// The host, for messages.
    pub host: String,
    /// The keys that are sent along: what repeats them is not to be shown.
    pub keys: Vec<Key>,
    /// How the text is read.
    pub text: TextBy,
}

/// A stream that is watched.
#[derive(Debug)]
pub struct Watch {
    setup: Setup,
    started: Timestamp,
    tape: Tape,
    redactors: Redactors,
    reading: Reading,
    splitter: Splitter,
    lines: Log,
    events: Log,
    event_count: u64,
    arrivals: Arrivals,
    connections: Connections,
    text: Option<Session>,
    /// The last event ID behind which the newest connection goes on; `None` for the first one.
    resumed_from: Option<String>,
    /// Number of the events that earlier connections brought.
    events_before: u64,
    /// The last time to wait that the server has named.
    retry: Option<Duration>,
    /// Whether a line of an event came, and no blank one behind it.
    is_inside_event: bool,
    /// Whether the browser's own `EventSource` reads: the bytes are not the server's.
    is_read_by_browser: bool,
    reason: String,
    end: Option<Ending>,
}

/// The end of a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// How it ended.
    pub how: End,
    /// What the browser said of the network.
    pub is_offline: bool,
    /// The time since the start.
    pub at: Duration,
}

impl Watch {
    /// Creates a watch that begins at `started`.
    #[must_use]
    pub fn new(mut setup: Setup, started: Timestamp) -> Watch {
        let redactors = Redactors::new(&setup.keys);
        setup.title = redactors.text(&setup.title);
        setup.host = redactors.text(&setup.host);
        let dialect = setup.text.dialect().unwrap_or(Dialect::PlainText);
        Watch {
            tape: Tape::new(dialect, true, &setup.title),
            text: setup.text.session(started),
            setup,
            started,
            redactors,
            reading: Reading::Nothing,
            splitter: Splitter::default(),
            lines: Log::default(),
            events: Log::default(),
            event_count: 0,
            arrivals: Arrivals::default(),
            connections: Connections::default(),
            resumed_from: None,
            events_before: 0,
            retry: None,
            is_inside_event: false,
            is_read_by_browser: false,
            reason: String::new(),
            end: None,
        }
    }

    /// Returns what is watched, and how.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Returns the time at which it began.
    pub fn started(&self) -> Timestamp {
        self.started
    }

    /// Returns the recording.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// Returns the lines of the body, or the messages, as they came.
    pub fn lines(&self) -> &Log {
        &self.lines
    }

    /// Returns the events, and what happened to the connection between them.
    pub fn events(&self) -> &Log {
        &self.events
    }

    /// Returns the number of events: of lines where there are no events, of messages that came over a socket.
    pub fn event_count(&self) -> u64 {
        self.event_count
    }

    /// Returns what came when.
    pub fn arrivals(&self) -> &Arrivals {
        &self.arrivals
    }

    /// Returns the connections.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Returns the shape of the body.
    pub fn shape(&self) -> Shape {
        self.reading.shape()
    }

    /// Returns the session that reads the text, if one does.
    pub fn text(&self) -> Option<&Session> {
        self.text.as_ref()
    }

    /// Returns whether the browser's own `EventSource` reads, which shows no bytes.
    pub fn is_read_by_browser(&self) -> bool {
        self.is_read_by_browser
    }

    /// Returns the end, once it came.
    pub fn ending(&self) -> Option<Ending> {
        self.end
    }

    /// Returns the reason for the end, in the words of whoever knows it; empty where nobody does.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the time since the start, until the end once that came.
    pub fn elapsed(&self, now: Timestamp) -> Duration {
        self.end.map_or_else(|| self.since(now), |end| end.at)
    }

    fn since(&self, at: Timestamp) -> Duration {
        at.duration_since(self.started)
    }

    fn on_tape(&self, at: Timestamp) -> Timestamp {
        Timestamp::ORIGIN.after(self.since(at))
    }

    fn note(&mut self, at: Timestamp, sentence: &str) {
        let since = self.since(at);
        self.events.add(since, What::Note, sentence.as_bytes(), sentence.len());
    }

    /// Takes bytes in which there is no key.
    fn take(&mut self, bytes: &[u8], at: Timestamp) {
        let since = self.since(at);
        if self.text.as_ref().is_some_and(|text| !Receiver::is_over(text))
            && let Some(text) = &mut self.text
        {
            let _ = text.feed(bytes, at);
        }
        self.tape.record(self.on_tape(at), bytes);
        if bytes.is_empty() {
            return;
        }
        self.arrivals.add(since, bytes.len());
        self.connections.current(since).bytes += bytes.len() as u64;
        self.reading.push(bytes);
        let has_lines = matches!(self.reading, Reading::Lines);
        let mut events = 0;
        let (lines, log, is_inside) = (&mut self.lines, &mut self.events, &mut self.is_inside_event);
        self.splitter.push(bytes, |line, length| {
            lines.add(since, What::Line { is_whole: true }, line, length);
            // Comments are no part of an event.
            *is_inside = length > 0 && (*is_inside || line[0] != b':');
            if has_lines && !line.trim_ascii().is_empty() {
                log.add(since, What::Line { is_whole: true }, line, length);
                events += 1;
            }
        });
        events += self.read_events(at);
        self.count(events, at);
    }

    /// Takes what is complete of an event stream; the number of its events.
    fn read_events(&mut self, at: Timestamp) -> u64 {
        let since = self.since(at);
        let Reading::Events { decoder, is_broken, .. } = &mut self.reading else { return 0 };
        if *is_broken {
            return 0;
        }
        let mut events = 0;
        loop {
            match decoder.next_frame() {
                Ok(Some(Frame::Event(event))) => {
                    events += 1;
                    // An ID stays in force: one of megabytes would be in every row.
                    let bounded = |text: &str| text[..text.floor_char_boundary(NAME_LIMIT)].to_owned();
                    let (name, id) = (bounded(event.name), bounded(event.last_event_id));
                    self.events.add(since, What::Event { name, id }, event.data, event.data.len());
                }
                Ok(Some(Frame::Comment(comment))) => {
                    self.events.add(since, What::Comment, comment.as_bytes(), comment.len());
                }
                Ok(None) => break,
                Err(too_large) => {
                    *is_broken = true;
                    let sentence = words::event_too_large(too_large.limit >> 20);
                    self.events.add(since, What::Note, sentence.as_bytes(), sentence.len());
                    return events;
                }
            }
        }
        let retry = decoder.retry();
        if retry != self.retry {
            self.retry = retry;
            if let Some(retry) = retry {
                self.note(at, &words::retry(retry));
            }
        }
        events
    }

    fn count(&mut self, events: u64, at: Timestamp) {
        if events > 0 {
            self.event_count += events;
            self.arrivals.add_events(events);
            let since = self.since(at);
            self.connections.current(since).events += events;
        }
    }

    /// Takes what is left at the end of a body.
    fn finish_body(&mut self, at: Timestamp) {
        let held = self.redactors.finish();
        if !held.is_empty() {
            self.take(&held, at);
        }
        let since = self.since(at);
        let rest = self.splitter.finish();
        let is_inside_event = std::mem::take(&mut self.is_inside_event);
        match std::mem::take(&mut self.reading) {
            Reading::Events { decoder, is_broken: false, is_labelled } => {
                let is_cut = rest.as_ref().is_some_and(|(line, _)| line.first() != Some(&b':'));
                if is_inside_event || is_cut {
                    self.note(at, words::CUT_EVENT);
                }
                self.reading = Reading::Events { decoder, is_broken: true, is_labelled };
            }
            Reading::Undecided { start } if !start.is_empty() => self.reading = Reading::Lines,
            other @ (Reading::Nothing
            | Reading::Undecided { .. }
            | Reading::Events { .. }
            | Reading::Lines
            | Reading::Messages) => self.reading = other,
        }
        let Some((line, length)) = rest else { return };
        let what = What::Line { is_whole: false };
        self.lines.add(since, what.clone(), &line, length);
        if matches!(self.reading, Reading::Lines) && !line.trim_ascii().is_empty() {
            self.events.add(since, what, &line, length);
            self.count(1, at);
        }
    }

    fn piece(&mut self, direction: Direction, form: PieceForm, bytes: &[u8], at: Timestamp) {
        let since = self.since(at);
        self.tape.record_piece(self.on_tape(at), PieceKind::Message(direction, form), bytes);
        let what = What::Message(direction, form);
        self.lines.add(since, what.clone(), bytes, bytes.len());
        self.events.add(since, what, bytes, bytes.len());
        if direction == Direction::In {
            self.arrivals.add(since, bytes.len());
            self.connections.current(since).bytes += bytes.len() as u64;
            self.count(1, at);
        }
    }
}
