//! The page's side of typesetting: what a worker's answers can and cannot make of the page.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use crate::dom::render;
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::typeset::{Group, Painter, draw};
use tokenfall::engine::typeset::{ATTRIBUTES, Class, ELEMENTS, STYLES, Writer};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, Event};

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn element() -> Element {
    let element = document().create_element("div").unwrap();
    document().document_element().unwrap().append_child(&element).unwrap();
    element
}

/// What a script finds out about the page.
fn script(text: &str) -> JsValue {
    js_sys::Function::new_no_args(text).call0(&JsValue::NULL).unwrap()
}

#[wasm_bindgen_test]
fn a_formula_becomes_the_nodes_that_were_written() {
    let mut writer = Writer::new();
    assert!(writer.open("math") && writer.attribute("display", "block"));
    assert!(writer.open("mfrac") && writer.open("mi"));
    writer.text("<b>x</b>");
    writer.close();
    assert!(writer.open("mn") && writer.style("padding-left", "1em"));
    writer.text("2");
    (0..3).for_each(|_| writer.close());
    let parent = element();
    assert!(draw(&parent, &writer.finish()).unwrap());
    let math = parent.first_element_child().unwrap();
    assert_eq!(math.namespace_uri().as_deref(), Some("http://www.w3.org/1998/Math/MathML"));
    assert_eq!(math.get_attribute("display").as_deref(), Some("block"));
    assert_eq!(
        math.query_selector("mfrac > mi").unwrap().unwrap().text_content().as_deref(),
        Some("<b>x</b>")
    );
    assert!(math.query_selector("b").unwrap().is_none());
    let number = math.query_selector("mn").unwrap().unwrap();
    assert_eq!(number.get_attribute("style").as_deref(), Some("padding-left: 1em;"));
}

#[wasm_bindgen_test]
fn nothing_but_mathml_can_be_written() {
    for name in
        ["script", "a", "img", "svg", "annotation-xml", "semantics", "maction", "MATH", "mi onclick=x", ""]
    {
        assert!(!Writer::new().open(name), "{name}");
    }
    for name in ["href", "onclick", "style", "id", "class", "xlink:href", "xmlns", "actiontype", ""] {
        assert!(!Writer::new().attribute(name, "1"), "{name}");
    }
    for (name, value) in
        [("position", "fixed"), ("background", "red"), ("width", "url(x)"), ("width", "1;top:0")]
    {
        assert!(!Writer::new().style(name, value), "{name}: {value}");
    }
    // Each name of the lists is one that the browser takes as it is.
    for name in ELEMENTS {
        assert_eq!(
            document()
                .create_element_ns(Some("http://www.w3.org/1998/Math/MathML"), name)
                .unwrap()
                .local_name(),
            name
        );
    }
    assert!(ATTRIBUTES.iter().chain(&STYLES).all(|name| !name.starts_with("on")));
}

#[wasm_bindgen_test]
fn an_answer_that_breaks_the_rules_appends_nothing() {
    for hostile in [
        "<img src=x onerror=alert(1)>",
        "\u{1}\u{20}never closed",
        "\u{1}\u{21}x\u{2}",
        "\u{1}\u{20}\u{1}\u{7e}\u{2}\u{2}",
        "\u{1}\u{20}\u{3}\u{7e}x\u{2}\u{2}",
        "\u{1}\u{20}\u{4}\u{20}url(//x)\u{2}\u{2}",
        "",
    ] {
        let parent = element();
        assert!(!draw(&parent, hostile).unwrap(), "{hostile:?}");
        assert!(!parent.has_child_nodes(), "{hostile:?}");
    }
}

/// A painter with one group of two text nodes.
fn group(painter: &Rc<Painter>) -> (Rc<Group>, Element) {
    let parent = element();
    let group = painter.group(&parent).unwrap();
    for (at, text) in ["let x", " = 1;\n"].into_iter().enumerate() {
        let node = document().create_text_node(text);
        parent.append_child(&node).unwrap();
        assert_eq!(usize::from(group.add(&node)), at);
        assert_eq!(usize::from(group.add(&node)), at, "a node is one of the group once");
    }
    (group, parent)
}

