//! [`EndState`] passes on, once, how a response ends by its own word: with an error, or whole.

use super::{Deltas, ProviderError};
use crate::json::Value;

/// Remembers which of the two was passed on. The first error counts, and behind it there is no good end.
#[derive(Debug, Default)]
pub(super) struct EndState {
    failed: bool,
    ended: bool,
}

impl EndState {
    /// Passes on the error of an event that says, in whatever words, that the provider failed.
    pub(super) fn fail(&mut self, event: Value<'_>, out: &mut Deltas) {
        let error = ProviderError::from_json(None, event);
        self.error(error.unwrap_or_else(|| ProviderError::new(None, "error", "", "", event.raw())), out);
    }

    /// Passes on an event that the protocol has no meaning for. It is an error if it holds one, whatever it is called, or
    /// if it has no type and says what only errors say: gateways leave the wrapper out.
    pub(super) fn unexplained(&mut self, name: &str, is_typed: bool, event: Value<'_>, out: &mut Deltas) {
        let is_error = event.get("error").is_some_and(|error| error.is_truthy())
            || (!is_typed && ProviderError::from_json(None, event).is_some());
        if is_error {
            self.fail(event, out);
        } else {
            out.unknown(name, event.raw());
        }
    }

    /// Passes on an event of a type that the protocol has no meaning for: under that type, or its SSE name where it has none.
    pub(super) fn unexplained_type(&mut self, name: &str, kind: &str, event: Value<'_>, out: &mut Deltas) {
        self.unexplained(if kind.is_empty() { name } else { kind }, !kind.is_empty(), event, out);
    }

    /// Passes on an error, if it is the first.
    pub(super) fn error(&mut self, error: ProviderError, out: &mut Deltas) {
        if !std::mem::replace(&mut self.failed, true) {
            out.error(error);
        }
    }

    /// Passes on the end of the response, unless an error came before.
    pub(super) fn end(&mut self, out: &mut Deltas) {
        if !self.failed && !std::mem::replace(&mut self.ended, true) {
            out.end();
        }
    }
}
