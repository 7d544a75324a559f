//! [`Trial`] tries rules on a text: what would be held, for how long, and what would be shown.

use super::ruleset::Ruleset;
use crate::chat::{Gate, GateReport, Step, Verdict, Withheld};
use crate::timestamp::Timestamp;
use crate::wire::BlockKind;
use std::collections::VecDeque;
use std::time::Duration;

/// Tells what rules do to a text. A judge is not asked: what it would see counts as allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// The text as it would be shown in the end.
    pub shown: String,
    /// What would not be shown, in order, with its text.
    pub withheld: Vec<(Withheld, String)>,
    /// What would become of each piece.
    pub pieces: Vec<TriedPiece>,
    /// The longest time for which text that was shown would have been held back.
    pub longest_hold: Duration,
    /// The rule that would have ended the answer.
    pub stopped_by: Option<String>,
}

/// Tells what would become of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TriedPiece {
    /// The moment at which it came.
    pub at: Timestamp,
    /// Its characters.
    pub chars: usize,
    /// The characters that were shown when it came, its own and those that waited before it, marks included.
    pub shown: usize,
    /// The characters that were held back then, of all that had come.
    pub held: usize,
    /// The time from its coming until nothing of it was held back any more.
    pub delay: Duration,
}

impl Trial {
    /// Tries rules on the pieces of an answer.
    #[must_use]
    pub fn run(ruleset: &Ruleset, pieces: &[(Timestamp, &str)]) -> Trial {
        let mut gate = ruleset.open(BlockKind::Text);
        let mut trial = Trial::default();
        let mut waiting = VecDeque::new();
        for (at, text) in pieces {
            let before = trial.shown.len();
            let step = gate.push(text, *at, &mut trial.shown);
            allow_all(&mut gate, *at, &mut trial.shown);
            let came = gate.report().text.len();
            let shown = trial.shown.get(before..).map_or(0, |text| text.chars().count());
            let held = gate.report().text.get(gate.decided()..).map_or(0, |text| text.chars().count());
            waiting.push_back((trial.pieces.len(), came));
            trial.pieces.push(TriedPiece {
                at: *at,
                chars: text.chars().count(),
                shown,
                held,
                delay: Duration::ZERO,
            });
            trial.note_delays(&mut waiting, gate.decided(), *at);
            if step == Step::Stop {
                break;
            }
        }
        let last = trial.pieces.last().map_or(Timestamp::ORIGIN, |piece| piece.at);
        gate.finish(last, &mut trial.shown);
        allow_all(&mut gate, last, &mut trial.shown);
        trial.note_delays(&mut waiting, gate.decided(), last);
        trial.take(gate.report());
        trial
    }

    /// Notes how long pieces waited that are decided now.
    fn note_delays(&mut self, waiting: &mut VecDeque<(usize, usize)>, decided: usize, at: Timestamp) {
        while let Some((index, _)) = waiting.front().copied().filter(|(_, end)| *end <= decided) {
            waiting.pop_front();
            if let Some(piece) = self.pieces.get_mut(index) {
                piece.delay = at.duration_since(piece.at);
            }
        }
    }

    fn take(&mut self, report: &GateReport) {
        let with_text = |withheld: &Withheld| {
            (withheld.clone(), report.text.get(withheld.place.clone()).unwrap_or_default().to_owned())
        };
        self.withheld = report.withheld.iter().map(with_text).collect();
        self.longest_hold = report.longest_hold;
        self.stopped_by.clone_from(&report.stopped_by);
    }
}

/// Cuts a text into words that come at an even pace, each with the blanks behind it: so many a second.
#[must_use]
pub fn paced(text: &str, words_a_second: u32) -> Vec<(Timestamp, &str)> {
    let gap = 1_000_000 / u64::from(words_a_second.max(1));
    let words = text.split_inclusive(char::is_whitespace);
    words.enumerate().map(|(index, word)| (Timestamp::from_micros(index as u64 * gap), word)).collect()
}

/// Allows whatever waits for a judge.
fn allow_all(gate: &mut dyn Gate, at: Timestamp, shown: &mut String) {
    while let Some(part) = gate.next_part() {
        gate.judge(part.number, &Verdict::Allow, at, shown);
    }
}
