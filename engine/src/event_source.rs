//! [`EventSource`] decides when a stream of events connects again, by the rules of the WHATWG HTML standard (§9.2.3).
//!
//! The machine has no clock and no network. Whoever drives it says what happened ([`connected`](EventSource::connected),
//! [`received`](EventSource::received), [`ended`](EventSource::ended), [`due`](EventSource::due),
//! [`online`](EventSource::online)) and does what the answer says: read, wait, connect, stop. So a reader of our own, which
//! can send a key, behaves as the browser's `EventSource` does, which cannot. It is for GET alone: to ask a POST again may
//! cost money.
//!
//! Two things that the standard leaves open are decided here. The time to wait grows while connections bring no event, is
//! spread by chance, and has a cap. And the last event ID stays in force on the next connection until that sends another
//! one: the standard begins each connection with an empty one, but Chromium 156, Firefox 153 and WebKitGTK 2.50 all keep it,
//! in `lastEventId` and in the next `Last-Event-ID` (`lab/tests/engines/streams/contract.rs`).
//!
//! Where browsers differ, this keeps to the standard, as Chromium and WebKitGTK do: an ID with NUL is ignored and its event
//! counts, which Firefox drops; the ID of an event without data counts, which Firefox does not keep. And a time to wait that is not
//! digits alone is ignored, where Chromium takes its usual 3 s for an empty one and WebKitGTK takes one of `+9000`, `  9000` and such.

use super::frame::SseDecoder;
use super::messages::event_source as words;
use super::tape::{End, Head, Try};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The time to wait where the server has named none: the standard wants "a few seconds".
const RECONNECTION_TIME: Duration = Duration::from_secs(3);
/// The shortest time that is waited, whatever the server names: none at all would ask it without a pause.
const SHORTEST_WAIT: Duration = Duration::from_millis(50);
/// The longest time to wait that a server may name.
const LONGEST_RECONNECTION_TIME: Duration = Duration::from_secs(60 * 60);
/// The time to wait in addition behind the first connection that brought nothing; it doubles with each further one.
const FIRST_BACK_OFF: Duration = Duration::from_millis(500);
/// The longest such time.
const LONGEST_BACK_OFF: Duration = Duration::from_secs(30);

/// The state of the connection, as `EventSource.readyState` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyState {
    /// It is being made, or will be again (0).
    Connecting,
    /// It stands (1).
    Open,
    /// It is over for good (2).
    Closed,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Read the body, with [`EventSource::decoder`].
    Read,
    /// Wait so long, then call [`EventSource::due`].
    Wait(Duration),
    /// Wait until the network is there, then call [`EventSource::online`].
    WaitForNetwork,
    /// Connect, with [`EventSource::header`]. The record belongs on the tape; it is `None` the first time.
    Connect(Option<Try>),
    /// Nothing: the stream is over.
    Stop(Stopped),
}

/// The reason for which a stream is over for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The server said so, by status 204.
    NoContent,
    /// The response had another status than 200.
    Status(u16),
    /// The response was no stream of events.
    ContentType(String),
    /// The person closed it.
    Closed,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::NoContent => f.write_str(words::NO_CONTENT),
            // What is not followed has no status.
            Stopped::Status(0) => f.write_str(words::REDIRECTED),
            Stopped::Status(status) => f.write_str(&words::status(*status)),
            Stopped::ContentType(content_type) => f.write_str(&words::content_type(content_type)),
            Stopped::Closed => f.write_str(words::CLOSED),
        }
    }
}

