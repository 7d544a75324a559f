//! Reads and writes tapes as files: one JSON object a line.
//!
//! ```text
//! {"tape":1,"dialect":"chat-completions","stream":true,"title":"smollm2","question":"Say hi."}
//! {"t":211034,"status":200,"content_type":"text/event-stream"}
//! {"t":214501,"text":"data: {\"choices\":…}\n\n"}
//! {"t":215007,"hex":"64617461…"}
//! {"t":301122,"end":"closed"}
//! ```
//!
//! `t` counts microseconds from the start of the request. A chunk that is no UTF-8 by itself (it may be cut inside a
//! character) is written as `hex`. Unknown members are ignored, so that later versions can add to it.

use super::{End, Head, Tape};
use crate::messages::problems as words;
use crate::timestamp::Timestamp;
use crate::wire::Dialect;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The reason for which a file is no tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapeProblem {
    /// The line, counted from 1.
    pub line: usize,
    /// The error, in words.
    pub what: String,
}

impl fmt::Display for TapeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::line_of_tape(self.line, &self.what))
    }
}

impl std::error::Error for TapeProblem {}

const VERSION: u64 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Header<'a> {
    #[serde(deserialize_with = "known_version")]
    tape: u64,
    dialect: Dialect,
    #[serde(default = "streamed")]
    stream: bool,
    #[serde(default)]
    title: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    question: Cow<'a, str>,
}

/// Any other line. Which of its members is there says what it is; one that has none of them is of a later version.
#[derive(Default, Serialize, Deserialize)]
struct Line<'a> {
    /// Microseconds.
    t: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<Hex<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<End>,
}

impl Tape {
    /// Returns the tape as a file.
    pub fn to_jsonl(&self) -> String {
        let mut out = String::new();
        let header = Header {
            tape: VERSION,
            dialect: self.dialect,
            stream: self.stream,
            title: Cow::Borrowed(&self.title),
            question: Cow::Borrowed(&self.question),
        };
        push_line(&mut out, &header);
        if let Some((at, head)) = self.head() {
            let line = Line {
                status: Some(head.status),
                content_type: Some(Cow::Borrowed(&head.content_type)),
                retry_after_ms: head.retry_after.map(|wait| wait.as_millis() as u64),
                ..Line::at(at)
            };
            push_line(&mut out, &line);
        }
        for (at, bytes) in self.chunks() {
            let line = match std::str::from_utf8(&bytes) {
                Ok(text) => Line { text: Some(Cow::Borrowed(text)), ..Line::at(at) },
                Err(_) => Line { hex: Some(Hex(Cow::Borrowed(&bytes))), ..Line::at(at) },
            };
            push_line(&mut out, &line);
        }
        if let Some((at, end)) = self.end() {
            push_line(&mut out, &Line { end: Some(end), ..Line::at(at) });
        }
        out
    }

    /// Reads a file back.
    ///
    /// # Errors
    /// The first line that is not as described above.
    pub fn from_jsonl(file: &str) -> Result<Tape, TapeProblem> {
        let mut lines = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((at, first)) = lines.next() else {
            return Err(TapeProblem { line: 1, what: words::FILE_EMPTY.to_owned() });
        };
        let header: Header<'_> = read(at, first)?;
        let mut tape = Tape::new(header.dialect, header.stream, &header.title);
        tape.question = header.question.into_owned();
        for (at, line) in lines {
            tape.record_line(read(at, line)?);
        }
        Ok(tape)
    }

    fn record_line(&mut self, line: Line<'_>) {
        let at = Timestamp::from_micros(line.t);
        if let Some(status) = line.status {
            let content_type = line.content_type.unwrap_or_default().into_owned();
            let retry_after = line.retry_after_ms.map(Duration::from_millis);
            self.record_head(at, Head { status, content_type, retry_after });
        } else if let Some(text) = line.text {
            self.record(at, text.as_bytes());
        } else if let Some(hex) = line.hex {
            self.record(at, &hex.0);
        } else if let Some(end) = line.end {
            self.record_end(at, end);
        }
    }
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

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        other => Err(D::Error::custom(words::unknown_version(other))),
    }
}

const fn streamed() -> bool {
    true
}

/// Reads the line with that index. Each is a document of its own, so what serde_json says of lines is left out.
fn read<T: DeserializeOwned>(at: usize, line: &str) -> Result<T, TapeProblem> {
    serde_json::from_str(line).map_err(|error| {
        let what = error.to_string().replace(" at line 1 column ", " at column ");
        TapeProblem { line: at + 1, what }
    })
}

#[expect(clippy::expect_used, reason = "only names that are no text and broken numbers have no JSON form")]
fn push_line(out: &mut String, line: &impl Serialize) {
    out.push_str(&serde_json::to_string(line).expect("a line has a JSON form"));
    out.push('\n');
}
