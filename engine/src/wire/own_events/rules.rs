//! [`OwnEvents`] says which members of a server's own events are text, reasoning, errors and ends.

use super::pointer::{JsonPointer, PointerFault};
use crate::json::Value;
use crate::messages::own_events as words;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The rules as a person types them, to be stored as they are. An empty field is no rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnEventFields {
    /// The answer's text: a pointer (`/choices/0/text`), or `data` for all of the data as it stands.
    pub text: String,
    /// The reasoning: a pointer.
    pub reasoning: String,
    /// An error: a pointer to a value that is there, and neither `null`, `false`, `0` nor empty, where the server failed.
    pub error: String,
    /// The end: data as it stands (`[DONE]`), a pointer to a value as for errors (`/done`), a pointer and the value that
    /// it has at the end (`/type=stop`), or the name of an event (`event: done`). Without one the end of the body is the end.
    pub end: String,
}

impl OwnEventFields {
    /// Returns whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == OwnEventFields::default()
    }
}

/// A field of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnEventField {
    /// The answer's text.
    Text,
    /// The reasoning.
    Reasoning,
    /// An error.
    Error,
    /// The end.
    End,
}

/// The rules, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnEvents {
    pub(super) text: Option<TextRule>,
    pub(super) reasoning: Option<JsonPointer>,
    pub(super) error: Option<JsonPointer>,
    pub(super) end: Option<EndRule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextRule {
    /// All of an event's data, whether or not it is JSON.
    Data,
    At(JsonPointer),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EndRule {
    /// Data that is this.
    Data(String),
    /// A value that counts as true.
    Truthy(JsonPointer),
    /// A value that is this.
    Is(JsonPointer, String),
    /// An event of this name.
    Event(String),
}

/// The reason for which a field is refused, and the byte of it at which that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEventsProblem {
    /// The field.
    pub field: OwnEventField,
    /// The byte of its text.
    pub at: usize,
    /// The reason.
    pub fault: OwnEventsFault,
}

/// The reason for which a field is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnEventsFault {
    /// It is no pointer.
    Pointer(PointerFault),
    /// Neither text nor reasoning would be read.
    NothingToRead,
    /// Text and reasoning would be the same.
    SameAsText,
    /// `=` stands without a value behind it.
    ValueMissing,
    /// `event:` stands without a name behind it.
    NameMissing,
    /// `data` stands where only a pointer can.
    OnlyPointers,
}

impl fmt::Display for OwnEventsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OwnEventsFault::Pointer(fault) => fault.fmt(f),
            OwnEventsFault::NothingToRead => f.write_str(words::NOTHING_TO_READ),
            OwnEventsFault::SameAsText => f.write_str(words::SAME_AS_TEXT),
            OwnEventsFault::ValueMissing => f.write_str(words::VALUE_MISSING),
            OwnEventsFault::NameMissing => f.write_str(words::NAME_MISSING),
            OwnEventsFault::OnlyPointers => f.write_str(words::ONLY_POINTERS),
        }
    }
}

/// The values that an event has for the rules.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) text: Option<Value<'a>>,
    pub(super) reasoning: Option<Value<'a>>,
    pub(super) error: Option<Value<'a>>,
    pub(super) is_end: bool,
    /// Whether a rule's member was there at all, with whatever value.
    pub(super) is_known: bool,
}

impl OwnEvents {
    /// Reads the rules.
    ///
    /// # Errors
    /// The first field that is wrong, in their order.
    pub fn parse(fields: &OwnEventFields) -> Result<OwnEvents, OwnEventsProblem> {
        use OwnEventField as Field;
        let text = match fields.text.trim() {
            "" => None,
            "data" => Some(TextRule::Data),
            _ => pointer(Field::Text, &fields.text)?.map(TextRule::At),
        };
        let reasoning = pointer(Field::Reasoning, &fields.reasoning)?;
        if text.is_none() && reasoning.is_none() {
            let fault = OwnEventsFault::NothingToRead;
            return Err(OwnEventsProblem { field: Field::Text, at: 0, fault });
        }
        if let (Some(TextRule::At(text)), Some(reasoning)) = (&text, &reasoning)
            && text == reasoning
        {
            let fault = OwnEventsFault::SameAsText;
            return Err(OwnEventsProblem { field: Field::Reasoning, at: 0, fault });
        }
        let error = pointer(Field::Error, &fields.error)?;
        let end = end_rule(&fields.end)?;
        Ok(OwnEvents { text, reasoning, error, end })
    }

