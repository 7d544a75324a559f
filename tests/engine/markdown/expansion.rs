//! Three bytes make a link of any length where a definition stands: what references hand out has a bound, which no cut
//! of the text moves.

use super::recorder::{Recorder, Step, characters, render};
use tokenfall::engine::markdown::Element;

/// A definition with an address of about `bytes` bytes.
fn definition(bytes: usize) -> String {
    format!("[a]: https://e.org/?{}\n\n", "&amp;x=".repeat(bytes / 3))
}

/// How many references lead somewhere, how many do not, and the bytes of all the addresses.
fn handed_out(sink: &Recorder) -> (usize, usize, usize) {
    let mut counts = (0, 0, 0);
    for step in &sink.steps {
        match step {
            Step::Open(Element::Link(href) | Element::Image { source: Some(href) }) => {
                counts.0 += 1;
                counts.2 += href.as_str().len();
            }
            Step::Open(Element::RefusedLink | Element::Image { source: None }) => counts.1 += 1,
            Step::Open(_) | Step::Close | Step::Text(_) | Step::Loosen | Step::Note(_) => {}
        }
    }
    counts
}

#[test]
fn references_to_a_long_address_end_at_the_same_place_at_any_cut() {
    let long = definition(7_000);
    for unit in ["[a] ", "[b][A]\n\n", "- ![a]\n", "> x [a]\n> y\n\n", "# [a]\n", "- [x] [a]\n"] {
        let references = unit.repeat(900);
        for text in [format!("{long}{references}"), format!("{references}\n\n{long}")] {
            let whole = render([text.as_str()]);
            let (links, refused, bytes) = handed_out(&whole);
            assert_eq!(links + refused, 900, "{unit:?}");
            assert!(200 < links && links < 700, "{unit:?}: {links}");
            assert!(bytes < 5 * 1024 * 1024, "{unit:?}: {bytes}");
            let by_line = render(text.split_inclusive('\n'));
            assert!(by_line.tree() == whole.tree(), "{unit:?} by line: {:?}", handed_out(&by_line));
            let pieces: Vec<String> =
                characters(&text).collect::<Vec<_>>().chunks(97).map(<[&str]>::concat).collect();
            let by_piece = render(pieces.iter().map(String::as_str));
            assert!(by_piece.tree() == whole.tree(), "{unit:?} by piece: {:?}", handed_out(&by_piece));
        }
    }
}

#[test]
fn many_references_to_a_usual_address_are_links_in_one_piece_and_in_many() {
    let text = format!("{}{}", definition(150), "see [a], [this][a]\n\n".repeat(1_000));
    let whole = render([text.as_str()]);
    assert_eq!(handed_out(&whole).0, 2_000, "also beyond what the parser copies of addresses");
    assert!(render(text.split_inclusive('\n')).tree() == whole.tree());
}

#[test]
fn hundred_thousand_references_hand_out_a_few_megabytes() {
    let text = format!("{}{}", definition(8_000), "[a] ![a]\n\n".repeat(50_000));
    let sink = render([text.as_str()]);
    let (links, refused, bytes) = handed_out(&sink);
    assert_eq!(links + refused, 100_000);
    assert!(bytes < 5 * 1024 * 1024, "{bytes}");
}
