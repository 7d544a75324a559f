//! Asks what is asked by no request: over a socket, or of the browser itself.

use super::{ask, ask_browser_model};
use crate::browser::pump::Running;
use crate::engine::session::Session;
use crate::engine::wire::{Dialect, Endpoint, Prompt};
use std::cell::RefCell;
use std::rc::Rc;

/// Asks a prompt where the dialect [has no requests](Dialect::has_requests), and feeds the answer to the session. One that could
/// not begin has failed.
#[must_use]
pub fn ask_elsewhere(
    endpoint: &Endpoint,
    prompt: &Prompt,
    session: Rc<RefCell<Session>>,
    wake: Rc<dyn Fn()>,
) -> Running {
    let begin = if endpoint.dialect == Dialect::BrowserModel { ask_browser_model } else { ask };
    begin(endpoint, prompt, Rc::clone(&session), Rc::clone(&wake))
        .unwrap_or_else(|error| Running::failed(&error, session, wake))
}
