//! [`DrawText`] draws the text of an answer in a way of its own, in the place of Markdown.

use crate::engine::chat::TurnId;
use crate::engine::checks::SchemaChoice;
use std::rc::Rc;
use web_sys::Element;

/// Work that was done, or that may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Bytes of text that were read.
    pub bytes: usize,
    /// Nodes of the page that were made, and what costs as much.
    pub steps: usize,
}

/// Draws the text of a block into an element.
pub trait DrawText {
    /// Draws what is new of the whole text, within about as much work. Returns the work that it was.
    fn draw(&mut self, text: &str, is_over: bool, most: Work) -> Work;

    /// Returns whether there is text that was not drawn yet.
    fn is_behind(&self, text: &str, is_over: bool) -> bool;
}

/// The element for the text of a block, and what a view in it can have done.
#[derive(Clone)]
pub struct TextPlace {
    /// An empty element.
    pub element: Element,
    /// The schema that the answer was asked with.
    pub schema: SchemaChoice,
    /// The answer's turn.
    pub turn: TurnId,
    /// Whether the answer is being written.
    pub is_running: bool,
    /// What the page does for the view.
    pub hands: TextHands,
}

/// What the page does for a view of text.
#[derive(Clone)]
pub struct TextHands {
    /// Asks a question behind the last answer.
    pub ask: Rc<dyn Fn(&str)>,
    /// Stops the answer that is being written.
    pub stop: Rc<dyn Fn()>,
    /// Asks for a frame, in which the view is drawn.
    pub wake: Rc<dyn Fn()>,
    /// Returns whether a question can be asked behind the answer of that turn. It follows signals.
    pub can_ask: Rc<dyn Fn(TurnId) -> bool>,
}

impl std::fmt::Debug for TextPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextPlace").field("turn", &self.turn).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for TextHands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextHands").finish_non_exhaustive()
    }
}

/// Makes the view of a block's text in an element; it is told whether the answer is being written.
pub type MakeText = Rc<dyn Fn(Element, bool) -> Option<Box<dyn DrawText>>>;
