//! Formulas send their source to the worker, and draw MathML of the steps that come back.

use super::worker_client::WorkerClient;
use crate::engine::messages::prose::FORMULA_TOO_LONG;
use crate::engine::typeset::{MAX_FORMULA_BYTES, Step, read};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Element, Node};

const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Class of a formula that shows MathML in place of its source.
const DRAWN: &str = "md-drawn";

/// A formula of the page.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    element: Element,
    source: Element,
}

/// Whether a formula can be drawn.
#[derive(Debug)]
pub(super) enum Readiness {
    Ready,
    /// The formula stands last, so its end may be a guess. The text behind it comes into this element.
    Open(Element),
    /// The formula has no source, is drawn, or is too long.
    Never,
}

/// A formula whose drawing was asked for.
#[derive(Debug)]
struct Asked {
    formula: Formula,
    tex: String,
}

impl Formula {
    /// Returns the formula that `element` is; none when it is none.
    pub(super) fn of(element: &Element) -> Option<Self> {
        let is_formula = element.class_list().contains("md-formula");
        let source = element.first_element_child().filter(|_| is_formula)?;
        Some(Self { element: element.clone(), source })
    }

    pub(super) fn source(&self) -> &Element {
        &self.source
    }

    pub(super) fn is(&self, other: &Formula) -> bool {
        self.element == other.element
    }

    pub(super) fn is_on_page(&self) -> bool {
        self.element.is_connected()
    }

    /// Looks at the source and at what stands behind it.
    pub(super) fn readiness(&self) -> Readiness {
        let tex = self.source.text_content().unwrap_or_default();
        if tex.is_empty() || self.source.next_sibling().is_some() {
            Readiness::Never
        } else if MAX_FORMULA_BYTES < tex.len() {
            self.explain(FORMULA_TOO_LONG);
            Readiness::Never
        } else {
            open_end(&self.element).map_or(Readiness::Ready, Readiness::Open)
        }
    }

    /// Asks for the drawing, which comes when the worker has answered.
    pub(super) fn ask(self, math: &Rc<WorkerClient>) {
        let tex = self.source.text_content().unwrap_or_default();
        let display = u32::from(self.is_display());
        let asked = Asked { formula: self, tex: tex.clone() };
        math.ask(0, display, &tex, move |answer| asked.draw(&answer.as_string().unwrap_or_default()));
    }

    /// Takes back what was drawn: the source is another.
    pub(super) fn undraw(&self) {
        drop(self.element.class_list().remove_1(DRAWN));
        drop(self.element.remove_attribute("title"));
        drop(self.source.remove_attribute("aria-hidden"));
        while let Some(drawn) = self.source.next_element_sibling() {
            drawn.remove();
        }
    }

    fn is_display(&self) -> bool {
        self.element.class_list().contains("md-formula-display")
    }

    fn explain(&self, why: &str) {
        drop(self.element.set_attribute("title", why));
    }
}

impl Asked {
    /// Draws the formula, unless its source is another by now. An answer that begins with U+0000 says why it cannot be
    /// drawn.
    fn draw(&self, answer: &str) {
        let Formula { element, source } = &self.formula;
        if source.text_content().as_deref() != Some(&self.tex) || source.next_sibling().is_some() {
            return;
        }
        if let Some(why) = answer.strip_prefix('\0') {
            self.formula.explain(why);
        } else if draw(element, answer).is_ok_and(|is_drawn| is_drawn) {
            drop(element.class_list().add_1(DRAWN));
            // It would be read out twice otherwise.
            drop(source.set_attribute("aria-hidden", "true"));
        }
    }
}

/// Returns the element in which more may come behind `element`; none when something stands there, or the text is at its
/// end.
pub(super) fn open_end(element: &Element) -> Option<Element> {
    let mut node = element.clone();
    loop {
        if node.next_sibling().is_some() {
            return None;
        }
        let parent = node.parent_element()?;
        match parent.class_name().as_str() {
            "md-part md-done" => return None,
            // Sections stand in parts, and those in the place the page gives to the text.
            "md-part" => return parent.parent_element(),
            _ => node = parent,
        }
    }
}

/// Appends the formula that `written` describes to `parent`, node by node. False, and nothing is appended, when it
/// describes none within the limits.
///
/// # Errors
/// When the document makes no more nodes.
pub fn draw(parent: &Element, written: &str) -> Result<bool, JsValue> {
    let Some((document, steps)) = parent.owner_document().zip(read(written)) else { return Ok(false) };
    let mut open: Vec<Element> = Vec::new();
    for step in steps {
        match step {
            Step::Open(name) => open.push(document.create_element_ns(Some(MATHML), name)?),
            Step::Text(text) => append(&open, &document.create_text_node(text))?,
            Step::Close => {
                if let Some(made) = open.pop() {
                    open.last().unwrap_or(parent).append_child(&made)?;
                }
            }
            Step::Attribute(name, value) => {
                if let Some(element) = open.last() {
                    element.set_attribute(name, value)?;
                }
            }
            Step::Style(name, value) => {
                if let Some(style) = open.last().and_then(style) {
                    style.set_property(name, value)?;
                }
            }
        }
    }
    Ok(true)
}

fn append(open: &[Element], node: &Node) -> Result<(), JsValue> {
    open.last().map_or(Ok(()), |element| element.append_child(node).map(drop))
}

/// Returns the style of an element that is no HTML element; set this way it is not subject to the page's policy for
/// markup.
fn style(element: &Element) -> Option<CssStyleDeclaration> {
    js_sys::Reflect::get(element, &"style".into()).ok()?.dyn_into().ok()
}
