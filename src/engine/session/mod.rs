//! [`Session`]: one request's life, as a machine without IO.
//!
//! Whoever drives it (the page's pump, a replay, a test) calls [`Session::head`] when the response begins,
//! [`Session::feed`] for each chunk and [`Session::end`] when the body ends, each with the time. The session records the
//! tape, decodes, maps, folds and measures; [`Session::turn`] and [`Session::numbers`] can be read at any moment. It never
//! sends: it says what was received, and with [`Session::postpone`] whether the question may go out again by itself.

mod body;
mod plan;
mod retry;

pub use plan::Plan;

use super::chat::{Cause, Failure, Turn, TurnState};
use super::frame::Frame;
use super::meter::{Meter, Numbers};
use super::stamp::Stamp;
use super::tape::{End, Head, Tape};
use super::wire::{Delta, Deltas, Mapper, ProviderError, is_html};
use body::{BODY_LIMIT, Body};
use std::time::Duration;

/// So many unreadable events in a row mean that this is not the protocol it should be.
const UNREADABLE_IN_A_ROW: u32 = 3;
/// The most events of one answer (limit L5).
const EVENT_LIMIT: u32 = 2_000_000;
/// So much of an unreadable answer is kept for the details.
const EXCERPT: usize = 300;

/// Whether more of the body is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Next {
    /// Go on reading.
    More,
    /// Nothing that follows will be used: the transport can be closed.
    Enough,
}

/// One request's life.
#[derive(Debug)]
pub struct Session {
    started: Stamp,
    tape: Tape,
    body: Body,
    fold: Fold,
    /// How often the question went out again by itself.
    retries: u32,
    /// When it goes out next, and the state that the turn has if it does not.
    postponed: Option<(Stamp, TurnState)>,
}

/// Everything behind the decoder: apart from it, because a frame borrows from the decoder.
#[derive(Debug)]
struct Fold {
    plan: Plan,
    head: Head,
    mapper: Mapper,
    deltas: Deltas,
    turn: Turn,
    meter: Meter,
    /// What the provider said went wrong; the first one counts.
    error: Option<ProviderError>,
    unreadable_in_a_row: u32,
    events: u32,
}

impl Session {
    /// A request that goes out at `started`.
    pub fn new(plan: Plan, started: Stamp) -> Session {
        let tape = Tape::new(plan.dialect, plan.stream, &plan.title);
        let fold = Fold {
            mapper: Mapper::new(plan.dialect),
            plan,
            head: Head::default(),
            deltas: Deltas::new(),
            turn: Turn::answer(),
            meter: Meter::new(started),
            error: None,
            unreadable_in_a_row: 0,
            events: 0,
        };
        Session { started, tape, body: Body::undecided(), fold, retries: 0, postponed: None }
    }

    /// The response has begun: its status and headers are here.
    pub fn head(&mut self, head: Head, at: Stamp) {
        if self.fold.turn.state.is_final() {
            return;
        }
        self.tape.record_head(self.on_tape(at), head.clone());
        self.body = Body::for_head(&head, &self.fold.plan);
        self.fold.head = head;
        self.fold.turn.state = TurnState::Waiting;
    }

    /// A chunk of the body has come.
    pub fn feed(&mut self, bytes: &[u8], at: Stamp) -> Next {
        if self.fold.turn.state.is_final() {
            return Next::Enough;
        }
        self.tape.record(self.on_tape(at), bytes);
        self.fold.meter.chunk(bytes.len(), at);
        self.body.push(bytes, &self.fold.plan);
        // Whatever makes the turn final ends the loop, so that nothing depends on how many events share a chunk.
        while !self.fold.turn.ended && self.fold.error.is_none() {
            match self.body.next_frame() {
                Ok(Some(_)) if self.fold.events == EVENT_LIMIT => {
                    let what = format!("the answer has more than {} million events", EVENT_LIMIT / 1_000_000);
                    return self.fold.fail(Cause::TooLarge { what }, at);
                }
                Ok(Some(frame)) => self.fold.frame(&frame, at),
                Ok(None) => break,
                Err(too_large) => return self.fold.fail(Cause::TooLarge { what: too_large.to_string() }, at),
            }
            if self.fold.unreadable_in_a_row >= UNREADABLE_IN_A_ROW {
                let excerpt = "three events in a row were no JSON".to_owned();
                return self.fold.fail(Cause::Unreadable { excerpt }, at);
            }
        }
        if self.fold.meter.bytes() > BODY_LIMIT as u64 {
            let what = format!("the answer is larger than {} MiB", BODY_LIMIT >> 20);
            return self.fold.fail(Cause::TooLarge { what }, at);
        }
        if self.fold.turn.ended || self.fold.error.is_some() {
            if self.fold.error.is_some() {
                self.fold.finish(at);
            }
            self.fold.rest(at);
            // Behind its own end marker a server may still close the body in peace; behind an error nobody waits for it.
            return if self.fold.turn.ended { Next::More } else { Next::Enough };
        }
        Next::More
    }

