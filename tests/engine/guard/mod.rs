//! The guard: what its rules find at every cut, what they cost, and how they are refused.

mod actions;
mod automata;
mod corpus;
mod doc;
mod judging;
mod kinds;
mod laws;
mod linear;
mod oracle;
mod problems;
mod trial;

use tokenfall::engine::chat::{Action, GateReport, Guard};
use tokenfall::engine::guard::{Hold, Rule, RuleKind, Rules, Ruleset};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::BlockKind;

/// A rule that redacts.
pub(super) fn rule(kind: RuleKind, text: &str) -> Rule {
    Rule { kind, text: text.to_owned(), ..Rule::default() }
}

/// A rule that does something else.
pub(super) fn acting(kind: RuleKind, text: &str, action: Action) -> Rule {
    Rule { action, ..rule(kind, text) }
}

/// These rules, made ready.
pub(super) fn ready(rules: Vec<Rule>, hold: Hold) -> Ruleset {
    Ruleset::compile(&Rules { rules, hold, ..Rules::default() }, None).expect("rules that are right")
}

/// What a text's pieces come to: what is shown, and the report.
pub(super) fn play(ruleset: &Ruleset, kind: BlockKind, pieces: &[&str]) -> (String, GateReport) {
    let mut gate = ruleset.gate(kind);
    let mut shown = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        gate.push(piece, Timestamp::from_micros(index as u64 * 1_000), &mut shown);
    }
    gate.finish(Timestamp::from_micros(pieces.len() as u64 * 1_000), &mut shown);
    (shown, gate.report().clone())
}

/// A text's characters, each a piece.
pub(super) fn chars(text: &str) -> Vec<&str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()]).collect()
}

/// A text in one piece and character by character: the same is shown, and withheld.
pub(super) fn shown(rules: &[Rule], text: &str) -> String {
    shown_by(&ready(rules.to_vec(), Hold::Match), text)
}

/// The same, of rules that were made ready.
pub(super) fn shown_by(ruleset: &Ruleset, text: &str) -> String {
    let (whole, report) = play(ruleset, BlockKind::Text, &[text]);
    let (by_char, other) = play(ruleset, BlockKind::Text, &chars(text));
    assert_eq!(whole, by_char, "{text:?} at two cuts");
    assert_eq!(report.withheld, other.withheld, "{text:?} at two cuts");
    whole
}
