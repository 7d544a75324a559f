//! [`Arguments`] puts a tool's arguments together from fragments that servers may repeat.
//!
//! Some state in each fragment all arguments so far, some say all of them once more at the end. Behind a whole JSON object
//! nothing can follow that belongs to it, so whatever comes there is the same said again, or the arguments in place of `{}`.

use super::again::{Again, Taken};
use crate::json::Document;

/// The most bytes of arguments that are kept to be compared; longer ones are taken as they come.
const LIMIT: usize = 1 << 20;

/// The fate of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The fragment is appended as it is.
    Whole,
    /// This text is appended in its place; nothing if it is empty.
    Part(String),
    /// This text takes the place of the arguments so far, which are given back.
    Instead { text: String, before: String },
}

/// The arguments of one call.
#[derive(Debug)]
pub(super) struct Arguments {
    again: Again,
    said: Json,
    /// The text behind the whole.
    behind: Json,
}

/// JSON that grows, and where its first bracket closes.
#[derive(Debug, Default)]
struct Json {
    text: String,
    depth: u32,
    in_string: bool,
    escaped: bool,
    is_whole: bool,
}

impl Default for Arguments {
    fn default() -> Arguments {
        Arguments { again: Again::of_json(), said: Json::default(), behind: Json::default() }
    }
}

impl Arguments {
    /// Takes the next fragment, which is not empty. `None` if these arguments are not to be looked at any more.
    pub(super) fn take(&mut self, fragment: &str) -> Option<Piece> {
        if self.said.is_whole {
            return self.take_behind(fragment);
        }
        let is_first = self.said.text.is_empty();
        if (is_first && !fragment.starts_with('{')) || self.said.text.len() + fragment.len() > LIMIT {
            let held = self.again.release();
            if held.is_empty() {
                return None;
            }
            let part = held + fragment;
            self.said.push(&part);
            return Some(Piece::Part(part));
        }
        let mut taken = self.again.take(fragment);
        if taken == Taken::Part(String::new()) {
            taken = self.decided();
        }
        match taken {
            Taken::Whole => {
                self.said.push(fragment);
                Some(Piece::Whole)
            }
            Taken::Part(part) => {
                self.said.push(&part);
                Some(Piece::Part(part))
            }
        }
    }

    /// Returns whether a fragment would be appended as it is: nothing is held, and nothing can be said again.
    pub(super) fn is_plain(&self) -> bool {
        self.again.is_plain() && !self.said.is_whole
    }

    /// Returns whether they are a whole object.
    pub(super) fn is_whole(&self) -> bool {
        self.said.is_whole
    }

    /// Ends the arguments, and returns what is left of them, and what came behind them and is none.
    pub(super) fn finish(&mut self) -> (String, String) {
        // Neither reading is JSON, so the stream was cut: nobody opens the same brackets twice.
        let rest = if self.again.held().is_some() { self.again.decide() } else { String::new() };
        self.said.push(&rest);
        (rest, std::mem::take(&mut self.behind).text)
    }

    /// Decides between two fragments of which the second begins with the first: the one reading that is JSON tells.
    fn decided(&mut self) -> Taken {
        let Some((_, newest)) = self.again.held() else { return Taken::Part(String::new()) };
        if is_json(&format!("{}{newest}", self.said.text)) {
            return Taken::Part(self.again.release());
        }
        let is_whole = newest.ends_with('}') && is_json(newest);
        Taken::Part(if is_whole { self.again.decide() } else { String::new() })
    }

    fn take_behind(&mut self, fragment: &str) -> Option<Piece> {
        if self.behind.text.is_empty() {
            if fragment.trim_ascii().is_empty() {
                return Some(Piece::Part(String::new()));
            }
            // What only looks like JSON is code, and goes on.
            if !fragment.trim_ascii_start().starts_with('{') || !is_json(&self.said.text) {
                return None;
            }
        }
        self.behind.push(fragment);
        if self.behind.text.len() > LIMIT {
            return Some(Piece::Part(std::mem::take(&mut self.behind).text));
        }
        if !self.behind.is_whole {
            return Some(Piece::Part(String::new()));
        }
        let behind = std::mem::take(&mut self.behind);
        if bare(&behind.text) == bare(&self.said.text) {
            return Some(Piece::Part(String::new()));
        }
        // The last word counts, as where a closing event states it.
        let before = std::mem::replace(&mut self.said, behind).text;
        Some(Piece::Instead { text: self.said.text.clone(), before })
    }
}

impl Json {
    fn push(&mut self, fragment: &str) {
        for byte in fragment.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.is_whole |= self.depth == 0;
                }
                _ => {}
            }
        }
        self.text.push_str(fragment);
    }
}

fn is_json(text: &str) -> bool {
    Document::default().parse(text).is_ok()
}

/// Returns JSON without the white space that means nothing.
fn bare(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let is_kept = |character: &char| {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        in_string || !character.is_ascii_whitespace()
    };
    json.chars().filter(is_kept).collect()
}
