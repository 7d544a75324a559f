//! Dispatches presses on the sink's buttons.

use super::find::CodeBlock;
use super::toolbar::Tool;
use super::{footnote, image};
use web_sys::Element;

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
    match PRESSED.into_iter().find(|tool| tool.name() == name)? {
        Tool::Copy => {
            let text = CodeBlock::around(&button)?.code.text_content()?;
            return Some(Pressed::Copy(Copied { button, text }));
        }
        Tool::Wrap => {
            let is_on =
                button.closest(".md-code").ok()??.class_list().toggle(&format!("md-{name}")).unwrap_or(false);
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

/// The tools that are served here.
const PRESSED: [Tool; 5] = [Tool::Wrap, Tool::Copy, Tool::Load, Tool::Note, Tool::Back];
