//! Work is linear in the text: bytes scanned and sink calls, not seconds.

use super::recorder::Recorder;
use tokenfall::engine::markdown::Renderer;

const STEP: usize = 8;

fn work(text: &str) -> (usize, usize) {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = STEP.min(rest.len());
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
    let open = |bytes: usize| format!("| a | b |\n|---|---|\n{}", "| one | *two* |\n".repeat(bytes / 16));
    let (bytes, calls) = work(&open(BYTES));
    let (bytes_2, calls_2) = work(&open(2 * BYTES));
    assert!(10 * bytes_2 < 22 * bytes && 10 * calls_2 < 22 * calls, "{bytes} {bytes_2} {calls} {calls_2}");
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
