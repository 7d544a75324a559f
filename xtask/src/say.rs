//! What the commands print. One place, so that every line looks alike.
//!
//! A reader that has gone away (`cargo xtask test | head`) must not end the run, therefore failed writes are
//! ignored here and nowhere else.

use std::io::{self, Write};

/// Starts a long step: what is done, and why the reader waits.
pub(crate) fn step(text: &str) {
    line(&format!("▸ {text}"));
}

/// One plain line.
pub(crate) fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A line for the reader's attention, on the error stream.
pub(crate) fn problem(text: &str) {
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "✗ {text}").and_then(|()| out.flush());
}
