//! A fold is a text as a reader sees it: without marks, escapes and what is invisible, each character with its place in the text
//! as it came.

mod json;
mod markdown;
mod reference;
mod stream;

pub(super) use json::JsonFold;
pub(super) use markdown::MarkdownFold;
pub(super) use stream::{Stream, plain};

/// How a text is folded.
#[derive(Debug)]
pub(super) enum Fold {
    /// As Markdown.
    Markdown(MarkdownFold),
    /// As JSON.
    Json(JsonFold),
}

impl Fold {
    /// Reads a character that stands at `start..end`.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize, to: &mut Stream) {
        match self {
            Fold::Markdown(fold) => fold.push(c, start, end, to),
            Fold::Json(fold) => fold.push(c, start, end, to),
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, to: &mut Stream) {
        match self {
            Fold::Markdown(fold) => fold.finish(to),
            Fold::Json(fold) => fold.finish(to),
        }
    }

    /// Returns where text begins of which it is not known yet how it reads.
    pub(super) fn open(&self) -> Option<usize> {
        match self {
            Fold::Markdown(fold) => fold.open(),
            Fold::Json(fold) => fold.open(),
        }
    }
}
