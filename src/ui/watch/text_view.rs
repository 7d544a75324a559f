//! [`TextView`] appends the text of a stream to text nodes as it grows.

use crate::engine::chat::Turn;
use crate::engine::wire::BlockKind;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Text;

/// The most bytes of text that are appended in one frame.
const BYTES_A_FRAME: usize = 32 << 10;

/// Draws the blocks of a turn that are text or reasoning.
#[derive(Debug)]
pub(super) struct TextView {
    place: NodeRef<html::Div>,
    /// What is shown of each block: its node, its revision, and how many bytes.
    shown: Vec<Option<(Text, u32, usize)>>,
    is_new: bool,
}

impl TextView {
    pub(super) fn new(place: NodeRef<html::Div>) -> TextView {
        TextView { place, shown: Vec::new(), is_new: true }
    }

    /// Draws what came since; whether there is more.
    pub(super) fn draw(&mut self, turn: &Turn) -> bool {
        // The place of an earlier start may be known still, though it is no longer in the page.
        let Some(place) = self.place.get_untracked().filter(|place| place.is_connected()) else {
            return true;
        };
        if std::mem::take(&mut self.is_new) {
            place.set_text_content(None);
        }
        let mut left = BYTES_A_FRAME;
        for (index, block) in turn.blocks.iter().enumerate() {
            if self.shown.len() <= index {
                self.shown.push(None);
            }
            let kind = match block.kind {
                BlockKind::Text | BlockKind::Refusal => "text",
                BlockKind::Reasoning => "reasoning",
                BlockKind::ToolCall | BlockKind::Other | BlockKind::Said => "other",
            };
            let Some(slot) = self.shown.get_mut(index) else { continue };
            if slot.is_none() {
                *slot = node(&place, kind).map(|text| (text, block.revision, 0));
            }
            let Some((text, revision, length)) = slot else { continue };
            if *revision != block.revision || block.text.len() < *length {
                text.set_data("");
                (*revision, *length) = (block.revision, 0);
            }
            let from = block.text.floor_char_boundary(*length);
            let to = block.text.floor_char_boundary((from + left).min(block.text.len()));
            if from < to {
                let _ = text.append_data(&block.text[from..to]);
                *length = to;
                left -= to - from;
            }
            if to < block.text.len() {
                return true;
            }
        }
        false
    }
}

/// Makes the place of a block, and the node of its text.
fn node(place: &web_sys::HtmlDivElement, kind: &str) -> Option<Text> {
    let document = document();
    let paragraph = document.create_element("p").ok()?;
    paragraph.set_attribute("data-kind", kind).ok()?;
    paragraph.set_attribute("dir", "auto").ok()?;
    let text = document.create_text_node("");
    paragraph.append_child(text.unchecked_ref()).ok()?;
    place.append_child(&paragraph).ok()?;
    Some(text)
}
