//! [`EventTemplate`] matches events against an earlier one, from which they differ in a few values only.
//!
//! A stream sends the same bytes hundreds of times and changes one string in them. [`EventTemplate::learn`] keeps an event's
//! bytes without that string and without what nobody reads; [`EventTemplate::match_event`] compares the next event with
//! them and finds its string, without a token being written. Whatever matches would have parsed to the same tokens but for
//! the values in the holes: those are read by the parser's own rules, and the bytes around them are equal. So the event
//! need not have been looked through for malformed UTF-8 either. It does not know what the values mean.

use super::value::Kind;
use super::{Text, Value, scan};
use crate::bytes::is_equal;

/// The most bytes of an event around its text: events that repeat are small, and a larger one is not kept.
const LITERAL_LIMIT: usize = 4096;

/// Keeps the bytes of an event around the values that may change.
#[derive(Debug, Default)]
pub struct EventTemplate {
    /// The bytes before, between and behind the holes, without a gap.
    literals: Vec<u8>,
    holes: Vec<Hole>,
}

#[derive(Clone, Copy, Debug)]
struct Hole {
    /// The literal before it ends here, in `literals`.
    literal_end: usize,
    fill: Fill,
}

/// The kind of value that may stand in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    /// The string that is wanted.
    Text,
    /// Any other string.
    String,
    /// A number.
    Number,
}

impl EventTemplate {
    /// Learns the shape of an event, an object whose text begins at `text` ([`Text::start`]). Those of its members that
    /// are in `idle` may change as well, where they are strings or numbers. False, and the template is empty, where the
    /// event is too large or has no such text.
    pub fn learn(&mut self, event: Value<'_>, text: usize, idle: &[&str]) -> bool {
        self.clear();
        let is_learnt = self.learn_around(event, text, idle).is_some();
        if !is_learnt {
            self.clear();
        }
        is_learnt
    }

    fn learn_around(&mut self, event: Value<'_>, text: usize, idle: &[&str]) -> Option<()> {
        let found = event.tokens.binary_search_by_key(&text, |token| token.start as usize).ok()?;
        let wanted = event.tokens[found];
        let is_string = matches!(wanted.kind, Kind::Plain | Kind::Escaped);
        let mut from = 0;
        for (key, value) in event.members() {
            let member = value.token();
            let is_idle = idle.contains(&key);
            let (token, fill) = match member.kind {
                _ if is_string && (member.start..=member.end).contains(&wanted.start) => (wanted, Fill::Text),
                Kind::Plain | Kind::Escaped if is_idle => (member, Fill::String),
                Kind::Number if is_idle => (member, Fill::Number),
                Kind::Object
                | Kind::Array
                | Kind::Plain
                | Kind::Escaped
                | Kind::Number
                | Kind::True
                | Kind::False
                | Kind::Null => continue,
            };
            self.keep(&event.source[from..token.start as usize])?;
            self.holes.push(Hole { literal_end: self.literals.len(), fill });
            from = token.end as usize;
        }
        self.keep(&event.source[from..])?;
        self.holes.iter().any(|hole| hole.fill == Fill::Text).then_some(())
    }

    fn keep(&mut self, literal: &str) -> Option<()> {
        let is_small = self.literals.len() + literal.len() <= LITERAL_LIMIT;
        is_small.then(|| self.literals.extend_from_slice(literal.as_bytes()))
    }

    /// Matches an event of this shape and gives its text; `None` for any other event, for a text that is no UTF-8, and
    /// for all events while the template is empty.
    // Whoever calls it is compiled for size, and would be it if this became part of it.
    #[inline(never)]
    pub fn match_event<'a>(&self, event: &'a [u8]) -> Option<Text<'a>> {
        let mut text = None;
        let (mut at, mut from) = (0, 0);
        for hole in &self.holes {
            let literal = &self.literals[from..hole.literal_end];
            let behind = at + literal.len();
            if !is_equal(event.get(at..behind)?, literal) {
                return None;
            }
            from = hole.literal_end;
            at = match hole.fill {
                Fill::Number => scan::number(event, behind).ok()?,
                Fill::String => scan::string(event, behind).ok()?.0,
                Fill::Text => {
                    let (end, escaped) = scan::string(event, behind).ok()?;
                    text = Some(Text::new(str::from_utf8(&event[behind..end]).ok()?, behind, escaped));
                    end
                }
            };
        }
        text.filter(|_| is_equal(&event[at..], &self.literals[from..]))
    }

    /// Forgets the event, keeping the memory.
    pub fn clear(&mut self) {
        self.literals.clear();
        self.holes.clear();
    }
}
