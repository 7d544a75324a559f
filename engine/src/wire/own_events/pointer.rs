//! [`JsonPointer`] finds a member of a JSON value (RFC 6901).

use crate::json::{Document, Value};
use crate::messages::own_events as words;
use std::fmt;

/// The most steps of a pointer: no value that is read nests deeper.
const STEP_LIMIT: usize = 128;

/// A way from the root of a JSON value to a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonPointer {
    steps: Vec<String>,
}

/// The reason for which a text is no pointer, and the byte at which that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointerProblem {
    /// The byte of the text.
    pub at: usize,
    /// The reason.
    pub fault: PointerFault,
}

/// The reason for which a text is no pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointerFault {
    /// It does not begin with a slash. The pointer that may be meant, where there is one.
    NoSlash(Option<String>),
    /// It is the form for fragments of addresses (`#/a`).
    Fragment,
    /// A `~` is followed by neither `0` nor `1`.
    Tilde,
    /// A `-` stands for the element behind a list's last one, which is never there.
    BehindTheEnd,
    /// It has more than 128 steps.
    TooLong,
}

impl fmt::Display for PointerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PointerFault::NoSlash(Some(meant)) => return f.write_str(&words::no_slash_but(meant)),
            PointerFault::NoSlash(None) => words::NO_SLASH,
            PointerFault::Fragment => words::FRAGMENT,
            PointerFault::Tilde => words::TILDE,
            PointerFault::BehindTheEnd => words::BEHIND_THE_END,
            PointerFault::TooLong => words::TOO_LONG,
        })
    }
}

impl JsonPointer {
    /// Reads a pointer. The empty one is the whole value.
    ///
    /// # Errors
    /// What RFC 6901 does not allow, and what can find nothing.
    pub fn parse(text: &str) -> Result<JsonPointer, PointerProblem> {
        let problem = |at: usize, fault: PointerFault| Err(PointerProblem { at, fault });
        let Some(path) = text.strip_prefix('/') else {
            return match text {
                "" => Ok(JsonPointer { steps: Vec::new() }),
                _ if text.starts_with('#') => problem(0, PointerFault::Fragment),
                _ => problem(0, PointerFault::NoSlash(meant(text))),
            };
        };
        let mut steps = Vec::new();
        let mut at = 1;
        for step in path.split('/') {
            for (tilde, _) in step.match_indices('~') {
                if !step[tilde + 1..].starts_with(['0', '1']) {
                    return problem(at + tilde, PointerFault::Tilde);
                }
            }
            if step == "-" {
                return problem(at, PointerFault::BehindTheEnd);
            }
            if steps.len() == STEP_LIMIT {
                return problem(at, PointerFault::TooLong);
            }
            steps.push(step.replace("~1", "/").replace("~0", "~"));
            at += step.len() + 1;
        }
        Ok(JsonPointer { steps })
    }

    /// Returns the value that it leads to.
    pub(super) fn find<'a>(&self, value: Value<'a>) -> Option<Value<'a>> {
        self.steps.iter().try_fold(value, |value, step| {
            if value.is_array() {
                let is_index = step == "0" || !step.starts_with(['0', '+']);
                let index: usize = step.parse().ok().filter(|_| is_index)?;
                return value.items().nth(index);
            }
            value.members().find_map(|(key, value)| is_key(key, step).then_some(value))
        })
    }
}

/// Returns whether a key as it stands in an event is that name.
fn is_key(key: &str, name: &str) -> bool {
    if !key.contains('\\') {
        return key == name;
    }
    let quoted = format!("\"{key}\"");
    let mut document = Document::default();
    let key = document.parse(&quoted).ok().and_then(|key| key.as_text());
    key.is_some_and(|key| key == *name)
}

/// Returns the pointer that somebody means who writes `$.a.b[0].c`.
fn meant(text: &str) -> Option<String> {
    let path = text.trim().trim_start_matches('$').trim_start_matches('.');
    let is_path = |c: char| c.is_alphanumeric() || "_-.[]'\"/".contains(c);
    if path.is_empty() || !path.chars().all(is_path) {
        return None;
    }
    let steps = path.split(['.', '[', ']', '\'', '"', '/']).filter(|step| !step.is_empty());
    Some(steps.map(|step| format!("/{step}")).collect())
}