    /// Returns whether data counts as it stands, JSON or not.
    pub(in crate::wire) fn is_raw(&self) -> bool {
        self.text == Some(TextRule::Data) || matches!(self.end, Some(EndRule::Data(_)))
    }

    /// Returns whether an event is the end by its name.
    pub(super) fn is_end_event(&self, name: &str) -> bool {
        matches!(&self.end, Some(EndRule::Event(end)) if end == name)
    }

    /// Returns whether data is the end as it stands.
    pub(super) fn is_end_data(&self, data: &str) -> bool {
        matches!(&self.end, Some(EndRule::Data(end)) if end == data.trim())
    }

    /// Finds what the rules name in an event's JSON.
    pub(super) fn find<'a>(&self, name: &str, event: Value<'a>) -> Found<'a> {
        let at = |pointer: &Option<JsonPointer>| pointer.as_ref().and_then(|pointer| pointer.find(event));
        let text = match &self.text {
            Some(TextRule::At(pointer)) => pointer.find(event),
            Some(TextRule::Data) => Some(event),
            None => None,
        };
        let (reasoning, error) = (at(&self.reasoning), at(&self.error));
        let end = match &self.end {
            Some(EndRule::Truthy(pointer)) => pointer.find(event).map(|value| value.is_truthy()),
            Some(EndRule::Is(pointer, end)) => pointer.find(event).map(|value| match value.as_text() {
                Some(text) => text == **end,
                None => value.raw() == end,
            }),
            Some(EndRule::Event(_) | EndRule::Data(_)) | None => self.is_end_event(name).then_some(true),
        };
        Found {
            text,
            reasoning,
            error: error.filter(|value| value.is_truthy()),
            is_end: end == Some(true),
            is_known: text.is_some() || reasoning.is_some() || error.is_some() || end.is_some(),
        }
    }
}

/// Reads a pointer that may be missing; blanks around it are none of it.
fn pointer(field: OwnEventField, text: &str) -> Result<Option<JsonPointer>, OwnEventsProblem> {
    let start = text.len() - text.trim_start().len();
    let problem = |at: usize, fault: OwnEventsFault| OwnEventsProblem { field, at: start + at, fault };
    match text.trim() {
        "" => Ok(None),
        "data" => Err(problem(0, OwnEventsFault::OnlyPointers)),
        text => JsonPointer::parse(text)
            .map(Some)
            .map_err(|found| problem(found.at, OwnEventsFault::Pointer(found.fault))),
    }
}

fn end_rule(text: &str) -> Result<Option<EndRule>, OwnEventsProblem> {
    let field = OwnEventField::End;
    let start = text.len() - text.trim_start().len();
    let rule = text.trim();
    if rule.is_empty() {
        return Ok(None);
    }
    if let Some(name) = rule.strip_prefix("event:") {
        let name = name.trim();
        let fault = OwnEventsFault::NameMissing;
        let problem = OwnEventsProblem { field, at: start + "event:".len(), fault };
        return if name.is_empty() { Err(problem) } else { Ok(Some(EndRule::Event(name.to_owned()))) };
    }
    if !rule.starts_with('/') {
        return Ok(Some(EndRule::Data(rule.to_owned())));
    }
    let Some((path, value)) = rule.split_once('=') else {
        return Ok(pointer(field, text)?.map(EndRule::Truthy));
    };
    let value = value.trim();
    if value.is_empty() {
        let fault = OwnEventsFault::ValueMissing;
        return Err(OwnEventsProblem { field, at: start + path.len(), fault });
    }
    // The part in front begins with the same blanks.
    let path = pointer(field, &text[..start + path.len()])?;
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    Ok(path.map(|path| EndRule::Is(path, value.to_owned())))
}
