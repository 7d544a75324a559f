//! [`ReadEvents`] is what each protocol's mapper does with the events of one response.

use super::delta::{BlockIndex, Deltas};
use super::delta_template::AppendFragment;
use crate::json::{Text, Value};

/// Reads the events of one response. It keeps only keys and flags, and never fails: what it does not understand it passes
/// on as [`Delta::Unknown`](super::Delta::Unknown).
pub(super) trait ReadEvents {
    /// Reads an event: its SSE name (`message` if it has none) and its JSON.
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas);
    /// Reads what the client sends while the answer runs, where it can.
    fn sent(&mut self, _event: Value<'_>, _out: &mut Deltas) {}
    /// Reads a `[DONE]` sentinel. Where it is none of the protocol's own a gateway added it, and it proves nothing.
    fn done(&mut self, _out: &mut Deltas) {}
    /// Returns its blocks, to which a fragment that repeats goes straight.
    fn blocks(&mut self) -> &mut dyn AppendFragment;
    /// Appends the fragment of an event that repeats to its block, unless more must be done with it than that; returns whether
    /// it did. One call for most events of a stream: here the reader's type is known, and no more of them are dynamic.
    fn append_repeated(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) -> bool {
        let blocks = self.blocks();
        let is_plain = blocks.is_plain(block);
        if is_plain {
            blocks.append_fragment(block, text, out);
        }
        is_plain
    }
    /// Reads a whole answer that was not streamed. A protocol that has none takes it for one event.
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        self.map("", answer, out);
    }
    /// Reads an event's data as it stands, before anything takes it for JSON; returns whether it did. It is asked where the
    /// protocol [has data that is none](super::Protocol).
    fn raw(&mut self, _name: &str, _data: &str, _out: &mut Deltas) -> bool {
        false
    }
    /// Reads that the transport calls the body complete, which is the only end that some streams have.
    fn closed(&mut self, _out: &mut Deltas) {}
    /// Reads the end of the body.
    fn finish(&mut self, out: &mut Deltas);
}
