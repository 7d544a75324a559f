//! Masks replace, in a copy of a text, marks that the parser would read otherwise than we do.
//!
//! A copy has the length of the text, and each mask the length of what it hides, so that the places in the copy are
//! those in the text. No mask changes a block: only the text of leaf blocks is masked, and no character that could
//! begin, continue or part one.

use super::super::flanking::letter_beside;
use super::super::tex::{self, Dollar, Next};
use std::ops::Range;

/// The text that a mask hides, and what it is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A formula in `\(…\)`, as one between dollar signs.
    Inline,
    /// A formula in `\[…\]`, as one between two dollar signs each.
    Display,
    /// A formula in `\begin{…}…\end{…}`, which are parts of it, as one between two dollar signs each.
    Environment,
    /// A dollar sign that begins an amount of money, as another sign.
    Dollar,
    /// A letter beside a run of `*` or `~`, as punctuation.
    Letter,
    /// A pipe beyond the last column of a table, as another sign.
    Pipe,
    /// A fence that ends a block inside of one labelled as Markdown, as a line of it.
    Fence,
    /// The address and title of a definition, as nothing.
    Address,
}

/// One mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// The leaf block it stands in, by its number.
    pub(super) leaf: usize,
}

impl Mask {
    /// Returns whether this hides a formula.
    pub(super) fn is_formula(&self) -> bool {
        matches!(self.kind, Kind::Inline | Kind::Display | Kind::Environment)
    }

    /// Writes the mask over what it hides in `copy`.
    fn write(&self, copy: &mut [u8]) {
        let Some(hidden) = copy.get_mut(self.range.clone()) else { return };
        match self.kind {
            Kind::Inline | Kind::Display | Kind::Environment => {
                let length = hidden.len();
                for at in 0..length {
                    // A backslash before a pipe keeps it from parting cells.
                    let keeps_pipe = hidden[at] == b'\\' && next_other(&hidden[at..]) == Some(b'|');
                    if matches!(hidden[at], b'$' | b'{' | b'}' | b'\\') && !keeps_pipe {
                        hidden[at] = b'x';
                    }
                }
                let is_inline = self.kind == Kind::Inline;
                let (open, close) = if is_inline { (b"$x", b"x$") } else { (b"$$", b"$$") };
                hidden[..2].copy_from_slice(open);
                hidden[length - 2..].copy_from_slice(close);
            }
            Kind::Dollar | Kind::Pipe | Kind::Fence => hidden.fill(b'%'),
            Kind::Letter => {
                let sign = if hidden.len() == 3 { "\u{3001}" } else { "\u{10100}" };
                hidden.copy_from_slice(sign.as_bytes());
            }
            Kind::Address => {
                hidden.fill(b' ');
                hidden[..2].copy_from_slice(b"<>");
            }
        }
    }
}

/// Returns the first byte that is no backslash.
fn next_other(bytes: &[u8]) -> Option<u8> {
    bytes.iter().copied().find(|byte| *byte != b'\\')
}

/// Returns the copy of `text` with all of `masks`; none where that would be no text.
pub(super) fn copy(text: &str, masks: &[Mask]) -> Option<String> {
    let mut copy = text.as_bytes().to_vec();
    for mask in masks {
        mask.write(&mut copy);
    }
    String::from_utf8(copy).ok()
}

/// Returns whether `text` holds anything that could be masked.
pub(super) fn may_need(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| matches!(bytes.get(at + 1), Some(b'(' | b'[' | b'b'));
    memchr::memchr(b'$', bytes).is_some()
        || memchr::memchr_iter(b'\\', bytes).any(begins)
        || (!text.is_ascii() && memchr::memchr2(b'*', b'~', bytes).is_some())
}

/// Finds what is to be masked in one leaf block, whose text is `leaf` of `text`.
pub(super) fn find(text: &str, leaf: Range<usize>, number: usize, masks: &mut Vec<Mask>) {
    let mut scan = Scan {
        text: &text[..leaf.end],
        at: leaf.start,
        number,
        masks,
        unmatched_ticks: 0,
        has_display: true,
        missing: [false; 2],
        signs: Vec::new(),
        has_amount: false,
    };
    while scan.at < leaf.end {
        scan.step(leaf.start);
    }
    // Without one of them the parser would match another with the next.
    if scan.has_amount {
        let signs = std::mem::take(&mut scan.signs);
        masks.extend(signs.into_iter().map(|at| Mask {
            range: at..at + 1,
            kind: Kind::Dollar,
            leaf: number,
        }));
    }
}

