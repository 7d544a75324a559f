//! Laws over texts of fragments that begin, split and encode what is forbidden.

use super::oracle::{Screen, without_marks};
use super::{chars, play, ready, rule};
use crate::support::Dice;
use proptest::prelude::*;
use regex::Regex;
use tokenfall::engine::chat::{Gate, Guard};
use tokenfall::engine::guard::{Hold, Rule, RuleKind};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::BlockKind;

const FRAGMENTS: [&str; 56] = [
    "foo", "fo", "f", "o", "oo", "F", "ab", "abb", "b", "c", "x", " ", "\n", "\n\n", "*", "**", "_", "__",
    "`", "~~", "\\", "&", "#", "&#111;", "&#x66;", "&shy;", "&lowbar;", "[", "]", "](u)", "](", ")", "][r]",
    "<b>", "</b>", "<!--", "-->", "<", ">", "é", "\u{200b}", "\u{ff4f}", "a@", "b.cd", "a@b.cd", "4111",
    " 1111", "-", "1", "> ", "- ", "```\n", "ü", "&uuml;", "ß", "&szlig;",
];

fn rules() -> Vec<Rule> {
    vec![
        rule(RuleKind::Words, "foo\nabcab\nfüß"),
        rule(RuleKind::Pattern, "ab+c"),
        rule(RuleKind::Email, ""),
        rule(RuleKind::Card, ""),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..24).prop_map(|parts| parts.concat())
}

/// A text in pieces of characters, the same for the same seed.
fn cut(text: &str, seed: u64) -> Vec<&str> {
    let mut dice = Dice::new(seed);
    let chars = chars(text);
    let (mut at, mut next) = (0, chars.iter());
    let mut cut = Vec::new();
    while at < text.len() {
        let length: usize = next.by_ref().take(1 + dice.below(9)).map(|c| c.len()).sum();
        cut.push(&text[at..at + length]);
        at += length;
    }
    cut
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_every_cut_the_same_is_shown_and_none_of_it_reads_as_what_is_forbidden(text in text(), seed in 0_u64..1_000) {
        let forbidden = Regex::new(r"(?i)foo|abcab|füß|ab+c|[a-z0-9]@[a-z0-9]+\.[a-z]{2}").unwrap();
        let ruleset = ready(rules(), Hold::Match);
        let (whole, report) = play(&ruleset, BlockKind::Text, &[&text]);
        prop_assert_eq!(report.withheld.is_empty(), whole == text);
        prop_assert!(!forbidden.is_match(&text) || !report.withheld.is_empty());
        for pieces in [chars(&text), cut(&text, seed)] {
            let (shown, other) = play(&ruleset, BlockKind::Text, &pieces);
            prop_assert_eq!(&shown, &whole);
            prop_assert_eq!(&other.withheld, &report.withheld);
        }
        let mut screen = Screen::default();
        let mut gate = ruleset.gate(BlockKind::Text);
        for piece in cut(&text, seed) {
            let mut out = String::new();
            gate.push(piece, Timestamp::ORIGIN, &mut out);
            for read in screen.show(&out) {
                prop_assert!(!forbidden.is_match(&without_marks(&read)), "{:?} reads {:?}", text, read);
            }
        }
        let mut out = String::new();
        gate.finish(Timestamp::ORIGIN, &mut out);
        for read in screen.show(&out).into_iter().chain(screen.finish()) {
            prop_assert!(!forbidden.is_match(&without_marks(&read)), "{:?} reads {:?}", text, read);
        }
    }

    #[test]
    fn every_hold_shows_the_same_in_the_end(text in text()) {
        let (expected, _) = play(&ready(rules(), Hold::Match), BlockKind::Text, &[&text]);
        for hold in [Hold::Sentence, Hold::Block, Hold::Whole] {
            let (shown, _) = play(&ready(rules(), hold), BlockKind::Text, &chars(&text));
            prop_assert_eq!(&shown, &expected, "{:?}", hold);
        }
    }

    #[test]
    fn code_and_links_are_covered_alike_at_every_cut(text in text(), seed in 0_u64..1_000) {
        let ruleset = ready(vec![rule(RuleKind::Code, ""), rule(RuleKind::Links, ""), rule(RuleKind::Json, "")], Hold::Match);
        let whole = play(&ruleset, BlockKind::Text, &[&text]);
        prop_assert_eq!(&play(&ruleset, BlockKind::Text, &chars(&text)).0, &whole.0);
        prop_assert_eq!(&play(&ruleset, BlockKind::Text, &cut(&text, seed)).0, &whole.0);
    }

    /// What is held back of a text without marks is the longest end of it that begins a word, and nothing else.
    #[test]
    fn of_words_no_more_is_held_than_the_longest_end_that_begins_one(text in "[abc]{0,40}") {
        let words = ["abcab", "bcc", "aaaab"];
        let ruleset = ready(vec![rule(RuleKind::Words, &words.join("\n"))], Hold::Match);
        let mut gate = ruleset.open(BlockKind::Text);
        let mut out = String::new();
        for (at, piece) in chars(&text).into_iter().enumerate() {
            gate.push(piece, Timestamp::ORIGIN, &mut out);
            let came = &text[..=at];
            let begins = |start: &usize| words.iter().any(|word| word.len() > at + 1 - start && word.starts_with(&came[*start..]));
            let naive = (0..=at).find(begins).unwrap_or(at + 1);
            let ends = (0..naive).flat_map(|start| {
                words.iter().filter(move |word| came[start..].starts_with(**word)).map(move |word| start + word.len())
            });
            prop_assert_eq!(gate.decided(), ends.max().unwrap_or(0).max(naive), "{:?}", came);
        }
    }
}
