//! Lists files that may break a rule, each with its reason. One that needs its exception no longer is reported.

/// Files with more lines than [`super::rules::LINES`].
pub(super) const LONGER: [(&str, &str); 0] = [];

/// Files that may name a call which turns text into markup.
pub(super) const MARKUP: [(&str, &str); 1] =
    [("src/browser/trusted_types.rs", "it names the one sink that its policy guards")];
