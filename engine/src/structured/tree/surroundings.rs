//! [`Surroundings`] are what stands around the JSON of an answer.

use super::seek::fence;

/// What stands around the JSON of an answer, without blanks at its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The words before it.
    pub before: String,
    /// The words behind it.
    pub after: String,
    /// What stands behind the backticks, where the JSON is in a fence: mostly `json`.
    pub fence: Option<String>,
    /// Whether more JSON seems to follow, which is not looked at.
    pub has_more_json: bool,
}

impl Surroundings {
    /// Returns whether there is nothing around the JSON.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.fence.is_none()
    }

    /// Creates them from the text before the JSON.
    pub(super) fn of_start(before: &str) -> Surroundings {
        let before = before.trim();
        let (head, line) = before.rsplit_once('\n').unwrap_or(("", before));
        match fence(line) {
            Some(name) => Surroundings {
                before: head.trim().to_owned(),
                fence: Some(name.to_owned()),
                ..Surroundings::default()
            },
            None => Surroundings { before: before.to_owned(), ..Surroundings::default() },
        }
    }

    /// Adds the text behind the JSON.
    pub(super) fn end(&mut self, after: &str) {
        let mut after = after.trim();
        if self.fence.is_some() {
            let (line, rest) = after.split_once('\n').unwrap_or((after, ""));
            if fence(line).is_some() {
                after = rest.trim();
            }
        }
        self.has_more_json = after.lines().any(|line| line.starts_with(['{', '[']));
        self.after = after.to_owned();
    }
}
