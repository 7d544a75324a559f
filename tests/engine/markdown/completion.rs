//! What is shown while text is open: its probable form, without raw marks.

use super::recorder::{Recorder, characters, open_tree};
use tokenfall::engine::markdown::Renderer;

#[track_caller]
fn check(open: &str, expected: &str) {
    let section = "Section\n";
    let tree = open_tree(open);
    assert_eq!(tree.strip_prefix(section).unwrap_or(&tree), expected, "{open:?}");
}

#[test]
fn emphasis_is_shown_before_it_is_closed() {
    check("a **bo", "Paragraph\n  \"a \"\n  Strong\n    \"bo\"");
    check("a **bold *it", "Paragraph\n  \"a \"\n  Strong\n    \"bold \"\n    Emphasis\n      \"it\"");
    check("~~gone", "Paragraph\n  Strike\n    \"gone\"");
    check("a `co*de", "Paragraph\n  \"a \"\n  CodeSpan\n    \"co*de\"");
}

#[test]
fn marks_alone_are_held_back() {
    for (open, text) in
        [("a **", "a"), ("a *", "a"), ("a `", "a"), ("a [", "a"), ("a !", "a"), ("x **b*", "x b")]
    {
        let mut sink = Recorder::default();
        let mut renderer = Renderer::new();
        renderer.push(open);
        renderer.flush(&mut sink);
        assert_eq!(sink.text(), text, "{open:?}");
    }
}

#[test]
fn no_raw_mark_flashes_while_a_text_arrives() {
    let text = "# Head\n\nSome **bold *and* text**, `code`, ~~gone~~ and [a link](https://example.org/x).\n\n\
                * item **one**\n* item two\n\n| a | b |\n|---|:-:|\n| 1 | **2** |\n\n```rs\nlet x;\n```\n\n> quote\n\n1. one\n2. two\n";
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    for part in characters(text) {
        renderer.push(part);
        renderer.flush(&mut sink);
        let shown = sink.text();
        assert!(!shown.contains(['*', '`', '~', '[', ']', '|', '#', '>', '(']), "{shown:?}");
        assert!(!shown.contains("http"), "half an address was shown: {shown:?}");
    }
}

#[test]
fn half_an_address_is_never_a_link_and_half_an_image_never_a_box() {
    for open in
        ["see [text](https://exa", "see [text](https://example.org", "see [text][re", "see ![text](htt"]
    {
        check(open, "Paragraph\n  \"see text\"");
    }
}

#[test]
fn a_header_row_is_a_table_before_its_delimiter_row_comes() {
    let head = "Table\n  TableHead\n    TableCell { alignment: Unset, header: true }\n      \"a\"\n    \
                TableCell { alignment: Unset, header: true }\n      \"b\"\n  TableBody";
    check("| a | b", head);
    check("| a | b |\n", head);
    check("| a | b |\n|--", head);
}

#[test]
fn a_header_without_a_pipe_before_it_shows_no_pipe_until_its_delimiter_row_has_one() {
    let head = "Table\n  TableHead\n    TableCell { alignment: Unset, header: true }\n      \"a\"\n    \
                TableCell { alignment: Unset, header: true }\n      \"b\"\n  TableBody";
    for open in ["a | b", "a | b\n", "a | b\n-", "a | b\n--- "] {
        check(open, "Paragraph\n  \"a\"");
    }
    check("a | b\nc", "Paragraph\n  \"a | b\\nc\"");
    check("`a | b` c", "Paragraph\n  CodeSpan\n    \"a | b\"\n  \" c\"");
    for open in ["a | b\n--- |", "a | b\n---|:-", "a | b |\n:- |", "a | b\n|-"] {
        let tree = open_tree(open).replace("alignment: Left", "alignment: Unset");
        assert_eq!(tree, head, "{open:?}");
    }
    for text in ["a\n--- |", "a `b\n- |", "x\na | b\n- |", "a \\| b\n-|"] {
        assert!(!open_tree(text).contains("Table"), "{text:?}");
    }
}

#[test]
fn a_delimiter_row_without_a_pipe_before_it_never_flashes() {
    let text = "> text\n>\n> leaf | water | time\n> --- | ---: | :-:\n> green | 75 °C | 2 min\n\nend";
    let characters: Vec<&str> = characters(text).collect();
    for step in 1..characters.len() {
        let mut sink = Recorder::default();
        let mut renderer = Renderer::new();
        for part in characters.chunks(step) {
            renderer.push(&part.concat());
            renderer.flush(&mut sink);
            let shown = sink.text();
            assert!(!shown.contains("--") && !shown.contains(":-"), "in steps of {step}: {shown:?}");
        }
    }
}

#[test]
fn marks_of_a_table_never_flash_wherever_its_rows_are_cut() {
    for indent in ["", "> ", "> > ", "- > "] {
        let rest = indent.replace('-', " ");
        let text = format!(
            "{indent}| leaf | water |\n{rest}| --- | ---: |\n{rest}| green | 75 °C |\n{rest}|:-|-|\n\nend"
        );
        let characters: Vec<&str> = characters(&text).collect();
        for step in 1..characters.len() {
            let mut sink = Recorder::default();
            let mut renderer = Renderer::new();
            let mut before = 0;
            for part in characters.chunks(step) {
                renderer.push(&part.concat());
                renderer.flush(&mut sink);
                let shown = sink.text();
                assert!(!shown.contains("| "), "raw marks in steps of {step}: {shown:?}");
                assert!(before <= shown.len(), "text shrank in steps of {step}: {shown:?}");
                before = shown.len();
            }
        }
    }
}

