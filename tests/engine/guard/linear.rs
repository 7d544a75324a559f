//! The work for a text is linear in it, whatever it says: steps are counted, not seconds.

use super::{ready, rule};
use tokenfall::engine::chat::Gate;
use tokenfall::engine::guard::{Hold, Rule, RuleKind};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::BlockKind;

fn fifty() -> Vec<Rule> {
    let mut rules = vec![
        rule(RuleKind::Email, ""),
        rule(RuleKind::Phone, ""),
        rule(RuleKind::Card, ""),
        rule(RuleKind::Iban, ""),
        rule(RuleKind::Secrets, ""),
        rule(RuleKind::Links, "good.com"),
        rule(RuleKind::Code, ""),
        rule(RuleKind::Pattern, "[a-z]+@[a-z]+"),
        rule(RuleKind::Pattern, "a.*z"),
        rule(RuleKind::Pattern, "(?:aa)+b"),
    ];
    rules.extend(
        (0..40).map(|number| rule(RuleKind::Words, &format!("aaaaaa{number}\nhttps{number}\n1111{number}"))),
    );
    rules
}

fn steps(text: &str, piece: usize) -> u64 {
    let mut gate = ready(fifty(), Hold::Match).open(BlockKind::Text);
    let mut out = String::new();
    let mut begin = 0;
    while begin < text.len() {
        let end = (begin + piece).min(text.len());
        gate.push(&text[begin..end], Timestamp::ORIGIN, &mut out);
        begin = end;
    }
    gate.finish(Timestamp::ORIGIN, &mut out);
    gate.steps()
}

#[test]
fn hostile_texts_cost_twice_as_much_where_they_are_twice_as_long() {
    for unit in [
        "a",
        "https://",
        "1",
        "*",
        "www.",
        "a.",
        "f](",
        "<",
        "`",
        "``a`",
        "<a ",
        "\\",
        "&#1",
        "_",
        "a@a.",
        "https://a](b)",
        "4111 ",
        "f](x)",
        "/",
        "-----BEGIN PRIVATE KEY-----",
    ] {
        let length = 16_000 / unit.len();
        let (once, twice) = (steps(&unit.repeat(length), 512), steps(&unit.repeat(2 * length), 512));
        assert!(twice <= once * 2 + once / 5 + 100_000, "{unit:?}: {once}, then {twice}");
        assert!(once < 16_000 * 6_000, "{unit:?}: {once} steps for 16 KB and 50 rules");
    }
}

#[test]
fn a_megabyte_of_prose_and_fifty_rules_are_a_few_hundred_steps_a_byte() {
    let text = "The quick brown fox jumps over the lazy dog, and 42 % of them land. ".repeat(15_000);
    let steps = steps(&text, 4_096);
    assert!(steps < text.len() as u64 * 400, "{} a byte", steps / text.len() as u64);
}