/// The connections of one stream, one behind the other.
#[derive(Clone, Debug)]
pub struct EventSource {
    phase: Phase,
    last_event_id: String,
    reconnection_time: Duration,
    /// Number of connections in a row that brought no event.
    fruitless: u32,
    /// Whether the connection that stands has brought one.
    has_borne: bool,
    /// Number of connections, the first one apart.
    reconnections: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// Before the first connection.
    New,
    /// Asked for.
    Requested,
    Open,
    /// Waits, for this reason.
    Waiting(&'static str),
    /// The time is over, the network is not there.
    Offline(&'static str),
    Over(Stopped),
}

/// Returns an event as a server writes it: for a tape of what a browser's own `EventSource` has read.
#[must_use]
pub fn written(name: &str, data: &str, last_event_id: &str) -> String {
    let mut event = String::new();
    if name != "message" && !name.is_empty() {
        event.push_str(&format!("event: {name}\n"));
    }
    // An empty one as well, which takes back the one before.
    event.push_str(&format!("id: {last_event_id}\n"));
    for line in data.split('\n') {
        event.push_str(&format!("data: {line}\n"));
    }
    event.push('\n');
    event
}

impl Default for EventSource {
    fn default() -> EventSource {
        EventSource {
            phase: Phase::New,
            last_event_id: String::new(),
            reconnection_time: RECONNECTION_TIME,
            fruitless: 0,
            has_borne: false,
            reconnections: 0,
        }
    }
}

impl EventSource {
    /// Begins: the first connection. What it is asked for again is for the steps behind.
    pub fn start(&mut self) -> Step {
        match self.phase {
            Phase::New => {
                self.phase = Phase::Requested;
                Step::Connect(None)
            }
            Phase::Requested | Phase::Open | Phase::Waiting(_) | Phase::Offline(_) | Phase::Over(_) => {
                self.stay()
            }
        }
    }

    /// Returns the state as `EventSource.readyState` has it.
    #[must_use]
    pub fn ready_state(&self) -> ReadyState {
        match self.phase {
            Phase::New | Phase::Requested | Phase::Waiting(_) | Phase::Offline(_) => ReadyState::Connecting,
            Phase::Open => ReadyState::Open,
            Phase::Over(_) => ReadyState::Closed,
        }
    }

    /// Returns the last event ID string.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// Returns the time that is waited at least: the server's last `retry`, or 3 s.
    #[must_use]
    pub fn reconnection_time(&self) -> Duration {
        self.reconnection_time
    }

    /// Returns how often the stream has connected again.
    #[must_use]
    pub fn reconnections(&self) -> u32 {
        self.reconnections
    }

    /// Returns the header that a request needs to go on behind what came; `None` where no ID is known. Its value is UTF-8
    /// whose bytes stand as characters of their own, as `Headers` wants it; WebKitGTK 2.50 writes what is beyond ASCII there as
    /// UTF-8 once more. It is not safelisted: another origin has to allow it.
    #[must_use]
    pub fn header(&self) -> Option<(&'static str, String)> {
        let value: String = self.last_event_id.bytes().map(char::from).collect();
        (!value.is_empty()).then_some(("Last-Event-ID", value))
    }

    /// Returns the decoder for the connection that stands.
    #[must_use]
    pub fn decoder(&self) -> SseDecoder {
        SseDecoder::resuming(&self.last_event_id)
    }

    /// Takes the beginning of a response.
    pub fn connected(&mut self, head: &Head) -> Step {
        if self.phase != Phase::Requested {
            return self.stay();
        }
        let essence = head.content_type.split(';').next().unwrap_or_default().trim();
        let stopped = match head.status {
            204 => Some(Stopped::NoContent),
            200 if essence.eq_ignore_ascii_case("text/event-stream") => None,
            200 => Some(Stopped::ContentType(head.content_type.clone())),
            status => Some(Stopped::Status(status)),
        };
        self.phase = stopped.map_or(Phase::Open, Phase::Over);
        self.has_borne = false;
        self.stay()
    }

    /// Takes over what the events of a chunk said of the stream itself: to be called once they were taken from the decoder,
    /// `events` of them.
    pub fn received(&mut self, decoder: &SseDecoder, events: usize) {
        if self.phase == Phase::Open {
            if self.last_event_id != decoder.last_event_id() {
                decoder.last_event_id().clone_into(&mut self.last_event_id);
            }
            if let Some(retry) = decoder.retry() {
                self.reconnection_time = retry.min(LONGEST_RECONNECTION_TIME);
            }
            self.has_borne |= events > 0;
        }
    }

    /// Takes the end of a body, or of the attempt to reach the server. `chance` is at least 0 and less than 1.
    pub fn ended(&mut self, how: End, chance: f64) -> Step {
        let was_open = match self.phase {
            Phase::Open => true,
            Phase::Requested => false,
            Phase::New | Phase::Waiting(_) | Phase::Offline(_) | Phase::Over(_) => return self.stay(),
        };
        let why = match (how, was_open) {
            (End::Cancelled, _) => return self.close(),
            (End::Closed, true) => "ended",
            (End::Lost, true) => "lost",
            (End::Closed | End::Lost, false) => "unreachable",
        };
        self.fruitless = if was_open && self.has_borne { 0 } else { self.fruitless.saturating_add(1) };
        self.phase = Phase::Waiting(why);
        Step::Wait(self.wait(chance))
    }

    /// Takes the end of the time that was to be waited. `is_online` is what the browser says of the network.
    pub fn due(&mut self, is_online: bool) -> Step {
        match self.phase {
            Phase::Waiting(why) if is_online => self.connect_again(why),
            Phase::Waiting(why) => {
                self.phase = Phase::Offline(why);
                Step::WaitForNetwork
            }
            Phase::New | Phase::Requested | Phase::Open | Phase::Offline(_) | Phase::Over(_) => self.stay(),
        }
    }

    /// Takes the news that the network is back. It does not shorten the time that is to be waited.
    pub fn online(&mut self) -> Step {
        match self.phase {
            Phase::Offline(why) => self.connect_again(why),
            Phase::New | Phase::Requested | Phase::Open | Phase::Waiting(_) | Phase::Over(_) => self.stay(),
        }
    }

    /// Connects at once where it waits, at the person's wish.
    pub fn hurry(&mut self) -> Step {
        match self.phase {
            Phase::Waiting(why) | Phase::Offline(why) => self.connect_again(why),
            Phase::New | Phase::Requested | Phase::Open | Phase::Over(_) => self.stay(),
        }
    }

    /// Ends the stream, at the person's wish.
    pub fn close(&mut self) -> Step {
        if !matches!(self.phase, Phase::Over(_)) {
            self.phase = Phase::Over(Stopped::Closed);
        }
        self.stay()
    }

    fn connect_again(&mut self, why: &'static str) -> Step {
        self.phase = Phase::Requested;
        self.reconnections = self.reconnections.saturating_add(1);
        Step::Connect(Some(Try { why: Cow::Borrowed(why), resumes: true }))
    }

    /// Returns what goes on anyway: what happened was not meant for this state.
    fn stay(&self) -> Step {
        match &self.phase {
            Phase::New | Phase::Requested => Step::Connect(None),
            Phase::Open => Step::Read,
            Phase::Waiting(_) => Step::Wait(self.wait(0.0)),
            Phase::Offline(_) => Step::WaitForNetwork,
            Phase::Over(stopped) => Step::Stop(stopped.clone()),
        }
    }

    fn wait(&self, chance: f64) -> Duration {
        let doublings = self.fruitless.saturating_sub(1).min(16);
        let back_off = if self.fruitless == 0 {
            Duration::ZERO
        } else {
            FIRST_BACK_OFF.saturating_mul(1 << doublings).min(LONGEST_BACK_OFF)
        };
        let wait = self.reconnection_time.saturating_add(back_off).max(SHORTEST_WAIT);
        // Up to a quarter more: who was cut off together must not come back together.
        wait + (wait / 4).mul_f64(chance.clamp(0.0, 1.0))
    }
}
