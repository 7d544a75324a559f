//! [`Checking`] and [`Structuring`] hold what lazy parts bring for answers that are checked before they are shown.

use super::connection::Connection;
use super::draw_text::{DrawText, TextPlace};
use crate::engine::chat::Guard;
use crate::engine::checks::{Checks, Rules, SchemaChoice, WholeCheck};
use crate::engine::session::Session;
use crate::engine::settings::{Problem, Settings};
use crate::engine::wire::{Dialect, Prompt};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

/// Makes something ready in steps, between which the page does everything else.
pub type Making = Pin<Box<dyn Future<Output = ()>>>;

/// Makes what judges the parts of an answer: to be called whenever something came of it.
type Judges = fn(Connection, &Checks, &Rc<RefCell<Session>>) -> Option<Rc<dyn Fn()>>;

/// Makes the guard of an answer.
type Guards = fn(&Checks, Option<WholeCheck>) -> Result<Rc<dyn Guard>, Problem>;

/// Holds what the part `extras` brings for answers that have to pass rules.
#[derive(Clone, Copy, Debug)]
pub struct Checking {
    /// Returns the rules of an answer: the conversation's own, and where it has none those of the settings.
    pub rules_of: fn(&Settings, &Checks) -> Result<Option<Rules>, Problem>,
    /// Returns whether rules can be followed at once.
    pub is_ready: fn(&Rules) -> bool,
    /// Makes rules ready to be followed.
    pub make_ready: fn(Rules) -> Making,
    /// Makes the guard of an answer, which also asks the check about the whole of it.
    pub guard_of: Guards,
    /// Makes what has a judge see an answer; `None` without a judge.
    pub judge: Judges,
}

/// Holds what the part `schema` brings for answers that are to be JSON.
#[derive(Clone, Copy, Debug)]
pub struct Structuring {
    /// Does what the first schema of a tab costs once.
    pub warm_up: fn() -> Making,
    /// Returns the prompt with what asks the server for JSON by the schema.
    pub ask_for: fn(Dialect, &SchemaChoice, Prompt) -> Result<Prompt, Problem>,
    /// Makes the check that a whole answer follows the schema.
    pub check_of: fn(&SchemaChoice) -> Result<WholeCheck, Problem>,
    /// Makes the view of an answer; `None` if the browser refuses.
    pub draw_text: fn(TextPlace) -> Option<Box<dyn DrawText>>,
}
