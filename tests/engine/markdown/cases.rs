//! Answers of kinds that people reported of other programs (`tests/cases/markdown`): whole, by character and live.

use super::recorder::{characters, open_tree, render};

/// Checks the tree in one line: whole, by character, and while more may come.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let live = open_tree(text);
    check_settled(text, expected);
    assert_eq!(live.trim_start_matches("Section\n"), render([text]).tree(), "live: {text:?}");
}

/// The same for a text that may go on as something else.
#[track_caller]
fn check_settled(text: &str, expected: &[&str]) {
    let tree = render([text]).tree();
    assert_eq!(render(characters(text)).tree(), tree, "by character: {text:?}");
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    for part in expected {
        assert!(lines.join(" ").contains(part), "{part} is not in {tree}");
    }
}

macro_rules! case {
    ($name:literal) => {
        include_str!(concat!("../../cases/markdown/md-", $name, ".md"))
    };
}

#[test]
fn prices_are_text_and_the_formula_beside_them_is_one() {
    check(
        case!("currency-plain"),
        &[
            r#"Paragraph "It went from $10 to $50. " Strong "$750 is a lot of money." " Formula: " Math { display: false } "x^2 + 1" ".""#,
        ],
    );
    check(case!("currency-table"), &[r#""$5/$10""#, r#""$1,000-$2,000""#]);
    check(
        case!("currency-cjk"),
        &["Strong \"$148 → $19\" \"（省 87%，年省 ~$1,550）；价格为$5，而不是$6。\""],
    );
    check(
        case!("currency-second-formula"),
        &[
            r#""With a budget of $3 and a rate of " Math { display: false } "r" ", the cost is " Math { display: false } "3r" "; with $5 and $6 it is more.""#,
        ],
    );
}

#[test]
fn bold_beside_chinese_japanese_and_korean_letters_is_bold() {
    check(
        case!("cjk-bold-quotes"),
        &["\"这是\" Strong \"“取出并清空”模式\" \"。下一句\" Strong \"很好。\" \"然后继续。\""],
    );
    check(
        case!("cjk-bold-paren"),
        &["Paragraph Strong \"Markdown（軽量記法）\" \"は便利です。\" Strong \"「東京」\" \"へ行く。\""],
    );
    check(
        case!("korean-bold"),
        &["Paragraph Strong \"\\\"강조\\\"\" \"는 굵게, \" Strong \"서울(수도)\" \"에서 만나요.\""],
    );
}

#[test]
fn stars_between_a_quote_and_a_latin_letter_are_those_of_commonmark() {
    check_settled(
        case!("bold-quote-word"),
        &[r#"Paragraph "Call it **\"done\"" Strong "when it is, and a" "\"b\"**c.""#],
    );
}

#[test]
fn a_break_in_a_cell_is_one_and_other_tags_are_text() {
    check(case!("br-in-cell"), &[r#""Wash" Break "and dry""#, r#""- one" Break "- two" Break "- three""#]);
    check("a<br>b<BR />c<br class=x>d", &[r#"Paragraph "a" Break "b" Break "c<br class=x>d""#]);
}

#[test]
fn pairs_of_four_tags_are_elements_and_other_tags_are_text() {
    check(
        case!("sub-sup"),
        &[r#"Paragraph "H" Subscript "2" "O, x" Superscript "2" ", press " Keyboard "Ctrl" ".""#],
    );
    check_settled(
        "<sub>a *b</sub> c* <sup class=x>d</sup> <MARK>*e*</mark> <kbd>f",
        &[
            r#"Paragraph "<sub>a " Emphasis "b</sub> c" " <sup class=x>d</sup> " Highlight Emphasis "e" " <kbd>f""#,
        ],
    );
    check_settled(
        "- <sub>a</sub>\n- <sub>b\n- c</sub>\n",
        &[r#"Subscript "a""#, r#""<sub>b""#, r#""c</sub>""#],
    );
}

#[test]
fn an_open_tag_of_an_element_shows_no_mark() {
    for open in ["H<sub>2", "H<sub>2<", "H<sub>2</su", "x<sup>", "*a<sub>2"] {
        assert!(!open_tree(open).contains(['<', '*', '>']), "{open:?}: {}", open_tree(open));
    }
}

#[test]
fn a_table_with_blanks_behind_its_rows_is_a_table() {
    let text = "| Library | Streams |    \n|---------|---------|    \n| one     | yes     |    \n\nDone.\n";
    check(text, &[r#""Library""#, r#""yes" Paragraph "Done.""#]);
}

#[test]
fn an_environment_without_delimiters_is_a_formula_and_keeps_its_line_ends() {
    check(
        case!("bare-environment"),
        &[
            r#"Paragraph "The system is" Paragraph Math { display: true } "\\begin{cases}\nx + y = 2 \\\\\nx - y = 0\n\\end{cases}" Paragraph "done.""#,
        ],
    );
    check_settled("`\\begin{a}x\\end{a}` \\begin{b}", &[r#"CodeSpan "\\begin{a}x\\end{a}" " \\begin{b}""#]);
}

#[test]
fn brackets_and_dollars_in_code_are_no_formula() {
    check(
        case!("brackets-in-code"),
        &[
            r#""foo = \"\\(bar\\)\"\nprice = \"$5 and $6\"\n""#,
            r#"CodeSpan "\\(x\\)""#,
            r#"CodeSpan "$HOME/$USER""#,
        ],
    );
}

#[test]
fn addresses_end_before_the_punctuation_of_chinese() {
    let tree = render([case!("autolink-cjk")]).tree();
    for address in ["https://example.com/a", "https://example.com/b", "https://example.com/pull/28"] {
        assert!(tree.contains(&format!("text: \"{address}\"")), "{tree}");
    }
    let tree = render(["见https://a.b/c（说明）"]).tree();
    assert!(tree.contains("text: \"https://a.b/c\""), "{tree}");
}

#[test]
fn what_stands_beyond_the_last_column_is_in_the_last_cell() {
    let text = "| a | b |\n|---|---|\n| 1 | 2 | *3* | 4 |\n| 5 | 6 |\n|7|8|`9|`|\n";
    check(text, &[r#""2 | " Emphasis "3" " | 4""#, r#""6""#, "\"8|\" CodeSpan \"9|\""]);
}

#[test]
fn marks_of_a_citation_are_not_shown() {
    check("so\u{e200}cite\u{e202}turn0search1\u{e201}. And \u{e202}x", &[r#"Paragraph "so. And x""#]);
}

#[test]
fn more_marks_than_any_script_puts_on_a_letter_are_counted() {
    let text = format!("a{}b", "\u{301}".repeat(40_000));
    check_settled(&text, &["\u{27e8}39968 hidden\u{27e9}b"]);
    let text = format!("a{}b", "\u{301}".repeat(32));
    check_settled(&text, &[&format!("{text:?}")]);
}
