//! Definitions of link references that are settled: `[label]: address`.

use pulldown_cmark::CowStr;
use std::collections::BTreeMap;
use unicase::UniCase;

/// What labels stand for. The first definition of a label counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    addresses: BTreeMap<String, String>,
}

impl Definitions {
    /// Adds a definition, unless the label has one or there are [`MAX_DEFINITIONS`].
    pub(super) fn add(&mut self, label: &str, address: String) {
        if self.addresses.len() < MAX_DEFINITIONS {
            self.addresses.entry(normalize(label)).or_insert(address);
        }
    }

    /// The address a label stands for.
    pub(super) fn address(&self, label: &str) -> Option<&str> {
        if self.addresses.is_empty() {
            return None;
        }
        self.addresses.get(&normalize(label)).map(String::as_str)
    }

    /// The same in the parser's terms: address and title, which is not shown.
    pub(super) fn find(&self, label: &str) -> Option<(CowStr<'static>, CowStr<'static>)> {
        let address = self.address(label)?.to_owned();
        Some((CowStr::from(address), CowStr::Borrowed("")))
    }
}

/// Limit L7 on the definitions of one text.
const MAX_DEFINITIONS: usize = 10_000;

/// Labels match by their letters without case, runs of white space counting as one space.
fn normalize(label: &str) -> String {
    let mut normal = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&UniCase::new(word).to_folded_case());
    }
    normal
}
