//! [`Highlighter`]: lines of code in, rows of numbers out.

use crate::scopes::{Classes, Open};
use std::collections::{BTreeMap, VecDeque};
use syntect::dumps;
use syntect::parsing::{ParseState, SyntaxReference, SyntaxSet};
use tokenfall::engine::typeset::{Class, MAX_LINE_BYTES};

/// The most blocks that are kept in mind; the one that is longest without a line makes room, and would begin anew.
const MAX_BLOCKS: usize = 64;

/// The names of the grammars, in the order of the languages' numbers.
pub(crate) const GRAMMARS: &str = include_str!("../grammars.txt");

/// The beginning of a grammar's dump: a host may send a page with words where it lacks a file.
pub(crate) const MARK: &[u8] = b"grammar\n";

/// Knows the grammars it was given, and for each block where its last line ended.
#[derive(Debug)]
pub struct Highlighter {
    /// A language's grammar with those it embeds, by the language's number. Empty for one that cannot be had.
    grammars: BTreeMap<u32, SyntaxSet>,
    classes: Classes,
    /// The one that was sent something last stands last.
    blocks: VecDeque<Block>,
}

#[derive(Debug)]
struct Block {
    number: u32,
    state: ParseState,
    open: Open,
}

impl Highlighter {
    /// Creates a highlighter without grammars, to which all code is plain.
    #[must_use]
    pub fn new() -> Self {
        Self { grammars: BTreeMap::new(), classes: Classes::new(), blocks: VecDeque::new() }
    }

    /// Takes the dump of a language's grammar, as `grammars` makes it. From anything else it learns
    /// that the language stays plain.
    pub fn learn(&mut self, language: u32, dump: &[u8]) {
        let dump = dump.strip_prefix(MARK).and_then(|dump| dumps::from_uncompressed_data(dump).ok());
        self.grammars.insert(language, dump.unwrap_or_default());
    }

    /// Returns whether the language's grammar was given, or could not be had.
    #[must_use]
    pub fn has_tried(&self, language: u32) -> bool {
        self.grammars.contains_key(&language)
    }

    /// Reads the next lines of a block, each with its line end, and adds to `rows` three numbers for each piece that
    /// has a class: where it begins and ends, in UTF-16 units of `text`, and the class. Pieces come in order and none
    /// goes over the end of its line.
    ///
    /// The last line of a block may be without its end. Lines of more than [`MAX_LINE_BYTES`] stay plain.
    pub fn lines(&mut self, block: u32, language: u32, text: &str, rows: &mut Vec<u32>) {
        let Some(mut current) = self.take(block, language) else { return };
        let Some(grammars) = self.grammars.get(&language) else { return };
        let mut units = 0;
        for line in text.split_inclusive('\n') {
            if line.len() <= MAX_LINE_BYTES {
                current.line(line, units, grammars, &mut self.classes, rows);
            }
            units += utf16(line);
        }
        self.blocks.push_back(current);
        if MAX_BLOCKS < self.blocks.len() {
            self.blocks.pop_front();
        }
    }

    fn take(&mut self, number: u32, language: u32) -> Option<Block> {
        if let Some(at) = self.blocks.iter().rposition(|block| block.number == number) {
            return self.blocks.remove(at);
        }
        let state = ParseState::new(self.grammar(language)?);
        Some(Block { number, state, open: Open::default() })
    }

    fn grammar(&self, language: u32) -> Option<&SyntaxReference> {
        let line = GRAMMARS.lines().nth(usize::try_from(language).ok()?)?;
        self.grammars.get(&language)?.find_syntax_by_name(line.split_once(' ')?.1)
    }
}

impl Block {
    fn line(
        &mut self,
        line: &str,
        begins: u32,
        grammars: &SyntaxSet,
        classes: &mut Classes,
        rows: &mut Vec<u32>,
    ) {
        // A grammar takes the end of a line for granted.
        let ended = if line.ends_with('\n') { None } else { Some(format!("{line}\n")) };
        let Ok(changes) = self.state.parse_line(ended.as_deref().unwrap_or(line), grammars) else {
            return;
        };
        let mut piece = Piece { line, from: 0, units: begins };
        for (at, change) in changes {
            piece.up_to(at, self.open.class(), rows);
            self.open.apply(&change, classes);
        }
        piece.up_to(line.len(), self.open.class(), rows);
    }
}

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

/// The part of a line that has no row yet.
struct Piece<'a> {
    line: &'a str,
    /// Offset in bytes of the line.
    from: usize,
    /// The same offset in UTF-16 units of the text.
    units: u32,
}

impl Piece<'_> {
    /// Adds a row for what comes before `at`, or lengthens the last one.
    fn up_to(&mut self, at: usize, class: Option<Class>, rows: &mut Vec<u32>) {
        let at = at.min(self.line.len());
        let Some(text) = self.line.get(self.from..at).filter(|text| !text.is_empty()) else { return };
        let begins = self.units;
        self.units += utf16(text);
        self.from = at;
        let Some(class) = class.filter(|_| !text.trim().is_empty()) else { return };
        let ends = begins + utf16(text.trim_end());
        if let [.., last_end, last_class] = rows.as_mut_slice()
            && *last_end == begins
            && *last_class == class.number()
        {
            *last_end = ends;
        } else {
            rows.extend([begins, ends, class.number()]);
        }
    }
}

fn utf16(text: &str) -> u32 {
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    u32::try_from(units).unwrap_or(u32::MAX)
}
