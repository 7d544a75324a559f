//! The buttons over a code block: they say what they do in an attribute, and one listener serves all.
//!
//! A button has `data-md` with `copy` or `wrap`; the wrapping block has the class `md-wrapped`. The sink makes
//! no listener: whoever shows the text calls [`press`] for each click inside of it. What is copied belongs on
//! the clipboard, which is the caller's; the button may be given `data-done` for as long as it says so.

use web_sys::Element;

/// A code block that is to be copied.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The button that was pressed.
    pub button: Element,
    /// The code, exactly as it was written.
    pub text: String,
}

/// Does what a click on `target` asks for, if that is inside of a button of the sink's. Copying is left to
/// the caller.
#[must_use]
pub fn press(target: &Element) -> Option<Copied> {
    let button = target.closest(&format!("[{}]", Tool::ATTRIBUTE)).ok()??;
    let block = button.closest(".md-code").ok()??;
    let name = button.get_attribute(Tool::ATTRIBUTE)?;
    match Tool::named(&name)? {
        Tool::Copy => {
            let text = block.query_selector("code").ok()??.text_content()?;
            Some(Copied { button, text })
        }
        Tool::Wrap => {
            let is_wrapped = block.class_name() == "md-code";
            block.set_class_name(if is_wrapped { "md-code md-wrapped" } else { "md-code" });
            // Without the attribute the button is not pressed, which is what it begins as.
            drop(button.set_attribute("aria-pressed", if is_wrapped { "true" } else { "false" }));
            None
        }
    }
}

/// What a button over a code block does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tool {
    Copy,
    Wrap,
}

impl Tool {
    pub(super) const ATTRIBUTE: &str = "data-md";

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Wrap => "wrap",
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Copy => "md-tool md-copy",
            Self::Wrap => "md-tool md-wrap",
        }
    }

    /// What it is called for those who do not see it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Copy => "Copy the code",
            Self::Wrap => "Wrap long lines",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Copy, Self::Wrap].into_iter().find(|tool| tool.name() == name)
    }
}
