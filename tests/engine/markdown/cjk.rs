//! Emphasis beside letters of Chinese, Japanese and Korean, which put no blank between punctuation and a word.

use super::recorder::{characters, open_tree, render};
use super::whole;

/// The tree in one line, in one piece and by character.
#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = render([text]).tree();
    assert_eq!(render(characters(text)).tree(), tree, "by character: {text:?}");
    assert_eq!(whole::tree(text), tree, "as the parser reads it: {text:?}");
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    assert_eq!(lines.join(" "), expected, "{text:?}");
}

#[test]
fn bold_ends_between_punctuation_and_a_letter_of_these_scripts() {
    check("这是**“取出”**。", "Paragraph \"这是\" Strong \"“取出”\" \"。\"");
    check("**記法（軽量）**は便利", "Paragraph Strong \"記法（軽量）\" \"は便利\"");
    check("**\"강조\"**는 굵게", "Paragraph Strong \"\\\"강조\\\"\" \"는 굵게\"");
    check(
        "**「東京」**へ**「京都」**から",
        "Paragraph Strong \"「東京」\" \"へ\" Strong \"「京都」\" \"から\"",
    );
    check("*（あ）*い ~~（う）~~え", "Paragraph Emphasis \"（あ）\" \"い \" Strike \"（う）\" \"え\"");
}

#[test]
fn bold_ends_behind_code_and_a_link_that_a_letter_follows() {
    check("**`c`**是", "Paragraph Strong CodeSpan \"c\" \"是\"");
    let tree = render(["这是**[链接](https://a.b)**是"]).tree();
    assert!(tree.contains("Strong\n    Link") && !tree.contains('*'), "{tree}");
}

#[test]
fn letters_that_are_read_as_punctuation_stay_what_they_are() {
    check("`**（a）**是` **（b）**是", "Paragraph CodeSpan \"**（a）**是\" \" \" Strong \"（b）\" \"是\"");
    check("[**（a）**是][] <b x='**）**是'>", "Paragraph \"[\" Strong \"（a）\" \"是][] <b x='**）**是'>\"");
    let tree = render(["[**（a）**是]\n\n[**（a）**是]: https://a.b/**）**是\n"]).tree();
    assert!(tree.contains("https://a.b/**）**是") && tree.contains("\"是\""), "{tree}");
    let late = render(["[**（a）**是]\n\n", "text\n\n", "[**（a）**是]: https://a.b\n"]).tree();
    assert!(late.contains("https://a.b"), "{late}");
}

#[test]
fn other_scripts_and_underscores_keep_commonmarks_rule() {
    check("a**\"b\"**c", "Paragraph \"a**\\\"b\\\"**c\"");
    check("是_（x）_是", "Paragraph \"是_（x）_是\"");
    check("**「x」**y", "Paragraph \"**「x」**y\"");
}

#[test]
fn open_bold_behind_such_a_letter_shows_no_stars() {
    for open in ["这是**“取", "这是**“取出”", "这是**“取出”*", "**（あ）**い", "这是**`c"]
    {
        let tree = open_tree(open);
        assert!(tree.contains("Strong") && !tree.contains('*'), "{open:?}: {tree}");
    }
}
