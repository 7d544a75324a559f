//! [`Block`] holds a part of a turn.

use crate::wire::{BlockKind, Citation, Opaque, ToolIdentity};

/// A part of a turn, of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The kind of its text.
    pub kind: BlockKind,
    /// Index of the alternative answer that it belongs to; 0 is the one that is shown.
    pub choice: u32,
    /// Its text so far. For a tool call: the arguments as streamed.
    pub text: String,
    /// Number of times that `text` was replaced rather than appended to; a reader that has shown a prefix starts again
    /// when it grows.
    pub revision: u32,
    /// Whether it is complete.
    pub closed: bool,
    /// The tool that is called, for a tool call.
    pub tool: Option<ToolIdentity>,
    /// Sources given for it.
    pub citations: Vec<Citation>,
    /// Opaque data that must travel back with it.
    pub opaque: Vec<Opaque>,
}

impl Block {
    /// Creates an empty block.
    pub fn new(kind: BlockKind, choice: u32) -> Block {
        Block {
            kind,
            choice,
            text: String::new(),
            revision: 0,
            closed: false,
            tool: None,
            citations: Vec::new(),
            opaque: Vec::new(),
        }
    }

    /// Takes the provider's final text: usually what is here already, sometimes with more behind it, rarely another one.
    pub(super) fn settle(&mut self, text: &str) {
        match text.strip_prefix(self.text.as_str()) {
            Some(rest) => self.text.push_str(rest),
            None => {
                self.text.clear();
                self.text.push_str(text);
                self.revision += 1;
            }
        }
    }
}
