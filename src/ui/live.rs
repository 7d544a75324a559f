//! The bridge from a session to the page: once an animation frame it draws what is new, then sets a few signals.
//!
//! It keeps for each block how many bytes it has shown and gives the renderer the range behind them. So a frame costs
//! what came since the last one, however long the answer is. It makes no signal, effect or closure.

use super::parts::Sparkline;
use super::state::App;
use super::talk::{Card, Talk, Waiting};
use crate::browser::clock::is_hidden;
use crate::browser::dom::DomSink;
use crate::browser::pump::Running;
use crate::engine::chat::{Block, Turn, TurnId, TurnState};
use crate::engine::json::{Document as Json, Indent};
use crate::engine::markdown::Renderer;
use crate::engine::session::{Session, Stall};
use crate::engine::stamp::Stamp;
use crate::engine::wire::{BlockKind, Role};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use web_sys::{Document, Element};

/// Digits change at most this often.
const DIGITS: Duration = Duration::from_millis(250);
/// From here on waiting is shown in seconds.
const PATIENCE: Duration = Duration::from_secs(5);
/// From here on silence in the middle of an answer is shown.
const STALL: Duration = Duration::from_secs(15);

/// So many bytes of text are drawn in one frame: what came in one burst is drawn over several, lest the page hang.
const IN_ONE_FRAME: usize = 32 << 10;
/// What is told when the text so far turns out to be reasoning.
const MOVED: &str = "The text so far was reasoning and stands under the thoughts now. ";
/// So many frames the end is still followed when an answer is over.
const SETTLING: u32 = 20;

/// An answer that is being written.
pub(super) struct Run {
    pub(super) id: TurnId,
    pub(super) card: Card,
    pub(super) session: Rc<RefCell<Session>>,
    /// When the digits were set last.
    pub(super) counted: Option<Stamp>,
    pub(super) drawn_bytes: u64,
    /// Reasoning was moved out of the text, and that was told.
    pub(super) has_moved: bool,
}

/// Where a turn is drawn: bare elements that no one else puts children into.
pub(super) struct Screen {
    answer: Element,
    reasoning: Element,
    pace: Sparkline,
    blocks: Vec<Drawn>,
}

/// One block on the screen.
struct Drawn {
    element: Element,
    renderer: Renderer,
    sink: DomSink,
    /// Bytes of the block's text that the renderer was given.
    shown: usize,
    revision: u32,
    is_finished: bool,
    /// How a tool call's arguments are laid out.
    layout: Indent,
}

impl Screen {
    /// The places inside a turn's element; `None` if it has none, as a question's has not.
    pub(super) fn inside(turn: &Element) -> Option<Screen> {
        let find = |selector| turn.query_selector(selector).ok().flatten();
        Some(Screen {
            answer: find(".answer")?,
            reasoning: find(".thoughts")?,
            pace: Sparkline { time: find(".pace-time")?, bars: find(".pace-bars")? },
            blocks: Vec::new(),
        })
    }

    /// Draws all of a turn that is over.
    pub(super) fn draw_whole(&mut self, turn: &Turn) {
        self.draw(turn, usize::MAX);
    }

    /// Draws what the turn holds and the screen does not, but no more than `most` bytes of it. Says whether anything was
    /// drawn.
    fn draw(&mut self, turn: &Turn, most: usize) -> bool {
        let Some(document) = self.answer.owner_document() else { return false };
        let is_final = turn.state.is_final();
        let mut is_changed = false;
        let mut left = most;
        for (at, block) in turn.blocks.iter().enumerate() {
            if at == self.blocks.len() {
                match self.open(&document, block) {
                    Some(drawn) => self.blocks.push(drawn),
                    None => return is_changed,
                }
            }
            if let Some(drawn) = self.blocks.get_mut(at) {
                is_changed |= drawn.draw(block, is_final, &mut left);
            }
        }
        is_changed
    }

    /// Whether there is text of the turn that was not drawn yet.
    fn is_behind(&self, turn: &Turn) -> bool {
        self.blocks.iter().zip(&turn.blocks).any(|(drawn, block)| drawn.shown < block.text.len())
    }

    /// Draws the sparkline of a turn that is over.
    pub(super) fn draw_pace(&self, card: &Card) {
        self.pace.draw(&card.pace.borrow(), card.numbers.get_untracked().elapsed);
    }

    fn open(&self, document: &Document, block: &Block) -> Option<Drawn> {
        let element = document.create_element("div").ok()?;
        let place = match block.kind {
            BlockKind::Reasoning => &self.reasoning,
            BlockKind::Text | BlockKind::Refusal | BlockKind::ToolCall | BlockKind::Other => &self.answer,
        };
        // Only the first of several alternative answers is shown; what is no text has no picture here.
        if block.choice == 0 && block.kind != BlockKind::Other {
            element.set_class_name(match block.kind {
                BlockKind::Text | BlockKind::Reasoning | BlockKind::Other => "block prose",
                BlockKind::Refusal => "block prose refusal",
                BlockKind::ToolCall => "block prose tool-call",
            });
            element.set_attribute("dir", "auto").ok()?;
            place.append_child(&element).ok()?;
        }
        Drawn::new(element, block.revision)
    }
}

