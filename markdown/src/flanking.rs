//! Flanking decides which side of a run of `*`, `_` or `~` can open or close, by CommonMark's rule and what is added
//! for Chinese, Japanese and Korean.
//!
//! CommonMark lets no run close between punctuation and a letter: `**「東京」**へ` shows its stars, because a blank is
//! missing that these scripts do not write. By the rule of <https://github.com/tats-u/markdown-cjk-friendly> punctuation
//! counts as a letter for a run of `*` or `~` that stands beside a letter of these scripts.

/// Returns whether `c` is a letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309a}'
        | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{318e}' | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7fb}' | '\u{f900}'..='\u{faff}' | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether `c` counts as punctuation: all that is neither letter, digit nor blank.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace())
}

/// Returns whether a run of `mark` between two characters is left-flanking and right-flanking. The beginning and the
/// end of a text count as blanks.
pub(super) fn flanks(mark: u8, before: char, next: char) -> (bool, bool) {
    let beside = mark != b'_' && (is_cjk(before) || is_cjk(next));
    let is_loose = |c: char| c.is_whitespace() || is_punctuation(c);
    let left = !next.is_whitespace() && (beside || !is_punctuation(next) || is_loose(before));
    let right = !before.is_whitespace() && (beside || !is_punctuation(before) || is_loose(next));
    (left, right)
}

/// Returns the character beside a run of `mark` that keeps CommonMark's rule from letting the run open or close, where
/// the rule above does: the letter on the other side of punctuation. Gives whether it stands before the run.
pub(super) fn letter_beside(mark: u8, before: char, next: char) -> Option<bool> {
    if mark == b'_' {
        None
    } else if is_cjk(before) && is_punctuation(next) {
        Some(true)
    } else if is_punctuation(before) && is_cjk(next) {
        Some(false)
    } else {
        None
    }
}
