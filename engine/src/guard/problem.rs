//! [`RuleProblem`] says what is wrong with a rule, at which field and at which place in it.

/// What is wrong with a set of rules: the first thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The field that it stands at.
    pub field: RuleField,
    /// The place in that field's text, in characters, where there is one.
    pub at: Option<usize>,
    /// What is wrong and what to do, for people.
    pub words: String,
}

/// A field of a set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleField {
    /// The text of the rule with that number, from nought, counting those that are switched off.
    Rule(usize),
    /// The server that judges.
    JudgeProfile,
    /// What the judge is told.
    JudgePrompt,
    /// The time that the judge has.
    JudgeSeconds,
}

impl RuleProblem {
    /// Creates a problem of a field as a whole.
    pub(super) fn new(field: RuleField, words: impl Into<String>) -> RuleProblem {
        RuleProblem { field, at: None, words: words.into() }
    }
}

/// What is wrong with a rule's text, before it is known which rule it is.
#[derive(Clone, Debug)]
pub(super) struct TextProblem {
    /// The place, in characters.
    pub(super) at: Option<usize>,
    /// For people.
    pub(super) words: String,
}

impl TextProblem {
    /// Creates a problem of a text as a whole.
    pub(super) fn new(words: impl Into<String>) -> TextProblem {
        TextProblem { at: None, words: words.into() }
    }

    /// Creates a problem at a place, counted in characters.
    pub(super) fn at(at: usize, words: impl Into<String>) -> TextProblem {
        TextProblem { at: Some(at), words: words.into() }
    }

    /// Returns it as the problem of that field.
    pub(super) fn of(self, field: RuleField) -> RuleProblem {
        RuleProblem { field, at: self.at, words: self.words }
    }
}
