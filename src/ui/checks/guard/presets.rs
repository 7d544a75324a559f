//! [`RulePreset`] adds the rules for what people forbid most.

use crate::engine::checks::RuleKind;
use crate::engine::messages::guard_page as words;

/// What is forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulePreset {
    /// E-mail addresses, telephone numbers, cards, bank accounts.
    Personal,
    /// Keys and tokens.
    Secrets,
    /// Links.
    Links,
    /// Code.
    Code,
}

impl RulePreset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [RulePreset; 4] =
        [RulePreset::Personal, RulePreset::Secrets, RulePreset::Links, RulePreset::Code];

    /// Returns its words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            RulePreset::Personal => words::PERSONAL,
            RulePreset::Secrets => words::SECRETS,
            RulePreset::Links => words::NO_LINKS,
            RulePreset::Code => words::NO_CODE,
        }
    }

    /// Returns its name for tests.
    #[must_use]
    pub const fn test_id(self) -> &'static str {
        match self {
            RulePreset::Personal => "preset-personal",
            RulePreset::Secrets => "preset-secrets",
            RulePreset::Links => "preset-links",
            RulePreset::Code => "preset-code",
        }
    }

    /// Returns the kinds of its rules, none of which needs a text.
    #[must_use]
    pub const fn kinds(self) -> &'static [RuleKind] {
        match self {
            RulePreset::Personal => &[RuleKind::Email, RuleKind::Phone, RuleKind::Card, RuleKind::Iban],
            RulePreset::Secrets => &[RuleKind::Secrets],
            RulePreset::Links => &[RuleKind::Links],
            RulePreset::Code => &[RuleKind::Code],
        }
    }
}
