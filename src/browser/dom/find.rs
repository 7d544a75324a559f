//! Finds elements of rendered Markdown for other modules, which know none of its classes.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// The class of a block of code.
pub(in crate::browser) const CODE: &str = "md-code";
/// The class of a formula.
pub(in crate::browser) const FORMULA: &str = "md-formula";
/// What is typeset: blocks of code and formulas.
const TYPESET: &str = ".md-code, .md-formula";

/// A block of code.
pub(in crate::browser) struct CodeBlock {
    /// The info string's first word, as it was written; empty if there is none.
    pub language: String,
    /// The element with the code's text.
    pub code: Element,
}

impl CodeBlock {
    /// Returns the parts of a block of code; `None` where it was not made whole.
    pub(in crate::browser) fn of(block: &Element) -> Option<CodeBlock> {
        let find = |selector| block.query_selector(selector).ok().flatten();
        let language = find(".md-code-language").and_then(|label| label.text_content()).unwrap_or_default();
        Some(CodeBlock { language, code: find("code")? })
    }

    /// Returns the block of code that `inner` is in.
    pub(in crate::browser) fn around(inner: &Element) -> Option<CodeBlock> {
        CodeBlock::of(&closest(inner, ".md-code")?)
    }
}

/// Returns the table whose tool `button` is.
pub(in crate::browser) fn table_of(button: &Element) -> Option<Element> {
    closest(button, ".md-table")?.query_selector("table").ok()?
}

/// Returns whether an element is in rendered Markdown.
pub(in crate::browser) fn is_in_prose(inner: &Element) -> bool {
    closest(inner, ".prose").is_some()
}

/// Returns whether rendered Markdown is in an element.
pub(in crate::browser) fn holds_prose(outer: &Element) -> bool {
    outer.query_selector(".prose").is_ok_and(|prose| prose.is_some())
}

/// Returns whether an element is in code or in the source of a formula: text that is taken as it stands.
pub(in crate::browser) fn is_in_code(inner: &Element) -> bool {
    closest(inner, ".md-code pre, .md-code, code.md-span, code.md-math").is_some()
}

/// Returns the block of code or the formula that an element is in.
pub(in crate::browser) fn typeset_around(inner: &Element) -> Option<Element> {
    closest(inner, TYPESET)
}

/// Returns all blocks of code and formulas in an element.
pub(in crate::browser) fn typeset_in(outer: &Element) -> Vec<Element> {
    let Ok(found) = outer.query_selector_all(TYPESET) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn closest(inner: &Element, selector: &str) -> Option<Element> {
    inner.closest(selector).ok().flatten()
}
