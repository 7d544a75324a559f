//! [`Scanner`] follows an automaton through a text from every place at which a match may begin.

use super::machine::{Edge, Future, Machine, Next};
use super::verify::Check;
use regex_automata::util::primitives::StateID;
use std::cell::Cell;
use std::rc::Rc;

/// Text that a rule forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Where it begins in the text as it came.
    pub(super) start: usize,
    /// The number of the rule.
    pub(super) rule: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether the rest of an address belongs to it.
    pub(super) has_tail: bool,
}

/// What may have to be left out, since a reader does not see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    /// The address or the label of a link.
    Link,
    /// A tag or a comment.
    Tag,
}

/// A match that is being followed.
#[derive(Clone, Debug)]
struct Thread {
    start: usize,
    state: StateID,
    /// The end of the longest match so far.
    accept: Option<usize>,
    /// What was read, where a check has to read it, each byte with where its character ends in the text as it came.
    read: Vec<u8>,
    ends: Vec<usize>,
    /// How many of these bytes are the longest match so far, where a check is put off.
    matched: usize,
}

/// Follows one automaton.
#[derive(Debug)]
pub(super) struct Scanner {
    machine: Rc<Machine>,
    rule: usize,
    /// Whether the first match will do, since all behind its beginning is withheld.
    is_eager: bool,
    /// By the places where they began.
    threads: Vec<Thread>,
    /// Those that left something out which a reader does not see.
    straddling: Vec<Thread>,
    /// Those that wait for the end of what may have to be left out, by its kind.
    paused: [Vec<Thread>; 2],
    /// The byte before.
    before: Option<u8>,
    /// Where the character before ended.
    end: usize,
    /// The step in which each state was reached last.
    reached: Vec<u64>,
    step: u64,
    /// The steps that it took, checks included.
    steps: Cell<u64>,
}

impl Scanner {
    /// Creates a scanner at the beginning of a text.
    pub(super) fn new(machine: Rc<Machine>, rule: usize, is_eager: bool) -> Scanner {
        let is_eager = is_eager && !machine.terms.has_tail;
        Scanner {
            machine,
            rule,
            is_eager,
            threads: Vec::new(),
            straddling: Vec::new(),
            paused: [Vec::new(), Vec::new()],
            before: None,
            end: 0,
            reached: Vec::new(),
            step: 0,
            steps: Cell::new(0),
        }
    }

    /// Follows a byte of a character that stands at `start..end` in the text as it came.
    pub(super) fn push(&mut self, byte: u8, start: usize, end: usize, found: &mut Vec<Found>) {
        self.count(1 + self.threads.len() + self.straddling.len());
        let threads = std::mem::take(&mut self.threads);
        self.threads = self.follow(threads, byte, end, found);
        let straddling = std::mem::take(&mut self.straddling);
        self.straddling = self.follow(straddling, byte, end, found);
        let is_first = !(0x80..0xc0).contains(&byte);
        if is_first && self.machine.begins(byte, self.before) {
            let next = self.machine.next(self.machine.start(self.before), byte);
            if !next.is_dead {
                let mut thread = Thread {
                    start,
                    state: next.state,
                    accept: None,
                    read: Vec::new(),
                    ends: Vec::new(),
                    matched: 0,
                };
                if self.goes_on(&mut thread, byte, end, found) {
                    self.threads.push(thread);
                }
            }
        }
        self.before = Some(byte);
        self.end = end;
        self.merge(found);
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, found: &mut Vec<Found>) {
        let threads = std::mem::take(&mut self.threads);
        for mut thread in threads.into_iter().chain(std::mem::take(&mut self.straddling)) {
            let next = self.machine.end(thread.state);
            self.accept(&mut thread, next, None);
            self.tell(&thread, found);
        }
        self.paused = [Vec::new(), Vec::new()];
    }

    /// Returns where the first match begins that is still followed.
    pub(super) fn open(&self) -> Option<usize> {
        let all = self.threads.iter().chain(&self.straddling).chain(self.paused.iter().flatten());
        all.map(|thread| thread.start).min()
    }

    /// Keeps what is followed here: what comes next may have to be left out.
    pub(super) fn pause(&mut self, part: Unseen) {
        self.count(1 + self.threads.len() + self.straddling.len());
        let paused = &mut self.paused[part as usize];
        paused.extend(self.threads.iter().chain(&self.straddling).cloned());
    }

