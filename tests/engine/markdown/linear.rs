//! Work is linear in the text: bytes scanned and sink calls, not seconds.

use super::recorder::Recorder;
use proptest::prelude::*;
use tokenfall::engine::markdown::Renderer;

const STEP: usize = 8;

fn work(text: &str) -> (usize, usize) {
    work_in(text, STEP)
}

/// Bytes scanned and sink calls for a text that comes in deltas of `step` bytes.
fn work_in(text: &str, step: usize) -> (usize, usize) {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = step.min(rest.len());
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        renderer.push(&rest[..cut]);
        renderer.flush(&mut sink);
        rest = &rest[cut..];
    }
    renderer.finish(&mut sink);
    (renderer.bytes_scanned(), sink.calls)
}

/// Checks that twice the text is at most 2.2 times the work.
fn check(name: &str, unit: &str) {
    check_from(BYTES, name, unit);
}

fn check_from(size: usize, name: &str, unit: &str) {
    let of = |bytes: usize| unit.repeat(bytes / unit.len());
    let (bytes, calls) = work(&of(size));
    let (bytes_2, calls_2) = work(&of(2 * size));
    assert!(10 * bytes_2 < 22 * bytes, "{name}: {bytes} bytes scanned, then {bytes_2}");
    assert!(10 * calls_2 < 22 * calls + 100, "{name}: {calls} sink calls, then {calls_2}");
}

const BYTES: usize = 40_000;

/// Enough to be far beyond the length that is parsed at every flush.
const HOSTILE_BYTES: usize = 8_000;

#[test]
fn mixed_text_is_linear() {
    check(
        "mixed",
        "## Heading\n\nSome *text* with **strong** and `code`, and a [link](https://example.org).\n\n\
         - one\n- two\n  - inner\n\n```rust\nfn main() {}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\n",
    );
}

#[test]
fn one_paragraph_is_linear() {
    check("paragraph", "some words and *emphasis* here ");
    check("paragraph of addresses", "see https://a.b/c and ");
    check("paragraph of lines", "some words and\n**strong** ones here\n");
}

#[test]
fn one_list_is_linear() {
    check("list", "- an item with `code`\n");
    check("loose list", "1. an item\n\n   and more of it\n\n");
    check("nested list", "- a\n  - b\n    - c\n      - d\n");
}

#[test]
fn one_code_block_is_linear() {
    let open = |bytes: usize| format!("```rust\n{}", "let x = 1;\n".repeat(bytes / 11));
    let (bytes, calls) = work(&open(BYTES));
    let (bytes_2, calls_2) = work(&open(2 * BYTES));
    assert!(10 * bytes_2 < 22 * bytes && 10 * calls_2 < 22 * calls, "{bytes} {bytes_2} {calls} {calls_2}");
    assert!(bytes < 10 * BYTES, "a line is parsed a few times, not the block: {bytes}");
    check("one line of code", "```x");
}

#[test]
fn deep_quotes_are_linear() {
    check("deep quote", "> > > > > > text in it\n> > > > > >\n");
}

#[test]
fn tables_are_linear() {
    for columns in [2, 100, 201, 400] {
        let (head, rule) = ("|h".repeat(columns), "|-".repeat(columns));
        for row in ["| one | *two* |\n", "|x\n", "|x [r]|`y`\n"] {
            let open = |bytes: usize| format!("{head}|\n{rule}|\n{}", row.repeat(bytes / row.len()));
            let (bytes, calls) = work_in(&open(BYTES), 64);
            let (bytes_2, calls_2) = work_in(&open(2 * BYTES), 64);
            assert!(10 * bytes_2 < 22 * bytes, "{columns}, {row:?}: {bytes} bytes scanned, then {bytes_2}");
            assert!(10 * calls_2 < 22 * calls, "{columns}, {row:?}: {calls} sink calls, then {calls_2}");
        }
    }
}

