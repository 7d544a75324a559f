//! Verdicts of another model, which sees parts of an answer before they are shown.

use super::Session;
use crate::chat::{Part, Verdict};
use crate::timestamp::Timestamp;
use crate::wire::BlockIndex;
use std::time::Duration;

impl Session {
    /// Returns the next part of the answer that a judge is to see, each once.
    pub fn next_part(&mut self) -> Option<(BlockIndex, Part)> {
        self.accumulator.next_part()
    }

    /// Takes the verdict on a part. The answer ends with the last one, if all of it has come. `took` is the time that the judge
    /// needed, `tokens` what it read and wrote.
    pub fn judged(
        &mut self,
        (block, number): (BlockIndex, u32),
        verdict: &Verdict,
        (took, tokens): (Duration, u64),
        at: Timestamp,
    ) {
        let judged = &mut self.accumulator.turn.guard.get_or_insert_default().judged;
        judged.parts += 1;
        judged.failed += u32::from(matches!(verdict, Verdict::Failed(_)));
        judged.tokens += tokens;
        judged.longest = judged.longest.max(took);
        self.accumulator.judge(block, number, verdict, at);
    }

    /// Withholds what still waits for a verdict, since none will come.
    pub fn give_up_verdicts(&mut self, reason: &str) {
        self.accumulator.give_up_verdicts(reason);
    }
}
