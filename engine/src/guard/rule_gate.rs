//! [`RuleGate`] shows of a block's text what its rules let through: a cursor over the text as it came.

use super::bounds::Bounds;
use super::parts::{Judged, Parts};
use super::reader::{Reader, TO_THE_END};
use super::ready::Ready;
use super::scanner::Found;
use crate::chat::{Action, Gate, GateReport, Part, Step, Verdict, Withheld};
use crate::checks::Hold;
use crate::messages::guard;
use crate::timestamp::Timestamp;
use crate::wire::BlockKind;
use std::collections::VecDeque;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

/// Shows of a block's text what rules let through.
pub struct RuleGate {
    ready: Rc<Ready>,
    /// Whether everything is let through: what the person said.
    is_idle: bool,
    /// Whether the block is an answer that somebody else is asked about at its end.
    has_check: bool,
    reader: Reader,
    bounds: Bounds,
    /// Up to here the text was let through or is covered.
    cursor: usize,
    /// Whether a mark was the last thing that was let through.
    is_behind_mark: bool,
    /// The rule by which the rest of an address is covered at the cursor.
    tail: Option<usize>,
    /// Whether nothing more is let through.
    is_closed: bool,
    is_finished: bool,
    /// When the text behind the cursor came, by where that begins.
    arrivals: VecDeque<(usize, Timestamp)>,
    /// The place in the report's list of the last that each rule withheld.
    last_of: Vec<Option<usize>>,
    parts: Option<Parts>,
    /// Whether the mark of a judge was the last thing that was shown.
    is_behind_judge: bool,
    report: GateReport,
}

impl fmt::Debug for RuleGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleGate")
            .field("cursor", &self.cursor)
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}

impl RuleGate {
    /// Creates the gate of a block of that kind.
    pub(super) fn new(ready: Rc<Ready>, kind: BlockKind) -> RuleGate {
        let reader = Reader::new(&ready, kind);
        let is_prose = matches!(kind, BlockKind::Text | BlockKind::Reasoning | BlockKind::Refusal);
        let has_check = ready.form.whole.is_some() && kind == BlockKind::Text;
        let hold = if has_check { Hold::Whole } else { ready.hold };
        let is_said = kind == BlockKind::Said;
        RuleGate {
            is_idle: is_said || (hold == Hold::Match && ready.judge.is_none() && reader.is_idle()),
            has_check,
            reader,
            bounds: Bounds::new(hold),
            cursor: 0,
            is_behind_mark: false,
            tail: None,
            is_closed: false,
            is_finished: false,
            arrivals: VecDeque::new(),
            last_of: vec![None; ready.rules.len()],
            parts: ready.judge.as_ref().filter(|_| !is_said).map(|judge| Parts::new(judge, is_prose)),
            is_behind_judge: false,
            report: GateReport::default(),
            ready,
        }
    }

