//! [`TurnView`] draws an answer's text, past the reactive graph.
//!
//! It keeps for each block how many bytes it has shown and gives the renderer the range behind them. So a frame costs
//! what came since the last one, however long the answer is.

use crate::browser::dom::DomSink;
use crate::engine::chat::{Block, Turn};
use crate::engine::json::{Document as Json, Indent};
use crate::engine::markdown::Renderer;
use crate::engine::messages::{page, prose};
use crate::engine::meter::Pace;
use crate::engine::wire::BlockKind;
use crate::ui::components::Sparkline;
use crate::ui::state::{DrawText, MakeText, Work};
use std::time::Duration;
use web_sys::{Document, Element};

/// Limits what is drawn in one frame: what came in one burst is drawn over several, lest the page hang.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Bytes of text.
    bytes: usize,
    /// Steps of the sink. Text is cheap where it makes few nodes; a table is nearly all nodes.
    steps: usize,
}

impl Budget {
    pub(super) const FRAME: Budget = Budget { bytes: 32 << 10, steps: 1_500 };
    /// The budget where nobody sees the page, and timers are rare.
    pub(super) const HIDDEN: Budget = Budget { bytes: usize::MAX, steps: usize::MAX };

    /// The most bytes that go to the renderer at once: between them the steps are counted.
    const PIECE: usize = 2 << 10;

    fn piece(&self) -> usize {
        // Fewer bytes may be less than a character, which would never come.
        if self.steps == 0 || self.bytes < 4 { 0 } else { self.bytes.min(Self::PIECE) }
    }

    fn take(&mut self, bytes: usize, steps: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.steps = self.steps.saturating_sub(steps);
    }
}

/// Draws a turn into bare elements that no one else puts children into.
pub(super) struct TurnView {
    answer: Element,
    reasoning: Element,
    pace: Sparkline,
    blocks: Vec<BlockView>,
    /// Makes what draws text in the place of Markdown.
    make_text: Option<MakeText>,
}

/// Draws one block.
struct BlockView {
    element: Element,
    renderer: Renderer,
    sink: DomSink,
    /// Bytes of the block's text that the renderer was given.
    shown: usize,
    revision: u32,
    is_finished: bool,
    /// What draws it in the place of the renderer.
    text: Option<Box<dyn DrawText>>,
    /// How a tool call's arguments are laid out.
    layout: Indent,
}

impl TurnView {
    /// Creates a view that draws into empty elements.
    pub(super) fn new(
        answer: Element,
        reasoning: Element,
        pace: Sparkline,
        make_text: Option<MakeText>,
    ) -> TurnView {
        TurnView { answer, reasoning, pace, blocks: Vec::new(), make_text }
    }

    /// Draws what the turn holds and the page does not, as far as the budget goes. Returns whether anything was drawn.
    pub(super) fn draw(&mut self, turn: &Turn, budget: &mut Budget) -> bool {
        let Some(document) = self.answer.owner_document() else { return false };
        let is_final = turn.state.is_final();
        let mut is_changed = false;
        for (at, block) in turn.blocks.iter().enumerate() {
            if at == self.blocks.len() {
                match self.open(&document, block, is_final) {
                    Some(drawn) => self.blocks.push(drawn),
                    None => return is_changed,
                }
            }
            let Some(drawn) = self.blocks.get_mut(at) else { continue };
            if drawn.text.is_some() && drawn.revision != block.revision {
                drawn.begin_anew(block.revision, false);
                drawn.text = self.make_text.as_ref().and_then(|make| make(drawn.element.clone(), !is_final));
            }
            is_changed |= drawn.draw(block, is_final, budget);
        }
        is_changed
    }

    /// Returns whether there is text of the turn that was not drawn yet.
    pub(super) fn is_behind(&self, turn: &Turn) -> bool {
        let is_final = turn.state.is_final();
        let drawn = |block: &BlockView, all: &Block| {
            if let Some(text) = &block.text {
                return block.revision == all.revision && !text.is_behind(&all.text, is_final || all.closed);
            }
            let is_all = block.shown == all.text.len() && block.revision == all.revision;
            is_all && (block.is_finished || !is_final)
        };
        self.blocks.len() < turn.blocks.len()
            || !self.blocks.iter().zip(&turn.blocks).all(|(block, all)| drawn(block, all))
    }

    /// Draws the pace so far.
    pub(super) fn draw_pace(&self, pace: &Pace, elapsed: Duration) {
        self.pace.draw(pace, elapsed);
    }