    /// Follows on what was kept, as if what came since were not there.
    pub(super) fn resume(&mut self, part: Unseen, found: &mut Vec<Found>) {
        self.count(1 + self.paused[part as usize].len() + self.straddling.len());
        if self.paused[part as usize].is_empty() {
            return;
        }
        self.straddling.extend_from_slice(&self.paused[part as usize]);
        self.straddling.sort_by_key(|thread| (thread.start, thread.state));
        self.straddling.dedup_by_key(|thread| (thread.start, thread.state));
        self.merge(found);
    }

    /// Forgets what was kept.
    pub(super) fn forget(&mut self, part: Unseen) {
        self.paused[part as usize].clear();
    }

    /// Returns the steps that it took so far: bytes, for each match that was followed, and bytes that a check read.
    pub(super) fn steps(&self) -> u64 {
        self.steps.get()
    }

    fn count(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps as u64);
    }

    fn follow(&self, threads: Vec<Thread>, byte: u8, end: usize, found: &mut Vec<Found>) -> Vec<Thread> {
        let mut threads = threads;
        threads.retain_mut(|thread| {
            let next = self.machine.next(thread.state, byte);
            self.accept(thread, next, Some(byte));
            let is_over = (self.is_eager && thread.accept.is_some())
                || self
                    .machine
                    .terms
                    .check
                    .as_ref()
                    .is_some_and(|(_, longest)| *longest <= thread.read.len());
            if next.is_dead || is_over {
                self.tell(thread, found);
                return false;
            }
            thread.state = next.state;
            self.goes_on(thread, byte, end, found)
        });
        threads
    }

    /// Takes what was read before a step for a match, if it is one.
    fn accept(&self, thread: &mut Thread, next: Next, byte: Option<u8>) {
        if !next.is_match || !self.machine.terms.behind.allows(byte) {
            return;
        }
        let check = match &self.machine.terms.check {
            Some((check, _)) if !self.machine.terms.has_tail => check,
            Some(_) | None => {
                thread.accept = Some(self.end);
                thread.matched = thread.read.len();
                return;
            }
        };
        let accept = self.check(check, thread, thread.read.len());
        if accept.is_some() {
            thread.accept = accept;
        }
    }

    /// Returns whether a thread has to be followed behind a byte that it has read: what is certain already is told.
    fn goes_on(&self, thread: &mut Thread, byte: u8, end: usize, found: &mut Vec<Found>) -> bool {
        let terms = &self.machine.terms;
        if terms.check.is_some() {
            thread.read.push(byte);
            thread.ends.push(end);
        }
        match self.machine.future(thread.state) {
            Future::Open => return true,
            Future::Match if terms.check.is_some() || terms.behind != Edge::Any => return true,
            Future::Match => thread.accept = Some(end),
            Future::Dead => {}
        }
        self.tell(thread, found);
        false
    }

    /// Returns where what passes the check ends.
    fn check(&self, check: &Check, thread: &Thread, length: usize) -> Option<usize> {
        self.count(length);
        let length = check.passes(std::str::from_utf8(thread.read.get(..length)?).ok()?)?;
        thread.ends.get(length.checked_sub(1)?).copied()
    }

    /// Tells of the longest match. Of a host only the whole counts, since a longer one is another.
    fn tell(&self, thread: &Thread, found: &mut Vec<Found>) {
        let has_tail = self.machine.terms.has_tail;
        let end = match &self.machine.terms.check {
            Some((check, _)) if has_tail => {
                thread.accept.and_then(|_| self.check(check, thread, thread.matched))
            }
            Some(_) | None => thread.accept,
        };
        if let Some(end) = end {
            found.push(Found { start: thread.start, end, rule: self.rule, has_tail });
        }
    }

    /// Follows but the first of those that have come to the same state: their future is the same, and what lies within the
    /// first is covered with it. Where a check reads what was matched, each is followed on its own.
    fn merge(&mut self, found: &mut Vec<Found>) {
        if self.machine.terms.check.is_some() {
            return;
        }
        for threads in [&mut self.threads, &mut self.straddling] {
            if threads.len() < 2 {
                continue;
            }
            threads.sort_by_key(|thread| thread.start);
            self.step += 1;
            let (machine, reached, step, rule) = (&self.machine, &mut self.reached, self.step, self.rule);
            threads.retain(|thread| {
                let index = machine.index(thread.state);
                if reached.len() <= index {
                    reached.resize(index + 1, 0);
                }
                let is_first = std::mem::replace(&mut reached[index], step) != step;
                if let (false, Some(end)) = (is_first, thread.accept) {
                    found.push(Found { start: thread.start, end, rule, has_tail: false });
                }
                is_first
            });
        }
    }
}
