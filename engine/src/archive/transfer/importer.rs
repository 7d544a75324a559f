//! [`Importer`] reads a file of conversations as it comes in pieces: all of it is good, or nothing is imported.
//!
//! What it is says its content: JSONL of llama.cpp's web UI or of this page, or the JSON that older versions of that UI wrote.
//! Mended, and counted, are: parents that are not in the file (the message then stands behind the one before it), parents
//! in a circle (its first message becomes a first one), ids that come twice (the first is meant), numbers as ids.

use super::framing::Framing;
use super::session::{Conv, FileMessage, Imported, Session, Tree};
use crate::messages::archive as words;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// Number of bytes by which the kind of a file is told.
const BEGINNING: usize = 64;
/// The most titles of a preview.
const TITLES: usize = 5;

/// The reason for which nothing is imported, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// The line, counted from 1; `None` where the whole file is meant.
    pub line: Option<u64>,
    /// The sentence for the person.
    pub sentence: String,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for ImportProblem {}

/// Reads a file of conversations.
#[derive(Debug, Default)]
pub struct Importer {
    framing: Framing,
    sessions: Vec<(Session, Tree)>,
    /// The conversation whose messages are being read.
    open: Option<Session>,
    unknown: usize,
    beginning: Vec<u8>,
    problem: Option<ImportProblem>,
}

/// What a file holds, to be shown before it is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Number of conversations.
    pub conversations: usize,
    /// Number of messages in them.
    pub messages: usize,
    /// The time of the first message and that of the last change, in Unix milliseconds; `None` where the file names none.
    pub times: Option<(u64, u64)>,
    /// The titles of the first five.
    pub titles: Vec<String>,
    /// The ids that the conversations have in the file, in their order.
    pub source_ids: Vec<String>,
    /// What is left out or was mended, a sentence each.
    pub notes: Vec<String>,
}

/// A file that was read to its end, and is good.
#[derive(Debug)]
pub struct ReadyImport {
    sessions: Vec<(Session, Tree)>,
    unknown: usize,
}

/// A line; which of its members are there says what it is.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Kind {
    #[serde(rename = "type")]
    kind: Value,
    conv: Option<serde::de::IgnoredAny>,
    messages: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Line {
    message: FileMessage,
}

#[derive(Deserialize)]
struct Legacy {
    conv: Conv,
    messages: Vec<FileMessage>,
}

impl Importer {
    /// Creates one at the beginning of a file.
    #[must_use]
    pub fn new() -> Importer {
        Importer::default()
    }

    /// Takes the next piece of the file.
    ///
    /// # Errors
    /// The first line that cannot be read. It is said again to every later call.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), ImportProblem> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let missing = BEGINNING - self.beginning.len();
        self.beginning.extend(piece.iter().take(missing));
        let (sessions, open, unknown) = (&mut self.sessions, &mut self.open, &mut self.unknown);
        let result = self.framing.push(piece, |framed| match framed {
            Ok((line, value)) => take(sessions, open, unknown, line, value),
            Err((line, what)) => Err(at(line, &what)),
        });
        let result = result.map_err(|problem| match other_kind(&self.beginning) {
            Some(what) => whole(what),
            None => problem,
        });
        self.problem = result.clone().err();
        result
    }

    /// Number of bytes that were read: the progress.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.framing.bytes()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A line that cannot be read, or a file without conversations or that ends in the middle of one of its lines.
    pub fn end(mut self) -> Result<ReadyImport, ImportProblem> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        if let Some(line) = self.framing.open_line() {
            return Err(at(line, words::FILE_IS_CUT));
        }
        if self.framing.bytes() == 0 {
            return Err(whole(words::IS_EMPTY));
        }
        self.sessions.extend(self.open.take().map(tied));
        if self.sessions.is_empty() {
            return Err(whole(words::NO_CONVERSATIONS));
        }
        Ok(ReadyImport { sessions: self.sessions, unknown: self.unknown })
    }
}

