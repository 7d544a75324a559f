//! [`Verdict`]: what a response says of itself in the end, passed on once: an error, or that it is whole.

use super::{Deltas, ProviderError};
use crate::engine::json::Value;

/// Which of the two was said. The first error counts, and behind it there is no good end.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    failed: bool,
    ended: bool,
}

impl Verdict {
    /// The event says that the provider failed, in whatever words.
    pub(super) fn fail(&mut self, event: Value<'_>, out: &mut Deltas) {
        let error = ProviderError::from_json(None, event);
        self.error(error.unwrap_or_else(|| ProviderError::new(None, "error", "", "", event.raw())), out);
    }

    /// An event that the protocol has no meaning for. It is an error if it holds one, whatever it is called, or if it has
    /// no type and says what only errors say: gateways leave the wrapper out.
    pub(super) fn unexplained(&mut self, name: &str, is_typed: bool, event: Value<'_>, out: &mut Deltas) {
        let is_error = event.get("error").is_some_and(|error| error.is_truthy())
            || (!is_typed && ProviderError::from_json(None, event).is_some());
        if is_error {
            self.fail(event, out);
        } else {
            out.unknown(name, event.raw());
        }
    }

    /// The provider failed.
    pub(super) fn error(&mut self, error: ProviderError, out: &mut Deltas) {
        if !std::mem::replace(&mut self.failed, true) {
            out.error(error);
        }
    }

    /// The response has come to its end.
    pub(super) fn end(&mut self, out: &mut Deltas) {
        if !self.failed && !std::mem::replace(&mut self.ended, true) {
            out.end();
        }
    }
}
