//! [`Accumulator`] adds frames up to a turn: through the mapper, into the turn and its figures, up to its end.

use super::gates::Gates;
use super::redact::{Blocks, Redactor};
use super::{Next, Plan};
use crate::chat::{Cause, Failure, Turn, TurnState};
use crate::frame::Frame;
use crate::markdown::visible;
use crate::messages::failure as words;
use crate::meter::Meter;
use crate::tape::{End, Head};
use crate::timestamp::Timestamp;
use crate::wire::{Delta, Deltas, Mapper, ProviderError, is_html};

/// The most events of one answer (limit L5).
const EVENT_LIMIT: u32 = 2_000_000;
/// The most bytes of text in one answer, all blocks together (limit L4).
const TEXT_LIMIT: usize = 20_000_000;
/// The most blocks of one answer: each of them is an element and a parser.
const BLOCK_LIMIT: usize = 1_024;
/// The most bytes of an unreadable answer, and characters of a web page, that are kept for the details.
const EXCERPT: usize = 300;

/// Holds everything behind the decoder. It is apart from the decoder because a frame borrows from that.
#[derive(Debug)]
pub(super) struct Accumulator {
    pub(super) plan: Plan,
    pub(super) head: Head,
    pub(super) mapper: Mapper,
    pub(super) deltas: Deltas,
    pub(super) turn: Turn,
    pub(super) meter: Meter,
    /// The provider's error; the first one counts.
    pub(super) error: Option<ProviderError>,
    pub(super) unreadable_in_a_row: u32,
    /// The beginning of the first of these, or of plain words that came instead of events.
    pub(super) unreadable: String,
    /// The reason for which the transport failed, in the browser's words.
    pub(super) reason: String,
    /// An event has come, or began to, that was more than a sign of life or an end.
    pub(super) heard: bool,
    /// Number of events, without comments.
    pub(super) received: u64,
    pub(super) events: u32,
    /// Bytes of text in all blocks.
    pub(super) text: usize,
    /// Finds the key in text that comes in pieces; `None` without a key.
    pub(super) redactor: Option<Redactor>,
    pub(super) blocks: Blocks,
    /// Hold text back until it may be shown; `None` without a guard.
    pub(super) gates: Option<Gates>,
}

impl Accumulator {
    pub(super) fn frame(&mut self, frame: &Frame<'_>, at: Timestamp) {
        // What follows the end is ignored: a second end, an echo, a proxy's afterthought. So is what follows an error,
        // or the answer would depend on what happened to share a chunk with it.
        if self.turn.ended || self.error.is_some() || self.is_over() {
            return;
        }
        self.events += 1;
        self.deltas.clear();
        self.received += u64::from(matches!(frame, Frame::Event(_)));
        match frame {
            Frame::Comment(_) => {}
            Frame::Event(event) => match self.mapper.map(event, &mut self.deltas) {
                Ok(()) => {
                    // A sign of life says nothing of whether the events beside it can be read.
                    let is_alive = |delta| matches!(delta, Delta::KeepAlive);
                    if self.deltas.is_empty() || !self.deltas.iter().all(is_alive) {
                        self.unreadable_in_a_row = 0;
                    }
                    let says_nothing = |delta| matches!(delta, Delta::KeepAlive | Delta::End);
                    self.heard =
                        self.heard || self.deltas.is_empty() || !self.deltas.iter().all(says_nothing);
                }
                // Some gateways name the event and write a plain sentence.
                Err(_) if event.name == "error" && event.terminated => {
                    let words = event.text();
                    self.error = Some(ProviderError::new(None, event.name, "", words.trim(), &words));
                }
                // Half an event is no text and no fault. Words are none of an event, which would begin as JSON does.
                Err(_) if !event.terminated => {
                    let words = event.text();
                    self.heard |= words.trim_start().starts_with(['{', '[', '"']);
                    self.keep_words(&words);
                }
                Err(_) => {
                    if self.unreadable_in_a_row == 0 {
                        self.unreadable = excerpt(event.text().trim());
                    }
                    self.unreadable_in_a_row += 1;
                    self.turn.unreadable_count += 1;
                }
            },
        }
        self.apply(at);
    }

    /// Takes what the client sends while the answer is being written.
    pub(super) fn sent(&mut self, text: &str, at: Timestamp) {
        self.deltas.clear();
        self.mapper.sent(text, &mut self.deltas);
        self.apply(at);
    }

    /// Names the limit that the answer is over, in words; `None` while it is over none.
    pub(super) fn excess(&self) -> Option<String> {
        let million = 1_000_000;
        if EVENT_LIMIT < self.events {
            Some(words::too_many_events(EVENT_LIMIT / million))
        } else if BLOCK_LIMIT < self.turn.blocks.len() {
            Some(words::too_many_parts(BLOCK_LIMIT))
        } else {
            let limit = TEXT_LIMIT / million as usize;
            (TEXT_LIMIT < self.text).then(|| words::too_much_text(limit))
        }
    }

