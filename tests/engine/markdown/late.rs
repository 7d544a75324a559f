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
