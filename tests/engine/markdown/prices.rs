//! Amounts of money are no formulas: a dollar sign that a digit follows closes nothing.

use super::recorder::{Recorder, characters, render};
use super::whole;
use tokenfall::engine::markdown::Renderer;

/// The tree in one line, in one piece and by character.
#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = render([text]).tree();
    assert_eq!(render(characters(text)).tree(), tree, "by character: {text:?}");
    assert_eq!(whole::tree(text), tree, "as the parser reads it: {text:?}");
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    assert_eq!(lines.join(" "), expected, "{text:?}");
}

/// Whether a formula is seen at any time while `text` comes by character.
fn flashes(text: &str) -> bool {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    characters(text).any(|part| {
        renderer.push(part);
        renderer.flush(&mut sink);
        sink.tree().contains("Math")
    })
}

#[test]
fn two_amounts_are_no_formula_in_a_sentence_in_bold_and_in_a_cell() {
    check(
        "It went from $10 to $50. **$750 is a lot of money.**",
        r#"Paragraph "It went from $10 to $50. " Strong "$750 is a lot of money.""#,
    );
    check("$10-$20", r#"Paragraph "$10-$20""#);
    check("**Basic ($9)** and **Pro ($19)**", r#"Paragraph Strong "Basic ($9)" " and " Strong "Pro ($19)""#);
    let tree = render(["| a | b |\n|---|---|\n| $5/$10 | $1,000-$2,000 |\n"]).tree();
    assert!(tree.contains("\"$5/$10\"") && tree.contains("\"$1,000-$2,000\""), "{tree}");
}

#[test]
fn amounts_between_chinese_words_are_no_formula() {
    check("价格为$5，而不是$6", "Paragraph \"价格为$5，而不是$6\"");
    check("从$5到10$之间", "Paragraph \"从$5到10$之间\"");
    check(
        "设$x$为$5x$的和",
        "Paragraph \"设\" Math { display: false } \"x\" \"为\" Math { display: false } \"5x\" \"的和\"",
    );
}

#[test]
fn formulas_beside_amounts_and_those_that_begin_with_a_digit_stay_formulas() {
    check("$x$", r#"Paragraph Math { display: false } "x""#);
    check("$5x = 10$.", r#"Paragraph Math { display: false } "5x = 10" ".""#);
    check(
        "a budget of $3 and a rate of $r$, so $3r$; with $5 and $6 more",
        r#"Paragraph "a budget of $3 and a rate of " Math { display: false } "r" ", so " Math { display: false } "3r" "; with $5 and $6 more""#,
    );
    check(
        "$5-$10 and $x_1$ or \\(y = $5\\)",
        r#"Paragraph "$5-$10 and " Math { display: false } "x_1" " or " Math { display: false } "y = $5""#,
    );
}

#[test]
fn amounts_in_code_in_addresses_and_in_tags_stay_what_they_are() {
    check("`$5-$10` and `a $1`$2`", r#"Paragraph CodeSpan "$5-$10" " and " CodeSpan "a $1" "$2`""#);
    check("```\n$1/$2\n```\n", r#"Code { language: "" } "$1/$2\n""#);
    check("x <b a='$5-$6'>", r#"Paragraph "x <b a='$5-$6'>""#);
    let tree =
        render(["[a](https://a.b/$5-$6) <https://c.d/$7-$8> [$1/$2]\n\n[$1/$2]: https://e.f/$3-$4\n"]).tree();
    for address in ["https://a.b/$5-$6", "https://c.d/$7-$8", "https://e.f/$3-$4"] {
        assert!(tree.contains(&format!("text: \"{address}\"")), "{tree}");
    }
    assert!(!tree.contains('%'), "what stood for a sign was shown: {tree}");
}

#[test]
fn no_amount_flashes_as_a_formula_while_it_comes() {
    for text in [
        "It went from $10 to $50. **$750 is a lot of money.**",
        "$10-$20 or $5/$10",
        "**Basic ($9)** and **Pro ($19)**",
        "价格为$5，而不是$6",
        "| a | b |\n|---|---|\n| $5/$10 | $1,000-$2,000 |\n",
    ] {
        assert!(!flashes(text), "{text:?}");
    }
}
