//! The page's main jobs in whatever engine is named: Chromium, Firefox, WebKitGTK. By plain WebDriver, without any engine's
//! own protocol: `cdp.rs` is not declared here.
//!
//! Each test names the hazard it stands for. They run in a fresh browser each, two at once.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod cuts;
#[cfg(test)]
mod failures;
#[cfg(test)]
#[path = "../harness/mod.rs"]
#[expect(dead_code, reason = "shared with the tests for Chromium alone, which use the rest")]
mod harness;
#[cfg(test)]
mod history;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod taking;
#[cfg(test)]
mod typeset;

#[cfg(test)]
use harness::{browser, page};