    fn apply(&mut self, at: Timestamp) {
        let Accumulator { deltas, gates, turn, meter, error, redactor, blocks, text: bytes, .. } = self;
        let mut show = |delta: &Delta<'_>| show(turn, redactor.as_ref(), blocks, delta);
        for delta in deltas.iter() {
            if let Delta::Fragment { text, .. } = delta {
                *bytes += text.len();
            }
            meter.delta(&delta, at);
            match gates {
                Some(gates) => gates.pass(&delta, at, &mut show),
                None => show(&delta),
            }
            if let Delta::Error(told) = delta {
                error.get_or_insert_with(|| told.clone());
            }
        }
        if self.turn.state != TurnState::Streaming && self.turn.has_content() {
            self.turn.state = TurnState::Streaming;
        }
        self.after_gates(at);
    }

    /// Takes a delta that may be shown into the turn.
    pub(super) fn take(&mut self, delta: &Delta<'_>) {
        show(&mut self.turn, self.redactor.as_ref(), &mut self.blocks, delta);
    }

    /// Maps a body that is one JSON document: the whole answer, or an error with status 200.
    pub(super) fn whole(&mut self, bytes: &[u8], how: End, at: Timestamp) -> std::ops::ControlFlow<()> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim();
        if text.is_empty() {
            return std::ops::ControlFlow::Continue(());
        }
        self.turn.whole = true;
        self.deltas.clear();
        if self.mapper.whole(text, &mut self.deltas).is_err() {
            let _ = if is_html(text) {
                self.fail_with_body(bytes, at)
            } else if how == End::Lost {
                self.fail(Cause::Lost, at)
            } else {
                self.fail(Cause::Unreadable { excerpt: excerpt(text) }, at)
            };
            return std::ops::ControlFlow::Break(());
        }
        self.apply(at);
        if let Some(what) = self.excess() {
            let _ = self.fail(Cause::TooLarge { what }, at);
            return std::ops::ControlFlow::Break(());
        }
        std::ops::ControlFlow::Continue(())
    }

    /// Reads the lines of an event stream that were no fields: some gateways write a bare JSON error between the events,
    /// old versions of llama.cpp one behind `error:`.
    pub(super) fn stray(&mut self, lines: &[u8], at: Timestamp) {
        let text = String::from_utf8_lossy(lines);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1));
        let json = starts
            .map(|start| text[start..].trim_start_matches("error:").trim_start_matches([' ', '\t']))
            .find(|rest| rest.starts_with(['{', '[']));
        self.deltas.clear();
        if json.is_some_and(|json| self.mapper.whole(json.trim_end(), &mut self.deltas).is_ok()) {
            self.apply(at);
        }
        self.keep_words(&text);
    }

    /// Keeps a server's plain words that stand where events should be, unless there were events as well.
    fn keep_words(&mut self, words: &str) {
        if !self.heard && self.unreadable.is_empty() {
            self.unreadable = excerpt(words.trim());
        }
    }

    /// Fails the turn by a body that is no answer: an error in whatever shape, or a web page.
    pub(super) fn fail_with_body(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        let text = String::from_utf8_lossy(bytes);
        let error = ProviderError::from_body(self.head.status, bytes);
        if is_html(&text) {
            // A title may stand far behind the first characters, and these alone need not tell whose page it is.
            let start: String = text.trim().chars().take(EXCERPT).collect();
            let parts = [error.message.as_str(), &start].into_iter().filter(|part| !part.is_empty());
            let excerpt = parts.collect::<Vec<_>>().join("\n\n");
            return self.fail(Cause::WebPage { status: self.head.status, excerpt }, at);
        }
        self.fail(Cause::Provider(error), at)
    }

    /// Takes the end of the body, `how` the transport puts it.
    pub(super) fn finish_body(&mut self, how: End, at: Timestamp) {
        if how == End::Closed && self.error.is_none() && !self.turn.ended {
            self.deltas.clear();
            self.mapper.closed(&mut self.deltas);
            self.apply(at);
        }
        self.finish(at);
    }

    pub(super) fn finish(&mut self, at: Timestamp) {
        self.deltas.clear();
        self.mapper.finish(&mut self.deltas);
        self.apply(at);
    }

    /// Ends the turn by what came, once the body is over and everything in it was read.
    pub(super) fn conclude(&mut self, how: End, at: Timestamp) {
        if self.error.is_some() || self.turn.ended {
            self.rest(at);
        } else if self.turn.whole && !self.turn.has_content() {
            // JSON, but neither an answer nor an error of this protocol.
            let excerpt = self.turn.unknown.first().map(|unknown| excerpt(&unknown.raw)).unwrap_or_default();
            let _ = self.fail(Cause::Unreadable { excerpt }, at);
        } else {
            let silent = !self.turn.has_content();
            let _ = if silent && self.turn.unreadable_count > 0 {
                self.fail_unreadable(at)
            } else if how == End::Lost {
                self.fail(Cause::Lost, at)
            } else if silent && !self.unreadable.is_empty() {
                self.fail_unreadable(at)
            } else {
                self.fail(if silent && !self.heard { Cause::Empty } else { Cause::CutOff }, at)
            };
        }
    }

    /// Ends the turn by the protocol's own word, good or bad.
    pub(super) fn rest(&mut self, at: Timestamp) {
        match self.error.take() {
            Some(error) => {
                let _ = self.fail(Cause::Provider(error), at);
            }
            None => {
                self.finish_gates(at);
                let state = self.turn.resting_state();
                self.meter.end(at);
                self.come_to(state);
                // A model may stop without a word, and says so. An end marker behind nothing is no answer.
                if state == TurnState::Complete && self.turn.is_blank() && !self.has_guarded_text() {
                    if !self.unreadable.is_empty() {
                        let _ = self.fail_unreadable(at);
                    } else if self.turn.stop.is_none() {
                        let _ = self.fail(Cause::Empty, at);
                    }
                }
                self.show_hidden();
            }
        }
    }

    /// Fails the turn by events that could not be read; the first of them is shown as it came.
    pub(super) fn fail_unreadable(&mut self, at: Timestamp) -> Next {
        let excerpt = std::mem::take(&mut self.unreadable);
        self.fail(Cause::Unreadable { excerpt }, at)
    }

    pub(super) fn fail(&mut self, cause: Cause, at: Timestamp) -> Next {
        self.finish_gates(at);
        let cause = self.checked_cause(cause, at);
        let (in_body, header) = match &cause {
            Cause::Provider(error) => (error.retry_after, self.head.retry_after),
            Cause::WebPage { .. } => (None, self.head.retry_after),
            Cause::Unreachable
            | Cause::Redirected
            | Cause::OwnPage { .. }
            | Cause::Offline
            | Cause::Empty
            | Cause::CutOff
            | Cause::Lost
            | Cause::PageClosed
            | Cause::Silent
            | Cause::Unreadable { .. }
            | Cause::TooLarge { .. } => (None, None),
        };
        let state = match cause {
            Cause::CutOff | Cause::Lost | Cause::PageClosed | Cause::TooLarge { .. } => {
                TurnState::Interrupted
            }
            Cause::Unreadable { .. } | Cause::Silent if self.turn.has_content() => TurnState::Interrupted,
            Cause::Silent
            | Cause::Unreachable
            | Cause::Redirected
            | Cause::Offline
            | Cause::Provider(_)
            | Cause::WebPage { .. }
            | Cause::OwnPage { .. }
            | Cause::Empty
            | Cause::Unreadable { .. } => TurnState::Failed,
        };
        self.turn.failure = Some(Failure {
            retry_after: header.or(in_body),
            cause,
            server: self.plan.server.clone(),
            has_text: self.turn.has_content(),
            reason: visible(&self.reason, true).into_owned(),
        });
        self.come_to(state);
        self.show_hidden();
        self.meter.end(at);
        Next::Enough
    }
}

