//! [`Parts`] waits with text that the rules let through until a judge has allowed it.

use super::bounds::Bounds;
use crate::chat::{Action, Part, Verdict, Withheld};
use crate::checks::{Hold, Judge};
use crate::messages::guard;
use std::collections::VecDeque;
use std::ops::Range;

/// Where a piece of the text that was let through comes from.
#[derive(Clone, Debug)]
struct Piece {
    /// Its place in what was let through.
    out: Range<usize>,
    /// Its place in the text as it came. Both are as long, or it is a mark.
    source: Range<usize>,
}

/// A part that waits.
#[derive(Debug)]
struct Waiting {
    part: Part,
    source: Range<usize>,
    verdict: Option<Verdict>,
}

/// What becomes of a part.
#[derive(Debug)]
pub(super) enum Judged {
    /// It is shown: its text, and where that begins in the text as it came.
    Shown(String, usize),
    /// It is not shown.
    Withheld(Withheld),
}

/// Waits for verdicts.
#[derive(Debug)]
pub(super) struct Parts {
    shows_on_failure: bool,
    bounds: Bounds,
    /// The text that is no part yet.
    open: String,
    /// Where that begins in what was let through, and in the text as it came.
    open_at: usize,
    source_at: usize,
    pieces: VecDeque<Piece>,
    waiting: VecDeque<Waiting>,
    /// How many parts there were, and how many of those that wait were asked about.
    made: u32,
    asked: usize,
    /// The reason for which nobody waits any more.
    has_given_up: bool,
}

impl Parts {
    /// Creates what waits for that judge. The arguments of tools are judged as a whole.
    pub(super) fn new(judge: &Judge, is_prose: bool) -> Parts {
        let sees = match judge.sees {
            _ if !is_prose => Hold::Whole,
            Hold::Match | Hold::Sentence => Hold::Sentence,
            Hold::Block => Hold::Block,
            Hold::Whole => Hold::Whole,
        };
        Parts {
            shows_on_failure: judge.shows_on_failure,
            bounds: Bounds::new(sees),
            open: String::new(),
            open_at: 0,
            source_at: 0,
            pieces: VecDeque::new(),
            waiting: VecDeque::new(),
            made: 0,
            asked: 0,
            has_given_up: false,
        }
    }

    /// Takes text that the rules let through, or a mark, from that place of the text as it came.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        let begin = self.open_at + self.open.len();
        self.open.push_str(text);
        self.pieces.push_back(Piece { out: begin..begin + text.len(), source });
        for (at, c) in text.char_indices() {
            self.bounds.push(c, begin + at + c.len_utf8());
        }
        while let Some(place) = self.bounds.next_place() {
            let (part, _) = self.open.split_at(place.saturating_sub(self.open_at).min(self.open.len()));
            // A blank or a sign alone says nothing.
            if part.contains(char::is_alphanumeric) {
                self.cut(place);
            }
        }
    }

    /// Ends the text: what is left is the last part.
    pub(super) fn finish(&mut self) {
        if !self.open.is_empty() {
            self.cut(self.open_at + self.open.len());
        }
    }

    /// Returns the next part to be judged, once.
    pub(super) fn next(&mut self) -> Option<Part> {
        let next = self.waiting.get(self.asked).map(|waiting| waiting.part.clone())?;
        self.asked += 1;
        Some(next)
    }

    /// Returns whether parts wait for their verdict.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Returns how many bytes wait, of what is a part already and of what is none yet.
    pub(super) fn pending(&self) -> usize {
        self.open.len() + self.waiting.iter().map(|waiting| waiting.source.len()).sum::<usize>()
    }

    /// Takes a verdict, and returns what becomes of the parts that were waited for.
    pub(super) fn judge(&mut self, number: u32, verdict: &Verdict) -> Vec<Judged> {
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.part.number == number)
            && waiting.verdict.is_none()
        {
            waiting.verdict = Some(verdict.clone());
        }
        let mut judged = Vec::new();
        while self.waiting.front().is_some_and(|first| first.verdict.is_some()) {
            self.asked = self.asked.saturating_sub(1);
            judged.extend(self.waiting.pop_front().and_then(|first| self.outcome(first)));
        }
        judged
    }

    /// Gives all up that waits, and what comes later. Returns where that begins in the text as it came.
    pub(super) fn give_up(&mut self) -> Option<usize> {
        let is_open = !self.open.is_empty() || !self.waiting.is_empty();
        let from = self.waiting.front().map_or(self.source_at, |first| first.source.start);
        self.has_given_up = true;
        self.waiting.clear();
        self.open.clear();
        is_open.then_some(from)
    }

    /// Returns whether nobody waits any more.
    pub(super) fn has_given_up(&self) -> bool {
        self.has_given_up
    }

    fn outcome(&self, first: Waiting) -> Option<Judged> {
        let rule = match first.verdict? {
            Verdict::Allow => return Some(Judged::Shown(first.part.text, first.source.start)),
            Verdict::Failed(_) if self.shows_on_failure => {
                return Some(Judged::Shown(first.part.text, first.source.start));
            }
            Verdict::Withhold => guard::JUDGE.to_owned(),
            Verdict::Failed(reason) => guard::judge_failed(&reason),
        };
        Some(Judged::Withheld(Withheld { place: first.source, rule, action: Action::Redact }))
    }

    /// Makes a part of what is open up to that place in what was let through.
    fn cut(&mut self, place: usize) {
        let rest = self.open.split_off(place.saturating_sub(self.open_at).min(self.open.len()));
        let text = std::mem::replace(&mut self.open, rest);
        let mut source = self.source_at..self.source_at;
        if let Some(first) = self.pieces.front() {
            source.start = source.start.max(first.source.start);
        }
        while let Some(piece) = self.pieces.front() {
            if place < piece.out.end {
                let is_mark = piece.out.len() != piece.source.len();
                let within = place.saturating_sub(piece.out.start);
                source.end = if is_mark { piece.source.end } else { piece.source.start + within };
                break;
            }
            source.end = piece.source.end;
            self.pieces.pop_front();
        }
        self.open_at = place;
        self.source_at = source.end;
        let part = Part { number: self.made, text };
        self.waiting.push_back(Waiting { part, source, verdict: None });
        self.made += 1;
    }
}
