//! [`Machine`] is a pattern made into an automaton that is followed byte by byte.

use super::problem::TextProblem;
use super::verify::Check;
use crate::messages::guard;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use regex_syntax::hir::{self, Hir, Look};
use regex_syntax::{Error as SyntaxError, Parser, ast};
use std::cell::RefCell;
use std::fmt;

/// The most bytes of an automaton.
const LARGEST: usize = 8 << 20;
/// The most bytes that making one may take beside it.
const MOST_TO_MAKE: usize = 16 << 20;
/// The most bytes of the automaton that it is made from.
const LARGEST_BEFORE: usize = 2 << 20;

/// What may stand beside a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Edge {
    /// Anything.
    #[default]
    Any,
    /// No figure.
    NoDigit,
    /// No figure, and no letter of ASCII.
    NoWord,
}

impl Edge {
    /// Returns whether that byte may stand beside a match; `None` for the end of the text.
    pub(super) fn allows(self, byte: Option<u8>) -> bool {
        byte.is_none_or(|byte| match self {
            Edge::Any => true,
            Edge::NoDigit => !byte.is_ascii_digit(),
            Edge::NoWord => !byte.is_ascii_alphanumeric(),
        })
    }
}

/// What a match has to be besides what the pattern says.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// What may stand before it.
    pub(super) before: Edge,
    /// What may stand behind it.
    pub(super) behind: Edge,
    /// What is made sure of by reading it. Such matches are bounded.
    pub(super) check: Option<(Check, usize)>,
    /// Whether the rest of an address belongs to it.
    pub(super) has_tail: bool,
}

/// A pattern as an automaton.
pub(super) struct Machine {
    dfa: dense::DFA<Vec<u32>>,
    /// The states to begin with behind each byte, and at the beginning of a text.
    starts: Vec<StateID>,
    /// Whether a match may begin with the byte.
    is_first: [bool; 256],
    /// What is known of each state's future.
    futures: RefCell<Vec<Option<Future>>>,
    /// What else a match has to be.
    pub(super) terms: Terms,
}

/// What may come of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Future {
    /// That depends on what follows.
    Open,
    /// What was read is a match and cannot become a longer one.
    Match,
    /// No match.
    Dead,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("terms", &self.terms).finish_non_exhaustive()
    }
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Next {
    /// The state.
    pub(super) state: StateID,
    /// Whether what was read before the step is a match.
    pub(super) is_match: bool,
    /// Whether nothing can match any more.
    pub(super) is_dead: bool,
}

impl Machine {
    /// Makes an automaton of a pattern.
    pub(super) fn new(pattern: &str, terms: Terms) -> Result<Machine, TextProblem> {
        let hir = read(pattern)?;
        let large = || TextProblem::new(guard::LARGE_PATTERN);
        let config = thompson::Config::new().nfa_size_limit(Some(LARGEST_BEFORE));
        let nfa = thompson::Compiler::new().configure(config).build_from_hir(&hir).map_err(|_| large())?;
        let config = dense::Config::new()
            .match_kind(MatchKind::All)
            .start_kind(StartKind::Anchored)
            .accelerate(false)
            .dfa_size_limit(Some(LARGEST))
            .determinize_size_limit(Some(MOST_TO_MAKE));
        let dfa = dense::Builder::new().configure(config).build_from_nfa(&nfa).map_err(|_| large())?;
        let begin =
            |before| dfa.start_state(&start::Config::new().anchored(Anchored::Yes).look_behind(before));
        let before = (0..=u8::MAX).map(Some).chain([None]);
        let starts = before.map(begin).collect::<Result<Vec<_>, _>>().map_err(|_| large())?;
        let mut is_first = [false; 256];
        for (byte, is_first) in (0..=u8::MAX).zip(&mut is_first) {
            *is_first = starts.iter().any(|state| !dfa.is_dead_state(dfa.next_state(*state, byte)));
        }
        Ok(Machine { dfa, starts, is_first, futures: RefCell::default(), terms })
    }

    /// Returns whether a match may begin with that byte behind the one before.
    pub(super) fn begins(&self, byte: u8, before: Option<u8>) -> bool {
        self.is_first[usize::from(byte)] && self.terms.before.allows(before)
    }