    /// Returns up to where the text as it came is decided by the rules: let through, covered or withheld.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.cursor
    }

    /// Returns the steps that reading took so far: bytes for each automaton, matches that were followed, bytes that checks read.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.reader.steps()
    }

    /// Lets through what is decided.
    fn release(&mut self, at: Timestamp, out: &mut String) -> Step {
        let length = self.report.text.len();
        let decided = self.reader.open().map_or(length, |open| open.min(length));
        let mut limit =
            if self.is_finished { length } else { self.bounds.within(self.cursor, decided).max(self.cursor) };
        // What ends the answer ends what is held as well.
        if let Some(stop) = self.reader.first_stop().filter(|stop| *stop < decided || self.is_finished) {
            limit = limit.max(stop + 1).min(length);
        }
        let place = if self.is_finished { TO_THE_END } else { limit };
        while let Some(found) = self.reader.next_before(place) {
            if self.cursor < found.start {
                self.show(self.cursor..found.start.min(length), at, out);
            }
            self.apply(found, out);
            if self.is_closed {
                self.cursor = length;
                return if self.report.stopped_by.is_some() { Step::Stop } else { Step::GoOn };
            }
        }
        if self.cursor < limit {
            self.show(self.cursor..limit, at, out);
        }
        Step::GoOn
    }

    /// Lets through a place of the text, but for the rest of an address at its beginning.
    fn show(&mut self, mut place: Range<usize>, at: Timestamp, out: &mut String) {
        self.cursor = place.end;
        if let Some(rule) = self.tail {
            let text = self.report.text.get(place.clone()).unwrap_or_default();
            let tail = text.bytes().take_while(|byte| is_in_address(*byte)).count();
            if tail < text.len() {
                self.tail = None;
            }
            if 0 < tail {
                self.list(rule, place.start..place.start + tail);
            }
            place.start += tail;
        }
        if place.is_empty() {
            return;
        }
        self.is_behind_mark = false;
        let text = self.report.text.get(place.clone()).unwrap_or_default();
        match &mut self.parts {
            Some(parts) if parts.has_given_up() => self.withhold_given_up(),
            Some(parts) => parts.push(text, place),
            None => {
                out.push_str(text);
                self.note_hold(place.start, at);
            }
        }
    }

    /// Does with what was found what its rule says.
    fn apply(&mut self, found: Found, out: &mut String) {
        let length = self.report.text.len();
        let ready = Rc::clone(&self.ready);
        let Some(rule) = ready.rules.get(found.rule) else { return };
        let is_rest = found.end == TO_THE_END || rule.action != Action::Redact;
        let end = if is_rest { length } else { found.end.min(length) };
        self.list(found.rule, found.start..end);
        match rule.action {
            Action::Redact => self.mark(rule.mark, found.start..end, out),
            Action::Stop => self.report.stopped_by = Some(rule.name.clone()),
            Action::Withhold => {}
        }
        self.is_closed = is_rest;
        if self.cursor <= end {
            self.tail = found.has_tail.then_some(found.rule);
        }
        self.cursor = self.cursor.max(end);
    }

    /// Puts a mark, if none stands there.
    fn mark(&mut self, mark: &str, place: Range<usize>, out: &mut String) {
        if std::mem::replace(&mut self.is_behind_mark, true) {
            return;
        }
        match &mut self.parts {
            Some(parts) if parts.has_given_up() => self.withhold_given_up(),
            Some(parts) => parts.push(mark, place),
            None => out.push_str(mark),
        }
    }

    /// Lists what a rule withheld. What it withheld in a row is one.
    fn list(&mut self, rule: usize, place: Range<usize>) {
        let Some(doing) = self.ready.rules.get(rule) else { return };
        let last = self.last_of.get(rule).copied().flatten();
        if let Some(last) = last.and_then(|index| self.report.withheld.get_mut(index))
            && place.start <= last.place.end
        {
            last.place.end = last.place.end.max(place.end);
            return;
        }
        let withheld = Withheld { place, rule: doing.name.clone(), action: doing.action };
        if let Some(index) = self.last_of.get_mut(rule) {
            *index = Some(self.report.withheld.len());
        }
        self.report.withheld.push(withheld);
    }

    /// Notes how long text was held back that is shown now.
    fn note_hold(&mut self, start: usize, at: Timestamp) {
        while self.arrivals.get(1).is_some_and(|(next, _)| *next <= start) {
            self.arrivals.pop_front();
        }
        if let Some((_, came)) = self.arrivals.front() {
            self.report.longest_hold = self.report.longest_hold.max(at.duration_since(*came));
        }
    }

    /// Notes how much of the text is not decided yet.
    fn note_held(&mut self) {
        let judged = self.parts.as_ref().map_or(0, Parts::pending);
        self.report.held = self.report.text.len() - self.cursor.min(self.report.text.len()) + judged;
    }

    /// Withholds what comes when nobody waits for a judge any more.
    fn withhold_given_up(&mut self) {
        let length = self.report.text.len();
        if let Some(last) = self.report.withheld.last_mut() {
            last.place.end = length;
        }
    }

    /// Asks who is asked about the whole text.
    fn check(&mut self) {
        let ready = Rc::clone(&self.ready);
        let Some((name, check)) = ready.form.whole.as_ref().filter(|_| self.has_check && !self.is_closed)
        else {
            return;
        };
        if check(&self.report.text).is_err() {
            let place = 0..self.report.text.len();
            self.report.withheld.push(Withheld { place, rule: name.clone(), action: Action::Withhold });
            self.is_closed = true;
            self.cursor = self.report.text.len();
        }
    }

    /// Lists what a judge withheld, in the order of the text.
    fn list_judged(&mut self, withheld: Withheld) {
        let index = self.report.withheld.partition_point(|other| other.place.start < withheld.place.start);
        for last in self.last_of.iter_mut().flatten().filter(|last| index <= **last) {
            *last += 1;
        }
        self.report.withheld.insert(index, withheld);
    }
}

