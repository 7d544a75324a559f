//! [`Checking`] holds what the part `checks` brings for answers that are checked before they are shown.

use super::connection::Connection;
use super::draw_text::{DrawText, TextPlace};
use crate::engine::chat::Guard;
use crate::engine::checks::Checks;
use crate::engine::session::Session;
use crate::engine::settings::{Problem, Settings};
use crate::engine::wire::Prompt;
use std::cell::RefCell;
use std::rc::Rc;

/// Makes what judges the parts of an answer: to be called whenever something came of it.
type Judges = fn(Connection, &Checks, &Rc<RefCell<Session>>) -> Option<Rc<dyn Fn()>>;

/// Holds what the part `checks` brings for answers that are checked before they are shown.
#[derive(Clone, Copy, Debug)]
pub struct Checking {
    /// Returns what an answer is checked by: the conversation's own, and where it has no rules those of the settings.
    pub checks_of: fn(&Settings, &Checks) -> Result<Checks, Problem>,
    /// Makes the guard of an answer; `None` where nothing is to be withheld.
    pub guard_of: fn(&Checks) -> Result<Option<Rc<dyn Guard>>, Problem>,
    /// Returns the prompt with what asks the server for JSON by the schema.
    pub ask_for: fn(&Settings, &Checks, Prompt) -> Result<Prompt, Problem>,
    /// Makes what has a judge see an answer; `None` without a judge.
    pub judge: Judges,
    /// Makes the view of an answer that is to be JSON; `None` if the browser refuses.
    pub draw_text: fn(TextPlace) -> Option<Box<dyn DrawText>>,
}