struct Scan<'a> {
    /// The text up to the end of the leaf.
    text: &'a str,
    at: usize,
    number: usize,
    masks: &'a mut Vec<Mask>,
    /// A bit for each length of a run of backticks that has no match ahead.
    unmatched_ticks: u64,
    /// Whether two dollar signs may stand ahead.
    has_display: bool,
    /// Whether no delimiter of TeX stands ahead: round, square.
    missing: [bool; 2],
    /// Dollar signs that begin no formula.
    signs: Vec<usize>,
    /// Whether the parser would take one of them for the beginning of a formula.
    has_amount: bool,
}

impl Scan<'_> {
    fn step(&mut self, start: usize) {
        let at = self.at;
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b'\\' => self.escape(),
            b'`' => self.ticks(),
            b'$' => self.dollars(),
            mark @ (b'*' | b'~') => self.run(mark, start),
            _ => {
                let is_mark = |byte: &u8| matches!(byte, b'\\' | b'`' | b'$' | b'*' | b'~');
                self.at += bytes[at..].iter().position(is_mark).unwrap_or(bytes.len() - at);
            }
        }
    }

    fn escape(&mut self) {
        let at = self.at;
        let bytes = self.text.as_bytes();
        let Some(behind) = bytes.get(at + 1).copied() else {
            self.at += 1;
            return;
        };
        if let Some(length) = tex::environment(&self.text[at..]).and_then(|environment| environment.length) {
            self.at += length;
            self.masks.push(Mask { range: at..self.at, kind: Kind::Environment, leaf: self.number });
            return;
        }
        self.at += if behind.is_ascii_punctuation() { 2 } else { 1 };
        let (close, kind) = match behind {
            b'(' => (b')', Kind::Inline),
            b'[' => (b']', Kind::Display),
            _ => return,
        };
        let missing = usize::from(kind == Kind::Display);
        if self.missing[missing] {
            return;
        }
        match tex::next_delimiter(&self.text[at + 2..], behind, close) {
            Next::Closes(length) => {
                if tex::is_tex(&self.text[at + 2..at + 2 + length], kind == Kind::Display) {
                    self.at = at + length + 4;
                    self.masks.push(Mask { range: at..self.at, kind, leaf: self.number });
                }
            }
            Next::Opens => {}
            Next::Missing => self.missing[missing] = true,
        }
    }

    /// Passes over a code span.
    fn ticks(&mut self) {
        let at = self.at;
        let bytes = self.text.as_bytes();
        let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        let length = run(at);
        self.at += length;
        let bit = 1_u64.checked_shl(length as u32).unwrap_or(0);
        if bit == 0 || self.unmatched_ticks & bit != 0 {
            return;
        }
        let mut from = self.at;
        while let Some(found) = memchr::memchr(b'`', &bytes[from..]) {
            let closing = run(from + found);
            from += found + closing;
            if closing == length {
                self.at = from;
                return;
            }
        }
        self.unmatched_ticks |= bit;
    }

    fn dollars(&mut self) {
        let at = self.at;
        let rest = &self.text[at + 1..];
        self.at += 1;
        if let Some(inside) = rest.strip_prefix('$') {
            let close = self.has_display.then(|| memchr::memmem::find(inside.as_bytes(), b"$$")).flatten();
            match close {
                Some(close) => self.at = at + close + 4,
                None => self.has_display = false,
            }
            return;
        }
        match tex::dollar(rest) {
            Dollar::Formula(length) => self.at = at + length + 2,
            Dollar::Amount => {
                self.signs.push(at);
                self.has_amount = true;
            }
            Dollar::Text => self.signs.push(at),
            Dollar::Nested | Dollar::Open => {}
        }
    }

    fn run(&mut self, mark: u8, start: usize) {
        let at = self.at;
        let length = self.text.as_bytes()[at..].iter().take_while(|byte| **byte == mark).count();
        self.at += length;
        let before = self.text[start..at].chars().next_back();
        let next = self.text[self.at..].chars().next();
        let (Some(before), Some(next)) = (before, next) else { return };
        let range = match letter_beside(mark, before, next) {
            Some(true) => at - before.len_utf8()..at,
            Some(false) => self.at..self.at + next.len_utf8(),
            None => return,
        };
        let is_masked = self.masks.last().is_some_and(|last| last.range == range);
        if matches!(range.len(), 3 | 4) && !is_masked {
            self.masks.push(Mask { range, kind: Kind::Letter, leaf: self.number });
        }
    }
}