#[test]
fn late_definitions_are_linear() {
    let of = |bytes: usize| {
        let mut text = String::new();
        for index in 0..bytes / 40 {
            text.push_str(&format!("[a{index}] [^{index}] "));
        }
        text.push_str("\n\n");
        for index in 0..bytes / 40 {
            text.push_str(&format!("[a{index}]: https://a.b\n\n[^{index}]: c\n\n"));
        }
        text
    };
    let (bytes, calls) = work(&of(BYTES));
    let (bytes_2, calls_2) = work(&of(2 * BYTES));
    assert!(10 * bytes_2 < 22 * bytes && 10 * calls_2 < 22 * calls, "{bytes} {bytes_2} {calls} {calls_2}");
}

#[test]
fn references_to_one_long_address_are_linear() {
    for unit in ["[a] ", "[a]\n\n", "- ![a]\n"] {
        let of = |bytes: usize| {
            format!("[a]: https://e.org/?{}\n\n{}", "&amp;".repeat(600), unit.repeat(bytes / unit.len()))
        };
        let (bytes, calls) = work(&of(HOSTILE_BYTES));
        let (bytes_2, calls_2) = work(&of(2 * HOSTILE_BYTES));
        assert!(10 * bytes_2 < 22 * bytes, "{unit:?}: {bytes} bytes scanned, then {bytes_2}");
        assert!(10 * calls_2 < 22 * calls + 100, "{unit:?}: {calls} sink calls, then {calls_2}");
    }
}

#[test]
fn hostile_runs_are_linear() {
    for unit in [
        "[", "![", "](", "*", "**a ", "*a_", "`", "``` ` ", "<", "<a ", "&", "$", "$$a", "\\(", "\\(a",
        "\\[a=\\]", "\\[1\\]", "\\)", "\\(\\[", "~~", "\\", "|", "|a\n",
    ] {
        check_from(HOSTILE_BYTES, unit, unit);
    }
}

#[test]
fn hostile_nesting_is_linear() {
    for unit in [">", "> ", "- ", "1. ", "> - ", "-\n ", "[^1]: a\n\n    b\n\n    "] {
        check_from(HOSTILE_BYTES, unit, unit);
    }
}

/// What begins, ends or parts something in Markdown.
const MARKS: [&str; 12] = ["[", "](", "(", "<b", "\"", "*a", "_ ", "`", "$", "\\(", "- ", "\n"];

/// Checks that twice a text of `unit` is at most 2.2 times the work by deltas, and that a burst is looked at a bounded
/// number of times.
fn check_marks(unit: &str) {
    let of = |bytes: usize| unit.repeat(bytes / unit.len());
    let (bytes, calls) = work_in(&of(HOSTILE_BYTES), 64);
    let (bytes_2, calls_2) = work_in(&of(2 * HOSTILE_BYTES), 64);
    assert!(10 * bytes_2 < 24 * bytes, "{unit:?}: {bytes} bytes scanned, then {bytes_2}");
    assert!(10 * calls_2 < 24 * calls + 1000, "{unit:?}: {calls} sink calls, then {calls_2}");
    for size in [BURST / 2, BURST] {
        let (bytes, calls) = work_in(&of(size), BURST);
        assert!(bytes < LOOKS * size, "{unit:?} in a burst of {size}: {bytes} bytes scanned");
        assert!(calls < 8 * size, "{unit:?} in a burst of {size}: {calls} sink calls");
    }
}

/// How often each byte of a burst is looked at, at most: by the parser with masks and without, for the open end and for
/// the end of the text, and by the guess.
const LOOKS: usize = 20;

/// What comes between two frames when a server sends all at once: the page gives the renderer no more.
const BURST: usize = 32 * 1024;

#[test]
fn text_made_to_be_searched_again_and_again_is_linear() {
    for unit in ["[ (](", "[a](b", "[a](<b", "[a](b \"", "*a_ ", "- ", "$a{", "`a``b", "[a][b", "*a [b_"] {
        check_marks(unit);
        check_from(HOSTILE_BYTES, unit, unit);
    }
}

#[test]
fn pairs_of_marks_are_linear() {
    for one in MARKS {
        for other in MARKS {
            check_marks(&format!("{one}{other}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_runs_of_marks_are_linear(unit in prop::collection::vec(prop::sample::select(MARKS.to_vec()), 3..5)) {
        check_marks(&unit.concat());
    }
}
