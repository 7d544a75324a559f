//! Toolbars hold the buttons over code and tables. These, the buttons in the boxes of images and the links of footnotes
//! say in an attribute what they do, and one listener serves all.
//!
//! A button has `data-md` with its tool's name; one that takes something along has `data-take` instead, and the
//! module [`export`](crate::browser::export) serves it. The sink makes no listener: whoever shows the text calls
//! [`press`] for each click inside of it. What is copied belongs on the clipboard, which is the caller's.

use super::{footnote, image};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

/// Tells what a click on a button did.
#[derive(Clone, Debug)]
pub enum Pressed {
    /// All there was to do.
    Done,
    /// Something is to be copied.
    Copy(Copied),
}

/// Holds the text that a button copies.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The button that was pressed.
    pub button: Element,
    /// The code, exactly as it was written.
    pub text: String,
}

/// Does what a click on `target` asks for, if that is inside of a button of the sink's; else none. Copying is left
/// to the caller, as is keeping the browser from following a link around the button.
#[must_use]
pub fn press(target: &Element) -> Option<Pressed> {
    let button = target.closest(&format!("[{}]", Tool::ATTRIBUTE)).ok()??;
    let name = button.get_attribute(Tool::ATTRIBUTE)?;
    let block = || button.closest(".md-code").ok()?;
    match PRESSED.into_iter().find(|tool| tool.name() == name)? {
        Tool::Copy => {
            let text = block()?.query_selector("code").ok()??.text_content()?;
            return Some(Pressed::Copy(Copied { button, text }));
        }
        Tool::Wrap => {
            let is_on = block()?.class_list().toggle(&format!("md-{name}")).unwrap_or(false);
            // Without the attribute the button is not pressed, which is what it begins as.
            drop(button.set_attribute("aria-pressed", if is_on { "true" } else { "false" }));
        }
        Tool::Load => image::load(&button),
        Tool::Note => footnote::to_note(&button),
        Tool::Back => footnote::to_mark(&button),
        Tool::Save | Tool::Csv | Tool::Markdown => return None,
    }
    Some(Pressed::Done)
}

/// Names what a button does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tool {
    Wrap,
    Save,
    Copy,
    Csv,
    Markdown,
    Load,
    /// From a footnote's mark to the note, and back.
    Note,
    Back,
}

/// Those that are served here.
const PRESSED: [Tool; 5] = [Tool::Wrap, Tool::Copy, Tool::Load, Tool::Note, Tool::Back];

impl Tool {
    pub(super) const ATTRIBUTE: &str = "data-md";
    /// The attribute of those that take something along.
    pub(super) const TAKEN: &str = "data-take";

    /// Puts the button last into `parent`.
    pub(super) fn add_to(self, document: &Document, parent: &Element) -> Result<(), JsValue> {
        let button = self.make(document)?;
        parent.append_child(&button).map(drop)
    }

    /// The button. The words on it are the stylesheet's, so that copied text and search do not find them.
    pub(super) fn make(self, document: &Document) -> Result<Element, JsValue> {
        let button = document.create_element("button")?;
        button.set_class_name("md-tool");
        button.set_attribute("type", "button")?;
        let is_taken = matches!(self, Self::Save | Self::Csv | Self::Markdown);
        button.set_attribute(if is_taken { Self::TAKEN } else { Self::ATTRIBUTE }, self.name())?;
        button.set_attribute("aria-label", self.label())?;
        Ok(button)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wrap => "wrap",
            Self::Save => "save",
            Self::Copy => "copy",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Load => "load",
            Self::Note => "note",
            Self::Back => "back",
        }
    }

    /// What it is called for those who do not see it.
    fn label(self) -> &'static str {
        match self {
            Self::Wrap => "Wrap long lines",
            Self::Save => "Download the code",
            Self::Copy => "Copy the code",
            Self::Csv => "Copy the table as CSV",
            Self::Markdown => "Copy the table as Markdown",
            Self::Load => "Load the image",
            Self::Note => "To the note",
            Self::Back => "Back to the text",
        }
    }
}