    fn open(&self, document: &Document, block: &Block, is_final: bool) -> Option<BlockView> {
        let element = document.create_element("div").ok()?;
        let place = match block.kind {
            BlockKind::Reasoning => &self.reasoning,
            BlockKind::Text
            | BlockKind::Refusal
            | BlockKind::ToolCall
            | BlockKind::Said
            | BlockKind::Other => &self.answer,
        };
        // Only the first of several alternative answers is shown; what is no text has no picture here.
        if block.choice == 0 && block.kind != BlockKind::Other {
            element.set_class_name(match block.kind {
                BlockKind::Text | BlockKind::Reasoning | BlockKind::Other => "block prose",
                BlockKind::Refusal => "block prose refusal",
                BlockKind::ToolCall => "block prose tool-call",
                BlockKind::Said => "block said bubble",
            });
            element.set_attribute("dir", "auto").ok()?;
            place.append_child(&element).ok()?;
        }
        let mut view = BlockView::new(element, block.revision)?;
        if let (BlockKind::Text, 0, Some(make)) = (block.kind, block.choice, &self.make_text) {
            view.text = make(view.element.clone(), !is_final);
            if view.text.is_some() {
                view.element.set_class_name("block");
            }
        }
        // The person's words are no Markdown, and whole.
        if block.kind != BlockKind::Said {
            return Some(view);
        }
        view.element.set_attribute("aria-label", page::SAID_MEANWHILE).ok()?;
        view.element.set_attribute("role", "note").ok()?;
        view.element.set_text_content(Some(&block.text));
        Some(BlockView { shown: block.text.len(), is_finished: true, ..view })
    }
}

impl BlockView {
    fn new(element: Element, revision: u32) -> Option<BlockView> {
        let sink = DomSink::new(element.clone())?;
        let (renderer, layout) = (Renderer::new(), Indent::default());
        Some(BlockView {
            element,
            renderer,
            sink,
            shown: 0,
            revision,
            is_finished: false,
            text: None,
            layout,
        })
    }

    /// Draws what is new of the block, as far as the budget goes. Returns whether anything was drawn.
    fn draw(&mut self, block: &Block, is_final: bool, budget: &mut Budget) -> bool {
        if let Some(text) = &mut self.text {
            let most = Work { bytes: budget.bytes, steps: budget.steps };
            let done = text.draw(&block.text, is_final || block.closed, most);
            budget.take(done.bytes, done.steps);
            return done != Work::default();
        }
        if self.is_finished && self.revision == block.revision {
            return false;
        }
        let mut is_drawn = false;
        loop {
            let piece = budget.piece();
            if piece == 0 {
                return is_drawn;
            }
            let is_end_near = block.text.len().saturating_sub(self.shown) <= piece;
            // What looked like JSON and is none in the end is shown as it came.
            let is_misread = block.closed
                && is_end_near
                && self.layout.is_active()
                && Json::default().parse(&block.text).is_err();
            if is_misread || self.revision != block.revision {
                self.begin_anew(block.revision, is_misread);
                is_drawn = true;
            }
            let new = block.text.get(self.shown..).unwrap_or_default();
            let new = &new[..new.floor_char_boundary(piece)];
            let is_over = (is_final || block.closed) && self.shown + new.len() == block.text.len();
            if new.is_empty() && !is_over {
                return is_drawn;
            }
            let before = self.sink.work();
            if block.kind == BlockKind::ToolCall {
                self.push_call(block, new, is_over);
            } else {
                self.renderer.push(new);
            }
            self.shown += new.len();
            is_drawn |= self.renderer.flush(&mut self.sink);
            if is_over {
                self.renderer.finish(&mut self.sink);
                self.is_finished = true;
            }
            budget.take(new.len(), self.sink.work() - before);
            if self.is_finished {
                return true;
            }
        }
    }

    /// Takes the block off the page, to draw it from its beginning.
    fn begin_anew(&mut self, revision: u32, is_misread: bool) {
        if let Some(again) = BlockView::new(self.element.clone(), revision) {
            self.element.set_text_content(None);
            *self = again;
            if is_misread {
                self.layout = Indent::none();
            }
        }
    }

    /// Draws a tool call: its name, and behind it its arguments as code.
    fn push_call(&mut self, block: &Block, new: &str, is_over: bool) {
        if self.shown == 0 && (is_over || !new.is_empty()) {
            let name = block.tool.as_ref().map_or("", |tool| tool.name.as_str());
            // A fence that no argument has.
            let fence = if block.text.is_empty() { "" } else { "\n\n````````````````json\n" };
            match name.replace('`', "").trim() {
                "" => self.renderer.push(prose::CALLS_NAMELESS_TOOL),
                name => self.renderer.push(&prose::calls_tool(name)),
            }
            self.renderer.push(fence);
        }
        let mut arguments = String::new();
        self.layout.push(new, &mut arguments);
        self.renderer.push(&arguments);
    }
}
