//! [`ReadEvents`] is what each protocol's mapper does with the events of one response.

use super::delta::Deltas;
use super::delta_template::AppendFragment;
use crate::json::Value;

/// Reads the events of one response. It keeps only keys and flags, and never fails: what it does not understand it passes
/// on as [`Delta::Unknown`](super::Delta::Unknown).
pub(super) trait ReadEvents {
    /// Reads an event: its SSE name (`message` if it has none) and its JSON.
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas);
    /// Reads a `[DONE]` sentinel.
    fn done(&mut self, out: &mut Deltas);
    /// Returns its blocks, to which a fragment that repeats goes straight.
    fn blocks(&mut self) -> &mut dyn AppendFragment;
    /// Reads a whole answer that was not streamed.
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas);
    /// Reads the end of the body.
    fn finish(&mut self, out: &mut Deltas);
}
