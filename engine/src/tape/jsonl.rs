//! Reads and writes tapes as files: one JSON object a line.
//!
//! ```text
//! {"tape":2,"dialect":"chat-completions","stream":true,"title":"smollm2","question":"Say hi."}
//! {"t":0,"request":{"method":"POST","url":"…","headers":[["accept","text/event-stream"]],"body":"{\"model\":…}"}}
//! {"t":211034,"status":200,"content_type":"text/event-stream","headers":[["content-type","text/event-stream"]]}
//! {"t":214501,"text":"data: {\"choices\":…}\n\n"}
//! {"t":215007,"hex":"64617461…"}
//! {"t":301122,"end":"closed"}
//! ```
//!
//! `t` counts microseconds from the start of the request. A chunk that is no UTF-8 by itself (it may be cut inside a
//! character) is written as `hex`. Unknown members are passed over and lines of an unknown kind are kept as they are, so that
//! later versions can add to it. Files of version 1 have heads without headers, chunks and ends.

use super::line::{Content, json, piece_line, read_line, record_line};
use super::{Entry, LeftOut, Note, Record, TAPE_LIMIT, Tape};
use crate::messages::problems as words;
use crate::timestamp::Timestamp;
use crate::wire::{Dialect, OwnEventFields};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;

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

/// The version that is written; the ones before it are read.
const VERSION: u64 = 2;

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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    events: Option<Cow<'a, OwnEventFields>>,
}

impl Tape {
    /// Returns the tape as a file.
    pub fn to_jsonl(&self) -> String {
        let mut out = self.header_line();
        out.push('\n');
        let mut last = Timestamp::ORIGIN;
        for (at, entry) in self.entries() {
            out.push_str(&match entry {
                Entry::Piece(kind, bytes) => piece_line(at, kind, &bytes),
                Entry::Record(record) => record_line(at, record),
            });
            out.push('\n');
            last = at;
        }
        // A tape that is full, of a body that goes on.
        if self.left_out != LeftOut::default() {
            out.push_str(&record_line(last, &Record::LeftOut(self.left_out)));
            out.push('\n');
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
        let mut tape = Tape::from_header(first).map_err(|error| problem(at, &error))?;
        let mut length = 0;
        for (at, line) in lines {
            let (time, content) = read_line(line.trim()).map_err(|error| problem(at, &error))?;
            match content {
                Content::Piece(kind, bytes) => tape.record_piece(time, kind, &bytes),
                Content::Record(record) => {
                    length += line.len();
                    if length > TAPE_LIMIT {
                        tape.add(time, Record::Note(Note::Full));
                        break;
                    }
                    tape.add(time, record);
                }
            }
        }
        Ok(tape)
    }

    /// Returns the first line.
    pub(super) fn header_line(&self) -> String {
        json(&Header {
            tape: VERSION,
            dialect: self.dialect,
            stream: self.stream,
            title: Cow::Borrowed(&self.title),
            question: Cow::Borrowed(&self.question),
            events: self.events.as_ref().map(Cow::Borrowed),
        })
    }

    /// Creates the tape that the first line describes.
    pub(super) fn from_header(line: &str) -> serde_json::Result<Tape> {
        let header: Header<'_> = serde_json::from_str(line)?;
        let mut tape = Tape::new(header.dialect, header.stream, &header.title);
        tape.question = header.question.into_owned();
        tape.events = header.events.map(Cow::into_owned);
        Ok(tape)
    }
}

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        version @ 1..=VERSION => Ok(version),
        other => Err(D::Error::custom(words::unknown_version(other))),
    }
}

const fn streamed() -> bool {
    true
}

/// Tells of the line with that index. Each is a document of its own, so what serde_json says of lines is left out.
fn problem(at: usize, error: &serde_json::Error) -> TapeProblem {
    let what = error.to_string().replace(" at line 1 column ", " at column ");
    TapeProblem { line: at + 1, what }
}
