//! A fold is a text as a reader sees it: without marks, escapes and what is invisible, each character with its place in the text
//! as it came.

mod json;
mod markdown;
mod reference;

use super::scanner::{Found, Scanner, Unseen};
pub(super) use json::JsonFold;
pub(super) use markdown::MarkdownFold;

/// Scanners that read the same text.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The scanners.
    pub(super) scanners: Vec<Scanner>,
    /// What they found.
    pub(super) found: Vec<Found>,
}

impl Stream {
    /// Reads a character that stands for `start..end` of the text as it came.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            for scanner in &mut self.scanners {
                scanner.push(byte, start, end, &mut self.found);
            }
        }
    }

    /// Reads it as a reader sees it: most look-alikes of one kind are one, and nothing is invisible.
    fn push_plain(&mut self, c: char, start: usize, end: usize) {
        if let Some(c) = plain(c) {
            self.push(c, start, end);
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) {
        for scanner in &mut self.scanners {
            scanner.finish(&mut self.found);
        }
    }

    /// Returns where the first match begins that may still come.
    pub(super) fn open(&self) -> Option<usize> {
        self.scanners.iter().filter_map(Scanner::open).min()
    }

    /// Returns the steps that were taken so far.
    pub(super) fn steps(&self) -> u64 {
        self.scanners.iter().map(Scanner::steps).sum()
    }

    fn pause(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.pause(part);
        }
    }

    fn resume(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.resume(part, &mut self.found);
        }
    }

    fn forget(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.forget(part);
        }
    }
}

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

/// Returns the character that a reader sees; `None` if there is nothing to see. Full-width forms of ASCII are ASCII, blanks are a
/// blank, hyphens a hyphen.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => None,
        '\u{e0000}'..='\u{e0fff}' | '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' => None,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' => None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{fe52}' => Some('.'),
        '\u{fe6b}' => Some('@'),
        c => Some(c),
    }
}