impl Gate for RuleGate {
    fn push(&mut self, text: &str, at: Timestamp, out: &mut String) -> Step {
        let begin = self.report.text.len();
        self.report.text.push_str(text);
        if self.is_idle {
            out.push_str(text);
            self.cursor = self.report.text.len();
            return Step::GoOn;
        }
        if self.is_closed {
            self.cursor = self.report.text.len();
            if let Some(last) = self.report.withheld.last_mut() {
                last.place.end = self.cursor;
            }
            return if self.report.stopped_by.is_some() { Step::Stop } else { Step::GoOn };
        }
        if !text.is_empty() {
            self.arrivals.push_back((begin, at));
        }
        for (index, c) in text.char_indices() {
            let (start, end) = (begin + index, begin + index + c.len_utf8());
            self.reader.push(c, start, end);
            self.bounds.push(c, end);
        }
        let step = self.release(at, out);
        self.note_held();
        step
    }

    fn finish(&mut self, at: Timestamp, out: &mut String) -> Step {
        if self.is_finished || self.is_idle {
            return Step::GoOn;
        }
        self.is_finished = true;
        let mut step = Step::GoOn;
        if !self.is_closed {
            self.reader.finish(self.report.text.len());
            self.check();
        }
        if !self.is_closed {
            step = self.release(at, out);
        }
        if let Some(parts) = &mut self.parts {
            parts.finish();
        }
        self.note_held();
        step
    }

    fn next_part(&mut self) -> Option<Part> {
        self.parts.as_mut().and_then(Parts::next)
    }

    fn is_waiting(&self) -> bool {
        self.parts.as_ref().is_some_and(Parts::is_waiting)
    }

    fn judge(&mut self, number: u32, verdict: &Verdict, at: Timestamp, out: &mut String) -> Step {
        let judged = self.parts.as_mut().map(|parts| parts.judge(number, verdict)).unwrap_or_default();
        for judged in judged {
            match judged {
                Judged::Shown(text, from) => {
                    out.push_str(&text);
                    self.note_hold(from, at);
                    self.is_behind_judge = false;
                }
                Judged::Withheld(withheld) => {
                    if !std::mem::replace(&mut self.is_behind_judge, true) {
                        out.push_str(guard::JUDGE_MARK);
                    }
                    self.list_judged(withheld);
                }
            }
        }
        self.note_held();
        Step::GoOn
    }

    fn give_up(&mut self, reason: &str) {
        if let Some(from) = self.parts.as_mut().and_then(Parts::give_up) {
            let place = from..self.report.text.len();
            let rule = guard::judge_failed(reason);
            self.list_judged(Withheld { place, rule, action: Action::Withhold });
        }
        self.note_held();
    }

    fn report(&self) -> &GateReport {
        &self.report
    }
}

/// Returns whether a byte goes on with an address, in prose, Markdown and JSON.
fn is_in_address(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"<>\"`()[]{}\\*|".contains(&byte)
}
