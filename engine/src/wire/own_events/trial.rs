//! [`try_lines`] shows what rules give on sample lines, before anybody saves them.

use super::rules::{OwnEvents, TextRule};
use crate::json::{Document, Value};

/// The most lines of a sample that are tried.
const LINE_LIMIT: usize = 1_000;

/// One line of a sample, and what it gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedLine {
    /// Its number, counted from 1.
    pub line: usize,
    /// What it gave, in the order in which it is shown; empty for a line that only parts others.
    pub gave: Vec<Given>,
}

/// Something that a line gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Text of the answer.
    Text(String),
    /// Reasoning.
    Reasoning(String),
    /// An error.
    Error(String),
    /// The end. Lines behind it would not be read.
    End,
    /// A member that a rule names, without anything in it.
    Nothing,
    /// Nothing that a rule names.
    NotFound,
    /// A field of the stream that is no data (a name, an id, a comment).
    Field,
    /// Data that should be JSON and is none, from this byte of the line on.
    NoJson(usize),
}

/// Tries rules on lines as they come from a server or are copied from a browser's tools: with `data:` in front or without.
/// Each line of data counts as an event.
#[must_use]
pub fn try_lines(rules: &OwnEvents, sample: &str) -> Vec<TriedLine> {
    let mut name = String::from("message");
    let mut tried = Vec::new();
    for (index, line) in sample.lines().enumerate().take(LINE_LIMIT) {
        let gave = match (line.trim().is_empty(), field(line)) {
            (true, _) => {
                name = String::from("message");
                Vec::new()
            }
            (false, Some(("data", value))) => read(rules, &name, value, line.len() - value.len()),
            (false, Some((field, value))) => {
                if field == "event" {
                    value.clone_into(&mut name);
                }
                vec![Given::Field]
            }
            (false, None) => read(rules, &name, line, 0),
        };
        tried.push(TriedLine { line: index + 1, gave });
    }
    tried
}

/// Returns the name and the value of a line that is a field of an event stream.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_field = ["", "data", "event", "id", "retry"].contains(&name);
    is_field.then(|| (name, value.strip_prefix(' ').unwrap_or(value)))
}

/// Reads one event's data, which begins at a byte of its line.
fn read(rules: &OwnEvents, name: &str, data: &str, start: usize) -> Vec<Given> {
    if rules.is_end_data(data) || rules.is_end_event(name) || data.trim().eq_ignore_ascii_case("[DONE]") {
        return vec![Given::End];
    }
    if rules.text == Some(TextRule::Data) {
        return match (data.is_empty(), name) {
            (true, _) => vec![Given::Nothing],
            (false, "error") => vec![Given::Error(data.trim().to_owned())],
            (false, _) => vec![Given::Text(data.to_owned())],
        };
    }
    let mut document = Document::default();
    let text = data.trim();
    let event = match document.parse(text) {
        Ok(event) => event,
        Err(malformed) => {
            let blanks = data.len() - data.trim_start().len();
            return vec![Given::NoJson(start + blanks + malformed.at)];
        }
    };
    let found = rules.find(name, event);
    let said =
        |value: Option<Value<'_>>| value.filter(|value| value.is_truthy() || value.is_number()).map(shown);
    let mut gave = Vec::new();
    gave.extend(said(found.reasoning).map(Given::Reasoning));
    gave.extend(said(found.text).map(Given::Text));
    gave.extend(found.error.map(|error| Given::Error(shown(error))));
    if found.is_end {
        gave.push(Given::End);
    }
    if gave.is_empty() {
        gave.push(if found.is_known { Given::Nothing } else { Given::NotFound });
    }
    gave
}

fn shown(value: Value<'_>) -> String {
    value.as_text().map_or_else(|| value.raw().to_owned(), |text| text.decode().into_owned())
}
