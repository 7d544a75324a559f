//! Maps a server's own events by rules that a person gives: JSON Pointers, the whole data, names.
//!
//! [`OwnEvents::parse`] reads the rules, [`try_lines`] shows what they give on lines that were pasted, and
//! [`Protocol::own_events`](super::Protocol::own_events) makes a protocol of them.

mod pointer;
mod rules;
mod trial;

pub use pointer::{JsonPointer, PointerFault, PointerProblem};
pub use rules::{OwnEventField, OwnEventFields, OwnEvents, OwnEventsFault, OwnEventsProblem};
pub use trial::{Given, TriedLine, try_lines};

use super::blocks::Blocks;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::read_events::ReadEvents;
use super::{BlockIndex, BlockKind, Deltas, ProviderError};
use crate::json::Value;
use rules::TextRule;
use std::sync::Arc;

/// Maps the events of one response.
#[derive(Debug)]
pub(super) struct Mapper {
    rules: Arc<OwnEvents>,
    blocks: Blocks<BlockKind>,
    /// The block that text is appended to.
    current: Option<BlockIndex>,
    end_state: EndState,
}

/// Creates the mapper for one response.
pub(super) fn reader(rules: &Arc<OwnEvents>) -> Box<dyn ReadEvents> {
    Box::new(Mapper {
        rules: Arc::clone(rules),
        blocks: Blocks::default(),
        current: None,
        end_state: EndState::default(),
    })
}

impl ReadEvents for Mapper {
    fn raw(&mut self, name: &str, data: &str, out: &mut Deltas) -> bool {
        if self.rules.is_end_data(data) || self.rules.is_end_event(name) || data.trim() == "[DONE]" {
            self.end(out);
            return true;
        }
        let is_text = self.rules.text == Some(TextRule::Data) && !data.is_empty();
        if is_text && name == "error" {
            self.end_state.error(ProviderError::new(None, name, "", data.trim(), data), out);
        } else if is_text {
            let block = self.block(BlockKind::Text, out);
            self.blocks.append_str(block, data, out);
        }
        is_text
    }

    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let found = self.rules.find(name, event);
        for (kind, value) in [(BlockKind::Reasoning, found.reasoning), (BlockKind::Text, found.text)] {
            if let Some(value) = value.filter(|value| value.is_truthy() || value.is_number()) {
                let block = self.block(kind, out);
                self.blocks.append_value(block, value, out);
            }
        }
        if let Some(error) = found.error {
            let words = ProviderError::from_json(None, error);
            self.end_state.error(words.unwrap_or_else(|| said(error)), out);
        }
        if found.is_end {
            self.end(out);
        } else if !found.is_known {
            // What it is called may be anything; only an error that stands at the usual place counts as one.
            self.end_state.unexplained(name, true, event, out);
        }
    }

    fn done(&mut self, out: &mut Deltas) {
        self.end(out);
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        self.map("message", answer, out);
        self.end(out);
    }

    fn closed(&mut self, out: &mut Deltas) {
        if self.rules.end.is_none() {
            self.end(out);
        }
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn block(&mut self, kind: BlockKind, out: &mut Deltas) -> BlockIndex {
        if let Some(block) = self.current.filter(|block| self.blocks.kind(*block) == kind) {
            return block;
        }
        if let Some(before) = self.current {
            self.blocks.close(before, out);
        }
        let block = self.blocks.open(kind, kind, 0, out);
        self.current = Some(block);
        block
    }

    fn end(&mut self, out: &mut Deltas) {
        self.blocks.close_all(out);
        self.end_state.end(out);
    }
}

/// Returns an error of whatever value a server has put there.
fn said(error: Value<'_>) -> ProviderError {
    let words = error.as_text().map_or_else(|| error.raw().into(), |text| text.decode());
    ProviderError::new(None, "", "", &words, error.raw())
}
