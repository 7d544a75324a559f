//! [`Body`] holds a request's JSON between its typed struct and its text.

use super::Extra;
use serde::Serialize;

/// The body of a request: JSON text of a struct with serde derives, which is what a protocol demands.
#[derive(Debug)]
pub(super) struct Body(String);

impl Body {
    /// Creates the body that a protocol's request makes.
    #[expect(
        clippy::expect_used,
        reason = "only names that are no text and broken numbers have no JSON form"
    )]
    pub(super) fn new(request: &impl Serialize) -> Body {
        Body(serde_json::to_string(request).expect("a request has a JSON form"))
    }

    /// Returns the JSON text, with the person's own members merged over it.
    pub(super) fn into_text(self, extra: Option<&Extra>) -> String {
        match extra {
            Some(extra) => extra.over(&self.0),
            None => self.0,
        }
    }
}
