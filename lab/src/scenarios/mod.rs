//! The library: one scenario for each hazard, by name.
//!
//! Texts that tests compare with are constants here, so that a test and the server cannot part.

mod broken;
mod chat;
mod control;
mod dialects;
mod events;
mod front_ends;
mod guard;
mod healthy;
mod race;
mod reading;
mod realtime;
mod refusals;
mod rich;
mod sockets;
mod structured;
mod typeset;

use crate::{
    feed::Feed,
    script::{Answer, Cors, Scenario, When},
    socket::Socket,
};

pub use broken::{CUT_EVENT_TEXT, CUT_UTF8_TEXT, STALL_TEXT};
pub use control::{CONTROL_ANSWER, CONTROLLED_WORDS};
pub use dialects::{DIALECT_TEXT, PAUSED_TEXT};
pub use events::{EVENTS, EVENTS_CUT_IN, EVENTS_PORTION, RAW_TEXT};
pub use front_ends::{AG_UI_TEXT, FRONT_END_TEXT, FRONT_END_THOUGHT};
pub use guard::{FORBIDDEN, GUARD_END, JUDGED_PARTS};
pub use healthy::{GUIDE, LONG_PARAGRAPHS, REASONING, REASONING_ANSWER, SLOW_ANSWER, UNTRUSTED};
pub use race::{FAST_TOKENS, RACE_TEXT};
pub use reading::{LINE_WORDS, LONG_ROUNDS, MANY_MODELS, MANY_MODELS_COUNT, READING};
pub use sockets::{CLOSE_CODES, FLOOD, SOCKET_LAST_WORDS, SOCKET_TEXT};
pub use structured::{JSON_LIST_SCHEMA, JSON_NONE, JSON_SCHEMA, JSON_TEXT, JSON_WRONG};
pub use typeset::{CODE_AND_MATH, LONG_CODE_FUNCTIONS};

/// Every scenario. `elsewhere` is the origin that redirects and remote images lead to.
pub fn library(elsewhere: &str) -> Vec<Scenario> {
    let mut all = healthy::scenarios(elsewhere);
    all.extend(refusals::scenarios(elsewhere));
    all.extend(broken::scenarios());
    all.extend(rich::scenarios());
    all.extend(dialects::scenarios());
    all.extend(reading::scenarios());
    all.extend(typeset::scenarios());
    all.extend(front_ends::scenarios());
    all.extend(race::scenarios());
    all.extend(control::scenarios());
    all.extend(guard::scenarios());
    all.extend(structured::scenarios());
    all
}

/// Every feed. `elsewhere` is the origin that redirects lead to.
pub fn feeds(elsewhere: &str) -> Vec<Feed> {
    events::feeds(elsewhere)
}

/// Every socket.
pub fn sockets() -> Vec<Socket> {
    let mut all = sockets::sockets();
    all.extend(realtime::sockets());
    all
}

/// The usual kind: one answer for every request, at `/v1`, open to every page.
fn always(name: &'static str, about: &'static str, answer: Answer) -> Scenario {
    Scenario {
        name: name.into(),
        about: about.into(),
        base_path: "/v1",
        cors: Cors::Open,
        answers: vec![(When::Always, answer)],
    }
}
