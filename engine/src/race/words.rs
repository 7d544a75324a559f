//! [`compare`] finds the words in which two answers differ.

use crate::messages::race as messages;
use imara_diff::{Algorithm, Diff, InternedInput};
use std::fmt;
use std::ops::Range;

/// The most words of a text that are compared; a difference behind them is told as not looked at.
pub const WORD_LIMIT: usize = 100_000;

/// The result of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The texts are the same, letter by letter.
    Identical,
    /// The words are the same; only blanks differ.
    SameWords,
    /// Some words differ.
    Different {
        /// The texts, in pieces that are alike and pieces that differ, in their order.
        pieces: Vec<Piece>,
        /// Number of words that are the same.
        shared: usize,
        /// Number of words of the first and the second text.
        words: [usize; 2],
        /// Whether a text had more than [`WORD_LIMIT`] words: the rest is in no piece.
        is_cut: bool,
    },
}

/// A piece of both texts, as ranges of bytes. Blanks between two pieces belong to none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The words are the same.
    Same {
        /// In the first text.
        first: Range<usize>,
        /// In the second text.
        second: Range<usize>,
    },
    /// These words stand in one text in place of those in the other; one range may be empty.
    Differs {
        /// In the first text.
        first: Range<usize>,
        /// In the second text.
        second: Range<usize>,
    },
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Comparison::Identical => f.write_str(messages::IDENTICAL),
            Comparison::SameWords => f.write_str(messages::SAME_WORDS),
            Comparison::Different { shared, words: [first, second], is_cut: true, .. } => {
                f.write_str(&messages::shared_words_of_beginning(*shared, *first.max(second)))
            }
            Comparison::Different { shared, words: [first, second], is_cut: false, .. } => {
                f.write_str(&messages::shared_words(*shared, *first, *second))
            }
        }
    }
}

/// Compares two texts word by word. A word is a run of letters and figures, a sign, or a character of a script that puts no
/// blanks between words.
#[must_use]
pub fn compare(first: &str, second: &str) -> Comparison {
    if first == second {
        return Comparison::Identical;
    }
    let (one, is_one_cut) = words(first);
    let (other, is_other_cut) = words(second);
    let is_cut = is_one_cut || is_other_cut;
    let mut input = InternedInput::default();
    input.update_before(one.iter().map(|word| &first[word.clone()]));
    input.update_after(other.iter().map(|word| &second[word.clone()]));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut pieces = Vec::new();
    let mut at = (0, 0);
    let mut shared = 0;
    let mut same = |from: (usize, usize), to: (usize, usize), pieces: &mut Vec<Piece>| {
        if from.0 < to.0 {
            shared += to.0 - from.0;
            let (first, second) = (span(&one, from.0..to.0), span(&other, from.1..to.1));
            pieces.push(Piece::Same { first, second });
        }
    };
    for hunk in diff.hunks() {
        let before = hunk.before.start as usize..hunk.before.end as usize;
        let after = hunk.after.start as usize..hunk.after.end as usize;
        same(at, (before.start, after.start), &mut pieces);
        at = (before.end, after.end);
        pieces.push(Piece::Differs { first: span(&one, before), second: span(&other, after) });
    }
    same(at, (one.len(), other.len()), &mut pieces);
    let are_same = !pieces.iter().any(|piece| matches!(piece, Piece::Differs { .. }));
    if are_same && !is_cut {
        return Comparison::SameWords;
    }
    Comparison::Different { pieces, shared, words: [one.len(), other.len()], is_cut }
}

/// Returns the bytes from the first to the last of some words; where there are none, the place where they would be.
fn span(words: &[Range<usize>], range: Range<usize>) -> Range<usize> {
    match words.get(range.clone()) {
        Some([first, .., last]) => first.start..last.end,
        Some([word]) => word.clone(),
        Some([]) | None => {
            let at =
                range.start.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |word| word.end);
            at..at
        }
    }
}

/// Returns the words of a text, and whether it has more than are compared.
fn words(text: &str) -> (Vec<Range<usize>>, bool) {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (at, c) in text.char_indices() {
        let is_letter = c.is_alphanumeric() && !has_no_blanks(c);
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            goes_on = false;
            continue;
        }
        if goes_on
            && is_letter
            && let Some(word) = words.last_mut()
        {
            word.end = end;
            continue;
        }
        if words.len() == WORD_LIMIT {
            return (words, true);
        }
        words.push(at..end);
        goes_on = is_letter;
    }
    (words, false)
}

/// Returns whether a character belongs to a script that puts no blanks between words: Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese.
fn has_no_blanks(c: char) -> bool {
    matches!(
        c,
        '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}
