//! The examples of CommonMark's and GitHub's specifications, at every cut.
//!
//! They are others' text under a licence of its own, so they are not in this repository: `cargo xtask test`
//! fetches them and names their folder in `TOKENFALL_SPECS`.

#![expect(clippy::print_stdout, reason = "how many examples were tried is the result of this test")]

use super::recorder::{characters, render};
use super::whole;
use pulldown_cmark::{Options, Parser};
use std::path::PathBuf;
use tokenfall::engine::markdown::events;

/// The examples of one specification: what stands between a fence of 32 backticks and a line with a dot.
fn examples(specification: &str) -> Vec<String> {
    let fence = "`".repeat(32);
    let parts = specification.split(fence.as_str());
    // Every other part is an example: info string, source, dot, and the HTML it stands for.
    parts.skip(1).step_by(2).filter_map(source).collect()
}

fn source(example: &str) -> Option<String> {
    let (_, body) = example.strip_prefix(" example")?.split_once('\n')?;
    let end = body.find("\n.\n").map_or(0, |at| at + 1);
    Some(body[..end].replace('→', "\t"))
}

#[test]
fn every_example_of_the_specifications_settles_as_it_parses_at_every_cut() {
    let Some(folder) = std::env::var_os("TOKENFALL_SPECS").map(PathBuf::from) else {
        println!("skipped: 0 examples of the specifications, because TOKENFALL_SPECS names no folder");
        return;
    };
    for (name, least) in [("commonmark.txt", 650), ("gfm.txt", 670)] {
        let specification = std::fs::read_to_string(folder.join(name)).expect("the folder has it");
        let examples = examples(&specification);
        assert!(least <= examples.len(), "{name}: only {} examples were found", examples.len());
        for text in &examples {
            let expected = whole::tree(text);
            assert_eq!(render(characters(text)).tree(), expected, "{name}, by character: {text:?}");
            for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
                let (before, after) = text.split_at(cut);
                assert_eq!(render([before, after]).tree(), expected, "{name}, cut at {cut}: {text:?}");
            }
        }
        println!("{name}: {} examples settle as they parse", examples.len());
    }
}

#[test]
fn only_excess_cells_of_the_specifications_are_read_otherwise_than_the_parser_reads_them() {
    let Some(folder) = std::env::var_os("TOKENFALL_SPECS").map(PathBuf::from) else {
        println!("skipped: 0 examples of the specifications, because TOKENFALL_SPECS names no folder");
        return;
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    for name in ["commonmark.txt", "gfm.txt"] {
        let specification = std::fs::read_to_string(folder.join(name)).expect("the folder has it");
        for text in examples(&specification) {
            let parsed: Vec<_> = Parser::new_ext(&text, options).into_offset_iter().collect();
            assert_eq!(events(&text) == parsed, text != EXCESS, "{name}: {text:?}");
        }
    }
}

/// Of GitHub's specification: the cell beyond the last column is ignored there, and shown here.
const EXCESS: &str = "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n";

#[test]
fn an_example_is_cut_out_with_its_tabs() {
    let fence = "`".repeat(32);
    let text =
        format!("text\n{fence} example table\n→a\n.\n<p>\n{fence}\n{fence} example\n.\n{fence}\nend\n");
    assert_eq!(examples(&text), ["\ta\n", ""]);
}
