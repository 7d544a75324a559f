//! [`Bounds`] finds where a text may be cut: behind a sentence, behind a block of Markdown.

use super::line::Line;
use crate::checks::Hold;
use std::collections::VecDeque;

/// Finds the places at which a text may be cut.
#[derive(Debug)]
pub(super) struct Bounds {
    hold: Hold,
    line: Line,
    /// The fence of the code that is open.
    fence: Option<(char, usize)>,
    /// Whether a sentence has ended, but for the blank behind it.
    is_behind_sentence: bool,
    places: VecDeque<usize>,
}

impl Bounds {
    /// Creates what finds the bounds of that kind.
    pub(super) fn new(hold: Hold) -> Bounds {
        Bounds {
            hold,
            line: Line::default(),
            fence: None,
            is_behind_sentence: false,
            places: VecDeque::new(),
        }
    }

    /// Reads a character that ends at `end`.
    pub(super) fn push(&mut self, c: char, end: usize) {
        let is_bound = match self.hold {
            Hold::Match | Hold::Whole => false,
            Hold::Sentence => self.ends_sentence(c),
            Hold::Block => self.ends_block(c),
        };
        if is_bound {
            self.places.push_back(end);
        }
    }

    /// Returns how far text may be shown of which so much may be shown otherwise.
    pub(super) fn within(&mut self, shown: usize, most: usize) -> usize {
        match self.hold {
            Hold::Match => most,
            Hold::Whole => shown,
            Hold::Sentence | Hold::Block => {
                let mut last = shown;
                while let Some(place) = self.places.front().copied().filter(|place| *place <= most) {
                    last = last.max(place);
                    self.places.pop_front();
                }
                last
            }
        }
    }

    /// Returns the next place at which the text may be cut, once.
    pub(super) fn next_place(&mut self) -> Option<usize> {
        self.places.pop_front()
    }

    fn ends_sentence(&mut self, c: char) -> bool {
        if matches!(c, '\n' | '。' | '！' | '？') {
            self.is_behind_sentence = false;
            return true;
        }
        let is_over = self.is_behind_sentence && c.is_whitespace();
        let is_closing = matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '*' | '_');
        self.is_behind_sentence =
            matches!(c, '.' | '!' | '?' | '…') || (self.is_behind_sentence && is_closing);
        is_over
    }

    fn ends_block(&mut self, c: char) -> bool {
        if c != '\n' {
            self.line.push(c);
            return false;
        }
        let line = std::mem::take(&mut self.line);
        let is_blank = line.is_blank();
        let was_open = self.fence.is_some();
        match self.fence {
            Some(fence) if line.closes(fence) => self.fence = None,
            Some(_) => {}
            None => self.fence = line.fence(),
        }
        (!was_open && is_blank) || (was_open && self.fence.is_none())
    }
}
