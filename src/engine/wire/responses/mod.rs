//! Not written yet.
use super::{Deltas, Prompt};
use crate::engine::json::Value;
/// The path behind the base URL, and the request's body.
pub(super) fn request(_prompt: &Prompt) -> (String, serde_json::Value) {
    (String::new(), serde_json::Value::Null)
}
/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {}
impl Mapper {
    /// One event: its SSE name (`message` if none) and its JSON.
    pub(super) fn map(&mut self, _name: &str, _event: Value<'_>, _out: &mut Deltas) {}
    /// A `[DONE]` sentinel.
    pub(super) fn done(&mut self, _out: &mut Deltas) {}
    /// A whole answer, not streamed.
    pub(super) fn whole(&mut self, _answer: Value<'_>, _out: &mut Deltas) {}
    /// The body has ended.
    pub(super) fn finish(&mut self, _out: &mut Deltas) {}
}
