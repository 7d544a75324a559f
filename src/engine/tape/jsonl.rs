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
use crate::engine::json::{Document, Json, Malformed, Value};
use crate::engine::stamp::Stamp;
use crate::engine::wire::Dialect;
use std::fmt;
use std::time::Duration;

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
        let mut header = Json::object()
            .with("tape", Json::number(VERSION))
            .with("dialect", Json::text(self.dialect.name()))
            .with("stream", Json::bool(self.stream))
            .with("title", Json::text(&self.title));
        if !self.question.is_empty() {
            header.add("question", Json::text(&self.question));
        }
        push_line(&mut out, &header);
        if let Some((at, head)) = self.head() {
            let mut line = at_time(at)
                .with("status", Json::number(u64::from(head.status)))
                .with("content_type", Json::text(&head.content_type));
            if let Some(wait) = head.retry_after {
                line.add("retry_after_ms", Json::number(wait.as_millis() as u64));
            }
            push_line(&mut out, &line);
        }
        for (at, bytes) in self.chunks() {
            let line = at_time(at);
            let line = match std::str::from_utf8(&bytes) {
                Ok(text) => line.with("text", Json::text(text)),
                Err(_) => line.with("hex", Json::text(&to_hex(&bytes))),
            };
            push_line(&mut out, &line);
        }
        if let Some((at, end)) = self.end() {
            push_line(&mut out, &at_time(at).with("end", Json::text(end_name(end))));
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
            return Err(TapeProblem { line: 1, what: "the file is empty".to_owned() });
        };
        let mut document = Document::default();
        let mut tape =
            read_header(document.parse(first)).map_err(|what| TapeProblem { line: at + 1, what })?;
        for (at, line) in lines {
            tape.read_line(document.parse(line)).map_err(|what| TapeProblem { line: at + 1, what })?;
        }
        Ok(tape)
    }

    fn read_line(&mut self, line: Result<Value<'_>, Malformed>) -> Result<(), String> {
        let line = line.map_err(|error| error.to_string())?;
        let stamp = Stamp::from_micros(count(line, "t")?);
        if line.present("status").is_some() {
            let status = count(line, "status")?.try_into().map_err(|_| "`status` is too large".to_owned())?;
            let retry_after =
                line.get("retry_after_ms").and_then(|wait| wait.as_u64()).map(Duration::from_millis);
            self.record_head(stamp, Head { status, content_type: line.string("content_type"), retry_after });
        } else if let Some(text) = line.text("text") {
            self.record(stamp, text.decode().as_bytes());
        } else if let Some(hex) = line.text("hex") {
            self.record(stamp, &from_hex(&hex.decode()).ok_or_else(|| "bad hex".to_owned())?);
        } else if let Some(end) = line.text("end") {
            let end = end_from_name(&end.decode()).ok_or_else(|| "unknown end".to_owned())?;
            self.record_end(stamp, end);
        }
        Ok(())
    }
}

const VERSION: u64 = 1;

fn read_header(header: Result<Value<'_>, Malformed>) -> Result<Tape, String> {
    let header = header.map_err(|error| error.to_string())?;
    let version = count(header, "tape")?;
    if version != VERSION {
        return Err(format!("version {version} is not known"));
    }
    let dialect =
        Dialect::from_name(&header.string("dialect")).ok_or_else(|| "unknown dialect".to_owned())?;
    let is_streamed = header.get("stream").and_then(|value| value.as_bool()).unwrap_or(true);
    let mut tape = Tape::new(dialect, is_streamed, &header.string("title"));
    tape.question = header.string("question");
    Ok(tape)
}

fn count(line: Value<'_>, name: &str) -> Result<u64, String> {
    let value = line.get(name).ok_or_else(|| format!("missing field `{name}`"))?;
    value.as_u64().ok_or_else(|| format!("`{name}` is no count"))
}

fn at_time(at: Stamp) -> Json {
    Json::object().with("t", Json::number(at.micros()))
}

fn push_line(out: &mut String, line: &Json) {
    line.write(out);
    out.push('\n');
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
