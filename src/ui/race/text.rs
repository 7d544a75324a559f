//! [`LaneText`] writes a lane's answer as plain text into bare elements, past the reactive graph.
//!
//! It keeps for each block how many bytes it has shown, and appends the range behind them to the last text node.

use crate::engine::chat::{Block, Turn};
use crate::engine::wire::BlockKind;
use web_sys::{Document, Element, Text};

/// The most bytes of a lane that are written in one frame.
const FRAME: usize = 32 << 10;
/// The length from which on a line end begins another element: browsers lay out a whole one when it grows.
const PIECE: usize = 2 << 10;

/// Writes a turn into elements that no one else puts children into.
pub(super) struct LaneText {
    answer: Element,
    reasoning: Element,
    blocks: Vec<BlockText>,
}

/// Writes one block.
struct BlockText {
    element: Element,
    last: Option<Text>,
    /// Bytes of the block's text that were written.
    shown: usize,
    /// Bytes in the last text node.
    length: usize,
    revision: u32,
}

impl LaneText {
    /// Creates a view that writes into empty elements.
    pub(super) fn new(answer: Element, reasoning: Element) -> LaneText {
        LaneText { answer, reasoning, blocks: Vec::new() }
    }

    /// Writes what the turn holds and the page does not, as far as a frame goes. Returns whether there is more.
    pub(super) fn draw(&mut self, turn: &Turn) -> bool {
        let Some(document) = self.answer.owner_document() else { return false };
        let mut left = FRAME;
        for (at, block) in turn.blocks.iter().enumerate() {
            if at == self.blocks.len() {
                match self.open(&document, block) {
                    Some(drawn) => self.blocks.push(drawn),
                    None => return false,
                }
            }
            if let Some(drawn) = self.blocks.get_mut(at) {
                left -= drawn.draw(&document, block, left);
                if drawn.shown < block.text.len() && left < 4 {
                    return true;
                }
            }
        }
        false
    }

    fn open(&self, document: &Document, block: &Block) -> Option<BlockText> {
        let element = document.create_element("div").ok()?;
        let place = match block.kind {
            BlockKind::Reasoning => Some(&self.reasoning),
            BlockKind::Text | BlockKind::Refusal | BlockKind::ToolCall => Some(&self.answer),
            // Nobody speaks into a race.
            BlockKind::Said | BlockKind::Other => None,
        };
        // Of several alternative answers the first is shown.
        if let Some(place) = place.filter(|_| block.choice == 0) {
            element.set_attribute("dir", "auto").ok()?;
            if let Some(tool) = &block.tool {
                let name = document.create_element("p").ok()?;
                name.set_text_content(Some(&tool.name));
                place.append_child(&name).ok()?;
            }
            place.append_child(&element).ok()?;
        }
        Some(BlockText { element, last: None, shown: 0, length: 0, revision: block.revision })
    }
}

impl BlockText {
    /// Writes what is new, at most so many bytes. Returns how many those were.
    fn draw(&mut self, document: &Document, block: &Block, most: usize) -> usize {
        if self.revision != block.revision {
            self.element.set_text_content(None);
            *self = BlockText {
                element: self.element.clone(),
                last: None,
                shown: 0,
                length: 0,
                revision: block.revision,
            };
        }
        let new = block.text.get(self.shown..).unwrap_or_default();
        let new = &new[..new.floor_char_boundary(most)];
        let mut rest = new;
        while !rest.is_empty() {
            let end = if self.length < PIECE { None } else { rest.find('\n') };
            let (piece, behind) = end.map_or((rest, ""), |end| (&rest[..end], &rest[end + 1..]));
            self.append(document, piece);
            if end.is_some() {
                self.last = None;
                self.length = 0;
            }
            rest = behind;
        }
        self.shown += new.len();
        new.len()
    }

    fn append(&mut self, document: &Document, text: &str) {
        self.length += text.len();
        if let Some(last) = &self.last {
            let _ = last.append_data(text);
            return;
        }
        let node = document.create_text_node(text);
        if let Ok(place) = document.create_element("p") {
            let _ = place.append_child(&node);
            let _ = self.element.append_child(&place);
            self.last = Some(node);
        }
    }
}
