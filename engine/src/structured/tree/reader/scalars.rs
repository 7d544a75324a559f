//! Strings, numbers and words, which may be cut anywhere.

use super::{Reader, State};
use crate::structured::tree::arena::Kind;
use crate::structured::tree::wrong::Wrong;
use std::rc::Rc;

impl Reader {
    /// Reads a run of a string's characters, its end or an escape.
    pub(super) fn in_string(&mut self, text: &str, byte: u8) -> Result<(), Wrong> {
        if self.escape.is_open() {
            let mut out = std::mem::take(self.buffer());
            let is_good = self.escape.push(byte, &mut out);
            *self.buffer() = out;
            if !is_good {
                return Err(Wrong::Escape);
            }
            self.at += 1;
            self.grow_string();
            return Ok(());
        }
        if byte == b'\\' {
            self.escape.begin();
            self.at += 1;
            return Ok(());
        }
        let mut out = std::mem::take(self.buffer());
        self.escape.settle(&mut out);
        let rest = &text.as_bytes()[self.at..];
        let length =
            rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..=0x1f)).unwrap_or(rest.len());
        self.steps += length as u64;
        out.push_str(text.get(self.at..self.at + length).unwrap_or_default());
        *self.buffer() = out;
        self.at += length;
        self.grow_string();
        match rest.get(length) {
            Some(b'"') => self.end_string(text),
            Some(b'\\') | None => {}
            Some(_) => return Err(Wrong::Control),
        }
        Ok(())
    }

    /// Returns the decoded text of the name or the text that is being read.
    fn buffer(&mut self) -> &mut String {
        let node = match (self.state, self.frames.last(), self.scalar) {
            (State::InName, Some(frame), _) => Some(frame.node),
            (_, _, scalar) => scalar,
        };
        match node.map(|node| &mut self.arena.entry_mut(node).kind) {
            Some(Kind::Text(text)) => text,
            Some(Kind::Object { name, .. }) => name.get_or_insert_default(),
            Some(Kind::Scalar | Kind::Array(_)) | None => self.verdicts.spare(),
        }
    }

    fn grow_string(&mut self) {
        match (self.state, self.frames.last()) {
            (State::InName, Some(frame)) => self.arena.grow(frame.node),
            _ => self.grow_scalar(),
        }
    }

    fn end_string(&mut self, text: &str) {
        self.at += 1;
        if self.state == State::InText {
            if let Some(node) = self.scalar {
                self.close(node, text);
            }
            return;
        }
        let name: Rc<str> = std::mem::take(self.buffer()).into();
        self.state = State::Colon;
        let Some(frame) = self.frames.last_mut() else { return };
        if let Kind::Object { name, .. } = &mut self.arena.entry_mut(frame.node).kind {
            *name = None;
        }
        if !frame.names.insert(Rc::clone(&name)) {
            self.verdicts.tell_twice(&self.arena, frame.node, &name);
        }
        frame.name = Some(name);
    }

    pub(super) fn in_number(&mut self, text: &str, byte: u8) -> Result<(), Wrong> {
        if matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-') {
            self.at += 1;
            self.grow_scalar();
            return Ok(());
        }
        self.close_number(text)
    }

    pub(super) fn close_number(&mut self, text: &str) -> Result<(), Wrong> {
        let Some(node) = self.scalar else { return Err(Wrong::Value) };
        let raw = text.get(self.arena.entry(node).place.start..self.at).unwrap_or_default();
        self.steps += raw.len() as u64;
        if self.document.parse(raw).is_err() {
            return Err(Wrong::Number);
        }
        self.close(node, text);
        Ok(())
    }

    pub(super) fn in_word(&mut self, byte: u8, rest: &'static str, text: &str) -> Result<(), Wrong> {
        if rest.as_bytes().first() != Some(&byte) {
            return Err(Wrong::Word);
        }
        self.at += 1;
        self.grow_scalar();
        self.state = State::InWord(&rest[1..]);
        if let Some(node) = self.scalar.filter(|_| rest.len() == 1) {
            self.close(node, text);
        }
        Ok(())
    }
}