    /// The body has ended, one way or another; also when there never was one. `offline` is what the browser says of the
    /// network. Does nothing if the turn is final already, except to complete the tape.
    pub fn end(&mut self, how: End, offline: bool, at: Stamp) {
        if self.tape.end().is_none() {
            self.tape.record_end(self.on_tape(at), how);
        }
        if let Some((_, state)) = self.postponed.take() {
            self.fold.turn.state = state;
        }
        if self.fold.turn.state.is_final() {
            return;
        }
        let sent = self.fold.turn.state != TurnState::Sending;
        match how {
            End::Cancelled => {
                self.fold.finish(at);
                self.fold.turn.state = TurnState::Stopped;
                self.fold.meter.end(at);
            }
            End::Lost if !sent => {
                let cause = if offline { Cause::Offline } else { Cause::Unreachable };
                let _ = self.fold.fail(cause, at);
            }
            End::Closed | End::Lost => self.end_body(how, at),
        }
    }

    /// When the request went out.
    pub fn started(&self) -> Stamp {
        self.started
    }

    /// The answer so far.
    pub fn turn(&self) -> &Turn {
        &self.fold.turn
    }

    /// Hands the answer over.
    pub fn into_turn(self) -> Turn {
        self.fold.turn
    }

    /// The figures at the moment `now`.
    pub fn numbers(&self, now: Stamp) -> Numbers {
        self.fold.meter.numbers(self.fold.turn.usage.as_ref(), now)
    }

    /// The meter itself, for its pace and silence.
    pub fn meter(&self) -> &Meter {
        &self.fold.meter
    }

    /// The recording.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// How long nothing has come, if that is worth a notice: after `limit`, while the turn is not final. A stall is
    /// shown, never a reason to abort: thinking models are silent for minutes.
    pub fn tick(&self, limit: Duration, now: Stamp) -> Option<Duration> {
        self.fold.meter.silence(now).filter(|silence| *silence >= limit && !self.fold.turn.state.is_final())
    }

    fn on_tape(&self, at: Stamp) -> Stamp {
        Stamp::ORIGIN.after(at.since(self.started))
    }

    fn end_body(&mut self, how: End, at: Stamp) {
        match &mut self.body {
            Body::Undecided { .. } => {
                let _ = self.fold.fail(if how == End::Lost { Cause::Lost } else { Cause::Empty }, at);
                return;
            }
            Body::Sse(decoder) => {
                // An event that was never terminated counts if it is whole: its JSON parses, or it is the sentinel.
                if let Some(event) = decoder.finish() {
                    self.fold.frame_if_whole(&Frame::Event(event), at);
                }
                // Some gateways write a bare JSON error between the events.
                if self.fold.error.is_none() && !self.fold.turn.ended {
                    let stray = decoder.stray();
                    if is_html(&String::from_utf8_lossy(stray)) && !self.fold.turn.has_content() {
                        let _ = self.fold.refused(stray, at);
                        return;
                    }
                    self.fold.stray(stray, at);
                }
            }
            Body::Ndjson(decoder) => {
                if let Some(line) = decoder.finish() {
                    self.fold.frame_if_whole(&Frame::Event(line), at);
                }
            }
            Body::Whole(bytes) => {
                if self.fold.whole(bytes, at).is_break() {
                    return;
                }
            }
            Body::Refusal(bytes) => {
                let _ = self.fold.refused(bytes, at);
                return;
            }
        }
        self.fold.finish(at);
        self.fold.conclude(how, at);
    }
}

impl Fold {
    fn frame(&mut self, frame: &Frame<'_>, at: Stamp) {
        // What follows the end is ignored: a second end, an echo, a proxy's afterthought. So is what follows an error,
        // or the answer would depend on what happened to share a chunk with it.
        if self.turn.ended || self.error.is_some() {
            return;
        }
        self.events += 1;
        self.deltas.clear();
        match frame {
            Frame::Comment(_) => {}
            Frame::Event(event) => match self.mapper.map(event, &mut self.deltas) {
                Ok(()) => self.unreadable_in_a_row = 0,
                Err(_) => {
                    self.unreadable_in_a_row += 1;
                    self.turn.unreadable_count += 1;
                }
            },
        }
        self.apply(at);
    }

    fn frame_if_whole(&mut self, frame: &Frame<'_>, at: Stamp) {
        let unreadable = self.turn.unreadable_count;
        self.frame(frame, at);
        self.turn.unreadable_count = unreadable;
    }

