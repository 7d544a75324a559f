//! [`DraftText`] is a question that was not sent yet: what was typed, and the long texts that were pasted beside it.

use serde::{Deserialize, Serialize};

/// The most UTF-16 units of a text that is pasted into the field; a longer one stands beside it.
const MOST_PASTED: usize = 2_000;
/// The most lines of such a text.
const MOST_LINES: usize = 25;

/// A question that was not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftText {
    /// The typed text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub typed: String,
    /// The texts that were pasted, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pastes: Vec<String>,
}

impl DraftText {
    /// Returns the question that is sent: the typed text without the blanks around it, and the pasted ones as they are, each
    /// behind an empty line. A paste of nothing but blanks is none.
    #[must_use]
    pub fn question(&self) -> String {
        let pastes = self.pastes.iter().map(String::as_str).filter(|paste| !paste.trim().is_empty());
        let parts: Vec<&str> =
            Some(self.typed.trim()).filter(|typed| !typed.is_empty()).into_iter().chain(pastes).collect();
        parts.join("\n\n")
    }

    /// Returns the text that it begins with.
    #[must_use]
    pub fn beginning(&self) -> &str {
        let texts = std::iter::once(&self.typed).chain(&self.pastes).map(|text| text.trim_start());
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Returns this question with another one behind it.
    #[must_use]
    pub fn before(mut self, other: DraftText) -> DraftText {
        if !other.typed.trim().is_empty() {
            if !self.typed.trim().is_empty() {
                self.typed.push_str("\n\n");
            }
            self.typed.push_str(&other.typed);
        }
        self.pastes.extend(other.pastes);
        self
    }

    /// Returns whether a text that is pasted is long enough to stand beside the field, so that what is typed stays in view.
    #[must_use]
    pub fn is_long(pasted: &str) -> bool {
        pasted.encode_utf16().nth(MOST_PASTED).is_some() || pasted.lines().nth(MOST_LINES).is_some()
    }
}