impl ReadyImport {
    /// Returns what the file holds.
    #[must_use]
    pub fn preview(&self) -> Preview {
        let sessions = || self.sessions.iter().map(|(session, _)| session);
        let sum = |of: fn(&Session) -> usize| sessions().map(of).sum::<usize>();
        let notes = [
            (sum(|session| session.losses.tool_results), words::tool_results_left_out as fn(usize) -> String),
            (sum(|session| session.losses.attachments), words::attachments_left_out),
            (sum(|session| session.losses.systems), words::systems_left_out),
            (self.unknown, words::unknown_left_out),
            (sum(|session| session.losses.mended), words::messages_mended),
        ];
        let times = sessions().filter_map(Session::times);
        let times = times.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        Preview {
            times,
            conversations: self.sessions.len(),
            messages: sum(Session::len),
            titles: sessions().take(TITLES).map(|session| session.title().0).collect(),
            source_ids: sessions().map(Session::source_id).collect(),
            notes: notes
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, say)| say(number))
                .collect(),
        }
    }

    /// Returns the records, one conversation at a time, since to make them takes time. Each gets the id that `new_id` gives for
    /// that in the file, and is left out where that is `None`. `now` is the time of those whose file names none, in Unix
    /// milliseconds. One that was forked from another of the file stays so.
    pub fn finish(
        self,
        mut new_id: impl FnMut(&str) -> Option<String>,
        now: u64,
    ) -> impl Iterator<Item = Imported> {
        let named = self.sessions.into_iter().map(|(session, tree)| {
            let source = session.source_id();
            let id = new_id(&source);
            (session, tree, source, id)
        });
        let named: Vec<_> = named.collect();
        // One that is left out is known by the id of the file.
        let ids =
            named.iter().map(|(_, _, source, id)| (source.clone(), id.as_ref().unwrap_or(source).clone()));
        let ids: HashMap<String, String> = ids.collect();
        named.into_iter().filter_map(move |(session, tree, _, id)| {
            let mut imported = session.into_records(tree, &id?, now);
            let source = imported.record.forked_from.take();
            imported.record.forked_from = source.and_then(|source| ids.get(&source).cloned());
            Some(imported)
        })
    }
}

/// Ties a conversation whose messages are all here.
fn tied(mut session: Session) -> (Session, Tree) {
    let tree = session.tie();
    (session, tree)
}

fn take(
    sessions: &mut Vec<(Session, Tree)>,
    open: &mut Option<Session>,
    unknown: &mut usize,
    line: u64,
    value: &[u8],
) -> Result<(), ImportProblem> {
    let kind: Kind = read(line, value)?;
    match kind.kind.as_str() {
        Some("session") => sessions.extend(open.replace(Session::new(read(line, value)?)).map(tied)),
        Some("message") => {
            let message = read::<Line>(line, value)?.message;
            let Some(session) = open else {
                return Err(at(line, words::MESSAGE_WITHOUT_CONVERSATION));
            };
            session.push(message).map_err(|what| at(line, &what))?;
        }
        None if kind.conv.is_some() && kind.messages.is_some() => {
            let Legacy { conv, messages } = read(line, value)?;
            let mut session = Session::new(conv);
            for message in messages {
                session.push(message).map_err(|what| at(line, &what))?;
            }
            sessions.extend(open.replace(session).map(tied));
        }
        // A later version's: the rest of the file can be read without.
        Some(_) => *unknown += 1,
        None => return Err(at(line, words::NOT_A_CONVERSATION)),
    }
    Ok(())
}

/// Reads a value that begins on a line.
fn read<T: DeserializeOwned>(line: u64, value: &[u8]) -> Result<T, ImportProblem> {
    serde_json::from_slice(value).map_err(|error| {
        let text = error.to_string();
        // A value is a document of its own, whose lines count from its own first.
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        at(line + (error.line() as u64).saturating_sub(1), what)
    })
}

/// Returns what a file is instead of JSON, by how it begins.
fn other_kind(beginning: &[u8]) -> Option<&'static str> {
    const ZIP: &[u8] = b"PK\x03\x04";
    let first = beginning.iter().find(|byte| !byte.is_ascii_whitespace())?;
    match first {
        b'P' if ZIP.starts_with(&beginning[..beginning.len().min(ZIP.len())]) => Some(words::IS_ZIP),
        b'#' => Some(words::IS_MARKDOWN),
        b'<' => Some(words::IS_WEB_PAGE),
        b'%' | 0x1f | 0x89 => Some(words::IS_BINARY),
        0xfe | 0xff => Some(words::IS_UTF_16),
        _ => None,
    }
}

fn whole(what: &str) -> ImportProblem {
    ImportProblem { line: None, sentence: what.to_owned() }
}

fn at(line: u64, what: &str) -> ImportProblem {
    ImportProblem { line: Some(line), sentence: words::import_line(line, what) }
}
