//! Keeps the definitions met so far, of link references (`[label]: address`) and of footnotes (`[^label]: text`).

use std::collections::BTreeMap;
use unicase::UniCase;

/// The definitions of labels. The first definition of a label counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    addresses: BTreeMap<Label, String>,
}

/// A label in the form that all its spellings share: links and footnotes have labels of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Link(String),
    Footnote(String),
}

impl Label {
    /// Returns the label of a link.
    pub(super) fn link(label: &str) -> Self {
        Self::Link(normalize(label))
    }

    /// Returns the label of a footnote, without its `^`.
    pub(super) fn footnote(label: &str) -> Self {
        Self::Footnote(normalize(label))
    }
}

impl Definitions {
    /// Adds a definition, unless the label has one or there are [`MAX_DEFINITIONS`]. Says whether it did.
    pub(super) fn add(&mut self, label: &Label, address: &str) -> bool {
        if MAX_DEFINITIONS <= self.addresses.len() || self.addresses.contains_key(label) {
            return false;
        }
        self.addresses.insert(label.clone(), address.to_owned());
        true
    }

    /// Returns text to stand before `text`, by which the parser knows the footnotes that `text` refers to.
    pub(super) fn preamble(&self, text: &str) -> String {
        let mut preamble = String::new();
        if !self.addresses.is_empty() {
            for label in footnote_labels(text).filter(|label| self.has(&Label::footnote(label))) {
                // The break ends the footnote, whose text could go on otherwise.
                preamble.extend(["[^", label, "]: x\n___\n"]);
            }
        }
        preamble
    }

    /// Returns whether there is a definition for a label.
    pub(super) fn has(&self, label: &Label) -> bool {
        self.addresses.contains_key(label)
    }

    /// Returns whether there is a definition for the label of a link.
    pub(super) fn has_link(&self, label: &str) -> bool {
        self.address(label).is_some()
    }

    /// Returns the address that the label of a link stands for.
    pub(super) fn address(&self, label: &str) -> Option<&str> {
        if self.addresses.is_empty() {
            return None;
        }
        self.addresses.get(&Label::link(label)).map(String::as_str)
    }
}

/// Returns whether a reference with so many closing brackets before it may be given `address`.
///
/// It may while all references up to it, had they the same address, would come to [`MAX_HANDED_OUT`]. What was really
/// given cannot be counted: a definition that comes late would take links back that are settled. Brackets can, and
/// every reference has one.
pub(super) fn is_affordable(address: &str, brackets: usize) -> bool {
    address.len().saturating_mul(brackets) <= MAX_HANDED_OUT
}

/// Limit L7 on what the references of one text make of it, in bytes of addresses for each length of address.
const MAX_HANDED_OUT: usize = 4 * 1024 * 1024;

/// Limit L7 on the definitions of one text.
const MAX_DEFINITIONS: usize = 10_000;

/// Returns whether two labels are one: they match by their letters without case.
#[must_use]
pub fn is_same_label(one: &str, other: &str) -> bool {
    normalize(one) == normalize(other)
}

/// Returns the texts in brackets in `text` that stand as the label of a footnote does, without its `^`.
pub(super) fn footnote_labels(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'^', bytes).filter_map(move |at| {
        let begins = text[..at].ends_with('[');
        begins.then(|| label_end(&bytes[at + 1..])).flatten().map(|end| &text[at + 1..at + 1 + end])
    })
}

/// Returns the place at which the label that `bytes` begin with is closed. It stands on one line.
fn label_end(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in bytes.iter().take(LONGEST_LABEL).enumerate() {
        match byte {
            b'\n' | b'[' if !escaped => return None,
            b']' if !escaped => return Some(at),
            _ => escaped = *byte == b'\\' && !escaped,
        }
    }
    None
}

/// Bytes; the parser takes no label of more than 1,000 characters.
const LONGEST_LABEL: usize = 4_000;

/// Labels match as the parser compares them: by their letters without case, runs of white space counting as one blank.
pub(super) fn normalize(label: &str) -> String {
    let is_blank = |c: char| matches!(c, ' ' | '\t'..='\r');
    if !label.contains(|c| is_blank(c) && c != ' ')
        && !label.contains("  ")
        && label.trim_matches(' ') == label
    {
        return UniCase::new(label).to_folded_case();
    }
    let words: Vec<&str> = label.split(is_blank).filter(|word| !word.is_empty()).collect();
    UniCase::new(words.join(" ")).to_folded_case()
}
