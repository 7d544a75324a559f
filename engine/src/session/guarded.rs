//! An answer behind a guard: what its gates let through, and how it ends while verdicts are missing.

use super::accumulator::Accumulator;
use super::gates::Gates;
use crate::chat::{Cause, Part, TurnState, Verdict};
use crate::timestamp::Timestamp;
use crate::wire::BlockIndex;

impl Accumulator {
    /// Returns whether nothing that comes is wanted any more, although verdicts may still be missing.
    pub(super) fn is_over(&self) -> bool {
        self.turn.state.is_final() || self.gates.as_ref().is_some_and(|gates| gates.resting().is_some())
    }

    /// Returns whether text came that a gate had to check.
    pub(super) fn has_guarded_text(&self) -> bool {
        self.gates.as_ref().is_some_and(Gates::has_text)
    }

    /// Brings the turn up to date behind a change of the gates, and ends the answer if a rule did.
    pub(super) fn after_gates(&mut self, at: Timestamp) {
        let Some(gates) = &self.gates else { return };
        gates.describe(self.turn.guard.get_or_insert_default());
        if gates.is_stopped() && !self.is_over() {
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
        if gates.rest(state) {
            self.turn.state = TurnState::Streaming;
        } else {
            if gates.is_stopped() {
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
        gates.give_up(reason);
        if let Some(state) = gates.resting() {
            self.come_to(state);
        }
    }

    /// Returns the next part that a judge is to see, once.
    pub(super) fn next_part(&mut self) -> Option<(BlockIndex, Part)> {
        self.gates.as_mut()?.next_part()
    }

    /// Takes the verdict on a part.
    pub(super) fn judge(&mut self, block: BlockIndex, number: u32, verdict: &Verdict, at: Timestamp) {
        let Some(mut gates) = self.gates.take() else { return };
        gates.judge(block, number, verdict, at, &mut |delta| self.take(delta));
        let resting = gates.resting();
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
