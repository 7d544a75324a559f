//! End-to-end tests: the built page in real headless Chromium, against the lab and against a real model server.
//!
//! Chromium only: most use its developer protocol (CDP), through `harness/cdp.rs`, for networks, devices, keys and the
//! clipboard, or ask its console. What holds in every engine is tested in `engines`.
//!
//! Each test names the hazard it stands for. They run in a fresh browser each, two at once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod actions;
#[cfg(test)]
mod answer_now;
#[cfg(test)]
mod blocks;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod browser_model;
#[cfg(test)]
#[path = "../harness/cdp.rs"]
mod cdp;
#[cfg(test)]
mod dialects;
#[cfg(test)]
mod following;
#[cfg(test)]
mod forced_colours;
#[cfg(test)]
mod guard;
#[cfg(test)]
#[path = "../harness/mod.rs"]
mod harness;
#[cfg(test)]
mod history;
#[cfg(test)]
mod keyboard;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod layout;
#[cfg(test)]
mod lazy;
#[cfg(test)]
mod model;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod race;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod retry;
#[cfg(test)]
mod rich;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod shift;
#[cfg(test)]
mod speaking;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod streaming;
#[cfg(test)]
mod structured;
#[cfg(test)]
mod surroundings;
#[cfg(test)]
mod taking;
#[cfg(test)]
mod typeset;
#[cfg(test)]
mod watch;
#[cfg(test)]
mod wild;
#[cfg(test)]
mod zoom;

#[cfg(test)]
use harness::{browser, page};
