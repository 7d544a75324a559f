//! [`Reader`] reads a text by all rules at once: what they find, and up to where it is decided.

use super::code::CodeFinder;
use super::fold::{Fold, JsonFold, MarkdownFold, Stream};
use super::json_shape::JsonShape;
use super::ready::Ready;
use super::scanner::{Found, Scanner};
use crate::chat::Action;
use crate::checks::Hold;
use crate::wire::BlockKind;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

/// The end of what goes on to the end of the text.
pub(super) const TO_THE_END: usize = usize::MAX;

/// Reads a text by all rules at once.
#[derive(Debug)]
pub(super) struct Reader {
    /// The text as it came.
    raw: Stream,
    /// The text as it is read, and how that comes about: in one way, or two where an answer is shown without the escapes of JSON.
    folded: Vec<(Fold, Stream)>,
    code: Option<(usize, CodeFinder)>,
    /// The rule about JSON, until something was found.
    json: Option<(usize, JsonShape)>,
    /// Whether nothing is shown before the end, so that all of it goes with what is wrong in it.
    is_whole: bool,
    /// The rules about lengths, with the characters that are left.
    lengths: Vec<(usize, usize)>,
    /// What the last three found.
    others: Vec<Found>,
    /// All that was found, the first in the text first.
    found: BinaryHeap<Reverse<Found>>,
    /// Whether each rule ends the answer.
    stops: Vec<bool>,
    /// Where the first of what was found begins that ends the answer.
    stop: Option<usize>,
    steps: u64,
}

impl Reader {
    /// Creates what reads a block of that kind.
    pub(super) fn new(ready: &Ready, kind: BlockKind) -> Reader {
        let is_answer = kind == BlockKind::Text;
        let is_prose = is_answer || matches!(kind, BlockKind::Reasoning | BlockKind::Refusal);
        let scanner = |(rule, machine): &(usize, Rc<_>)| {
            let is_eager = ready.rules.get(*rule).is_some_and(|rule| rule.action != Action::Redact);
            Scanner::new(Rc::clone(machine), *rule, is_eager)
        };
        let stream = || Stream { scanners: ready.machines.iter().map(scanner).collect(), found: Vec::new() };
        let markdown = is_prose.then(|| Fold::Markdown(MarkdownFold::default()));
        let is_json = !is_prose || is_answer && ready.form.is_json;
        let json = is_json.then(|| Fold::Json(JsonFold::default()));
        let folds = markdown.into_iter().chain(json);
        Reader {
            raw: stream(),
            folded: folds.map(|fold| (fold, stream())).collect(),
            code: ready.code.filter(|_| is_prose).map(|rule| (rule, CodeFinder::new())),
            is_whole: ready.hold == Hold::Whole,
            json: ready.json.filter(|_| is_answer).map(|rule| (rule, JsonShape::new())),
            lengths: if is_answer { ready.lengths.clone() } else { Vec::new() },
            others: Vec::new(),
            found: BinaryHeap::new(),
            stops: ready.rules.iter().map(|rule| rule.action == Action::Stop).collect(),
            stop: None,
            steps: 0,
        }
    }

    /// Returns whether it looks for nothing.
    pub(super) fn is_idle(&self) -> bool {
        self.raw.scanners.is_empty() && self.code.is_none() && self.json.is_none() && self.lengths.is_empty()
    }

    /// Reads a character that stands at `start..end`.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize) {
        self.steps += 1;
        self.raw.push(c, start, end);
        if !self.raw.scanners.is_empty() {
            self.folded.iter_mut().for_each(|(fold, stream)| fold.push(c, start, end, stream));
        }
        if let Some((rule, finder)) = &mut self.code
            && let Some(code) = finder.push(c, start, end)
        {
            self.others.push(found(*rule, code.start, code.end));
        }
        if let Some((rule, shape)) = &mut self.json
            && !shape.push(c)
        {
            self.others.push(found(*rule, if self.is_whole { 0 } else { start }, TO_THE_END));
            self.json = None;
        }
        let others = &mut self.others;
        self.lengths.retain_mut(|(rule, left)| {
            if *left == 0 {
                others.push(found(*rule, start, TO_THE_END));
                return false;
            }
            *left -= 1;
            true
        });
        self.collect();
    }

    /// Ends the text, which is so long.
    pub(super) fn finish(&mut self, length: usize) {
        self.raw.finish();
        for (fold, stream) in &mut self.folded {
            fold.finish(stream);
            stream.finish();
        }
        if let Some((rule, mut finder)) = self.code.take()
            && let Some(code) = finder.finish(length).filter(|code| !code.is_empty())
        {
            self.others.push(found(rule, code.start, code.end));
        }
        if let Some((rule, shape)) = self.json.take()
            && !shape.is_whole()
            && 0 < length
        {
            self.others.push(found(rule, if self.is_whole { 0 } else { length }, TO_THE_END));
        }
        self.collect();
    }

    /// Returns where text begins that may still become something forbidden; `None` if there is none.
    pub(super) fn open(&self) -> Option<usize> {
        let code = self.code.as_ref().and_then(|(_, finder)| finder.open());
        let folded = self.folded.iter().flat_map(|(fold, stream)| [fold.open(), stream.open()]);
        [self.raw.open(), code].into_iter().chain(folded).flatten().min()
    }

    /// Returns the first of what was found that begins before that place, once.
    pub(super) fn next_before(&mut self, place: usize) -> Option<Found> {
        let is_before = self.found.peek().is_some_and(|Reverse(found)| found.start < place);
        if is_before { self.found.pop().map(|Reverse(found)| found) } else { None }
    }

    /// Returns where the first of what was found begins that is to end the answer.
    pub(super) fn first_stop(&self) -> Option<usize> {
        self.stop
    }

    /// Returns the steps that were taken so far.
    pub(super) fn steps(&self) -> u64 {
        self.steps + self.raw.steps() + self.folded.iter().map(|(_, stream)| stream.steps()).sum::<u64>()
    }

    fn collect(&mut self) {
        let folded = self.folded.iter_mut().flat_map(|(_, stream)| stream.found.drain(..));
        for found in self.raw.found.drain(..).chain(folded).chain(self.others.drain(..)) {
            if self.stops.get(found.rule) == Some(&true) {
                self.stop = Some(self.stop.map_or(found.start, |stop| stop.min(found.start)));
            }
            self.found.push(Reverse(found));
        }
    }
}

fn found(rule: usize, start: usize, end: usize) -> Found {
    Found { start, rule, end, has_tail: false }
}