#[wasm_bindgen_test]
fn only_groups_near_the_screen_have_ranges_and_all_are_taken_back() {
    let size = |class: Class| {
        let found = script(&format!("return CSS.highlights.get('{}').size", class.highlight()));
        found.as_f64().unwrap() as usize
    };
    let painter = Rc::new(Painter::default());
    let (group, parent) = group(&painter);
    group.paint(0, 0, 3, Class::Keyword.number());
    assert_eq!((group.ranges(), size(Class::Keyword)), (0, 0), "nothing before it is near");
    group.near(true);
    group.paint(1, 3, 4, Class::Number.number());
    assert_eq!((size(Class::Keyword), size(Class::Number)), (1, 1));
    let text = script(
        "const r = [...CSS.highlights.get('code-number')][0]; return r.startContainer.data.slice(r.startOffset, r.endOffset)",
    );
    assert_eq!(text.as_string().as_deref(), Some("1"));
    // A worker that is wrong about classes, nodes and places colours nothing.
    group.paint(0, 0, 3, 99);
    group.paint(9, 0, 3, 0);
    group.paint(0, 4_000_000, 5_000_000, 0);
    assert_eq!(size(Class::Number), 1);
    group.near(false);
    assert_eq!((size(Class::Keyword), size(Class::Number), group.ranges()), (0, 0, 0));
    group.near(true);
    assert_eq!(size(Class::Keyword), 1, "the rows are kept");
    group.clear();
    assert_eq!(
        (size(Class::Keyword), size(Class::Number)),
        (0, 0),
        "text that is taken back loses its colours"
    );
    group.paint(0, 0, 3, Class::Keyword.number());
    assert_eq!(size(Class::Keyword), 1);
    assert_eq!(parent.child_nodes().length(), 2, "no node was made");
    assert!(parent.first_child().unwrap().is_instance_of::<web_sys::Text>());
    parent.remove();
    painter.group(&element()).unwrap();
    assert_eq!(size(Class::Keyword), 0, "what has left the page keeps no colours");
}

#[wasm_bindgen_test]
fn coloured_code_that_leaves_the_page_leaves_no_highlight_behind() {
    let size = || script("return CSS.highlights.size").as_f64().unwrap() as usize;
    let before = size();
    let painter = Rc::new(Painter::default());
    let (first, parent) = group(&painter);
    let (second, other) = group(&painter);
    for group in [&first, &second] {
        group.near(true);
        group.paint(0, 0, 3, Class::Keyword.number());
    }
    assert!(before < size() || 0 < before, "they are in the registry");
    parent.remove();
    painter.sweep();
    assert_eq!((first.ranges(), second.ranges()), (0, 1), "what stays keeps its colours");
    other.remove();
    painter.sweep();
    assert_eq!((second.ranges(), size()), (0, 0));
    let (again, _parent) = group(&painter);
    again.near(true);
    again.paint(0, 0, 3, Class::Keyword.number());
    assert_eq!(
        script("return CSS.highlights.get('code-keyword').size").as_f64(),
        Some(1.0),
        "new code is coloured"
    );
}

#[wasm_bindgen_test]
fn a_formula_keeps_its_source_in_the_place_the_page_writes_to() {
    let root = render(std::iter::once("a $x^2$ b\n\n$$\ny\n$$\n"), |_| {});
    let sources = root.query_selector_all(".md-formula > code.md-math:first-child").unwrap();
    let source = |at| sources.item(at).unwrap().text_content().unwrap();
    assert_eq!((sources.length(), source(0).as_str(), source(1).as_str()), (2, "x^2", "y"));
}

#[wasm_bindgen_test]
fn the_document_is_told_of_labelled_code_and_formulas_and_of_nothing_else() {
    let told = Rc::new(RefCell::new(Vec::new()));
    let names = told.clone();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let element: Element = event.target().unwrap().dyn_into().unwrap();
        names.borrow_mut().push(element.class_name());
    });
    let function = listener.as_ref().unchecked_ref();
    document().add_event_listener_with_callback_and_bool("typeset", function, true).unwrap();
    let text = "# a\n\n**b** `c` [d](https://e.org)\n\n```\nplain\n```\n\n    plain\n\n```rust\nx\n```\n\n$f$\n\n$$g$$\n";
    render(std::iter::once(text), |_| {});
    document().remove_event_listener_with_callback_and_bool("typeset", function, true).unwrap();
    // Of code twice: when it begins, and when nothing more of it comes.
    assert_eq!(*told.borrow(), ["md-code", "md-code", "md-formula", "md-formula md-formula-display"]);
}

#[wasm_bindgen_test]
fn a_late_definition_leaves_a_drawn_formula_where_it_is() {
    let mut formula = None;
    let root = render(["$x$ and [a][b]\n\nc\n\n", "[b]: https://example.org\n"].into_iter(), |root| {
        let found = root.query_selector(".md-formula").unwrap().unwrap();
        let known: &Element = formula.get_or_insert_with(|| found.clone());
        assert!(known.is_same_node(Some(&found)), "it was replaced");
        if found.child_element_count() == 1 {
            let mut writer = Writer::new();
            assert!(writer.open("math"));
            writer.close();
            assert!(draw(&found, &writer.finish()).unwrap());
        }
    });
    assert_eq!(root.query_selector_all("p > a").unwrap().length(), 1);
}
