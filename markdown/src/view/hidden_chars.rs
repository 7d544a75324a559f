//! Hidden characters are replaced by a mark with their number where they could carry a message that nobody sees.
//!
//! Those that writing needs stay: joiners in emoji and in scripts that join their letters, one variation selector behind
//! what it varies, the tags of a flag.

use std::iter::Peekable;
use std::str::Chars;

/// Puts a mark in the place of each run of hidden characters in `text`; `None` when there are none.
pub(super) fn marked(text: &str) -> Option<String> {
    sifted(text, true).map(|(marked, _)| marked)
}

/// Strips `text` of its hidden characters and counts them; `None` when there are none.
#[must_use]
pub fn without_hidden(text: &str) -> Option<(String, usize)> {
    sifted(text, false)
}

fn sifted(text: &str, is_marked: bool) -> Option<(String, usize)> {
    if !text.contains(|c| is_hidden_char(c) || (is_marked && is_combining(c))) {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let (mut hidden, mut all) = (0_usize, 0);
    let mut before = None;
    let mut marks = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        marks = if is_combining(c) { marks + 1 } else { 0 };
        let is_hidden = is_hidden_char(c) && !is_needed(before, c, chars.peek().copied());
        if is_hidden || (is_marked && MOST_MARKS < marks) {
            hidden += usize::from(is_marked);
            all += 1;
        } else {
            push_mark(&mut kept, &mut hidden);
            kept.push(c);
            if c == FLAG {
                push_tags(&mut kept, &mut chars);
            }
        }
        before = Some(c);
    }
    push_mark(&mut kept, &mut hidden);
    (0 < all).then_some((kept, all))
}

/// The beginning of flags of parts of a country: <https://www.unicode.org/reports/tr51/#flag-emoji-tag-sequences>.
const FLAG: char = '\u{1f3f4}';

/// Letters and digits in the tags of a flag: `gbsct`.
const FLAG_TAGS: std::ops::RangeInclusive<usize> = 3..=6;

/// Takes the tags behind a flag, if they are those of one.
fn push_tags(marked: &mut String, chars: &mut Peekable<Chars<'_>>) {
    let is_tag = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let tags = chars.clone().take_while(is_tag).take(FLAG_TAGS.end() + 1).count();
    if FLAG_TAGS.contains(&tags) && chars.clone().nth(tags) == Some('\u{e007f}') {
        marked.extend(chars.take(tags + 1));
    }
}

fn push_mark(marked: &mut String, hidden: &mut usize) {
    if 0 < *hidden {
        marked.push_str(&format!("\u{27e8}{hidden} hidden\u{27e9}"));
        *hidden = 0;
    }
}

/// Limit L7 on the marks over and under one letter: no script has so many, and each costs a browser time.
const MOST_MARKS: usize = 32;

/// Returns whether `c` is drawn over or under the letter before it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Returns whether `c` takes no place on the screen.
fn is_hidden_char(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}')
}

/// Returns whether writing has a use for `c` between these two.
fn is_needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is_written = |side: char| !side.is_ascii() && (!is_hidden_char(side) || side == '\u{fe0f}');
    match c {
        '\u{ad}' => [before, after].iter().all(|side| side.is_some_and(char::is_alphabetic)),
        '\u{34f}' | '\u{200b}'..='\u{200d}' => before.is_some_and(is_written) && after.is_none_or(is_written),
        // Digits and a few signs become keycaps; other ASCII has no variants.
        '\u{fe00}'..='\u{fe0f}' => before.is_some_and(|before| {
            matches!(before, '0'..='9' | '#' | '*') || (!before.is_ascii() && !is_hidden_char(before))
        }),
        '\u{e0100}'..='\u{e01ef}' => before.is_some_and(|before| {
            matches!(before, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
                && !is_hidden_char(before)
        }),
        _ => false,
    }
}