    fn apply(&mut self, at: Stamp) {
        for delta in self.deltas.iter() {
            self.meter.delta(&delta, at);
            self.turn.apply(&delta);
            if let Delta::Error(error) = delta {
                self.error.get_or_insert_with(|| error.clone());
            }
        }
        if self.turn.state != TurnState::Streaming && self.turn.has_content() {
            self.turn.state = TurnState::Streaming;
        }
    }

    /// A body that is one JSON document: the whole answer, or an error with status 200.
    fn whole(&mut self, bytes: &[u8], at: Stamp) -> std::ops::ControlFlow<()> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim();
        if text.is_empty() {
            return std::ops::ControlFlow::Continue(());
        }
        self.turn.whole = true;
        self.deltas.clear();
        if self.mapper.whole(text, &mut self.deltas).is_err() {
            let _ = if is_html(text) {
                self.refused(bytes, at)
            } else {
                self.fail(Cause::Unreadable { excerpt: excerpt(text) }, at)
            };
            return std::ops::ControlFlow::Break(());
        }
        self.apply(at);
        std::ops::ControlFlow::Continue(())
    }

    fn stray(&mut self, lines: &[u8], at: Stamp) {
        let text = String::from_utf8_lossy(lines);
        if text.trim_start().starts_with(['{', '[']) {
            self.deltas.clear();
            if self.mapper.whole(text.trim(), &mut self.deltas).is_ok() {
                self.apply(at);
            }
        }
    }

    /// A body that is no answer: an error in whatever shape, or a web page.
    fn refused(&mut self, bytes: &[u8], at: Stamp) -> Next {
        let text = String::from_utf8_lossy(bytes);
        let error = ProviderError::from_body(self.head.status, bytes);
        if is_html(&text) {
            let excerpt = if error.message.is_empty() { excerpt(text.trim()) } else { error.message };
            return self.fail(Cause::WebPage { status: self.head.status, excerpt }, at);
        }
        self.fail(Cause::Provider(error), at)
    }

    fn finish(&mut self, at: Stamp) {
        self.deltas.clear();
        self.mapper.finish(&mut self.deltas);
        // Half a surrogate pair that still waits for its other half comes out of this as U+FFFD.
        self.apply(at);
    }

    /// The body is over and everything in it was read: what follows from it?
    fn conclude(&mut self, how: End, at: Stamp) {
        if self.error.is_some() || self.turn.ended {
            self.rest(at);
        } else if self.turn.whole && !self.turn.has_content() {
            // JSON, but neither an answer nor an error of this protocol.
            let excerpt = self.turn.unknown.first().map(|unknown| excerpt(&unknown.raw)).unwrap_or_default();
            let _ = self.fail(Cause::Unreadable { excerpt }, at);
        } else if !self.turn.has_content() && self.meter.bytes() == 0 {
            let _ = self.fail(if how == End::Lost { Cause::Lost } else { Cause::Empty }, at);
        } else if self.turn.unreadable_count > 0 && !self.turn.has_content() {
            let _ = self.fail(Cause::Unreadable { excerpt: "no event of it was JSON".to_owned() }, at);
        } else {
            let _ = self.fail(if how == End::Lost { Cause::Lost } else { Cause::CutOff }, at);
        }
    }

    /// The turn has come to its end by the protocol's own word, good or bad.
    fn rest(&mut self, at: Stamp) {
        match self.error.take() {
            Some(error) => {
                let _ = self.fail(Cause::Provider(error), at);
            }
            None => {
                self.turn.state = self.turn.resting_state();
                self.meter.end(at);
            }
        }
    }

    fn fail(&mut self, cause: Cause, at: Stamp) -> Next {
        let (in_body, header) = if let Cause::Provider(error) = &cause {
            (error.retry_after, self.head.retry_after)
        } else {
            (None, None)
        };
        self.turn.state = match cause {
            Cause::CutOff | Cause::Lost | Cause::TooLarge { .. } => TurnState::Interrupted,
            Cause::Unreadable { .. } if self.turn.has_content() => TurnState::Interrupted,
            Cause::Unreachable
            | Cause::Offline
            | Cause::Provider(_)
            | Cause::WebPage { .. }
            | Cause::Empty
            | Cause::Unreadable { .. } => TurnState::Failed,
        };
        self.turn.failure = Some(Failure {
            retry_after: header.or(in_body),
            cause,
            host: self.plan.host.clone(),
            local: self.plan.local,
        });
        self.meter.end(at);
        Next::Enough
    }
}

fn excerpt(text: &str) -> String {
    text[..text.floor_char_boundary(EXCERPT)].to_owned()
}
