//! Footnotes as GitHub has them, said in full: the oracle of the laws is the same parser.

use super::recorder::render;

#[test]
fn a_footnote_without_a_definition_is_text() {
    assert_eq!(render(["a[^x] b"]).tree(), "Paragraph\n  \"a[^x] b\"");
}

#[test]
fn a_footnotes_second_paragraph_is_indented_by_four_and_no_code() {
    assert_eq!(
        render(["a[^x]\n\n[^x]: b\n\n    c\n\nd"]).tree(),
        "Paragraph\n  \"a\"\n  FootnoteMark\n    \"x\"\nFootnote { label: \"x\" }\n  Paragraph\n    \"b\"\n  \
         Paragraph\n    \"c\"\nParagraph\n  \"d\"",
    );
}

#[test]
fn a_link_label_with_a_blank_before_its_hat_is_not_a_footnotes() {
    for text in ["[^1]: note\n\nsee [ ^1] here", "see [ ^1] here\n\n[^1]: note\n"] {
        let tree = super::recorder::render(super::recorder::characters(text)).tree();
        assert!(tree.contains("\"see [ ^1] here\""), "{tree}");
        assert_eq!(tree, super::whole::tree(text));
    }
    let text = "[ ^1]: https://a.b\n\n___\n\n[ ^1] is a link, [^1] is not";
    let tree = super::recorder::render(super::recorder::characters(text)).tree();
    assert_eq!(tree, super::whole::tree(text));
    assert_eq!(tree.matches("Link(").count(), 1, "{tree}");
}

#[test]
fn labels_match_by_unicodes_folding_of_case() {
    for (label, reference) in [("ẞ", "SS"), ("Ե", "ե"), ("ΑΓΩ", "αγω"), ("^Ж", "^ж")] {
        let text = format!("[{reference}]\n\n___\n\n[{label}]: https://a.b\n");
        let tree = super::recorder::render(super::recorder::characters(&text)).tree();
        assert_eq!(tree, super::whole::tree(&text));
        assert!(tree.contains("Link(") || tree.contains("FootnoteMark"), "{tree}");
    }
}