/// Takes a delta that may be shown into the turn, and covers the key in it.
fn show(turn: &mut Turn, redactor: Option<&Redactor>, blocks: &mut Blocks, delta: &Delta<'_>) {
    turn.apply(delta);
    if let Some(redactor) = redactor {
        redact(turn, blocks, redactor, delta);
    }
}

/// Covers the key in the text that the delta completed.
fn redact(turn: &mut Turn, blocks: &mut Blocks, redactor: &Redactor, delta: &Delta<'_>) {
    let (block, new) = match delta {
        Delta::Fragment { block, text, .. } => (*block, Some(text.len())),
        Delta::Snapshot { block, .. } => (*block, None),
        Delta::Open { .. }
        | Delta::Close(_)
        | Delta::Tool(_)
        | Delta::Citation(_)
        | Delta::Opaque(_)
        | Delta::Identity(_)
        | Delta::Usage(_)
        | Delta::Stop(_)
        | Delta::Progress { .. }
        | Delta::Unknown(_)
        | Delta::Error(_)
        | Delta::KeepAlive
        | Delta::End => return,
    };
    let text = turn.blocks[block.0 as usize].text.as_str();
    let old = new.map_or(0, |new| text.len() - new);
    for (place, mask) in blocks.cover(redactor, block, text, old) {
        turn.cover(block, place, &mask);
    }
}

fn excerpt(text: &str) -> String {
    text[..text.floor_char_boundary(EXCERPT)].to_owned()
}
