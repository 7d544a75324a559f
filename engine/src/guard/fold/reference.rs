//! Reads character references of HTML, as Markdown has them.

use crate::markdown::character_reference;

/// The most characters of one between `&` and `;`.
pub(super) const LONGEST: usize = 32;

/// Returns the characters that stand between `&` and `;`; nought for one that an address has and its reader leaves out. `None`
/// where it is no reference.
pub(super) fn characters(name: &str) -> Option<String> {
    let read = character_reference(name)?;
    Some(read.replace(['\t', '\n', '\r'], "\0"))
}