impl Drawn {
    fn new(element: Element, revision: u32) -> Option<Drawn> {
        let sink = DomSink::new(element.clone())?;
        let (renderer, layout) = (Renderer::new(), Indent::default());
        Some(Drawn { element, renderer, sink, shown: 0, revision, is_finished: false, layout })
    }

    /// Draws what is new of the block, but no more than `left` bytes, and takes those off it.
    fn draw(&mut self, block: &Block, is_final: bool, left: &mut usize) -> bool {
        if self.is_finished && self.revision == block.revision {
            return false;
        }
        let is_end_near = block.text.len().saturating_sub(self.shown) <= *left;
        // What looked like JSON and is none in the end is shown as it came.
        let is_misread = block.closed
            && is_end_near
            && self.layout.is_active()
            && Json::default().parse(&block.text).is_err();
        if (is_misread || self.revision != block.revision)
            && let Some(again) = Drawn::new(self.element.clone(), block.revision)
        {
            self.element.set_text_content(None);
            *self = again;
            if is_misread {
                self.layout = Indent::none();
            }
        }
        let new = block.text.get(self.shown..).unwrap_or_default();
        let new = &new[..new.floor_char_boundary(*left)];
        *left -= new.len();
        let is_over = (is_final || block.closed) && self.shown + new.len() == block.text.len();
        if block.kind == BlockKind::ToolCall {
            self.push_call(block, new, is_over);
        } else {
            self.renderer.push(new);
        }
        self.shown += new.len();
        let is_drawn = self.renderer.flush(&mut self.sink);
        if is_over {
            self.renderer.finish(&mut self.sink);
            self.is_finished = true;
        }
        is_drawn || self.is_finished
    }

    /// A call of a tool: its name, and behind it its arguments as code.
    fn push_call(&mut self, block: &Block, new: &str, is_over: bool) {
        if self.shown == 0 && (is_over || !new.is_empty()) {
            let name = block.tool.as_ref().map_or("", |tool| tool.name.as_str());
            // A fence that no argument has.
            let fence = if block.text.is_empty() { "" } else { "\n\n````````````````json\n" };
            let whom = match name.replace('`', "").trim() {
                "" => "a tool that has no name".to_owned(),
                name => format!("`{name}`"),
            };
            self.renderer.push(&format!("Calls {whom}{fence}"));
        }
        let mut arguments = String::new();
        self.layout.push(new, &mut arguments);
        self.renderer.push(&arguments);
    }
}

/// One frame: draws, sets signals, follows the end. Says whether the next frame is wanted too.
pub(super) fn frame(app: App, now: Stamp) -> bool {
    // Dropped outside of the state: that closes the connection.
    drop(app.talk(|talk| talk.given_up(now)));
    let Some(frame) = app.talk(|talk| Frame::draw(talk, now)) else {
        // Behind the end: what the signals changed (a note, an error) comes now, and heights still settle.
        app.follow();
        return app.talk(|talk| {
            talk.settling = talk.settling.saturating_sub(1);
            talk.settling > 0
        });
    };
    let card = &frame.card;
    if frame.has_reasoning && !card.has_reasoning.get_untracked() {
        card.has_reasoning.set(true);
    }
    let waited = card.waiting.get_untracked();
    if waited != frame.waiting {
        card.waiting.set(frame.waiting);
        if matches!(frame.waiting, Waiting::Again(_)) && !matches!(waited, Waiting::Again(_)) {
            app.announcement
                .set(format!("{} Asking again soon.", end_in_words(app, frame.id, TurnState::Failed)));
        }
    }
    if card.state.get_untracked() != frame.state {
        card.state.set(frame.state);
    }
    let moved = if frame.has_moved { MOVED } else { "" };
    if frame.state.is_final() {
        app.is_running.set(false);
        app.announcement.set(format!("{moved}{}", end_in_words(app, frame.id, frame.state)));
    } else if frame.has_moved {
        app.announcement.set(moved.trim_end().to_owned());
    }
    if frame.is_drawn {
        app.follow();
    }
    true
}

/// What a frame found out, to be told to the signals once the state is free again.
struct Frame {
    id: TurnId,
    card: Card,
    state: TurnState,
    waiting: Waiting,
    has_reasoning: bool,
    /// Reasoning was moved out of the text in this frame.
    has_moved: bool,
    is_drawn: bool,
}

