//! Toolbars hold the buttons over code and tables. These, the buttons in the boxes of images and the links of footnotes
//! say in an attribute what they do, and one listener serves all.
//!
//! A button has `data-md` with its tool's name; one that takes something along has `data-take` instead, and the
//! module [`export`](crate::browser::export) serves it. The sink makes no listener: whoever shows the text calls
//! [`press`](super::press()) for each click inside of it. What is copied belongs on the clipboard, which is the caller's.

use crate::engine::messages::prose as words;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

/// Names what a button does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tool {
    Wrap,
    Save,
    Copy,
    Csv,
    Markdown,
    Load,
    /// Leads from a footnote's mark to the note; the next one leads back.
    Note,
    Back,
}

impl Tool {
    pub(super) const ATTRIBUTE: &str = "data-md";
    /// The attribute of those that take something along.
    pub(super) const TAKEN: &str = "data-take";

    /// Puts the button last into `parent`.
    pub(super) fn add_to(self, document: &Document, parent: &Element) -> Result<(), JsValue> {
        let button = self.make(document)?;
        parent.append_child(&button).map(drop)
    }

    /// Returns the button. The words on it are the stylesheet's, so that copied text and search do not find them.
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

    /// Returns its name for those who do not see it.
    fn label(self) -> &'static str {
        match self {
            Self::Wrap => words::WRAP,
            Self::Save => words::SAVE_CODE,
            Self::Copy => words::COPY_CODE,
            Self::Csv => words::COPY_CSV,
            Self::Markdown => words::COPY_MARKDOWN,
            Self::Load => words::LOAD_IMAGE,
            Self::Note => words::TO_NOTE,
            Self::Back => words::BACK_TO_TEXT,
        }
    }
}
