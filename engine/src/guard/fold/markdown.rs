//! [`MarkdownFold`] reads Markdown without its marks.

use super::reference::{LONGEST, characters};
use super::stream::Stream;
use crate::guard::scanner::Unseen;

/// The most characters of an address, a label, a tag or a comment that may have to be left out.
const LONGEST_UNSEEN: usize = 1_024;

/// What can only be read with what follows.
#[derive(Debug, Default)]
enum Pending {
    #[default]
    Nothing,
    Backslash(usize),
    /// Behind `&`.
    Reference(usize, String),
    /// So many, between that place and what follows.
    Underscores(usize, usize),
}

/// The address or the label of a link, from its first bracket on.
#[derive(Debug)]
struct Link {
    close: char,
    depth: usize,
    chars: usize,
}

/// A tag or a comment, from `<` on.
#[derive(Debug, Default)]
struct Tag {
    chars: usize,
    /// Its first characters.
    head: String,
    quote: Option<char>,
    /// The dashes before what follows.
    dashes: usize,
}

impl Tag {
    /// Reads a character, and returns whether the tag ends with it.
    fn push(&mut self, c: char) -> bool {
        self.chars += 1;
        if self.head.len() < 4 {
            self.head.push(c);
        }
        if matches!(c, '"' | '\'') && self.quote.is_none_or(|quote| quote == c) {
            self.quote = if self.quote.is_none() { Some(c) } else { None };
        }
        let dashes = self.dashes;
        self.dashes = if c == '-' { dashes + 1 } else { 0 };
        let is_end = c == '>' && if self.head == "<!--" { 2 <= dashes } else { self.quote.is_none() };
        let is_tag = self.head.chars().nth(1).is_none_or(|c| c.is_ascii_alphabetic() || "/!?<".contains(c));
        is_end || !is_tag || LONGEST_UNSEEN < self.chars
    }
}

/// Reads Markdown without its marks. It takes for a mark whatever could be one: what is no mark is found by those who read the
/// text as it is.
#[derive(Debug, Default)]
pub(crate) struct MarkdownFold {
    pending: Pending,
    /// The character before, marks included.
    before: char,
    is_behind_text: bool,
    link: Option<Link>,
    tag: Option<Tag>,
}

impl MarkdownFold {
    /// Reads a character that stands at `start..end`.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize, to: &mut Stream) {
        match std::mem::take(&mut self.pending) {
            Pending::Nothing => self.read(c, start, end, to),
            Pending::Backslash(begin) if c.is_ascii_punctuation() => {
                self.tell(c, begin, end, to);
                self.before = c;
            }
            Pending::Backslash(begin) => {
                if c != '\n' {
                    self.tell('\\', begin, begin + 1, to);
                }
                self.read(c, start, end, to);
            }
            Pending::Reference(begin, mut name) => {
                let is_part = c.is_ascii_alphanumeric() || (c == '#' && name.is_empty());
                if is_part && name.len() < LONGEST {
                    name.push(c);
                    self.pending = Pending::Reference(begin, name);
                } else if let Some(known) = characters(&name).filter(|_| c == ';') {
                    known.chars().for_each(|known| self.tell(known, begin, end, to));
                    // For the marks behind it what stands there counts, not what it reads as.
                    self.before = c;
                } else {
                    self.literal(begin, &name, to);
                    self.read(c, start, end, to);
                }
            }
            Pending::Underscores(begin, count) => {
                if c == '_' {
                    self.pending = Pending::Underscores(begin, count + 1);
                    return;
                }
                if self.before.is_alphanumeric() && c.is_alphanumeric() {
                    (begin..begin + count).for_each(|at| self.tell('_', at, at + 1, to));
                }
                self.before = '_';
                self.read(c, start, end, to);
            }
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, to: &mut Stream) {
        match std::mem::take(&mut self.pending) {
            Pending::Nothing | Pending::Underscores(..) => {}
            Pending::Backslash(begin) => self.tell('\\', begin, begin + 1, to),
            Pending::Reference(begin, name) => self.literal(begin, &name, to),
        }
    }

    /// Returns where text begins of which it is not known yet how it reads.
    pub(super) fn open(&self) -> Option<usize> {
        match self.pending {
            Pending::Nothing => None,
            Pending::Backslash(begin) | Pending::Reference(begin, _) | Pending::Underscores(begin, _) => {
                Some(begin)
            }
        }
    }

    /// Reads a character before which nothing waits.
    fn read(&mut self, c: char, start: usize, end: usize, to: &mut Stream) {
        let before = std::mem::replace(&mut self.before, c);
        self.begin(c, before, to);
        match c {
            '\\' => self.pending = Pending::Backslash(start),
            '&' => self.pending = Pending::Reference(start, String::new()),
            '_' => {
                self.before = before;
                self.pending = Pending::Underscores(start, 1);
            }
            '*' | '~' | '`' | '[' | ']' => {}
            // The marks of quotes and what stands before a line.
            ' ' | '\t' | '>' if !self.is_behind_text => {}
            _ => self.tell(c, start, end, to),
        }
        self.end(c, to);
    }

    /// Begins what may have to be left out.
    fn begin(&mut self, c: char, before: char, to: &mut Stream) {
        let close = match c {
            '(' => ')',
            '[' => ']',
            '<' => {
                to.pause(Unseen::Tag);
                // One within one goes on where the first does.
                self.tag.get_or_insert_default();
                return;
            }
            _ => return,
        };
        if before == ']' {
            to.pause(Unseen::Link);
            let chars = self.link.as_ref().map_or(0, |link| link.chars);
            let depth = self.link.as_ref().filter(|link| link.close == close).map_or(0, |link| link.depth);
            self.link = Some(Link { close, depth: depth + 1, chars });
        } else if let Some(link) = self.link.as_mut().filter(|link| link.close == close) {
            link.depth += 1;
        }
    }

    /// Ends what may have to be left out.
    fn end(&mut self, c: char, to: &mut Stream) {
        if let Some(link) = &mut self.link {
            link.chars += 1;
            if c == link.close {
                to.resume(Unseen::Link);
                link.depth = link.depth.saturating_sub(1);
            }
            if link.depth == 0 || LONGEST_UNSEEN < link.chars {
                to.forget(Unseen::Link);
                self.link = None;
            }
        }
        if let Some(tag) = &mut self.tag {
            if c == '>' {
                to.resume(Unseen::Tag);
            }
            if tag.push(c) {
                to.forget(Unseen::Tag);
                self.tag = None;
            }
        }
    }

    /// Tells a character that is read; nought stands for what is invisible.
    fn tell(&mut self, c: char, start: usize, end: usize, to: &mut Stream) {
        self.is_behind_text = c != '\n';
        if c != '\0' {
            to.push_plain(c, start, end);
        }
    }

    /// Tells a reference that is none.
    fn literal(&mut self, begin: usize, name: &str, to: &mut Stream) {
        self.tell('&', begin, begin + 1, to);
        for (at, c) in name.char_indices() {
            self.tell(c, begin + 1 + at, begin + 2 + at, to);
            self.before = c;
        }
    }
}
