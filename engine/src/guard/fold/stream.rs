//! [`Stream`] hands a text to the scanners that read it.

use crate::guard::scanner::{Found, Scanner, Unseen};

/// Scanners that read the same text.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    /// The scanners.
    pub(crate) scanners: Vec<Scanner>,
    /// What they found.
    pub(crate) found: Vec<Found>,
}

impl Stream {
    /// Reads a character that stands for `start..end` of the text as it came.
    pub(crate) fn push(&mut self, c: char, start: usize, end: usize) {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            for scanner in &mut self.scanners {
                scanner.push(byte, start, end, &mut self.found);
            }
        }
    }

    /// Reads it as a reader sees it: most look-alikes of one kind are one, and nothing is invisible.
    pub(super) fn push_plain(&mut self, c: char, start: usize, end: usize) {
        if let Some(c) = plain(c) {
            self.push(c, start, end);
        }
    }

    /// Ends the text.
    pub(crate) fn finish(&mut self) {
        for scanner in &mut self.scanners {
            scanner.finish(&mut self.found);
        }
    }

    /// Returns where the first match begins that may still come.
    pub(crate) fn open(&self) -> Option<usize> {
        self.scanners.iter().filter_map(Scanner::open).min()
    }

    /// Returns the steps that were taken so far.
    pub(crate) fn steps(&self) -> u64 {
        self.scanners.iter().map(Scanner::steps).sum()
    }

    /// Keeps what is followed here.
    pub(super) fn pause(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.pause(part);
        }
    }

    /// Follows on what was kept.
    pub(super) fn resume(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.resume(part, &mut self.found);
        }
    }

    /// Forgets what was kept.
    pub(super) fn forget(&mut self, part: Unseen) {
        for scanner in &mut self.scanners {
            scanner.forget(part);
        }
    }
}

/// Returns the character that a reader sees; `None` if there is nothing to see. Full-width forms of ASCII are ASCII, blanks are a
/// blank, hyphens a hyphen.
pub(crate) fn plain(c: char) -> Option<char> {
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
