//! [`TransportError`] tells the reason for which a request brought no whole answer.

use crate::engine::messages::failure as words;
use std::fmt;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// The reason for which a request brought no whole answer.
///
/// A cause is in the browser's words. They differ from one to the next, so they are never parsed and never the sentence that
/// a person is told; they are kept for who looks for the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The request could not be sent, or nothing answered: script is not told which.
    Unanswered {
        /// The exception, in the browser's words.
        cause: String,
    },
    /// The body broke off, or could not be read at all.
    Broken {
        /// The exception, in the browser's words.
        cause: String,
    },
    /// The body is longer than this many bytes.
    TooLarge {
        /// Bytes.
        limit: usize,
    },
    /// The answer was not whole by then.
    TimedOut {
        /// The time that it was waited for.
        after: Duration,
    },
}

impl TransportError {
    /// Reports that nothing answered, with this exception as the cause.
    pub(in crate::browser) fn unanswered(exception: &JsValue) -> TransportError {
        TransportError::Unanswered { cause: in_words(exception) }
    }

    /// Reports that the body broke off, with this exception as the cause.
    pub(super) fn broken(exception: &JsValue) -> TransportError {
        TransportError::Broken { cause: in_words(exception) }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TransportError::Unanswered { cause } => f.write_str(&words::transport_unanswered(cause)),
            TransportError::Broken { cause } => f.write_str(&words::transport_broken(cause)),
            TransportError::TooLarge { limit } => f.write_str(&words::transport_too_large(*limit)),
            TransportError::TimedOut { after } => f.write_str(&words::transport_timed_out(after.as_secs())),
        }
    }
}

impl std::error::Error for TransportError {}

/// Returns an exception in words: scripts may throw any value.
fn in_words(exception: &JsValue) -> String {
    match exception.dyn_ref::<js_sys::Error>() {
        Some(error) => error.to_string().into(),
        None => exception.as_string().unwrap_or_else(|| format!("{exception:?}")),
    }
}
