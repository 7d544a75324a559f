//! Prints lines, problems and timed steps. One place, so that every line looks alike.
//!
//! A reader that has gone away (`cargo xtask test | head`) must not end the run, therefore failed writes are
//! ignored here and nowhere else.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::clock::Stopwatch;

/// The step that runs now. Its line stays open, so that its time can stand behind it.
static RUNNING: Mutex<Option<Running>> = Mutex::new(None);

#[derive(Debug)]
struct Running {
    text: String,
    watch: Stopwatch,
    /// Whether no other line has come in between.
    is_open: bool,
}

/// A step whose time is printed when it ends. Dropped before that it says nothing: a failure follows.
#[must_use]
#[derive(Debug)]
pub(crate) struct Step(());

/// Starts a long step: what is done, and why the reader waits.
pub(crate) fn step(text: &str) {
    let is_inside = running().is_some();
    line(&if is_inside { format!("    {text}") } else { format!("▸ {text}") });
}

/// Starts a step that says how long it took: `2/5 Trunk … 512.3 s`. One at a time. On a terminal the time runs along.
pub(crate) fn timed(text: &str) -> Step {
    let mut now = running();
    let mut out = io::stdout().lock();
    let _ = write!(out, "{text} … ").and_then(|()| out.flush());
    *now = Some(Running { text: text.to_owned(), watch: Stopwatch::start(), is_open: true });
    if io::stdout().is_terminal() {
        thread::spawn(run_along);
    }
    Step(())
}

impl Step {
    /// Prints the time behind the step.
    pub(crate) fn end(self) {
        if let Some(Running { text, watch, is_open }) = running().take() {
            let mut out = io::stdout().lock();
            let start = restart(&text, is_open);
            let _ = writeln!(out, "{start}{watch}").and_then(|()| out.flush());
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(Running { is_open: true, .. }) = running().take() {
            let mut out = io::stdout().lock();
            let _ = writeln!(out).and_then(|()| out.flush());
        }
    }
}

/// Prints the outcome of a step, unless a timed step runs: that prints it itself when it ends.
pub(crate) fn outcome(text: &str) {
    let is_inside = running().is_some();
    if !is_inside {
        line(&format!("  {text}"));
    }
}

/// Prints one plain line.
pub(crate) fn line(text: &str) {
    let mut now = running();
    let mut out = io::stdout().lock();
    let _ = write!(out, "{}", interruption(&mut now)).and_then(|()| writeln!(out, "{text}"));
    let _ = out.flush();
}

/// Prints a line for the reader's attention, on the error stream.
pub(crate) fn problem(text: &str) {
    let mut now = running();
    let mut out = io::stdout().lock();
    let _ = write!(out, "{}", interruption(&mut now)).and_then(|()| out.flush());
    let mut out = io::stderr().lock();
    let _ = writeln!(out, "✗ {text}").and_then(|()| out.flush());
}

fn running() -> MutexGuard<'static, Option<Running>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns what has to be printed before another line: a terminal's open line is wiped out, a pipe's is ended.
fn interruption(now: &mut Option<Running>) -> &'static str {
    match now {
        Some(running) if running.is_open => {
            running.is_open = false;
            if io::stdout().is_terminal() { "\r\u{1b}[2K" } else { "\n" }
        }
        Some(_) | None => "",
    }
}

/// Returns what has to be printed before a step's time.
fn restart(text: &str, is_open: bool) -> String {
    match (is_open, io::stdout().is_terminal()) {
        (true, true) => format!("\r\u{1b}[2K{text} … "),
        (true, false) => String::new(),
        (false, _) => format!("{text} … "),
    }
}

/// Prints the time of the step that runs, each second, until it is over.
fn run_along() {
    let own = running().as_ref().map(|running| running.text.clone());
    loop {
        thread::sleep(Duration::from_secs(1));
        let mut now = running();
        let Some(running) = now.as_mut().filter(|running| Some(&running.text) == own.as_ref()) else {
            return;
        };
        let start = restart(&running.text, running.is_open);
        running.is_open = true;
        let mut out = io::stdout().lock();
        let _ = write!(out, "{start}{:.0} s", running.watch.seconds()).and_then(|()| out.flush());
    }
}
