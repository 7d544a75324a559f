//! [`Gates`] lets through to the turn what a guard allows: it stands between the mapper's deltas and the turn.

use super::redact::Redactor;
use crate::chat::{Gate, GateReport, Guard, GuardReport, Part, Step, Turn, TurnState, Verdict};
use crate::timestamp::Timestamp;
use crate::wire::{BlockIndex, BlockKind, Citation, Delta, Identity, Stop, ToolIdentity, Unknown};
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

    /// Returns the state that the turn will have once all verdicts are here, where only those are missing.
    pub(super) fn resting(&self) -> Option<TurnState> {
        self.resting
    }

    /// Returns whether a rule has ended the answer.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Returns whether text came that had to be checked.
    pub(super) fn has_text(&self) -> bool {
        self.blocks.iter().flatten().any(|block| !block.gate.report().text.is_empty())
    }

    /// Notes that the answer has ended in that state. Returns whether verdicts are missing.
    pub(super) fn rest(&mut self, state: TurnState) -> bool {
        let is_waiting = self.blocks.iter().flatten().any(|block| block.gate.is_waiting());
        self.resting = is_waiting.then_some(state);
        is_waiting
    }

    /// Withholds what still waits for a verdict.
    pub(super) fn give_up(&mut self, reason: &str) {
        for block in self.blocks.iter_mut().flatten() {
            block.gate.give_up(reason);
        }
    }

    /// Returns the next part that a judge is to see, once.
    pub(super) fn next_part(&mut self) -> Option<(BlockIndex, Part)> {
        let blocks = (0..).map(BlockIndex).zip(&mut self.blocks);
        blocks.into_iter().find_map(|(block, gated)| Some((block, gated.as_mut()?.gate.next_part()?)))
    }

    /// Takes the verdict on a part, and lets through what may be shown by it.
    pub(super) fn judge(
        &mut self,
        block: BlockIndex,
        number: u32,
        verdict: &Verdict,
        at: Timestamp,
        out: Out<'_>,
    ) {
        let Some(Some(gated)) = self.blocks.get_mut(block.0 as usize) else { return };
        let mut shown = String::new();
        let step = gated.gate.judge(number, verdict, at, &mut shown);
        self.let_through(block, &shown, step, out);
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
            Delta::Identity(identity) => {
                let model = identity.model.as_deref().map(|model| self.checked(model, at));
                out(&Delta::Identity(&Identity { model, ..identity.clone() }));
            }
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
    pub(super) fn finish_all(&mut self, at: Timestamp, out: Out<'_>) {
        for block in (0..).map(BlockIndex).take(self.blocks.len()) {
            self.finish(block, at, out);
        }
    }

    /// Checks a text that comes whole and is no part of the answer: what only the answer must be (JSON, so long, by a schema), it need
    /// not. A judge does not see it.
    pub(super) fn checked(&self, text: &str, at: Timestamp) -> String {
        let (mut gate, mut shown) = (self.guard.gate(BlockKind::Reasoning), String::new());
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
    pub(super) fn describe(&self, report: &mut GuardReport) {
        let reports = || self.blocks.iter().flatten().map(|block| block.gate.report());
        report.held = reports().map(|report| report.held).sum();
        report.count = reports().map(|report| report.withheld.len()).sum();
        report.longest_hold = reports().map(|report| report.longest_hold).max().unwrap_or_default();
        report.stopped_by = reports().find_map(|report| report.stopped_by.clone());
    }

    /// Returns the reports of the blocks of which something was withheld.
    pub(super) fn reports(&self, turn: &Turn, redactor: Option<&Redactor>) -> Vec<(usize, GateReport)> {
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
