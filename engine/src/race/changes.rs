//! [`changes`] lays a comparison out as one text with what was taken out and what was put in, to be drawn.

use super::words::{Comparison, Piece};
use std::ops::Range;

/// What became of a piece of text between two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands in both.
    Kept,
    /// It stands in the first alone.
    Removed,
    /// It stands in the second alone.
    Added,
}

/// Returns the pieces of both texts in one order, with the blanks between them, and whether some were left out behind `limit`
/// of them. Nothing for texts that do not differ.
#[must_use]
pub fn changes<'a>(
    comparison: &Comparison,
    first: &'a str,
    second: &'a str,
    limit: usize,
) -> (Vec<(Change, &'a str)>, bool) {
    let pieces = match comparison {
        Comparison::Identical | Comparison::SameWords => return (Vec::new(), false),
        Comparison::Different { pieces, .. } => pieces,
    };
    let mut drawn = Vec::new();
    let mut at = (0, 0);
    for piece in pieces {
        if limit <= drawn.len() {
            return (drawn, true);
        }
        let (one, other) = match piece {
            Piece::Same { first, second } | Piece::Differs { first, second } => (first, second),
        };
        let is_inserted = one.is_empty();
        let blanks =
            if is_inserted { piece_of(second, at.1..other.start) } else { piece_of(first, at.0..one.start) };
        let mut put = |change: Change, text: &'a str| {
            if !text.is_empty() {
                drawn.push((change, text));
            }
        };
        put(Change::Kept, blanks);
        match piece {
            Piece::Same { .. } => put(Change::Kept, piece_of(first, one.clone())),
            Piece::Differs { .. } => {
                put(Change::Removed, piece_of(first, one.clone()));
                put(Change::Added, piece_of(second, other.clone()));
            }
        }
        // Where one text has nothing its place stays: the blanks there are still to come.
        at = (at.0.max(one.end), at.1.max(other.end));
    }
    (drawn, false)
}

fn piece_of(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}
