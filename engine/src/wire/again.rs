//! [`Again`] tells a server that states in each event all text so far from one whose text repeats itself.
//!
//! The second event that begins with everything so far is held back until a third, which begins with that one, or the end
//! decides. Any other event releases what is held: then nothing was repeated and nothing is lost.

use crate::json::Text;

/// The fewest characters of a repetition: below it a text may well begin twice with the same.
const REPEATED: usize = 16;
/// The most bytes of a text that are searched for a period.
const PERIOD: usize = 256;
/// The most events that are held back.
const HELD: usize = 64;
/// A longer first fragment is not watched: no server begins by so much what it then states again, and to watch is to copy.
const AT_ONCE: usize = 64 << 10;

/// The part of an event that is taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// All of it, as it is.
    Whole,
    /// This text is taken in its place; nothing if it is empty.
    Part(String),
}

/// The beginning that one text's events have in common.
#[derive(Debug, Default)]
pub(super) struct Again {
    /// The newest event.
    newest: String,
    /// The lengths of the events of which each begins with the one before; all but the first are held back.
    lengths: Vec<usize>,
    mode: Mode,
    /// The fewest characters that count as repeated.
    least: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Open,
    Cumulative,
    /// Each event is new text.
    Plain,
}

impl Again {
    /// Creates one for a text.
    pub(super) fn of_text() -> Again {
        Again { least: REPEATED, ..Again::default() }
    }

    /// Creates one for a text whose pieces the network has cut: none of them is an event that could state anything again.
    pub(super) fn of_chunks() -> Again {
        Again { mode: Mode::Plain, ..Again::default() }
    }

    /// Creates one for JSON, whose brackets do not open twice in the same way.
    pub(super) fn of_json() -> Again {
        Again::default()
    }

    /// Returns whether each event from here on is new text.
    pub(super) fn is_plain(&self) -> bool {
        self.mode == Mode::Plain
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: &str) -> Taken {
        match self.mode {
            Mode::Plain => Taken::Whole,
            Mode::Open if self.lengths.is_empty() => {
                self.keep(event);
                Taken::Whole
            }
            Mode::Open if self.goes_on(event) && self.lengths.len() < HELD => {
                let before = self.newest.len();
                self.keep(event);
                if self.lengths.len() > 2 && self.is_enough(before) {
                    return Taken::Part(self.decide());
                }
                Taken::Part(String::new())
            }
            Mode::Open => {
                let mut held = self.release();
                if held.is_empty() {
                    return Taken::Whole;
                }
                held.push_str(event);
                Taken::Part(held)
            }
            Mode::Cumulative => {
                if let Some(new) = event.strip_prefix(self.newest.as_str()) {
                    let new = new.to_owned();
                    self.newest.push_str(&new);
                    return Taken::Part(new);
                }
                if self.newest.starts_with(event) {
                    return Taken::Part(String::new());
                }
                self.mode = Mode::Plain;
                self.newest = String::new();
                Taken::Whole
            }
        }
    }

    /// Returns the events that are held back, if there are any: the one before the newest, and the newest.
    pub(super) fn held(&self) -> Option<(&str, &str)> {
        let [.., before, _] = self.lengths.as_slice() else { return None };
        (self.mode == Mode::Open).then(|| (&self.newest[..*before], self.newest.as_str()))
    }

    /// Decides that each event states everything, and returns what is new in what is held.
    pub(super) fn decide(&mut self) -> String {
        self.mode = Mode::Cumulative;
        let said = self.lengths.first().copied().unwrap_or_default();
        self.lengths.clear();
        self.newest[said..].to_owned()
    }

    /// Decides that each event was new text, and returns those that are held.
    pub(super) fn release(&mut self) -> String {
        let newest = std::mem::take(&mut self.newest);
        let lengths = std::mem::take(&mut self.lengths);
        self.mode = Mode::Plain;
        lengths.into_iter().skip(1).map(|length| &newest[..length]).collect()
    }

    /// Ends the text, and returns what is left of it.
    pub(super) fn finish(&mut self) -> String {
        match self.held() {
            None => String::new(),
            Some((before, _)) if self.is_enough(before.len()) => self.decide(),
            Some(_) => self.release(),
        }
    }

    fn keep(&mut self, event: &str) {
        self.newest.clear();
        self.newest.push_str(event);
        self.lengths.push(event.len());
    }

    /// Returns whether the event begins with the newest and says more; behind one that did, it may say no more than
    /// that.
    fn goes_on(&self, event: &str) -> bool {
        let is_new = event.len() > self.newest.len() || self.lengths.len() > 1;
        is_new && event.starts_with(self.newest.as_str())
    }

    /// Returns whether so many bytes of the newest event are enough to know by, which a text that repeats itself never
    /// has.
    fn is_enough(&self, repeated: usize) -> bool {
        let repeated = &self.newest[..repeated];
        repeated.chars().take(self.least).count() >= self.least && !(self.least > 0 && is_periodic(repeated))
    }
}

/// Returns whether a text is the same over and over again, as far as it is looked at.
fn is_periodic(text: &str) -> bool {
    let bytes = &text.as_bytes()[..text.len().min(PERIOD)];
    (1..=bytes.len() / 2).any(|period| bytes[period..] == bytes[..bytes.len() - period])
}

/// Returns whether a block's first fragment is so long that nothing of it can be told again, and begins with no tag.
pub(super) fn comes_at_once(text: Text<'_>) -> bool {
    // An escape may be white space before a tag.
    text.raw().len() > AT_ONCE && !text.raw().trim_start().starts_with(['<', '\\'])
}
