//! Asks another model for a verdict on a text, and reads its answer.

use crate::chat::Verdict;
use crate::checks::Judge;
use crate::messages::guard::{NO_VERDICT, judge_system};
use crate::wire::{Message, Prompt, Role};

/// What a line that fences the text begins with; a number follows.
const FENCE: &str = "TEXT-";

/// Returns the question for a judge: whether that part may be shown. The part stands between two lines that it does not
/// contain, so that it cannot end before its end. An empty `model` stands for the profile's own.
#[must_use]
pub fn judge_prompt(judge: &Judge, part: &str) -> Prompt {
    let fence = format!("{FENCE}{}", free_number(part));
    Prompt {
        model: judge.model.clone(),
        system: judge_system(judge.prompt.trim(), &fence),
        messages: vec![Message { role: Role::User, text: format!("{fence}\n{part}\n{fence}") }],
        ..Prompt::default()
    }
}

/// Returns a number that stands behind no fence in the text.
fn free_number(text: &str) -> u64 {
    let folded = text.to_ascii_uppercase();
    let taken = folded.split(FENCE).skip(1).map(|behind| {
        let digits = behind.bytes().take(15).take_while(u8::is_ascii_digit);
        digits.fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'))
    });
    taken.max().map_or(1, |most| most + 1)
}

/// Reads a judge's answer: `ALLOW` or `WITHHOLD` as its first or its last word. What says neither there is no verdict, nor is
/// one that allows and has the other word too.
#[must_use]
pub fn read_verdict(answer: &str) -> Verdict {
    let mut words = answer.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    let says = |wanted: &str| [first, last].contains(&wanted);
    match (says("ALLOW"), says("WITHHOLD")) {
        (true, false) if !answer.contains("WITHHOLD") => Verdict::Allow,
        (false, true) => Verdict::Withhold,
        (true | false, _) => Verdict::Failed(NO_VERDICT.to_owned()),
    }
}
