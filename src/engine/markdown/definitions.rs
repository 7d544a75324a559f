//! Definitions met so far, of link references (`[label]: address`) and of footnotes (`[^label]: text`).

use pulldown_cmark::CowStr;
use std::collections::BTreeMap;
use unicase::UniCase;

/// What labels stand for. The first definition of a label counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    addresses: BTreeMap<String, String>,
}

impl Definitions {
    /// Adds a definition, unless the label has one or there are [`MAX_DEFINITIONS`]. Gives the label in the
    /// form that all its spellings share when it is new. A footnote's label begins with `^`.
    pub(super) fn add(&mut self, label: &str, address: &str) -> Option<String> {
        let label = normalize(label);
        if MAX_DEFINITIONS <= self.addresses.len() || self.addresses.contains_key(&label) {
            return None;
        }
        self.addresses.insert(label.clone(), address.to_owned());
        Some(label)
    }

    /// Text to stand before `text`, by which the parser knows the footnotes that `text` refers to.
    pub(super) fn preamble(&self, text: &str) -> String {
        let mut preamble = String::new();
        if !self.addresses.is_empty() {
            for label in footnote_labels(text).filter(|label| self.address(label).is_some()) {
                // The break ends the footnote, whose text could go on otherwise.
                preamble.extend(["[", label, "]: x\n___\n"]);
            }
        }
        preamble
    }

    /// Whether there is a definition for a label in its shared form.
    pub(super) fn has(&self, label: &str) -> bool {
        self.addresses.contains_key(label)
    }

    /// The address a label stands for.
    pub(super) fn address(&self, label: &str) -> Option<&str> {
        if self.addresses.is_empty() {
            return None;
        }
        self.addresses.get(&normalize(label)).map(String::as_str)
    }

    /// The same in the parser's terms: address and title, which is not shown.
    pub(super) fn find(&self, label: &str) -> Option<(CowStr<'_>, CowStr<'_>)> {
        Some((CowStr::Borrowed(self.address(label)?), CowStr::Borrowed("")))
    }
}

/// Whether a reference with so many closing brackets before it may be given `address`.
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

/// Whether two labels are one: they match by their letters without case.
#[must_use]
pub fn is_same_label(one: &str, other: &str) -> bool {
    normalize(one) == normalize(other)
}

/// What stands in brackets in `text` as the label of a footnote does, with its `^`.
pub(super) fn footnote_labels(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'^', text.as_bytes()).filter_map(|at| {
        let label = text[at..].get(..LONGEST_LABEL).unwrap_or(&text[at..]);
        let end = memchr::memchr2(b']', b'\n', label.as_bytes())?;
        (text[..at].ends_with('[') && label[end..].starts_with(']')).then(|| &label[..end])
    })
}

/// Bytes; the parser takes no longer label.
const LONGEST_LABEL: usize = 1_000;

/// Labels match by their letters without case, runs of white space counting as one space.
pub(super) fn normalize(label: &str) -> String {
    let mut normal = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&UniCase::new(word).to_folded_case());
    }
    normal
}