    /// Returns the state at the beginning of a match.
    pub(super) fn start(&self, before: Option<u8>) -> StateID {
        self.starts[before.map_or(256, usize::from)]
    }

    /// Returns a state's place among all.
    pub(super) fn index(&self, state: StateID) -> usize {
        state.as_usize() >> self.dfa.stride2()
    }

    /// Returns what may come of a state: what is certain before the next byte need not wait for it.
    pub(super) fn future(&self, state: StateID) -> Future {
        let index = self.index(state);
        if let Some(known) = self.futures.borrow().get(index).copied().flatten() {
            return known;
        }
        let is_last = |state: StateID| {
            (0..=u8::MAX).all(|byte| self.next(state, byte).is_dead) && !self.end(state).is_match
        };
        let is_match = |next: Next| next.is_match && is_last(next.state);
        let future = if is_last(state) {
            Future::Dead
        } else if self.end(state).is_match && (0..=u8::MAX).all(|byte| is_match(self.next(state, byte))) {
            Future::Match
        } else {
            Future::Open
        };
        let mut futures = self.futures.borrow_mut();
        if futures.len() <= index {
            futures.resize(index + 1, None);
        }
        futures[index] = Some(future);
        future
    }

    /// Follows a byte.
    pub(super) fn next(&self, state: StateID, byte: u8) -> Next {
        self.seen(self.dfa.next_state(state, byte))
    }

    /// Follows the end of the text.
    pub(super) fn end(&self, state: StateID) -> Next {
        self.seen(self.dfa.next_eoi_state(state))
    }

    fn seen(&self, state: StateID) -> Next {
        let is_dead = self.dfa.is_dead_state(state) || self.dfa.is_quit_state(state);
        Next { state, is_match: self.dfa.is_match_state(state), is_dead }
    }
}

/// Reads a pattern, and refuses what the automaton could not follow.
fn read(pattern: &str) -> Result<Hir, TextProblem> {
    let hir = Parser::new().parse(pattern).map_err(|error| problem(pattern, &error))?;
    let looks = hir.properties().look_set();
    let is_unicode = [
        Look::WordUnicode,
        Look::WordUnicodeNegate,
        Look::WordStartUnicode,
        Look::WordEndUnicode,
        Look::WordStartHalfUnicode,
        Look::WordEndHalfUnicode,
    ];
    if is_unicode.into_iter().any(|look| looks.contains(look)) {
        let at = pattern.find("\\b").or_else(|| pattern.find("\\B")).unwrap_or(0);
        return Err(TextProblem::at(chars_before(pattern, at), guard::UNICODE_BORDER));
    }
    if hir.properties().minimum_len().is_none_or(|least| least == 0) {
        return Err(TextProblem::new(guard::EMPTY_MATCH));
    }
    Ok(hir)
}

/// Returns what is wrong with a pattern, at its place.
fn problem(pattern: &str, error: &SyntaxError) -> TextProblem {
    if let SyntaxError::Parse(error) = error {
        let at = chars_before(pattern, error.span().start.offset);
        let kind = error.kind();
        return if *kind == ast::ErrorKind::UnsupportedLookAround {
            TextProblem::at(at, guard::LOOK_AROUND)
        } else if *kind == ast::ErrorKind::UnsupportedBackreference {
            TextProblem::at(at, guard::BACK_REFERENCE)
        } else if matches!(kind, ast::ErrorKind::NestLimitExceeded(_) | ast::ErrorKind::CaptureLimitExceeded)
        {
            TextProblem::at(at, guard::LARGE_PATTERN)
        } else {
            TextProblem::at(at, guard::bad_pattern(&kind.to_string()))
        };
    }
    if let SyntaxError::Translate(error) = error {
        let at = chars_before(pattern, error.span().start.offset);
        let is_bytes = *error.kind() == hir::ErrorKind::InvalidUtf8;
        return TextProblem::at(at, if is_bytes { guard::NO_TEXT } else { guard::UNICODE_CLASS });
    }
    TextProblem::new(guard::bad_pattern(&error.to_string()))
}

/// Returns the number of characters before a byte.
fn chars_before(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.chars().count())
}
