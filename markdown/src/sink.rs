//! [`Sink`] receives rendered Markdown.

use super::element::Element;

/// Takes what [`Renderer`](super::Renderer) makes of the text: a few verbs, in document order.
///
/// Each call of [`open`](Sink::open), [`close`](Sink::close), [`text`](Sink::text), [`loosen`](Sink::loosen)
/// and [`note`](Sink::note) is one *step*. The last steps can be taken back with [`undo`](Sink::undo) until
/// they are settled; nodes made by settled steps are never touched again, apart from growing at their end,
/// and from [`revise`](Sink::revise).
pub trait Sink {
    /// Begins `element` inside the innermost open element, and makes it the innermost.
    fn open(&mut self, element: &Element);

    /// Ends the innermost open element.
    fn close(&mut self);

    /// Appends `text`, never empty, to the innermost open element, and to the text that stands last in it.
    fn text(&mut self, text: &str);

    /// Sets apart the items of the innermost open list: what CommonMark calls a loose list.
    fn loosen(&mut self);

    /// Remembers the innermost open element, a block of text, under `number`: it may have to be revised.
    fn note(&mut self, number: usize);

    /// Begins the new content of the element noted under `number`, which is settled and closed: a link or a
    /// footnote in it was defined below. Until [`revised`](Sink::revised) only `open`, `close` and `text`
    /// follow, which are no steps. What stays the same should keep its nodes.
    fn revise(&mut self, number: usize);

    /// Ends the new content.
    fn revised(&mut self);

    /// Takes back the last `steps` steps, the newest first. They were not settled.
    fn undo(&mut self, steps: usize);

    /// Makes the oldest `steps` steps that were not settled yet final.
    fn settle(&mut self, steps: usize);
}
