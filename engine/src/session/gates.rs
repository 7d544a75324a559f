//! [`Gates`] lets through to the turn what a guard allows: it stands between the mapper's deltas and the turn.

use super::accumulator::Accumulator;
use super::redact::Redactor;
use crate::chat::{Cause, Gate, GateReport, Guard, GuardReport, Part, Step, Turn, TurnState, Verdict};
use crate::timestamp::Timestamp;
use crate::wire::{BlockIndex, BlockKind, Citation, Delta, Stop, ToolIdentity, Unknown};
use std::rc::Rc;

/// Holds the gate of each block of an answer.
#[derive(Debug)]
pub(super) struct Gates {
    guard: Rc<dyn Guard>,
    /// By the provider's index.
    blocks: Vec<Option<Gated>>,
    /// The state that the turn will have once all verdicts are here.
    resting: Option<TurnState>,
    /// Whether a rule has ended the answer.
    is_stopped: bool,
}

/// A block's gate.
#[derive(Debug)]
struct Gated {
    kind: BlockKind,
    gate: Box<dyn Gate>,
    /// Whether the provider has closed the block: the turn is told once nothing of it waits.
    is_closed: bool,
}

/// Takes the deltas that are let through.
type Out<'a> = &'a mut dyn FnMut(&Delta<'_>);

impl Gates {
    pub(super) fn new(guard: Rc<dyn Guard>) -> Gates {
        Gates { guard, blocks: Vec::new(), resting: None, is_stopped: false }
    }

    /// Returns the guard, for another try.
    pub(super) fn guard(&self) -> Rc<dyn Guard> {
        Rc::clone(&self.guard)
    }

    /// Returns whether the answer has ended and only verdicts are missing.
    pub(super) fn is_resting(&self) -> bool {
        self.resting.is_some()
    }

    fn is_waiting(&self) -> bool {
        self.blocks.iter().flatten().any(|block| block.gate.is_waiting())
    }

    /// Passes a delta on as far as it may be shown.
    pub(super) fn pass(&mut self, delta: &Delta<'_>, at: Timestamp, out: Out<'_>) {
        match *delta {
            // The person's own words, or nothing that is shown.
            Delta::Fragment { kind: BlockKind::Said | BlockKind::Other, .. }
            | Delta::Snapshot { kind: BlockKind::Said | BlockKind::Other, .. } => out(delta),
            Delta::Fragment { block, kind, text } => self.push(block, kind, text, at, out),
            Delta::Snapshot { block, kind, text } => {
                let known = self.gated(block, kind).gate.report();
                match text.strip_prefix(known.text.as_str()) {
                    Some(rest) => self.push(block, kind, rest, at, out),
                    None => {
                        self.put(block, kind);
                        out(&Delta::Snapshot { block, kind, text: "" });
                        self.push(block, kind, text, at, out);
                    }
                }
            }
            Delta::Close(block) => match self.blocks.get_mut(block.0 as usize) {
                Some(Some(gated)) => {
                    gated.is_closed = true;
                    self.finish(block, at, out);
                }
                Some(None) | None => out(delta),
            },
            Delta::Tool(tool) => {
                let tool = ToolIdentity { name: self.checked(&tool.name, at), ..tool.clone() };
                out(&Delta::Tool(&tool));
            }
            Delta::Citation(citation) => {
                let parts = [&citation.url, &citation.title, &citation.quote, &citation.raw];
                let [url, title, quote, raw] = parts.map(|text| self.checked(text, at));
                out(&Delta::Citation(&Citation { url, title, quote, raw, block: citation.block }));
            }
            Delta::Stop(stop) => {
                out(&Delta::Stop(&Stop { detail: self.checked(&stop.detail, at), ..stop.clone() }));
            }
            Delta::Unknown(unknown) => {
                out(&Delta::Unknown(&Unknown { raw: self.checked(&unknown.raw, at), ..unknown.clone() }));
            }
            Delta::Open { .. }
            | Delta::Opaque(_)
            | Delta::Identity(_)
            | Delta::Usage(_)
            | Delta::Progress { .. }
            | Delta::Error(_)
            | Delta::KeepAlive
            | Delta::End => out(delta),
        }
    }

    fn push(&mut self, block: BlockIndex, kind: BlockKind, text: &str, at: Timestamp, out: Out<'_>) {
        if self.is_stopped {
            return;
        }
        let mut shown = String::new();
        let step = self.gated(block, kind).gate.push(text, at, &mut shown);
        self.let_through(block, &shown, step, out);
    }

    fn finish(&mut self, block: BlockIndex, at: Timestamp, out: Out<'_>) {
        let Some(Some(gated)) = self.blocks.get_mut(block.0 as usize) else { return };
        let mut shown = String::new();
        let step = gated.gate.finish(at, &mut shown);
        self.let_through(block, &shown, step, out);
    }

    /// Tells the turn of text that may be shown, and of a block's end behind its last text.
    fn let_through(&mut self, block: BlockIndex, shown: &str, step: Step, out: Out<'_>) {
        self.is_stopped |= step == Step::Stop;
        let Some(Some(gated)) = self.blocks.get(block.0 as usize) else { return };
        if !shown.is_empty() {
            out(&Delta::Fragment { block, kind: gated.kind, text: shown });
        }
        if gated.is_closed && !gated.gate.is_waiting() {
            out(&Delta::Close(block));
        }
    }

    /// Ends all blocks: nothing more comes.
    fn finish_all(&mut self, at: Timestamp, out: Out<'_>) {
        for block in (0..).map(BlockIndex).take(self.blocks.len()) {
            self.finish(block, at, out);
        }
    }

    /// Checks a text that comes whole and is no part of a block. A judge does not see it.
    fn checked(&self, text: &str, at: Timestamp) -> String {
        let (mut gate, mut shown) = (self.guard.gate(BlockKind::Text), String::new());
        let mut step = gate.push(text, at, &mut shown);
        if step == Step::GoOn {
            step = gate.finish(at, &mut shown);
        }
        while let Some(part) = gate.next_part().filter(|_| step == Step::GoOn) {
            step = gate.judge(part.number, &Verdict::Allow, at, &mut shown);
        }
        shown
    }

    fn gated(&mut self, block: BlockIndex, kind: BlockKind) -> &mut Gated {
        let at = block.0 as usize;
        if self.blocks.len() <= at {
            self.blocks.resize_with(at + 1, || None);
        }
        let guard = &self.guard;
        self.blocks[at].get_or_insert_with(|| Gated { kind, gate: guard.gate(kind), is_closed: false })
    }

    fn put(&mut self, block: BlockIndex, kind: BlockKind) {
        let gate = self.guard.gate(kind);
        *self.gated(block, kind) = Gated { kind, gate, is_closed: false };
    }

    /// Brings what the turn says of the guard up to date, while the answer is being written.
    fn describe(&self, report: &mut GuardReport) {
        let reports = || self.blocks.iter().flatten().map(|block| block.gate.report());
        report.held = reports().map(|report| report.held).sum();
        report.count = reports().map(|report| report.withheld.len()).sum();
        report.longest_hold = reports().map(|report| report.longest_hold).max().unwrap_or_default();
        report.stopped_by = reports().find_map(|report| report.stopped_by.clone());
    }

    /// Returns the reports of the blocks of which something was withheld.
    fn reports(&self, turn: &Turn, redactor: Option<&Redactor>) -> Vec<(usize, GateReport)> {
        let blocks = (0..).map(|index| turn.place_of(BlockIndex(index))).zip(&self.blocks);
        let reports = blocks.filter_map(|(block, gated)| Some((block, gated.as_ref()?.gate.report())));
        let reports = reports.filter(|(_, report)| !report.withheld.is_empty());
        let covered = |text: &str| match redactor {
            Some(redactor) => redactor.text(text).into_owned(),
            None => text.to_owned(),
        };
        reports
            .map(|(block, report)| (block, GateReport { text: covered(&report.text), ..report.clone() }))
            .collect()
    }
}

impl Accumulator {
    /// Returns whether nothing that comes is wanted any more, although verdicts may still be missing.
    pub(super) fn is_over(&self) -> bool {
        self.turn.state.is_final() || self.gates.as_ref().is_some_and(Gates::is_resting)
    }

    /// Returns whether text came that a gate had to check.
    pub(super) fn has_guarded_text(&self) -> bool {
        let blocks = self.gates.iter().flat_map(|gates| gates.blocks.iter().flatten());
        blocks.into_iter().any(|block| !block.gate.report().text.is_empty())
    }

    /// Brings the turn up to date behind a change of the gates, and ends the answer if a rule did.
    pub(super) fn after_gates(&mut self, at: Timestamp) {
        let Some(gates) = &self.gates else { return };
        gates.describe(self.turn.guard.get_or_insert_default());
        if gates.is_stopped && !self.is_over() {
            self.finish_gates(at);
            self.meter.end(at);
            self.give_up_verdicts("");
            self.come_to(TurnState::Filtered);
            self.show_hidden();
        }
    }

    /// Lets through what the gates still hold, since no more text comes.
    pub(super) fn finish_gates(&mut self, at: Timestamp) {
        if let Some(mut gates) = self.gates.take() {
            gates.finish_all(at, &mut |delta| self.take(delta));
            self.gates = Some(gates);
        }
    }

    /// Ends the turn in that state: at once, or when all verdicts are here.
    pub(super) fn come_to(&mut self, state: TurnState) {
        self.turn.state = state;
        let Some(mut gates) = self.gates.take() else { return };
        gates.describe(self.turn.guard.get_or_insert_default());
        if gates.is_waiting() {
            gates.resting = Some(state);
            self.turn.state = TurnState::Streaming;
        } else {
            gates.resting = None;
            if gates.is_stopped {
                self.turn.state = TurnState::Filtered;
                self.turn.failure = None;
            }
            let blocks = gates.reports(&self.turn, self.redactor.as_ref());
            let report = self.turn.guard.get_or_insert_default();
            report.can_release = !blocks.is_empty() && self.turn.moved.is_none();
            report.blocks = blocks;
        }
        self.gates = Some(gates);
    }

    /// Withholds what still waits for a verdict, and ends the turn if that is all it waited for.
    pub(super) fn give_up_verdicts(&mut self, reason: &str) {
        let Some(gates) = &mut self.gates else { return };
        for block in gates.blocks.iter_mut().flatten() {
            block.gate.give_up(reason);
        }
        if let Some(state) = gates.resting {
            self.come_to(state);
        }
    }

    /// Returns the next part that a judge is to see, once.
    pub(super) fn next_part(&mut self) -> Option<(BlockIndex, Part)> {
        let blocks = self.gates.as_mut()?.blocks.iter_mut();
        (0..).map(BlockIndex).zip(blocks).find_map(|(block, gated)| {
            let part = gated.as_mut()?.gate.next_part()?;
            Some((block, part))
        })
    }

    /// Takes the verdict on a part.
    pub(super) fn judge(&mut self, block: BlockIndex, number: u32, verdict: &Verdict, at: Timestamp) {
        let Some(mut gates) = self.gates.take() else { return };
        if let Some(Some(gated)) = gates.blocks.get_mut(block.0 as usize) {
            let mut shown = String::new();
            let step = gated.gate.judge(number, verdict, at, &mut shown);
            gates.let_through(block, &shown, step, &mut |delta| self.take(delta));
        }
        let resting = gates.resting;
        self.gates = Some(gates);
        match resting {
            Some(state) => self.come_to(state),
            None => self.after_gates(at),
        }
    }

    /// Checks the words of a failure, which come from the server.
    pub(super) fn checked_cause(&self, mut cause: Cause, at: Timestamp) -> Cause {
        let Some(gates) = &self.gates else { return cause };
        match &mut cause {
            Cause::Provider(error) => {
                for text in [&mut error.kind, &mut error.code, &mut error.message, &mut error.raw] {
                    *text = gates.checked(text, at);
                }
            }
            Cause::WebPage { excerpt, .. } | Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt } => {
                *excerpt = gates.checked(excerpt, at);
            }
            Cause::Unreachable
            | Cause::Redirected
            | Cause::Offline
            | Cause::Empty
            | Cause::CutOff
            | Cause::Lost
            | Cause::PageClosed
            | Cause::Silent
            | Cause::TooLarge { .. } => {}
        }
        cause
    }
}
