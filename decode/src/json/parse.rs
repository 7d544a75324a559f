//! [`Document`] parses text in one pass to a flat list of tokens, each of which knows where the next sibling stands.
//!
//! No recursion: the list itself is the stack, an open container's `next` holding its parent until it closes.

use super::scan;
use super::value::{Kind, Token, Value};
use std::fmt;

/// The deepest nesting that is accepted: no provider comes near it, and walkers recurse.
const DEPTH_LIMIT: usize = 128;
/// Marks that no container is open.
const NO_PARENT: u32 = u32::MAX;

/// The text is no JSON document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Byte offset of the first character that cannot stand there.
    pub at: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not JSON at byte {}", self.at)
    }
}

impl std::error::Error for Malformed {}

/// The tokens of one JSON text; made once and used again for every event.
#[derive(Debug, Default)]
pub struct Document {
    tokens: Vec<Token>,
}

impl Document {
    /// Reads a whole JSON text and lends its root.
    ///
    /// # Errors
    /// Text that is no JSON, has something behind the value, nests deeper than 128 levels or is 4 GiB or longer.
    pub fn parse<'a>(&'a mut self, source: &'a str) -> Result<Value<'a>, Malformed> {
        self.tokens.clear();
        if source.len() >= u32::MAX as usize {
            return Err(Malformed { at: 0 });
        }
        let mut scan = Scan { bytes: source.as_bytes(), at: 0, tokens: &mut self.tokens };
        match scan.document() {
            Some(()) => Ok(Value { source, tokens: &self.tokens, at: 0 }),
            None => Err(Malformed { at: scan.at }),
        }
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    tokens: &'a mut Vec<Token>,
}

impl Scan<'_> {
    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Parses the document; `None` means malformed, at `self.at`.
    fn document(&mut self) -> Option<()> {
        let mut parent = NO_PARENT;
        let mut depth = 0;
        loop {
            // A value must stand here.
            self.skip_space();
            let opened = match self.peek()? {
                b'{' => Some((Kind::Object, b'}')),
                b'[' => Some((Kind::Array, b']')),
                _ => None,
            };
            if let Some((kind, closer)) = opened {
                depth += 1;
                if depth > DEPTH_LIMIT {
                    return None;
                }
                let start = self.at as u32;
                self.at += 1;
                self.skip_space();
                self.tokens.push(Token { kind, start, end: 0, next: parent });
                parent = self.tokens.len() as u32 - 1;
                if self.peek()? != closer {
                    if kind == Kind::Object {
                        self.key()?;
                    }
                    continue;
                }
            } else {
                self.scalar()?;
            }
            // Behind a value: close what closes, then either the text ends or another value follows.
            loop {
                self.skip_space();
                if parent == NO_PARENT {
                    return (self.at == self.bytes.len()).then_some(());
                }
                let kind = self.tokens[parent as usize].kind;
                let byte = self.peek()?;
                if byte == b',' && self.has_member(parent) {
                    self.at += 1;
                    if kind == Kind::Object {
                        self.skip_space();
                        self.key()?;
                    }
                    break;
                }
                if byte != if kind == Kind::Object { b'}' } else { b']' } {
                    return None;
                }
                self.at += 1;
                let next = self.tokens.len() as u32;
                let token = &mut self.tokens[parent as usize];
                token.end = self.at as u32;
                parent = std::mem::replace(&mut token.next, next);
                depth -= 1;
            }
        }
    }

    /// Returns whether a member stands before: a comma may stand only behind a member, never right behind the opening
    /// bracket.
    fn has_member(&self, parent: u32) -> bool {
        self.tokens.len() as u32 > parent + 1
    }

    fn key(&mut self) -> Option<()> {
        if self.peek()? != b'"' {
            return None;
        }
        self.string()?;
        self.skip_space();
        if self.peek()? != b':' {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn scalar(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b't' => self.word(b"true", Kind::True),
            b'f' => self.word(b"false", Kind::False),
            b'n' => self.word(b"null", Kind::Null),
            _ => self.number(),
        }
    }

    #[inline(always)]
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.tokens.len() as u32 + 1;
        self.tokens.push(Token { kind, start: start as u32, end: end as u32, next });
    }

    fn word<const N: usize>(&mut self, word: &[u8; N], kind: Kind) -> Option<()> {
        (self.bytes.get(self.at..)?.first_chunk() == Some(word)).then(|| {
            self.push(kind, self.at, self.at + N);
            self.at += N;
        })
    }

    fn string(&mut self) -> Option<()> {
        let start = self.at + 1;
        let (end, escaped) = self.good(scan::string(self.bytes, start))?;
        self.push(if escaped { Kind::Escaped } else { Kind::Plain }, start, end);
        self.at = end + 1;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let end = self.good(scan::number(self.bytes, self.at))?;
        self.push(Kind::Number, self.at, end);
        self.at = end;
        Some(())
    }

    /// Returns what was found, or keeps the place of the error.
    #[inline(always)]
    fn good<T>(&mut self, found: Result<T, usize>) -> Option<T> {
        found.map_err(|at| self.at = at).ok()
    }
}
