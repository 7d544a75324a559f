//! Words for the browser's own model (Prompt API): whether it is there, and what went wrong.

use super::servers::PROMPT_API;

/// The browser has none, or hides it from this page.
pub const MISSING: &str = "This browser has no model of its own for pages. Chrome and Edge on a desktop have one; a page has to come \
     over https or from this machine. Choose another server, or open this page there.";
/// The browser has the API, but no model for this device.
pub const REFUSED: &str = "This browser has no model for this device: too little memory or disk space, or it is switched off in \
     the browser's settings. Choose another server.";
/// The model has to be fetched first.
pub const TO_BE_FETCHED: &str =
    "The browser fetches its model with the first question: some gigabytes, once, for all pages.";
/// The model is being fetched.
pub const BEING_FETCHED: &str = "The browser is fetching its model. A question waits for it.";
/// The model is there.
pub const READY: &str = "The model is here and answers on this device.";
/// The browser says something else.
pub const UNKNOWN: &str = "This browser does not say whether its model is here. Ask a question to find out.";
/// What is said until the browser has answered.
pub const LOOKING: &str = "Looking whether this browser has a model …";
/// There is no list of models.
pub const ONE_MODEL: &str = "The browser has one model, and gives it no name: there is nothing to choose.";
/// What to do where it does not answer.
pub const LOOK: &str = "Look in the settings whether this browser has a model, or choose another server.";

/// The browser does not let this page use it.
pub const NOT_ALLOWED: &str = "The browser did not let this page use its model. Press Send again, so that it sees your wish; \
     a rule of this page's host may also forbid it.";
/// The browser cannot do what was asked.
pub const NOT_SUPPORTED: &str = "The model does not support this question: a language that it does not write, or an option of your own JSON.";
/// The model could not be fetched.
pub const NOT_FETCHED: &str =
    "The model could not be fetched. Look at the network and at the free disk space, then try again.";
/// The conversation is too long for it. The word decides what is told.
pub const TOO_LONG: &str = "The conversation is longer than the model's context window.";
/// The browser stopped it.
pub const BROKEN_OFF: &str = "The browser broke the answer off.";
/// Anything else.
pub const OTHER: &str = "The browser's model failed.";

/// The browser fetches the model, in per cent.
#[must_use]
pub fn fetching(percent: u64) -> String {
    format!("{PROMPT_API}: the browser is fetching its model, {percent} %")
}
