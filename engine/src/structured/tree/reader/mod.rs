//! [`Reader`] reads JSON out of an answer's text, each byte once, wherever the text is cut.

mod scalars;

use super::arena::{Arena, Kind, Name};
use super::escape::Escape;
use super::node::NodeId;
use super::seek::{Origin, Seeker};
use super::verdicts::Verdicts;
use super::wrong::{Failure, Wrong};
use crate::json::Document;
use std::collections::HashSet;
use std::rc::Rc;

/// The deepest nesting that is read.
const DEPTH_LIMIT: usize = 128;

/// The most figures in brackets at the beginning of a text that may be a note, such as [1, see below].
const FIGURES: usize = 3;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// JSON may begin.
    Seek,
    /// A value, or in a list that has no item the end of it.
    Value,
    /// A member's name, or in an object that has no member the end of it.
    Name,
    /// More of a name.
    InName,
    /// The colon behind a name.
    Colon,
    /// More of a text.
    InText,
    /// More of a number.
    InNumber,
    /// More of `true`, `false` or `null`.
    InWord(&'static str),
    /// A comma, or the end of the container.
    Behind,
    /// Anything: the JSON is whole.
    Done,
}

/// A container that is open.
#[derive(Debug)]
struct Frame {
    node: NodeId,
    is_object: bool,
    names: HashSet<Rc<str>>,
    /// The name of the member whose value comes next.
    name: Option<Rc<str>>,
    count: usize,
}

/// The state of reading an answer.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) text: String,
    pub(super) arena: Arena,
    pub(super) verdicts: Verdicts,
    pub(super) steps: u64,
    /// The place where the JSON begins, once it has.
    pub(super) start: Option<usize>,
    /// The place behind the JSON, once it is whole.
    pub(super) end: Option<usize>,
    /// Why what was JSON for sure is none.
    pub(super) failure: Option<Failure>,
    at: usize,
    state: State,
    seeker: Seeker,
    frames: Vec<Frame>,
    /// The scalar that is being read.
    scalar: Option<NodeId>,
    escape: Escape,
    origin: Origin,
    /// Whether this is JSON for sure, and no bracket among words.
    is_sure: bool,
    document: Document,
}

impl Reader {
    pub(super) fn new(verdicts: Verdicts) -> Reader {
        Reader {
            text: String::new(),
            arena: Arena::default(),
            verdicts,
            steps: 0,
            start: None,
            end: None,
            failure: None,
            at: 0,
            state: State::Seek,
            seeker: Seeker::new(),
            frames: Vec::new(),
            scalar: None,
            escape: Escape::default(),
            origin: Origin::Start,
            is_sure: false,
            document: Document::default(),
        }
    }

