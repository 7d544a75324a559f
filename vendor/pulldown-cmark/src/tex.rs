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

/// Whether `content` between two delimiters is a formula, not words or the number of a source in escaped brackets.
pub fn is_tex(content: &str, is_square: bool) -> bool {
    let mark = |byte: u8| matches!(byte, b'\\' | b'^' | b'_' | b'=' | b'<' | b'>' | b'+');
    content.bytes().any(|byte| byte.is_ascii_alphanumeric()) && (!is_square || content.bytes().any(mark))
}

/// Whether what stands `inside` of the delimiter at `start` and the one that closes it is a formula.
pub(crate) fn is_formula(text: &str, start: usize, inside: Range<usize>) -> bool {
    let content = text.get(inside).unwrap_or_default();
    match text.as_bytes().get(start..start + 2) {
        Some(b"\\(") => is_tex(content, false),
        Some(b"\\[") => is_tex(content, true),
        _ => true,
    }
}

/// Makes text of what delimits nothing.
pub(crate) fn undo(item: &mut Item, text: &str) {
    let is_escaped = text.as_bytes()[item.start] == b'\\';
    item.start += usize::from(is_escaped);
    item.body = ItemBody::Text { backslash_escaped: is_escaped };
}
