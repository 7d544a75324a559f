//! [`Line`] is a line of a tape's file: an entry as JSON. docs/tape.md describes it for people.

use super::record::{End, Head, LeftOut, Note, Record, Request, Timing, Try};
use super::spool::{Direction, Form, Kind};
use crate::timestamp::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::time::Duration;

/// Any line but the first. Which of its members is there says what it is; one that has none of them is of a later version.
#[derive(Default, Serialize, Deserialize)]
struct Line<'a> {
    /// Microseconds.
    t: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Cow<'a, Request>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Cow<'a, [(String, String)]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<Hex<'a>>,
    #[serde(rename = "try", skip_serializing_if = "Option::is_none")]
    again: Option<Cow<'a, Try>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<Cow<'a, Timing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<End>,
}

/// What stands in a line.
pub(super) enum Content {
    Piece(Kind, Vec<u8>),
    Record(Record),
}

/// Returns a piece of data as a line.
pub(super) fn piece_line(at: Timestamp, kind: Kind, bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).ok();
    let (direction, text) = match kind {
        Kind::Chunk => (None, text),
        Kind::Message(direction, Form::Text) => (Some(direction), text),
        Kind::Message(direction, Form::Binary) => (Some(direction), None),
    };
    let hex = text.is_none().then_some(Hex(Cow::Borrowed(bytes)));
    json(&Line { direction, text: text.map(Cow::Borrowed), hex, ..Line::at(at) })
}

/// Returns a record as a line.
pub(super) fn record_line(at: Timestamp, record: &Record) -> String {
    let line = Line::at(at);
    json(&match record {
        Record::Request(request) => Line { request: Some(Cow::Borrowed(request)), ..line },
        Record::Head(head) => Line {
            status: Some(head.status),
            content_type: Some(Cow::Borrowed(&head.content_type)),
            retry_after_ms: head.retry_after.map(|wait| wait.as_millis() as u64),
            headers: (!head.headers.is_empty()).then_some(Cow::Borrowed(&head.headers)),
            ..line
        },
        Record::Try(again) => Line { again: Some(Cow::Borrowed(again)), ..line },
        Record::Timing(timing) => Line { timing: Some(Cow::Borrowed(timing)), ..line },
        Record::Note(note) => Line { note: Some(Cow::Borrowed(note.name())), ..line },
        Record::LeftOut(left_out) => Line { left_out: Some(*left_out), ..line },
        Record::End(end) => Line { end: Some(*end), ..line },
        Record::Other(raw) => return raw.clone(),
    })
}

/// Reads a line.
///
/// # Errors
/// What is no JSON, or no line.
pub(super) fn read_line(raw: &str) -> serde_json::Result<(Timestamp, Content)> {
    let line: Line<'_> = serde_json::from_str(raw)?;
    let at = Timestamp::from_micros(line.t);
    let kind = |form| line.direction.map_or(Kind::Chunk, |direction| Kind::Message(direction, form));
    let record = if let Some(request) = line.request {
        Record::Request(Box::new(request.into_owned()))
    } else if let Some(status) = line.status {
        Record::Head(Head {
            status,
            content_type: line.content_type.unwrap_or_default().into_owned(),
            retry_after: line.retry_after_ms.map(Duration::from_millis),
            headers: line.headers.unwrap_or_default().into_owned(),
        })
    } else if let Some(text) = line.text {
        return Ok((at, Content::Piece(kind(Form::Text), text.into_owned().into_bytes())));
    } else if let Some(hex) = line.hex {
        return Ok((at, Content::Piece(kind(Form::Binary), hex.0.into_owned())));
    } else if let Some(again) = line.again {
        Record::Try(again.into_owned())
    } else if let Some(timing) = line.timing {
        Record::Timing(Box::new(timing.into_owned()))
    } else if let Some(note) = line.note.as_deref().and_then(Note::by_name) {
        Record::Note(note)
    } else if let Some(left_out) = line.left_out {
        Record::LeftOut(left_out)
    } else if let Some(end) = line.end {
        Record::End(end)
    } else {
        Record::Other(raw.to_owned())
    };
    Ok((at, Content::Record(record)))
}

/// Returns a value as JSON, on one line.
#[expect(clippy::expect_used, reason = "only names that are no text and broken numbers have no JSON form")]
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a line has a JSON form")
}

impl Line<'_> {
    fn at(at: Timestamp) -> Self {
        Line { t: at.micros(), ..Line::default() }
    }
}

/// Bytes, written as two hexadecimal digits each.
struct Hex<'a>(Cow<'a, [u8]>);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Hex<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>();
        match digits {
            Some(digits) if digits.len().is_multiple_of(2) => {
                Ok(Hex(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()))
            }
            Some(_) | None => Err(D::Error::custom("bad hex")),
        }
    }
}