    /// Reads what is new.
    pub(super) fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        let text = std::mem::take(&mut self.text);
        while self.at < text.len() {
            self.steps += 1;
            if let Err(wrong) = self.step(&text) {
                self.fail(wrong, &text);
            }
        }
        self.text = text;
    }

    /// Ends the text: a number that is the whole ends with it.
    pub(super) fn finish(&mut self) {
        if self.state == State::InNumber && self.frames.is_empty() {
            let text = std::mem::take(&mut self.text);
            if let Err(wrong) = self.close_number(&text) {
                self.fail(wrong, &text);
            }
            self.text = text;
        }
        if self.end.is_some() {
            let text = std::mem::take(&mut self.text);
            self.be_sure(&text);
            self.text = text;
        }
    }

    /// Returns whether a value has begun and is not whole.
    pub(super) fn is_inside(&self) -> bool {
        !matches!(self.state, State::Seek | State::Done)
    }

    fn step(&mut self, text: &str) -> Result<(), Wrong> {
        let byte = text.as_bytes()[self.at];
        if byte == b'\n' && self.state != State::Seek {
            self.seeker.end_line(self.at);
        }
        match self.state {
            State::Seek => self.seek(text, byte),
            State::InName | State::InText => return self.in_string(text, byte),
            State::InNumber => return self.in_number(text, byte),
            State::InWord(rest) => return self.in_word(byte, rest, text),
            State::Done => return self.behind_all(byte, text),
            State::Value | State::Name | State::Colon | State::Behind
                if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') =>
            {
                self.at += 1;
            }
            State::Value => return self.value(byte, text),
            State::Name => return self.name(byte, text),
            State::Colon if byte == b':' => {
                self.at += 1;
                self.state = State::Value;
                self.be_sure(text);
            }
            State::Colon => return Err(Wrong::Colon),
            State::Behind => return self.behind(byte, text),
        }
        Ok(())
    }

    fn seek(&mut self, text: &str, byte: u8) {
        match self.seeker.push(text, self.at) {
            Some(origin) if origin == Origin::Start || self.verdicts.may_begin(byte) => {
                self.arena.clear();
                self.verdicts.clear();
                (self.frames, self.scalar, self.escape) = (Vec::new(), None, Escape::default());
                (self.origin, self.is_sure, self.start) = (origin, false, Some(self.at));
                self.state = State::Value;
            }
            Some(_) | None => self.at += 1,
        }
    }

    fn value(&mut self, byte: u8, text: &str) -> Result<(), Wrong> {
        match byte {
            b'{' | b'[' => return self.open_container(byte == b'{', text),
            b'"' => self.begin(Kind::Text(String::new()), State::InText),
            b'-' | b'0'..=b'9' => self.begin(Kind::Scalar, State::InNumber),
            b't' => self.begin(Kind::Scalar, State::InWord("rue")),
            b'f' => self.begin(Kind::Scalar, State::InWord("alse")),
            b'n' => self.begin(Kind::Scalar, State::InWord("ull")),
            b']' => return self.end_of_list(text),
            _ => return Err(Wrong::value(byte)),
        }
        Ok(())
    }

    fn end_of_list(&mut self, text: &str) -> Result<(), Wrong> {
        match self.frames.last() {
            Some(frame) if !frame.is_object && frame.count == 0 => {
                self.close_container(text);
                Ok(())
            }
            Some(frame) if !frame.is_object => Err(Wrong::TrailingComma),
            Some(_) | None => Err(Wrong::Value),
        }
    }

    fn name(&mut self, byte: u8, text: &str) -> Result<(), Wrong> {
        let Some(frame) = self.frames.last() else { return Err(Wrong::Name) };
        let (node, is_empty) = (frame.node, frame.count == 0);
        match byte {
            b'"' => {
                if let Kind::Object { name, .. } = &mut self.arena.entry_mut(node).kind {
                    *name = Some(String::new());
                }
                self.arena.grow(node);
                self.at += 1;
                self.state = State::InName;
                Ok(())
            }
            b'}' if is_empty => {
                self.close_container(text);
                Ok(())
            }
            b'}' => Err(Wrong::TrailingComma),
            _ => Err(Wrong::name(byte)),
        }
    }

    fn behind(&mut self, byte: u8, text: &str) -> Result<(), Wrong> {
        let Some(frame) = self.frames.last() else { return Err(Wrong::End) };
        let count = frame.count;
        match (byte, frame.is_object) {
            (b',', is_object) => {
                self.at += 1;
                self.state = if is_object { State::Name } else { State::Value };
                if !self.ends_in_figure(text) || (self.origin == Origin::Start && count > FIGURES) {
                    self.be_sure(text);
                }
                Ok(())
            }
            (b'}', true) | (b']', false) => {
                self.close_container(text);
                Ok(())
            }
            _ => Err(Wrong::Comma),
        }
    }

    fn ends_in_figure(&self, text: &str) -> bool {
        let last = self.scalar.map(|node| self.arena.entry(node).place.start);
        last.is_some_and(|at| matches!(text.as_bytes()[at], b'-' | b'0'..=b'9'))
    }

    /// Words behind a scalar show that it was one of them. Anything may follow a container.
    fn behind_all(&mut self, byte: u8, text: &str) -> Result<(), Wrong> {
        let is_blank = matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'`' | b'~');
        if self.scalar.is_none() {
            self.at = text.len();
            return Ok(());
        }
        if !is_blank {
            return Err(Wrong::End);
        }
        self.at += 1;
        Ok(())
    }

    /// Adds the node of a value that begins here.
    fn add(&mut self, kind: Kind) -> NodeId {
        let (parent, name) = match self.frames.last_mut() {
            None => (None, Name::Root),
            Some(frame) => {
                frame.count += 1;
                let name = match frame.name.take() {
                    Some(name) => Name::Member(name),
                    None => Name::Item(frame.count - 1),
                };
                (Some(frame.node), name)
            }
        };
        let node = self.arena.open(parent, name, kind, self.at);
        self.steps += self.verdicts.open(&self.arena, node);
        node
    }

    fn begin(&mut self, kind: Kind, state: State) {
        self.scalar = Some(self.add(kind));
        self.at += 1;
        self.state = state;
        self.grow_scalar();
    }

    fn open_container(&mut self, is_object: bool, text: &str) -> Result<(), Wrong> {
        if self.frames.len() == DEPTH_LIMIT {
            self.be_sure(text);
            return Err(Wrong::Depth);
        }
        let kind = if is_object {
            Kind::Object { members: Vec::new(), name: None }
        } else {
            Kind::Array(Vec::new())
        };
        let node = self.add(kind);
        self.frames.push(Frame { node, is_object, names: HashSet::new(), name: None, count: 0 });
        self.scalar = None;
        self.at += 1;
        self.state = if is_object { State::Name } else { State::Value };
        Ok(())
    }

    fn close_container(&mut self, text: &str) {
        self.at += 1;
        let Some(frame) = self.frames.pop() else { return };
        self.scalar = None;
        self.close(frame.node, text);
    }

    /// Closes a value whose last byte was read.
    fn close(&mut self, node: NodeId, text: &str) {
        self.arena.close(node, self.at);
        self.state = if self.frames.is_empty() { State::Done } else { State::Behind };
        if self.frames.is_empty() {
            self.end = Some(self.at);
            // A scalar that is the whole may still turn out to be a word among others.
            if self.scalar.is_none() {
                self.be_sure(text);
            }
        }
        if self.is_sure {
            self.verdicts.judge(&mut self.arena, node, text, &mut self.steps);
        }
    }

    /// Notes that this is JSON; what was closed before is judged now.
    fn be_sure(&mut self, text: &str) {
        if std::mem::replace(&mut self.is_sure, true) {
            return;
        }
        self.verdicts.judge_all(&mut self.arena, text, &mut self.steps);
    }

    fn grow_scalar(&mut self) {
        if let Some(node) = self.scalar {
            self.arena.entry_mut(node).place.end = self.at;
            self.arena.grow(node);
        }
    }

    /// Gives up what was read as JSON: the search goes on from here.
    fn fail(&mut self, wrong: Wrong, text: &str) {
        self.state = State::Seek;
        self.end = None;
        self.seeker.go_on(self.is_sure);
        if self.is_sure {
            self.failure.get_or_insert_with(|| Failure::new(wrong, self.at, text));
        } else {
            self.start = None;
            self.arena.clear();
            self.verdicts.clear();
        }
    }
}
