//! docs/guard.md's table against what the guard does. `TOKENFALL_BLESS=1 cargo test -p tokenfall --test engine guard` writes it.

use super::corpus::{KINDS, Text, answers, recorded, rules, texts};
use super::oracle::Screen;
use super::{chars, play};
use crate::architecture::root;
use crate::support::Dice;
use std::fmt::Write;
use std::fs;
use tokenfall::engine::chat::{Gate, Withheld};
use tokenfall::engine::guard::Ruleset;
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::BlockKind;

const BEGIN: &str = "<!-- table -->\n";
const END: &str = "<!-- end of table -->";

/// What one kind comes to.
#[derive(Debug, Default)]
struct Row {
    planted: usize,
    found: usize,
    leaks: usize,
    false_redactions: usize,
    holds: Vec<usize>,
}

impl Row {
    fn add(&mut self, ruleset: &Ruleset, text: &Text) {
        let (_, report) = play(ruleset, BlockKind::Text, &[&text.text]);
        self.planted += text.planted.len();
        let meets = |withheld: &Withheld, place: &std::ops::Range<usize>| {
            withheld.place.start < place.end && place.start < withheld.place.end
        };
        let is_found = |place: &std::ops::Range<usize>| {
            report.withheld.iter().any(|withheld| withheld.rule == text.kind.name() && meets(withheld, place))
        };
        self.found += text.planted.iter().filter(|planted| is_found(&planted.place)).count();
        let is_false =
            |withheld: &&Withheld| !text.planted.iter().any(|planted| meets(withheld, &planted.place));
        self.false_redactions += report.withheld.iter().filter(is_false).count();
        let seeds = 1..=3;
        let cuts = [vec![text.text.as_str()], chars(&text.text)].into_iter();
        for cut in cuts.chain(seeds.map(|seed| at_random(&text.text, seed))) {
            self.leaks += leaks(ruleset, text, &cut);
        }
        self.holds.extend(holds(ruleset, &text.text));
    }

    fn line(&mut self, name: &str) -> String {
        self.holds.sort_unstable();
        let median = self.holds.get(self.holds.len() / 2).copied().unwrap_or(0);
        let longest = self.holds.last().copied().unwrap_or(0);
        let Row { planted, found, leaks, false_redactions, .. } = self;
        format!("| {name} | {planted} | {found} | {leaks} | {false_redactions} | {median} | {longest} |\n")
    }
}

fn at_random(text: &str, seed: u64) -> Vec<&str> {
    let mut dice = Dice::new(seed);
    let (mut cut, mut begin) = (Vec::new(), 0);
    for (at, _) in text.char_indices().skip(1) {
        if dice.below(7) == 0 {
            cut.push(&text[begin..at]);
            begin = at;
        }
    }
    cut.push(&text[begin..]);
    cut
}

/// How many of a text's patterns can be read at some moment, in the text or in what is made of it.
fn leaks(ruleset: &Ruleset, text: &Text, cut: &[&str]) -> usize {
    let (mut gate, mut screen) = (ruleset.open(BlockKind::Text), Screen::default());
    let mut leaked = vec![false; text.planted.len()];
    let mut look = |texts: Vec<String>| {
        for (planted, leaked) in text.planted.iter().zip(&mut leaked) {
            *leaked |= texts.iter().any(|read| read.contains(&planted.text));
        }
    };
    for piece in cut {
        let mut out = String::new();
        gate.push(piece, Timestamp::ORIGIN, &mut out);
        if !out.is_empty() {
            look(screen.show(&out));
        }
    }
    let mut out = String::new();
    gate.finish(Timestamp::ORIGIN, &mut out);
    look(screen.show(&out));
    look(screen.finish());
    leaked.into_iter().filter(|leaked| *leaked).count()
}

/// The characters that are held back behind each character.
fn holds(ruleset: &Ruleset, text: &str) -> Vec<usize> {
    let mut gate = ruleset.open(BlockKind::Text);
    let mut out = String::new();
    chars(text)
        .into_iter()
        .map(|piece| {
            gate.push(piece, Timestamp::ORIGIN, &mut out);
            gate.report().text[gate.decided()..].chars().count()
        })
        .collect()
}

fn table() -> String {
    let ruleset = rules();
    let mut table = "| kind | planted | found | leaks | false redactions | median hold | longest hold |\n|---|---|---|---|---|---|---|\n".to_owned();
    let mut all = Row::default();
    for kind in KINDS {
        let mut row = Row::default();
        for text in texts().iter().filter(|text| text.kind == kind) {
            row.add(&ruleset, text);
        }
        all.planted += row.planted;
        all.found += row.found;
        all.leaks += row.leaks;
        all.false_redactions += row.false_redactions;
        all.holds.extend(&row.holds);
        table += &row.line(kind.name());
    }
    assert_eq!((all.leaks, all.false_redactions, all.found), (0, 0, all.planted), "{table}");
    table += &all.line("200 texts");
    let mut none = Row::default();
    let answers = answers();
    for (name, answer) in &answers {
        none.false_redactions += false_redactions(&ruleset, name, answer);
        none.holds.extend(holds(&ruleset, answer));
    }
    assert!(50 <= answers.len(), "{} answers", answers.len());
    write!(table, "{}", none.line(&format!("{} recorded answers without any", answers.len())))
        .expect("a string");
    table
}

/// What is withheld of an answer in which nothing is to be. Links are another matter: answers have some.
fn false_redactions(ruleset: &Ruleset, name: &str, answer: &str) -> usize {
    let (_, report) = play(ruleset, BlockKind::Text, &[answer]);
    let links = tokenfall::engine::guard::RuleKind::Links.name();
    let withheld: Vec<_> = report.withheld.iter().filter(|withheld| withheld.rule != links).collect();
    assert!(withheld.is_empty(), "{name}: {withheld:?} {:?}", &answer[withheld[0].place.clone()]);
    withheld.len()
}

#[test]
fn the_table_of_200_texts_and_50_answers_says_what_is_so() {
    let path = root().join("docs/guard.md");
    let page = fs::read_to_string(&path).expect("docs/guard.md");
    let (before, rest) = page.split_once(BEGIN).expect("a table");
    let (told, behind) = rest.split_once(END).expect("an end of the table");
    let table = table();
    if std::env::var_os("TOKENFALL_BLESS").is_some() {
        fs::write(path, format!("{before}{BEGIN}{table}{END}{behind}")).expect("docs/guard.md");
    } else {
        assert_eq!(told, table, "TOKENFALL_BLESS=1 writes it");
    }
}

#[test]
fn of_the_answers_beside_the_checkout_nothing_is_redacted() {
    let ruleset = rules();
    for folder in ["../shared/fixtures", "../../shared/fixtures"] {
        for (name, answer) in recorded(&root().join(folder)) {
            assert_eq!(false_redactions(&ruleset, &name, &answer), 0);
        }
    }
}