impl Frame {
    fn draw(talk: &mut Talk, now: Stamp) -> Option<Frame> {
        let run = talk.run.as_mut()?;
        let session = run.session.borrow();
        let turn = session.turn();
        let mut screen =
            talk.screens.iter_mut().rev().find(|(id, _)| *id == run.id).map(|(_, screen)| screen);
        let numbers = session.numbers(now);
        let mut is_final = turn.state.is_final();
        let mut is_drawn = is_final;
        if let Some(screen) = &mut screen {
            is_drawn |= screen.draw(turn, if is_hidden() { usize::MAX } else { IN_ONE_FRAME });
            // It is over for the page once all of it is seen.
            is_final &= !screen.is_behind(turn);
        }
        let counts = is_final || run.counted.is_none_or(|at| now.since(at) >= DIGITS);
        if let Some(screen) = screen
            && (counts || run.drawn_bytes != numbers.bytes)
        {
            screen.pace.draw(session.meter().pace(), numbers.elapsed);
            run.drawn_bytes = numbers.bytes;
        }
        if counts {
            run.counted = Some(now);
            run.card.numbers.set(numbers);
        }
        let frame = Frame {
            id: run.id,
            card: run.card.clone(),
            state: if is_final || !turn.state.is_final() { turn.state } else { TurnState::Streaming },
            waiting: waiting(&session, now),
            has_reasoning: has_reasoning(turn),
            has_moved: turn.moved.is_some() && !std::mem::replace(&mut run.has_moved, true),
            is_drawn,
        };
        if is_final {
            *run.card.pace.borrow_mut() = session.meter().pace().clone();
            let turn = turn.clone();
            drop(session);
            talk.run = None;
            talk.add_alternatives(&frame, &turn);
            talk.conversation.store(frame.id, turn);
            talk.settling = SETTLING;
        }
        Some(frame)
    }
}

impl Talk {
    /// The request, if nothing came of it for so long that nobody waits any more.
    fn given_up(&mut self, now: Stamp) -> Option<Running> {
        let run = self.run.as_ref()?;
        let is_over = run.session.borrow_mut().look(now, is_hidden());
        if is_over { self.running.take() } else { None }
    }

    /// Puts the other answers to the same question beside the first, which stays on show.
    fn add_alternatives(&mut self, frame: &Frame, turn: &Turn) {
        let parent = self.conversation.parent(frame.id);
        for alternative in turn.alternatives() {
            let has_reasoning = has_reasoning(&alternative);
            let id = self.conversation.push_behind(parent, alternative);
            let card = Card::new(Role::Assistant, frame.card.recorded, frame.state);
            card.numbers.set(frame.card.numbers.get_untracked());
            *card.pace.borrow_mut() = frame.card.pace.borrow().clone();
            card.has_reasoning.set(has_reasoning);
            self.cards.push((id, card));
        }
        self.conversation.show(frame.id);
    }
}

fn has_reasoning(turn: &Turn) -> bool {
    turn.blocks_of(BlockKind::Reasoning).any(|block| !block.text.is_empty())
}

fn waiting(session: &Session, now: Stamp) -> Waiting {
    let turn = session.turn();
    if let Some(due) = session.due() {
        return Waiting::Again((due.since(now).as_millis() as u64).div_ceil(1_000));
    }
    if turn.state.is_final() {
        return Waiting::Quiet;
    }
    if turn.has_content() {
        return match session.stall(STALL, now) {
            Some(Stall::Silent(time)) => Waiting::Stalled(time.as_secs()),
            Some(Stall::Unread(time)) => Waiting::Unread(time.as_secs()),
            None => Waiting::Quiet,
        };
    }
    let waited = now.since(session.started());
    match turn.progress {
        Some((done, total)) if done < total => Waiting::Reading(done, total),
        _ if waited >= STALL && session.server().may_be_loading() => Waiting::Loading(waited.as_secs()),
        _ if waited >= STALL && session.server().local => Waiting::Secure(waited.as_secs()),
        _ if waited >= PATIENCE => Waiting::Since(waited.as_secs()),
        _ => Waiting::Quiet,
    }
}

fn end_in_words(app: App, id: TurnId, state: TurnState) -> String {
    match state {
        TurnState::Sending | TurnState::Waiting | TurnState::Streaming => String::new(),
        TurnState::Complete => "Answer complete".to_owned(),
        TurnState::Stopped => "Stopped".to_owned(),
        TurnState::Truncated => "Answer cut off at the limit".to_owned(),
        TurnState::Filtered => "Answer withheld by a filter".to_owned(),
        TurnState::Paused | TurnState::Halted => app.read_turn(id, Turn::end_in_words).unwrap_or_default(),
        TurnState::Interrupted | TurnState::Failed => {
            let sentence = app.read_turn(id, |turn| turn.failure.as_ref().map(|failure| failure.sentence()));
            format!("Answer failed: {}", sentence.flatten().unwrap_or_default())
        }
    }
}

impl App {
    /// Moves the transcript to its end, if it follows that.
    pub(super) fn follow(self) {
        if self.is_following.get_untracked() {
            self.scroll_to_end();
        }
    }

    /// Moves the transcript to its end.
    pub(super) fn scroll_to_end(self) {
        if let Some(scroller) = self.with(|core| core.scroller.clone()) {
            scroller.set_scroll_top(scroller.scroll_height());
        }
    }
}
