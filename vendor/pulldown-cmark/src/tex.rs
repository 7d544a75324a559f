//! Formulas in `\(…\)` and `\[…\]`: the delimiters of TeX, which most models write.
//!
//! CommonMark reads them as escaped brackets, and so does this where they do not match or hold no formula.

use crate::parse::{Item, ItemBody};
use crate::Options;
use std::ops::Range;

/// What tells delimiters apart: beyond the numbers that the parser gives the braces around dollar signs.
const ROUND: u16 = 0x100;
const SQUARE: u16 = 0x101;

/// What an escaped `bracket` may be.
pub(crate) fn delimiter(bracket: u8, options: Options) -> Option<ItemBody> {
    if !options.intersects(Options::ENABLE_MATH) {
        return None;
    }
    match bracket {
        b'(' => Some(ItemBody::MaybeMath(true, false, ROUND)),
        b')' => Some(ItemBody::MaybeMath(false, true, ROUND)),
        b'[' => Some(ItemBody::MaybeMath(true, false, SQUARE)),
        b']' => Some(ItemBody::MaybeMath(false, true, SQUARE)),
        _ => None,
    }
}

/// Whether what stands `inside` of the delimiter at `start` and the one that closes it is a formula. Escaped brackets
/// of other kinds hold words or the number of a source.
pub(crate) fn is_formula(text: &str, start: usize, inside: Range<usize>) -> bool {
    let content = text.get(inside).unwrap_or_default().as_bytes();
    match text.as_bytes().get(start..start + 2) {
        Some(b"\\(") => content.iter().any(u8::is_ascii_alphanumeric),
        Some(b"\\[") => {
            content.iter().any(u8::is_ascii_alphanumeric)
                && content.iter().any(|byte| matches!(byte, b'\\' | b'^' | b'_' | b'=' | b'<' | b'>' | b'+'))
        }
        _ => true,
    }
}

/// Makes text of what delimits nothing.
pub(crate) fn undo(item: &mut Item, text: &str) {
    let is_escaped = text.as_bytes()[item.start] == b'\\';
    item.start += usize::from(is_escaped);
    item.body = ItemBody::Text { backslash_escaped: is_escaped };
}
