//! An independent reader of what is shown: regular expressions over whole texts, and over what a Markdown renderer puts into its
//! sink.

use crate::markdown::recorder::{Recorder, Step};
use tokenfall::engine::markdown::{Element, Renderer};

/// What is shown, while it grows.
#[derive(Debug, Default)]
pub(super) struct Screen {
    renderer: Renderer,
    sink: Recorder,
    raw: String,
}

impl Screen {
    /// Shows more, as a frame does. Returns every text that can be read: the raw one, and each block as rendered.
    pub(super) fn show(&mut self, more: &str) -> Vec<String> {
        self.raw.push_str(more);
        self.renderer.push(more);
        self.renderer.flush(&mut self.sink);
        self.readable()
    }

    /// The same at the end of the text.
    pub(super) fn finish(&mut self) -> Vec<String> {
        self.renderer.finish(&mut self.sink);
        self.readable()
    }

    fn readable(&self) -> Vec<String> {
        let mut texts = vec![self.raw.clone()];
        let mut block = String::new();
        let mut is_inline = Vec::new();
        for step in &self.sink.steps {
            let ends = match step {
                Step::Open(element) => {
                    is_inline.push(stands_in_a_line(element));
                    is_inline.last() == Some(&false)
                }
                Step::Close => is_inline.pop() == Some(false),
                Step::Text(text) => {
                    block.push_str(text);
                    false
                }
                Step::Loosen | Step::Note(_) => false,
            };
            if ends && !block.is_empty() {
                texts.push(std::mem::take(&mut block));
            }
        }
        texts.push(block);
        texts
    }
}

fn stands_in_a_line(element: &Element) -> bool {
    matches!(
        element,
        Element::Emphasis
            | Element::Strong
            | Element::Strike
            | Element::Subscript
            | Element::Superscript
            | Element::Keyboard
            | Element::Highlight
            | Element::CodeSpan
            | Element::Link(_)
            | Element::RefusedLink
    )
}

/// A text without the marks, each replaced by a sign that nothing matches.
pub(super) fn without_marks(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, behind)) = rest.split_once('⟦') {
        kept.push_str(before);
        kept.push('\u{fffc}');
        rest = behind.split_once('⟧').map_or("", |(_, behind)| behind);
    }
    kept + rest
}
