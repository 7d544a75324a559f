//! Texts with planted patterns of every kind that looks for some, by a seed, and recorded answers without any.

use super::{ready, rule};
use crate::architecture::root;
use crate::support::{Dice, play_as};
use std::ops::Range;
use std::path::Path;
use tokenfall::engine::guard::{Hold, RuleKind, Ruleset};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{BlockKind, Dialect};

/// The kinds that look for patterns.
pub(super) const KINDS: [RuleKind; 8] = [
    RuleKind::Words,
    RuleKind::Pattern,
    RuleKind::Email,
    RuleKind::Phone,
    RuleKind::Card,
    RuleKind::Iban,
    RuleKind::Secrets,
    RuleKind::Links,
];
/// The texts of each kind: 200 in all.
const TEXTS: usize = 25;

/// A pattern in a text.
#[derive(Debug)]
pub(super) struct Planted {
    /// Where it stands, with what disguises it.
    pub(super) place: Range<usize>,
    /// What a reader would read.
    pub(super) text: String,
}

/// A text with patterns of one kind.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) kind: RuleKind,
    pub(super) text: String,
    pub(super) planted: Vec<Planted>,
}

/// The rules of all kinds.
pub(super) fn rules() -> Ruleset {
    let text = |kind| match kind {
        RuleKind::Words => "project osprey\nheliotrope\nkobalt-7",
        RuleKind::Pattern => r"(?-u:\b)TCK-[0-9]{5}(?-u:\b)",
        RuleKind::Links => "docs.example.org",
        RuleKind::Email | RuleKind::Phone | RuleKind::Card | RuleKind::Iban | RuleKind::Secrets => "",
        RuleKind::Length | RuleKind::Code | RuleKind::Json => panic!("looks for no pattern"),
    };
    ready(KINDS.into_iter().map(|kind| rule(kind, text(kind))).collect(), Hold::Match)
}

/// All texts, the same each time.
pub(super) fn texts() -> Vec<Text> {
    let mut dice = Dice::new(14);
    let kinds = KINDS.into_iter().flat_map(|kind| std::iter::repeat_n(kind, TEXTS));
    kinds.map(|kind| text(kind, &mut dice)).collect()
}

const PROSE: [&str; 14] = [
    "The answer took 1.25 s, and 4,096 tokens came of it.",
    "In 2024 about 42 % of them were *late*.",
    "See [the docs](https://docs.example.org/a?b=1#c) for more.",
    "Call `write(buf)` once; `0x1f` is what comes back.",
    "It costs $1,299.00 a year, or 3.14159265 a day.",
    "Le café ferme à 18:30.",
    "这是一个例子。",
    "- one\n- two _and_ three",
    "> quoted, by somebody\n> on two lines",
    "Version 10.0.26100.2161 came on 2026-11-30.",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "At 192.168.178.21 port 8080 nothing listens.",
    "An id such as 550e8400-e29b-41d4-a716-446655440000 says nothing.",
    "a < b && c > d, if x_1 != x_2",
];

fn text(kind: RuleKind, dice: &mut Dice) -> Text {
    let mut text = String::new();
    let mut planted = Vec::new();
    for _ in 0..2 + dice.below(3) {
        for _ in 0..dice.below(3) {
            text.push_str(PROSE[dice.below(PROSE.len())]);
            text.push_str(["\n\n", "\n", " "][dice.below(3)]);
        }
        text.push_str(["It is ", "(see: ", "**note** "][dice.below(3)]);
        let plain = pattern(kind, dice);
        let written = if kind == RuleKind::Links { plain.clone() } else { disguised(&plain, dice) };
        planted.push(Planted { place: text.len()..text.len() + written.len(), text: plain });
        text.push_str(&written);
        text.push_str([", they say.\n\n", " and so on. ", "\n\n"][dice.below(3)]);
    }
    Text { kind, text, planted }
}

/// Writes a pattern in a way that reads as the pattern.
fn disguised(plain: &str, dice: &mut Dice) -> String {
    let at = 1 + dice.below(plain.len() - 2);
    let (before, c, behind) = (&plain[..at], &plain[at..=at], &plain[at + 1..]);
    if !c.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return plain.to_owned();
    }
    match dice.below(8) {
        0 => format!("{before}**{c}**{behind}"),
        1 => format!("{before}&#{};{behind}", c.as_bytes()[0]),
        2 => format!("{before}\u{200b}{c}{behind}"),
        3 => format!("{before}[{c}](https://docs.example.org/){behind}"),
        4 => format!("{before}<kbd>{c}</kbd>{behind}"),
        _ => plain.to_owned(),
    }
}