#[test]
fn a_delimiter_row_in_progress_settles_nothing() {
    // A tab behind it makes it text, and the header with it a part of the paragraph above.
    let text = "a\n|b|\n|-\t";
    assert_eq!(super::recorder::render(characters(text)).tree(), super::whole::tree(text));
}

#[test]
fn what_may_become_a_marker_waits() {
    for open in
        ["text\n-", "text\n- ", "text\n==", "text\n#", "text\n```ru", "text\n12.", "text\n> ", "text\n|"]
    {
        check(open, "Paragraph\n  \"text\"");
    }
}

#[test]
fn a_closing_fence_is_not_code_while_it_grows() {
    let code = "Code { language: \"\" }\n  \"x\\n\"";
    for open in ["```\nx\n", "```\nx\n`", "```\nx\n``", "```\nx\n```"] {
        check(open, code);
    }
}

#[test]
fn a_task_box_appears_only_complete() {
    for open in ["- a\n- [", "- a\n- [x", "- a\n- [x]"] {
        check(open, "List { start: None }\n  Item\n    Paragraph\n      \"a\"\n  Item");
    }
}

#[test]
fn a_flood_is_shown_in_every_second_frame_and_no_end_of_it_waits_for_more() {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let burst = "words ".repeat(100) + "\n\n";
    let mut frame = |text: &str| {
        renderer.push(text);
        renderer.flush(&mut sink)
    };
    assert_eq!([&burst; 5].map(|burst| frame(burst)), [true, false, true, false, true]);
    assert_eq!(["", &burst, &burst, "", ""].map(&mut frame), [false, true, false, true, false]);
    assert_eq!(["word "; 3].map(&mut frame), [true; 3], "what a person can follow comes in each frame");
    renderer.finish(&mut sink);
    assert_eq!(sink.tree().matches("words").count(), 7 * 100);
}

/// Plays `text` by character: what is shown at any time is what stands there at the end, as far as it has come.
#[track_caller]
fn check_grows(text: &str) {
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let all = letters(&super::recorder::render([text]).text());
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let mut before = 0;
    for part in characters(text) {
        renderer.push(part);
        renderer.flush(&mut sink);
        let shown = letters(&sink.text());
        assert!(all.starts_with(&shown), "shown is {shown:?} of {text:?}");
        assert!(before <= shown.len(), "text shrank to {shown:?} of {text:?}");
        before = shown.len();
    }
}

#[test]
fn formulas_money_and_variables_show_what_they_are_in_the_end() {
    check_grows("Math $x^2$, $a_1 + b_1 = c$, $n$ and $2^n$ or $\\frac{a}{b}$.");
    check_grows("Costs $5, then $10.50 a month; $HOME is a variable, $x is as well.");
    check_grows("$$\n\\int_0^1 x\\,dx = \\frac{1}{2} \\\\\n\\text{so {a}}\n$$\n\nand $$\\sum_{i=1}^{n} i$$.");
    check_grows("- \\(x\\)\n- \\[\n  a \\, b = \\{c\\}\n  \\]\n");
}

#[test]
fn marks_that_mark_nothing_are_shown_at_once() {
    check_grows("It takes ~5 minutes, ~6 at most, 5*3 = 15 of *.md and */x, **10 * 3** and *a 2 * 3* a.");
    check_grows("``a ` b`` and `` ` `` with ``` `` ``` more");
    check_grows("- \\*no emphasis\\*\n- 1\\. x\n\nline\\\nbroken  \nend");
}

#[test]
fn a_footnote_a_source_and_an_index_are_shown_once_they_are_complete() {
    check_grows("As [1] and [2, 3] say, `a` is arr[0] and f[i].\n\n[^x] is none and neither[^y] is.");
    check_grows("[r]: https://a.b\n[s]: https://c.d\n\n[r] and [s][r].\n\n- [t](https://e.f) x\n");
}

#[test]
fn an_angle_bracket_waits_until_it_is_a_tag_or_an_address() {
    check_grows(
        "<https://a.b/c> <me@a.b> <b>x</b> List<T> a < b and x<y and <span class=\"x\">.\n\n<details>\n</details>",
    );
}

#[test]
fn what_stands_above_half_an_underline_shows_no_marks() {
    check_grows("a | b\n--|--\n1 | 2\n");
    check("**a\n-", "Paragraph\n  Strong\n    \"a\"");
}

#[test]
fn marks_at_the_beginning_of_a_row_and_of_a_closing_fence_in_a_quote_wait() {
    check_grows("| a | b |\n|---|---|\n| `c` | **d** |\n| *e* | <b>\n\nend");
    check_grows("> ```py\n> x\n> ```\n> end");
}
