//! The library: one scenario for each hazard, by name.
//!
//! Texts that tests compare with are constants here, so that a test and the server cannot part.

mod broken;
mod chat;
mod dialects;
mod healthy;
mod reading;
mod refusals;
mod rich;
mod typeset;

use crate::script::{Answer, Cors, Scenario, When};

pub use broken::{CUT_EVENT_TEXT, CUT_UTF8_TEXT, STALL_TEXT};
pub use dialects::{DIALECT_TEXT, PAUSED_TEXT};
pub use healthy::{GUIDE, LONG_PARAGRAPHS, REASONING, REASONING_ANSWER, SLOW_ANSWER, UNTRUSTED};
pub use reading::{LINE_WORDS, LONG_ROUNDS, MANY_MODELS, MANY_MODELS_COUNT, READING};
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
