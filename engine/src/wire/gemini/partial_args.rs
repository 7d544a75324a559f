//! [`PartialArgs`] writes a call's arguments, which arrive as values with paths, as one JSON text.
//!
//! Vertex sends `{"jsonPath": "$.a.b[0]", "stringValue": "…", "willContinue": true}` and so on. Paths come in document
//! order, so the text can be written as they come: containers that the next path leaves are closed, the ones it enters
//! opened. Nothing that was written is looked at again.

use crate::json::{Carry, Value};

/// The deepest path that is followed; deeper ones are cut off there: arguments are not that deep, and each level is
/// remembered.
const DEPTH_LIMIT: usize = 64;

/// The writer's place in the text.
#[derive(Debug, Default)]
pub(super) struct PartialArgs {
    /// The path of the value written last; empty as long as nothing is written.
    path: Vec<Step>,
    /// Whether that value is a string without its closing quote.
    in_string: bool,
    carry: Carry,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    Item(u64),
}

impl PartialArgs {
    /// Appends what this piece adds to the JSON text.
    pub(super) fn push(&mut self, piece: Value<'_>, out: &mut String) {
        let path = steps(&piece.string("jsonPath"));
        let goes_on = piece.get("willContinue").is_some_and(|value| value.is_true());
        let text = piece.text("stringValue");
        if !(self.in_string && path == self.path) {
            if path.is_empty() || !self.enter(path, out) {
                return;
            }
            match text {
                Some(_) => {
                    out.push('"');
                    self.in_string = true;
                }
                None => match piece.get("numberValue").or_else(|| piece.get("boolValue")) {
                    Some(value) => out.push_str(value.raw()),
                    None => out.push_str("null"),
                },
            }
        }
        if let Some(text) = text {
            let mut decoded = String::new();
            text.push_to(&mut decoded, &mut self.carry);
            escape(&decoded, out);
        }
        if !goes_on {
            self.end_string(out);
        }
    }

    /// Closes whatever is open. Writes nothing if nothing was written.
    pub(super) fn finish(&mut self, out: &mut String) {
        self.end_string(out);
        self.leave(0, out);
    }

    fn end_string(&mut self, out: &mut String) {
        if self.in_string {
            self.in_string = false;
            let mut half = String::new();
            self.carry.finish(&mut half);
            out.push_str(&half);
            out.push('"');
        }
    }

    /// Closes the containers behind the first `keep` steps.
    fn leave(&mut self, keep: usize, out: &mut String) {
        while self.path.len() > keep {
            match self.path.pop() {
                Some(Step::Member(_)) => out.push('}'),
                Some(Step::Item(_)) => out.push(']'),
                None => {}
            }
        }
    }

    /// Goes from the last value to the place of the next. `false` if there is no way: the root would have to be both an
    /// object and an array.
    fn enter(&mut self, path: Vec<Step>, out: &mut String) -> bool {
        self.end_string(out);
        let last = path.len().min(self.path.len()).saturating_sub(1);
        // A value cannot be taken back: the same path again, or one through a value, becomes another member of that name.
        let mut common = path.iter().zip(&self.path).take_while(|(new, old)| new == old).count().min(last);
        let mut is_open = !self.path.is_empty();
        if is_open {
            // The new value goes into the deepest container that is shared and of the sort the path wants.
            while std::mem::discriminant(&self.path[common]) != std::mem::discriminant(&path[common]) {
                if common == 0 {
                    return false;
                }
                common -= 1;
            }
            self.leave(common + 1, out);
            self.path.truncate(common);
            out.push(',');
        }
        // Only the first step's container can be open already.
        for step in path.into_iter().skip(common) {
            match &step {
                Step::Member(name) => {
                    out.push_str(if is_open { "\"" } else { "{\"" });
                    escape(name, out);
                    out.push_str("\":");
                }
                Step::Item(_) if is_open => {}
                Step::Item(_) => out.push('['),
            }
            is_open = false;
            self.path.push(step);
        }
        true
    }
}

/// Reads `$.a.b[0]` and `$['a']`.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    while !rest.is_empty() && steps.len() < DEPTH_LIMIT {
        if let Some(inside) = rest.strip_prefix('[') {
            let end = inside.find(']').unwrap_or(inside.len());
            let name = inside[..end].trim_matches(['\'', '"']);
            steps.push(name.parse().map_or_else(|_| Step::Member(name.to_owned()), Step::Item));
            rest = inside.get(end + 1..).unwrap_or_default();
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            if end > 0 {
                steps.push(Step::Member(rest[..end].to_owned()));
            } else if !rest.starts_with('[') && !rest.starts_with('.') {
                break;
            }
            rest = &rest[end..];
        }
    }
    steps
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
}
