//! A file of Markdown between two fences, with blocks of code in it: the first closing fence does not end the file.

use super::recorder::{Recorder, characters, open_tree, render};
use pulldown_cmark::{Event, Parser};
use tokenfall::engine::markdown::{Renderer, events};

/// The language and text of each code block, and other text, as `text` is rendered whole, by line and by character.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let tree = render([text]).tree();
    assert_eq!(render(text.split_inclusive('\n')).tree(), tree, "by line: {text:?}");
    assert_eq!(render(characters(text)).tree(), tree, "by character: {text:?}");
    let lines: Vec<&str> = tree.lines().map(str::trim).collect();
    assert_eq!(lines, expected, "{text:?}");
}

#[test]
fn a_readme_in_a_block_of_markdown_is_one_block_up_to_the_fence_that_closes_it() {
    check(
        "Here:\n\n```markdown\n# Title\n\n```bash\nnpm i\n```\n\nUse it:\n\n``` js\nrun()\n```  \n\nEnd.\n```\n\nDone: `x`.\n",
        &[
            "Paragraph",
            "\"Here:\"",
            "Code { language: \"markdown\" }",
            r##""# Title\n\n```bash\nnpm i\n```\n\nUse it:\n\n``` js\nrun()\n```  \n\nEnd.\n""##,
            "Paragraph",
            "\"Done: \"",
            "CodeSpan",
            "\"x\"",
            "\".\"",
        ],
    );
    check(
        "> 1. ~~~ MD\n>    ~~~sh\n>    $1 \\(a\\)\n>    ~~~\n>    end\n>    ~~~\n>\n>    out\n",
        &[
            "Quote(None)",
            "List { start: Some(1) } loose",
            "Item",
            "Code { language: \"MD\" }",
            r#""~~~sh\n$1 \\(a\\)\n~~~\nend\n""#,
            "Paragraph",
            "\"out\"",
        ],
    );
}

#[test]
fn a_fence_without_an_info_string_closes_the_block_as_in_commonmark() {
    check("```md\n```\nout\n", &["Code { language: \"md\" }", "Paragraph", "\"out\""]);
    check(
        "```rust\n```sh\n```\nout\n",
        &["Code { language: \"rust\" }", r#""```sh\n""#, "Paragraph", "\"out\""],
    );
    check(
        "````md\n```sh\n````\nout\n",
        &["Code { language: \"md\" }", r#""```sh\n""#, "Paragraph", "\"out\""],
    );
    check("```md\n~~~sh\n```\nout\n", &["Code { language: \"md\" }", r#""~~~sh\n""#, "Paragraph", "\"out\""]);
}

#[test]
fn only_a_fence_of_the_same_length_closes_the_block_inside() {
    check(
        "```md\n````sh\n```\n````\n```\nout\n",
        &["Code { language: \"md\" }", r#""````sh\n```\n````\n""#, "Paragraph", "\"out\""],
    );
}

#[test]
fn text_behind_the_block_inside_is_no_prose_while_the_answer_comes() {
    let live = open_tree("```md\n```sh\nrun\n```\n# Not a *heading*");
    assert!(live.contains("# Not a *heading*") && !live.contains("Heading"), "{live}");
    assert_eq!(live.matches("Code {").count(), 1, "{live}");
}

#[test]
fn the_end_of_a_quote_ends_the_block_inside_as_well() {
    check(
        "> ```md\n> ```sh\n> ```\nout\n",
        &["Quote(None)", "Code { language: \"md\" }", r#""```sh\n```\n""#, "Paragraph", "\"out\""],
    );
}

/// Bytes scanned for `bytes` of `unit`, which come in pieces of `step`.
fn work(unit: &str, bytes: usize, step: usize) -> usize {
    let text = unit.repeat(bytes / unit.len());
    let (mut sink, mut renderer) = (Recorder::default(), Renderer::new());
    for piece in text.as_bytes().chunks(step) {
        renderer.push(std::str::from_utf8(piece).unwrap_or_default());
        renderer.flush(&mut sink);
    }
    renderer.finish(&mut sink);
    renderer.bytes_scanned()
}

#[test]
fn blocks_in_blocks_of_markdown_are_linear() {
    // As much as the page gives the renderer at once.
    let piece = 2 << 10;
    for (unit, looks) in [
        ("```md\n", 20),
        ("```a\nx\n```\n```md\n", 20),
        ("```md\n```a\n```\n```\n", 20),
        // What HTML and containers hold is for the parser to find, block by block of the piece.
        ("> ```md\n> ```a\n> ```\n", 400),
        ("<b>\n\n```md\n```a\n```\n```\n", 400),
        ("> ```md\n> ```a\n> ```\n> ```\n", 400),
    ] {
        let (bytes, bytes_2) = (work(unit, 20_000, 64), work(unit, 40_000, 64));
        assert!(10 * bytes_2 < 22 * bytes, "{unit:?}: {bytes} bytes scanned, then {bytes_2}");
        let bytes = work(unit, 20 * piece, piece);
        assert!(bytes < looks * 20 * piece, "{unit:?}: {bytes} bytes scanned");
    }
}

/// What a parser says of `text`, with each run of texts as one.
fn merged<'a>(events: impl IntoIterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut merged: Vec<Event<'a>> = Vec::new();
    for event in events {
        match (merged.last_mut(), &event) {
            (Some(Event::Text(before)), Event::Text(text)) => *before = format!("{before}{text}").into(),
            _ => merged.push(event),
        }
    }
    merged
}

#[test]
fn code_that_only_goes_on_is_read_as_the_parser_reads_it() {
    let lines = [
        "a `` b", "   ", "\t\\x", "    ```", "  ~~~~ ", "```", "````  ", " ```rs", "> ```", "\0&amp;", "e\r",
        "", "x",
    ];
    let mut fast = 0;
    for fence in ["```", "~~~", "````", " ```", "```x"] {
        for number in 0..lines.len().pow(3) {
            let chosen =
                [number % lines.len(), number / lines.len() % lines.len(), number / lines.len().pow(2)];
            let code = chosen.map(|line| lines[line]).join("\n");
            let text = format!("{fence}\n{code}");
            let own = merged(events(&text).into_iter().map(|(event, _)| event));
            assert_eq!(own, merged(Parser::new(&text)), "{text:?}");
            fast += usize::from(events(&text).len() == 3);
        }
    }
    assert!(2_000 < fast, "only {fast} texts were of the kind that is read without the parser");
}
