//! [`Surroundings`] are what stands around the JSON of an answer.

/// What stands around the JSON of an answer, without blanks at its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The words before it.
    pub before: String,
    /// The words behind it.
    pub after: String,
    /// What stands behind the backticks, where the JSON is in a fence: mostly `json`.
    pub fence: Option<String>,
    /// Whether more JSON follows, which is not looked at.
    pub has_more_json: bool,
}

impl Surroundings {
    /// Returns whether there is nothing around the JSON.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty() && self.fence.is_none()
    }
}
