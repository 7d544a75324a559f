//! [`Tags`] takes out the reasoning that a server leaves in the text, between a pair of tags at its very start.
//!
//! Servers without a parser for the model's own format send `<think>…</think>` before the answer, in pieces cut anywhere.
//! No more is held back than may be (a part of) a tag, and white space beside one. A closing tag alone is for the turn to
//! judge, which has the text before it.

/// The names of the tags that models are known to write.
pub(crate) const TAGS: [&str; 4] = ["think", "thinking", "thought", "reasoning"];

/// The most white space in a row beside a tag that is not text.
const BLANK: usize = 256;

/// Number of bytes behind an opening tag that show whether it is only spoken of.
const DOTS: usize = 32;

/// Splits reasoning between tags off a text.
#[derive(Debug)]
pub(super) struct Tags {
    place: Place,
    /// Text that may be (a part of) a tag, and the white space beside it.
    held: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The text is white space so far.
    Start,
    /// The tag of that name is open; with whether anything has come there, and whether that ended as code begins.
    Inside { name: &'static str, begun: bool, in_code: bool },
    /// The closing tag has come.
    Behind,
    /// The text has no tags, or no more.
    Over,
}

/// The parts of a piece of text, in this order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) reasoning: String,
    pub(super) text: String,
}

impl Default for Tags {
    fn default() -> Tags {
        Tags { place: Place::Start, held: String::new() }
    }
}

impl Tags {
    /// Splits a whole text; `None` if it has no reasoning in tags.
    pub(super) fn split(text: &str) -> Option<Split> {
        if !text.trim_start().starts_with('<') {
            return None;
        }
        let mut tags = Tags::default();
        let mut split = Split::default();
        tags.push(text, &mut split);
        tags.finish(&mut split);
        (split.text != text).then_some(split)
    }

    /// Returns whether what follows is text and nothing else.
    pub(super) fn is_over(&self) -> bool {
        self.place == Place::Over
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &str, out: &mut Split) {
        self.held.push_str(piece);
        loop {
            let place = self.place;
            match place {
                Place::Start => self.start(),
                Place::Inside { name, begun, in_code } => self.inside(name, begun, in_code, out),
                Place::Behind => {
                    let blank = self.held.len() - self.held.trim_start().len();
                    self.held.drain(..blank);
                    if !self.held.is_empty() {
                        self.place = Place::Over;
                    }
                }
                Place::Over => {
                    out.text.push_str(&self.held);
                    self.held.clear();
                }
            }
            if self.place == place {
                break;
            }
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, out: &mut Split) {
        match self.place {
            Place::Inside { .. } => out.reasoning.push_str(&self.held),
            Place::Start | Place::Over => out.text.push_str(&self.held),
            Place::Behind => {}
        }
        self.held.clear();
    }

    fn start(&mut self) {
        let text = self.held.trim_start();
        let opened = TAGS.iter().find_map(|name| {
            let rest = text.strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
            Some((*name, rest))
        });
        let Some((name, rest)) = opened else {
            let may_open = TAGS.iter().any(|name| format!("<{name}>").starts_with(text));
            if !may_open || self.held.len() - text.len() > BLANK {
                self.place = Place::Over;
            }
            return;
        };
        // An answer that is about the tag goes on in its sentence, or shows the pair with dots in it.
        let closing = format!("</{name}>");
        let behind = rest.trim_start_matches(['.', '…']);
        let is_spoken_of = {
            let mut characters = rest.chars();
            characters.next() == Some(' ') && characters.next().is_some_and(char::is_lowercase)
        } || (behind.len() < rest.len() && behind.starts_with(&closing));
        let is_open = rest.len() <= DOTS
            && (rest.is_empty() || rest == " " || (behind.len() < rest.len() && closing.starts_with(behind)));
        if is_spoken_of {
            self.place = Place::Over;
        } else if !is_open {
            let rest = rest.to_owned();
            self.held = rest;
            self.place = Place::Inside { name, begun: false, in_code: false };
        }
    }

    fn inside(&mut self, name: &'static str, begun: bool, in_code: bool, out: &mut Split) {
        if !begun {
            let blank = self.held.len() - self.held.trim_start().len();
            self.held.drain(..blank);
        }
        let closing = format!("</{name}>");
        let is_in_code = |at: usize| {
            if at == 0 { in_code } else { self.held[..at].ends_with('`') }
        };
        if let Some((at, _)) = self.held.match_indices(&closing).find(|(at, _)| !is_in_code(*at)) {
            out.reasoning.push_str(self.held[..at].trim_end());
            self.held.drain(..at + closing.len());
            self.place = Place::Behind;
            return;
        }
        // What may be a part of the closing tag waits, and white space that may stand before it.
        let tag = (1..closing.len()).rev().find(|length| self.held.ends_with(&closing[..*length]));
        let before = &self.held[..self.held.len() - tag.unwrap_or(0)];
        let sure = before.trim_end().len();
        let sure = if before.len() - sure > BLANK { before.len() } else { sure };
        if sure > 0 {
            out.reasoning.push_str(&self.held[..sure]);
            let in_code = self.held[..sure].ends_with('`');
            self.held.drain(..sure);
            self.place = Place::Inside { name, begun: true, in_code };
        }
    }
}
