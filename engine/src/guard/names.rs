//! Names rules, actions and holds for people.

use crate::checks::Action;
use crate::checks::{Hold, Rule, RuleKind};
use crate::messages::guard;

impl RuleKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [RuleKind; 11] = [
        RuleKind::Words,
        RuleKind::Pattern,
        RuleKind::Email,
        RuleKind::Phone,
        RuleKind::Card,
        RuleKind::Iban,
        RuleKind::Secrets,
        RuleKind::Links,
        RuleKind::Length,
        RuleKind::Code,
        RuleKind::Json,
    ];

    /// Returns its name, what it finds, and the mark in the place of that.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            RuleKind::Words => (guard::WORDS, guard::WORDS_HINT, guard::WORDS_MARK),
            RuleKind::Pattern => (guard::PATTERN, guard::PATTERN_HINT, guard::PATTERN_MARK),
            RuleKind::Email => (guard::EMAIL, guard::EMAIL_HINT, guard::EMAIL_MARK),
            RuleKind::Phone => (guard::PHONE, guard::PHONE_HINT, guard::PHONE_MARK),
            RuleKind::Card => (guard::CARD, guard::CARD_HINT, guard::CARD_MARK),
            RuleKind::Iban => (guard::IBAN, guard::IBAN_HINT, guard::IBAN_MARK),
            RuleKind::Secrets => (guard::SECRETS, guard::SECRETS_HINT, guard::SECRETS_MARK),
            RuleKind::Links => (guard::LINKS, guard::LINKS_HINT, guard::LINKS_MARK),
            RuleKind::Length => (guard::LENGTH, guard::LENGTH_HINT, guard::LENGTH_MARK),
            RuleKind::Code => (guard::CODE, guard::CODE_HINT, guard::CODE_MARK),
            RuleKind::Json => (guard::JSON, guard::JSON_HINT, guard::JSON_MARK),
        }
    }

    /// Returns its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// Returns what it finds, for people.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        self.words().1
    }

    /// Returns the mark in the place of what it finds.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        self.words().2
    }

    /// Returns whether a rule of this kind needs a text: words, a pattern, a number. Hosts may be left empty.
    #[must_use]
    pub const fn has_text(self) -> bool {
        matches!(self, RuleKind::Words | RuleKind::Pattern | RuleKind::Links | RuleKind::Length)
    }
}

impl Hold {
    /// Every hold, from the least to the most.
    pub const ALL: [Hold; 4] = [Hold::Match, Hold::Sentence, Hold::Block, Hold::Whole];

    /// Returns its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Hold::Match => guard::HOLD_MATCH,
            Hold::Sentence => guard::HOLD_SENTENCE,
            Hold::Block => guard::HOLD_BLOCK,
            Hold::Whole => guard::HOLD_WHOLE,
        }
    }

    /// Returns what it holds back, for people.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Hold::Match => guard::HOLD_MATCH_HINT,
            Hold::Sentence => guard::HOLD_SENTENCE_HINT,
            Hold::Block => guard::HOLD_BLOCK_HINT,
            Hold::Whole => guard::HOLD_WHOLE_HINT,
        }
    }
}

/// Every action, from the mildest on.
pub const ACTIONS: [Action; 3] = [Action::Redact, Action::Stop, Action::Withhold];

/// Returns an action's name and what it does, for people.
#[must_use]
pub const fn action_words(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Redact => (guard::REDACT, guard::REDACT_HINT),
        Action::Stop => (guard::STOP, guard::STOP_HINT),
        Action::Withhold => (guard::WITHHOLD, guard::WITHHOLD_HINT),
    }
}

/// Returns the names of rules as reports have them: the kind's, with a number where there are several of it.
#[must_use]
pub fn rule_names(rules: &[Rule]) -> Vec<String> {
    let same = |rules: &[Rule], kind| rules.iter().filter(|rule| rule.kind == kind).count();
    let named = rules.iter().enumerate().map(|(index, rule)| match same(rules, rule.kind) {
        0 | 1 => rule.kind.name().to_owned(),
        _ => guard::numbered(rule.kind.name(), same(&rules[..=index], rule.kind)),
    });
    named.collect()
}
