//! The tape's file format: one JSON object a line.
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
use crate::engine::stamp::Stamp;
use crate::engine::wire::Dialect;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Serialize, Deserialize)]
struct Header {
    tape: u32,
    dialect: String,
    #[serde(default = "yes")]
    stream: bool,
    #[serde(default)]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    question: String,
}

fn yes() -> bool {
    true
}

#[derive(Default, Serialize, Deserialize)]
struct Line {
    t: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<String>,
}

/// Why a file is no tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapeProblem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for TapeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the tape: {}", self.line, self.what)
    }
}

impl std::error::Error for TapeProblem {}

impl Tape {
    /// The tape as a file.
    pub fn to_jsonl(&self) -> String {
        let mut out = String::new();
        let header = Header {
            tape: 1,
            dialect: self.dialect.name().to_owned(),
            stream: self.stream,
            title: self.title.clone(),
            question: self.question.clone(),
        };
        push_line(&mut out, &header);
        if let Some((at, head)) = self.head() {
            push_line(
                &mut out,
                &Line {
                    t: at.micros(),
                    status: Some(head.status),
                    content_type: Some(head.content_type.clone()),
                    retry_after: head.retry_after.clone(),
                    ..Line::default()
                },
            );
        }
        for (at, bytes) in self.chunks() {
            let text = std::str::from_utf8(bytes).ok().map(str::to_owned);
            let hex = text.is_none().then(|| to_hex(bytes));
            push_line(&mut out, &Line { t: at.micros(), text, hex, ..Line::default() });
        }
        if let Some((at, end)) = self.end() {
            push_line(
                &mut out,
                &Line { t: at.micros(), end: Some(end_name(end).to_owned()), ..Line::default() },
            );
        }
        out
    }

    /// Reads a file back.
    ///
    /// # Errors
    /// The first line that is not as described above.
    pub fn from_jsonl(file: &str) -> Result<Tape, TapeProblem> {
        let mut lines = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let problem =
            |at: usize, what: &dyn fmt::Display| TapeProblem { line: at + 1, what: what.to_string() };
        let (at, first) = lines.next().ok_or_else(|| problem(0, &"the file is empty"))?;
        let header: Header = serde_json::from_str(first).map_err(|error| problem(at, &error))?;
        if header.tape != 1 {
            return Err(problem(at, &format_args!("version {} is not known", header.tape)));
        }
        let dialect = Dialect::from_name(&header.dialect).ok_or_else(|| problem(at, &"unknown dialect"))?;
        let mut tape = Tape::new(dialect, header.stream, &header.title);
        tape.question = header.question;
        for (at, line) in lines {
            let line: Line = serde_json::from_str(line).map_err(|error| problem(at, &error))?;
            let stamp = Stamp::from_micros(line.t);
            if let Some(status) = line.status {
                let content_type = line.content_type.unwrap_or_default();
                tape.record_head(stamp, Head { status, content_type, retry_after: line.retry_after });
            } else if let Some(text) = line.text {
                tape.record(stamp, text.as_bytes());
            } else if let Some(hex) = line.hex {
                tape.record(stamp, &from_hex(&hex).ok_or_else(|| problem(at, &"bad hex"))?);
            } else if let Some(end) = line.end {
                tape.record_end(stamp, end_from_name(&end).ok_or_else(|| problem(at, &"unknown end"))?);
            }
        }
        Ok(tape)
    }
}

fn push_line(out: &mut String, line: &impl Serialize) {
    // Serializing plain strings and numbers into memory cannot fail.
    if let Ok(json) = serde_json::to_string(line) {
        out.push_str(&json);
        out.push('\n');
    }
}

fn end_name(end: End) -> &'static str {
    match end {
        End::Closed => "closed",
        End::Lost => "lost",
        End::Cancelled => "cancelled",
    }
}

fn end_from_name(name: &str) -> Option<End> {
    [End::Closed, End::Lost, End::Cancelled].into_iter().find(|end| end_name(*end) == name)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>()?;
    digits
        .len()
        .is_multiple_of(2)
        .then(|| digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}
