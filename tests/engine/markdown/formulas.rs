//! Formulas in the delimiters of TeX, which most models write, beside dollar signs.

use super::recorder::{Recorder, characters, render};
use super::whole;
use tokenfall::engine::markdown::Renderer;

/// The tree in one line.
#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = render([text]).tree();
    assert_eq!(render(characters(text)).tree(), tree, "by character: {text:?}");
    assert_eq!(whole::tree(text), tree, "as the parser reads it: {text:?}");
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    assert_eq!(lines.join(" "), expected, "{text:?}");
}

#[test]
fn round_brackets_stand_in_the_line_and_square_ones_are_displayed() {
    check(r"a \(x_1\) b", r#"Paragraph "a " Math { display: false } "x_1" " b""#);
    check(r"n\(-\)th \(n\)th", r#"Paragraph "n(-)th " Math { display: false } "n" "th""#);
    check("\\[\nx = \\frac{1}{2}\n\\]", r#"Paragraph Math { display: true } "x = \\frac{1}{2}""#);
    check(
        "- > \\[ x^2\n  > y \\] z",
        r#"List { start: None } Item Quote(None) Paragraph Math { display: true } " x^2\ny " " z""#,
    );
    check(r"# \(a\)", r#"Heading(One) Math { display: false } "a""#);
}

#[test]
fn marks_inside_of_a_formula_and_between_two_mark_nothing() {
    check(
        r"\(\mathbf{x}_i\) and \(\mathbf{y}_j * z*\)",
        r#"Paragraph Math { display: false } "\\mathbf{x}_i" " and " Math { display: false } "\\mathbf{y}_j * z*""#,
    );
    check(r"*a \(b* c\) d*", r#"Paragraph Emphasis "a " Math { display: false } "b* c" " d""#);
    check(r"\(a \\ b\)", r#"Paragraph Math { display: false } "a \\\\ b""#);
}

#[test]
fn brackets_that_hold_no_formula_are_the_escaped_brackets_of_commonmark() {
    check(r"\(a and \[b", r#"Paragraph "(a and [b""#);
    check(r"a\) \]", r#"Paragraph "a) ]""#);
    check(r"\(\) \[\] \(-\) \[\\\]", r#"Paragraph "() [] (-) [\\]""#);
    check(r"\[1\] and \[citation needed\]", r#"Paragraph "[1] and [citation needed]""#);
    check(r"\(a\] \[b_1\)", r#"Paragraph Math { display: false } "a\\] \\[b_1""#);
    check(r"\\(a\\) `\(b\)`", r#"Paragraph "\\(a\\) " CodeSpan "\\(b\\)""#);
    check("\\(a\n\nb\\)", r#"Paragraph "(a" Paragraph "b)""#);
    check(r"\(a \(b\)", r#"Paragraph "(a " Math { display: false } "b""#);
}

#[test]
fn escaped_brackets_in_an_address_stay_in_the_address() {
    let tree = render([r"[a](https://a.b/x_\(y\)) \(z\)"]).tree();
    assert!(tree.contains("https://a.b/x_(y)"), "{tree}");
    assert_eq!(tree.matches("Math").count(), 1, "{tree}");
    check("\\[l\\]: /x\n\n```\n\\(x\\)\n```\n", r#"Paragraph "[l]: /x" Code { language: "" } "\\(x\\)\n""#);
}

#[test]
fn delimiters_of_two_kinds_do_not_match_each_other() {
    check(r"$a\) b$", r#"Paragraph Math { display: false } "a\\) b""#);
    check(r"\(a $b$ c\)", r#"Paragraph Math { display: false } "a $b$ c""#);
    check(r"\($b$\)", r#"Paragraph "(" Math { display: false } "b" ")""#);
    check(
        r"}}\(a\) {{$b$",
        r#"Paragraph "}}" Math { display: false } "a" " {{" Math { display: false } "b""#,
    );
    check(r"\(a\)$b$", r#"Paragraph Math { display: false } "a" Math { display: false } "b""#);
}

#[test]
fn an_open_formula_is_shown_as_one_while_it_is_written() {
    let text = "so \\(a_1 + b\\) and\n\n\\[\nx = *y* + z\n\\]\n";
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    for part in characters(text) {
        renderer.push(part);
        renderer.flush(&mut sink);
        let tree = sink.tree().replace("\\n", " ");
        assert!(!tree.contains(['(', '[', '$', '\\']), "a mark shows: {tree}");
        assert!(!tree.contains("Emphasis"), "{tree}");
    }
}
