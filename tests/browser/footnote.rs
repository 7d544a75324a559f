//! Footnotes: their marks lead to the note and the note leads back, without an identifier in the page.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use crate::dom::render;
use tokenfall::browser::dom::{Pressed, press};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element};

const TEXT: &str = "a[^x] b[^\u{fc}]\n\n- c[^X] d[^\u{dc}]\n\n[^x]: note[^x]\n\n[^\u{fc}]: other\n";

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The text on the page, where it can have the focus.
fn shown(text: &str) -> Element {
    let root = render(std::iter::once(text), |_| {});
    document().document_element().unwrap().append_child(&root).unwrap();
    root
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let list = root.query_selector_all(selector).unwrap();
    (0..list.length()).map(|at| list.item(at).unwrap().unchecked_into()).collect()
}

fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

#[wasm_bindgen_test]
fn a_mark_leads_to_its_note_and_the_note_back_to_that_mark() {
    let root = shown(TEXT);
    let (marks, notes) = (all(&root, ".md-footnote-mark > a"), all(&root, ".md-footnote"));
    let back = all(&root, ".md-footnote-label");
    assert_eq!((marks.len(), notes.len(), back.len()), (5, 2, 2));
    for (mark, note) in [(2, 0), (0, 0), (4, 0), (1, 1), (3, 1)] {
        assert!(matches!(press(&marks[mark]), Some(Pressed::Done)));
        assert!(has_focus(&notes[note]), "mark {mark}");
        assert!(matches!(press(&back[note]), Some(Pressed::Done)));
        assert!(has_focus(&marks[mark]), "mark {mark}");
    }
    root.remove();
}

#[wasm_bindgen_test]
fn without_a_mark_that_was_followed_the_note_leads_to_its_first() {
    let root = shown(TEXT);
    press(&all(&root, ".md-footnote-label")[1]).unwrap();
    assert!(has_focus(&all(&root, ".md-footnote-mark > a")[1]));
    root.remove();
}

#[wasm_bindgen_test]
fn notes_of_another_text_with_the_same_label_are_left_alone() {
    let (other, root) = (shown(TEXT), shown(TEXT));
    press(&all(&root, ".md-footnote-mark > a")[0]).unwrap();
    assert!(root.contains(document().active_element().as_deref()));
    root.remove();
    other.remove();
}
