//! Finds words in titles and texts, without regard to case: a scan, no index.
//!
//! Text is folded once, when it is taken up, and scanned by `memchr::memmem` for each search. Folding is `char::to_lowercase`
//! of the standard library (Unicode's lower case, character by character), the final sigma as any other, and any white
//! space as a blank. It does not fold ß to ss, nor take accents off.

use super::SpokenTurn;
use crate::chat::TurnId;
use memchr::memmem::Finder;
use std::ops::Range;

/// The most bytes ahead of what was found in an excerpt: in a narrow column it is to be seen.
const AHEAD: usize = 24;
/// The most bytes behind it.
const BEHIND: usize = 80;

/// What a person looks for.
#[derive(Clone, Debug)]
pub struct Search {
    finder: Finder<'static>,
    length: usize,
}

/// The folded text of a conversation, to be kept while it may be searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText {
    /// Title and texts, one behind the other, parted by a character that no search holds.
    folded: String,
    /// Where the text of each turn begins.
    turns: Vec<(usize, TurnId)>,
}

/// A place where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The turn; `None` for the title.
    pub turn: Option<TurnId>,
    /// How often it was found there.
    pub count: usize,
}

/// A conversation in which something was found, as it is shown to a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// The places in the title, in bytes.
    pub title: Vec<Range<usize>>,
    /// The first turn that holds it, and the place there; `None` if only the title does.
    pub place: Option<(TurnId, Excerpt)>,
}

/// A part of a text around what was found first in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// The text on one line, with an ellipsis where it was cut.
    pub text: String,
    /// The places of what was found in it, in bytes.
    pub marks: Vec<Range<usize>>,
}

const PART: char = '\u{0}';

impl SearchText {
    /// Takes up a title.
    #[must_use]
    pub fn new(title: &str) -> SearchText {
        let mut text = SearchText::default();
        fold(title, &mut text.folded);
        text
    }

    /// Takes up the text of a turn.
    pub fn push(&mut self, turn: TurnId, text: &str) {
        self.folded.push(PART);
        self.turns.push((self.folded.len(), turn));
        fold(text, &mut self.folded);
    }

    /// Takes up a conversation: its title and the words of its turns that are not deleted, in any order.
    #[must_use]
    pub fn from_turns(title: &str, turns: &[SpokenTurn]) -> SearchText {
        let mut text = SearchText::new(title);
        for (id, turn) in kept(turns) {
            text.push(id, &turn.words());
        }
        text
    }

    /// Number of bytes that a search reads.
    #[must_use]
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// Returns whether there is nothing to be searched.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }
}

impl Search {
    /// Looks for these words, as they stand together; `None` where there are none.
    #[must_use]
    pub fn new(words: &str) -> Option<Search> {
        let mut folded = String::new();
        fold(words, &mut folded);
        let folded = folded.trim();
        let finder = || Finder::new(folded.as_bytes()).into_owned();
        (!folded.is_empty()).then(|| Search { finder: finder(), length: folded.len() })
    }

    /// Returns whether a conversation holds it, at the first place.
    #[must_use]
    pub fn is_in(&self, text: &SearchText) -> bool {
        self.finder.find(text.folded.as_bytes()).is_some()
    }

    /// Returns where in a conversation it is, title first.
    #[must_use]
    pub fn hits(&self, text: &SearchText) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut turns = text.turns.iter().peekable();
        let mut turn = None;
        for place in self.finder.find_iter(text.folded.as_bytes()) {
            while let Some((_, next)) = turns.next_if(|(start, _)| *start <= place) {
                turn = Some(*next);
            }
            match hits.last_mut().filter(|hit| hit.turn == turn) {
                Some(hit) => hit.count += 1,
                None => hits.push(Hit { turn, count: 1 }),
            }
        }
        hits
    }

    /// Returns where a conversation holds it, to be shown: the places in the title, and an excerpt of the first turn with it.
    /// `None` if it is nowhere.
    #[must_use]
    pub fn look(&self, title: &str, turns: &[SpokenTurn]) -> Option<Found> {
        let mut folded = String::new();
        let place = kept(turns).into_iter().find_map(|(id, turn)| {
            let words = turn.words();
            folded.clear();
            fold(&words, &mut folded);
            self.finder.find(folded.as_bytes())?;
            Some((id, self.excerpt(&words)?))
        });
        let title = self.places(title);
        (place.is_some() || !title.is_empty()).then_some(Found { title, place })
    }

    /// Returns the places in a text as it is shown, in bytes, to be marked.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut folded = String::with_capacity(text.len());
        fold(text, &mut folded);
        let mut found = self.finder.find_iter(folded.as_bytes()).map(|at| at..at + self.length).peekable();
        let mut places: Vec<Range<usize>> = Vec::new();
        let (mut at, mut one) = (0, String::new());
        let mut open: Option<usize> = None;
        // A character may fold to a longer or shorter one: both texts are walked together.
        for (start, c) in text.char_indices() {
            one.clear();
            fold_char(c, &mut one);
            let behind = at + one.len();
            while let Some(range) = found.peek() {
                if open.is_none() && range.start < behind {
                    open = Some(start);
                }
                if open.is_none() || behind < range.end {
                    break;
                }
                let place = open.take().unwrap_or(start)..start + c.len_utf8();
                if places.last().is_none_or(|last| last.end <= place.start) {
                    places.push(place);
                }
                found.next();
            }
            at = behind;
        }
        places
    }

    /// Returns a part of a text around the first place where it is found.
    #[must_use]
    pub fn excerpt(&self, text: &str) -> Option<Excerpt> {
        let first = self.places(text).into_iter().next()?;
        let start = text.ceil_char_boundary(first.start.saturating_sub(AHEAD));
        let end = text.floor_char_boundary((first.end + BEHIND).min(text.len()));
        let line: String = text[start..end].chars().map(|c| if is_blank(c) { ' ' } else { c }).collect();
        let ahead = if start > 0 { "…" } else { "" };
        let behind = if end < text.len() { "…" } else { "" };
        let text = format!("{ahead}{}{behind}", line.split_whitespace().collect::<Vec<_>>().join(" "));
        let marks = self.places(&text);
        Some(Excerpt { text, marks })
    }
}

/// Returns the turns that are not deleted, in the order of their numbers. What is behind a deleted one has gone with it.
fn kept(turns: &[SpokenTurn]) -> Vec<(TurnId, &SpokenTurn)> {
    let mut turns: Vec<_> = turns.iter().collect();
    turns.sort_by_key(|turn| turn.turn);
    let mut gone: Vec<u32> = Vec::new();
    turns.retain(|turn| {
        let is_behind = turn.parent.is_some_and(|parent| gone.binary_search(&parent).is_ok());
        let is_gone = turn.deleted.is_some() || is_behind;
        if is_gone {
            gone.push(turn.turn);
        }
        !is_gone
    });
    turns.into_iter().map(|turn| (TurnId::from_number(turn.turn), turn)).collect()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == PART
}

fn fold(text: &str, out: &mut String) {
    out.reserve(text.len());
    for c in text.chars() {
        fold_char(c, out);
    }
}

fn fold_char(c: char, out: &mut String) {
    match c {
        _ if is_blank(c) => out.push(' '),
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        'ς' => out.push('σ'),
        _ => out.extend(c.to_lowercase()),
    }
}
