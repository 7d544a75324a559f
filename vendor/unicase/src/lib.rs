//! Stands in for the crate of this name, as far as pulldown-cmark uses it: to compare the labels of links.
//!
//! The original holds the whole of Unicode's case folding, some 13 KB of the page after gzip, for labels that are
//! spelled in two cases and not in ASCII. This one folds the letters of the Latin, Greek and Cyrillic alphabets that lie
//! at a fixed distance from each other, which needs no table; any other letter matches itself.

use std::hash::{Hash, Hasher};

/// A text that equals another whose letters differ in case only.
#[derive(Clone, Copy, Debug, Default)]
pub struct UniCase<S>(S);

impl<S: AsRef<str>> UniCase<S> {
    /// Wraps a text. Nothing is copied or folded yet.
    pub fn new(text: S) -> UniCase<S> {
        UniCase(text)
    }

    /// The text with each letter folded.
    pub fn to_folded_case(&self) -> String {
        self.folded().collect()
    }

    fn folded(&self) -> impl Iterator<Item = char> {
        self.0.as_ref().chars().map(fold)
    }
}

impl<S: AsRef<str>> AsRef<str> for UniCase<S> {
    fn as_ref(&self) -> &str {
        self.0.as_ref()
    }
}

impl<S: AsRef<str>, T: AsRef<str>> PartialEq<UniCase<T>> for UniCase<S> {
    fn eq(&self, other: &UniCase<T>) -> bool {
        self.folded().eq(other.folded())
    }
}

impl<S: AsRef<str>> Eq for UniCase<S> {}

impl<S: AsRef<str>> Hash for UniCase<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for letter in self.folded() {
            state.write_u32(u32::from(letter));
        }
        state.write_u8(0xff);
    }
}

fn fold(letter: char) -> char {
    let code = u32::from(letter);
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => code + 32,
        // The second small sigma stands at the end of words only.
        0x3c2 => 0x3c3,
        0x400..=0x40f => code + 80,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::UniCase;

    #[test]
    fn letters_of_four_alphabets_match_in_either_case() {
        for (upper, lower) in [("URL", "url"), ("ÄÖÜ", "äöü"), ("ΑΓΩΣ", "αγως"), ("ТОЛПОЙ Ё", "толпой ё")]
        {
            assert!(UniCase::new(upper) == UniCase::new(lower), "{upper}");
            assert_eq!(UniCase::new(upper).to_folded_case(), UniCase::new(lower).to_folded_case());
        }
    }

    #[test]
    fn signs_between_the_letters_keep_apart() {
        for (one, other) in [("[", "{"), ("×", "÷"), ("a", "b"), ("a", "aa"), ("@", "`")] {
            assert!(UniCase::new(one) != UniCase::new(other), "{one}");
        }
    }
}