fn pattern(kind: RuleKind, dice: &mut Dice) -> String {
    let mut pick = |signs: &str, count: usize| -> String {
        (0..count).map(|_| char::from(signs.as_bytes()[dice.below(signs.len())])).collect()
    };
    const DIGITS: &str = "0123456789";
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    match kind {
        RuleKind::Words => ["Project Osprey", "heliotrope", "KOBALT-7"][dice.below(3)].to_owned(),
        RuleKind::Pattern => format!("TCK-{}", pick(DIGITS, 5)),
        RuleKind::Email => {
            format!("{}.{}@{}.{}", pick(LETTERS, 4), pick(LETTERS, 6), pick(LETTERS, 7), pick(LETTERS, 3))
        }
        RuleKind::Phone => {
            let (first, second, third) = (pick(DIGITS, 3), pick(DIGITS, 3), pick(DIGITS, 4));
            let forms = [
                format!("+49 {}1 {first}{second}", pick("123456789", 2)),
                format!("2{} {second} {third}", &first[1..]),
                format!("01{}/{second}{third}", &first[1..]),
                format!("+1-4{}-{second}-{third}", &first[1..]),
            ];
            forms[dice.below(4)].clone()
        }
        RuleKind::Card => {
            let digits = with_luhn(&format!("4{}", pick(DIGITS, 14)));
            let groups: Vec<_> = (0..4).map(|group| &digits[group * 4..group * 4 + 4]).collect();
            groups.join(["", " ", "-"][dice.below(3)])
        }
        RuleKind::Iban => {
            let (country, length) = [("DE", 18), ("NL", 14), ("FR", 23), ("CH", 17)][dice.below(4)];
            let account: String =
                (0..length).map(|_| char::from(DIGITS.as_bytes()[dice.below(10)])).collect();
            let country = if country == "NL" { "NO" } else { country };
            let account = if country == "NO" { account[..11].to_owned() } else { account };
            format!("{country}{:02}{account}", 98 - rest_of_97(&format!("{account}{country}00")))
        }
        RuleKind::Secrets => {
            let forms = [
                format!("sk-{}", pick(SIGNS, 32)),
                format!("ghp_{}", pick(SIGNS, 36)),
                format!("AKIA{}", pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16)),
                format!("eyJ{}.eyJ{}.{}", pick(SIGNS, 20), pick(SIGNS, 30), pick(SIGNS, 40)),
                format!("xoxb-{}", pick(SIGNS, 24)),
            ];
            forms[dice.below(5)].clone()
        }
        RuleKind::Links => {
            let host = format!("{}.{}", pick(LETTERS, 8), pick(LETTERS, 3));
            let forms = [
                format!("https://{host}/{}", pick(LETTERS, 9)),
                format!("http://docs.example.org@{host}"),
                format!("www.{host}"),
                format!("https://docs.example.org.{host}/"),
                format!("//{host}/x"),
            ];
            forms[dice.below(5)].clone()
        }
        RuleKind::Length | RuleKind::Code | RuleKind::Json => panic!("looks for no pattern"),
    }
}

/// Figures with the one behind them that makes their checksum right, found by trying.
fn with_luhn(digits: &str) -> String {
    let sum = |text: &str| {
        let values = text.bytes().rev().enumerate().map(|(index, byte)| {
            let value = u32::from(byte - b'0') * if index % 2 == 1 { 2 } else { 1 };
            value / 10 + value % 10
        });
        values.sum::<u32>()
    };
    let tried = (0..10).map(|last| format!("{digits}{last}")).find(|text| sum(text).is_multiple_of(10));
    tried.expect("one of ten")
}

/// The rest of a number of figures and letters divided by 97, digit by digit.
fn rest_of_97(text: &str) -> u32 {
    let digits =
        text.chars().map(|c| c.to_digit(36).expect("a figure or a letter").to_string()).collect::<String>();
    digits.bytes().fold(0, |rest, byte| (rest * 10 + u32::from(byte - b'0')) % 97)
}

/// The texts of recorded answers in these folders, whose names say their protocol.
pub(super) fn recorded(folders: &Path) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for (folder, dialect) in [
        ("anthropic", Dialect::Anthropic),
        ("chat-completions", Dialect::ChatCompletions),
        ("openai-chat", Dialect::ChatCompletions),
        ("responses", Dialect::Responses),
        ("openai-responses", Dialect::Responses),
        ("gemini", Dialect::Gemini),
        ("interactions", Dialect::Interactions),
        ("gemini-interactions", Dialect::Interactions),
        ("ollama", Dialect::Ollama),
        ("cohere", Dialect::Cohere),
        ("plain-text", Dialect::PlainText),
        ("ui-messages", Dialect::UiMessages),
        ("ag-ui", Dialect::AgUi),
    ] {
        let Ok(entries) = std::fs::read_dir(folders.join(folder)) else { continue };
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let body = std::fs::read(&path).expect("a recorded body");
            let kind = if dialect.is_ndjson() { "application/x-ndjson" } else { "text/event-stream" };
            let kind = if dialect == Dialect::PlainText { "text/plain" } else { kind };
            let turn = play_as(dialect, kind, &[&body], End::Closed);
            for block in
                turn.blocks.iter().filter(|block| block.kind == BlockKind::Text && !block.text.is_empty())
            {
                answers.push((path.display().to_string(), block.text.clone()));
            }
        }
    }
    answers
}

/// The answers that are part of the repository: recorded ones, and the long ones that the lab gives.
pub(super) fn answers() -> Vec<(String, String)> {
    let mut answers = recorded(&root().join("tests/fixtures"));
    for file in ["lab/src/scenarios/guide.md", "lab/src/scenarios/wide.md"] {
        answers
            .push((file.to_owned(), std::fs::read_to_string(root().join(file)).expect("a text of the lab")));
    }
    answers
}
