//! [`Recall`] walks through the former questions of a conversation as a shell does, and loses nothing that was edited.

use std::collections::BTreeMap;

/// A walk through former questions, the oldest first, with the draft behind the newest one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    questions: Vec<String>,
    /// The place on show: the number of questions is that of the draft.
    at: usize,
    /// What stands in places that were edited, and in that of the draft.
    edited: BTreeMap<usize, String>,
}

impl Recall {
    /// Begins a walk at the draft. Of the same question twice in a row one is kept.
    #[must_use]
    pub fn new(mut questions: Vec<String>) -> Recall {
        questions.dedup();
        Recall { at: questions.len(), questions, edited: BTreeMap::new() }
    }

    /// Goes to the question before. `shown` is what the field holds, which may have been edited; returns what it is to hold
    /// then, and `None` at the oldest.
    pub fn older(&mut self, shown: &str) -> Option<&str> {
        let to = self.at.checked_sub(1)?;
        Some(self.go(to, shown))
    }

    /// Goes to the question behind, and from the newest one to the draft. Returns `None` at the draft.
    pub fn newer(&mut self, shown: &str) -> Option<&str> {
        (self.at < self.questions.len()).then(|| self.go(self.at + 1, shown))
    }

    fn go(&mut self, to: usize, shown: &str) -> &str {
        if self.questions.get(self.at).is_some_and(|question| question == shown) {
            self.edited.remove(&self.at);
        } else {
            self.edited.insert(self.at, shown.to_owned());
        }
        self.at = to;
        self.edited.get(&to).or_else(|| self.questions.get(to)).map_or("", String::as_str)
    }
}
