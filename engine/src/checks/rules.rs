//! [`Rules`] say what may not be shown, as a person sets them up and as they are stored.

use serde::{Deserialize, Serialize};

/// The rules of a conversation or of a server's profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// How much is held back at least.
    pub hold: Hold,
    /// Another model that sees the text first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judge: Option<Judge>,
    /// Whether withheld text goes back to the model with the next question.
    pub sends_withheld: bool,
}

/// A rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// What it looks for.
    pub kind: RuleKind,
    /// What the kind needs: words or hosts, one a line; a regular expression; a number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What is done with what it finds.
    pub action: Action,
    /// Whether it is switched off.
    pub is_off: bool,
}

/// What is done with text that a rule forbids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A mark takes its place, and the answer goes on.
    #[default]
    Redact,
    /// The answer ends before it.
    Stop,
    /// It and all behind it waits until the person looks.
    Withhold,
}

/// What a rule looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// Words or phrases, one a line, without regard to case.
    #[default]
    Words,
    /// A regular expression.
    Pattern,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Numbers of payment cards, by their checksum.
    Card,
    /// International bank account numbers, by their checksum.
    Iban,
    /// Keys and tokens of services.
    Secrets,
    /// Links to hosts that are not listed, one a line.
    Links,
    /// Text over a number of characters.
    Length,
    /// Code.
    Code,
    /// Text that is no JSON.
    Json,
}

/// How much text is held back at least before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// As much as could still become a match.
    #[default]
    Match,
    /// Until a sentence is whole.
    Sentence,
    /// Until a block of Markdown is whole.
    Block,
    /// Until the answer is whole.
    Whole,
}

/// Another model that sees each part of an answer before it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Judge {
    /// The id of the profile of the server that is asked.
    pub profile: String,
    /// The model; empty for the profile's.
    pub model: String,
    /// What it is told, in the person's words. It answers with `ALLOW` or `WITHHOLD`.
    pub prompt: String,
    /// The parts that it sees: a sentence, a block, or the whole.
    pub sees: Hold,
    /// The time within which it has to answer, in seconds.
    pub seconds: u32,
    /// Whether text is shown where the judge fails. It is withheld otherwise.
    pub shows_on_failure: bool,
}

impl Default for Judge {
    fn default() -> Judge {
        Judge {
            profile: String::new(),
            model: String::new(),
            prompt: String::new(),
            sees: Hold::Sentence,
            seconds: 20,
            shows_on_failure: false,
        }
    }
}

impl Rules {
    /// Returns whether there is nothing to obey.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.judge.is_none() && self.rules.iter().all(|rule| rule.is_off)
    }

    /// Reads rules as [`Rules::to_json`] writes them; `None` where the text is none of that.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Rules> {
        serde_json::from_str(text).ok()
    }

    /// Returns them as JSON; empty where there is nothing to obey.
    #[must_use]
    pub fn to_json(&self) -> String {
        if *self == Rules::default() {
            return String::new();
        }
        serde_json::to_string(self).unwrap_or_default()
    }
}
