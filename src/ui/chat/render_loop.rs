//! The render loop draws what is new of a session, once an animation frame, and then sets a few signals.
//!
//! It makes no signal, effect or closure.

use super::context::Chat;
use super::turn_view::{Budget, TurnView};
use crate::browser::clock::is_hidden;
use crate::browser::frame_loop::Next;
use crate::browser::pump::Running;
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::messages::page;
use crate::engine::timestamp::Timestamp;
use crate::ui::state::{ConversationStore, TurnSignals, Waiting, has_reasoning, waiting};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// The shortest time between two changes of digits and of the pace's plot.
const DIGITS: Duration = Duration::from_millis(250);
/// Number of frames in which the end is still followed when an answer is over.
const SETTLING: u32 = 20;

/// Holds the views of the turns on show.
#[derive(Clone, Copy, Debug)]
pub(super) struct TurnViews(StoredValue<Rc<RefCell<Drawing>>, LocalStorage>);

/// Holds what is drawn, and where.
#[derive(Default)]
struct Drawing {
    views: Vec<(TurnId, TurnView)>,
    /// Number of frames in which the end is still followed behind the end of the last answer.
    settling: u32,
}

impl Default for TurnViews {
    fn default() -> TurnViews {
        TurnViews(StoredValue::new_local(Rc::default()))
    }
}

impl TurnViews {
    fn with<T>(self, act: impl FnOnce(&mut Drawing) -> T) -> T {
        let drawing = self.0.get_value();
        let mut drawing = drawing.borrow_mut();
        act(&mut drawing)
    }

    /// Adds a turn's view, and draws at once what is there already. Its elements must stand in the page.
    pub(super) fn add(self, chat: Chat, id: TurnId, signals: &TurnSignals, mut view: TurnView) {
        chat.conversation.with_store(|store| {
            let is_running = store.run.as_ref().is_some_and(|run| run.id == id);
            if let Some(turn) = store.conversation.turn(id).filter(|_| !is_running) {
                // What is more than fits into a frame comes with the next ones.
                view.draw(turn, &mut Budget::FRAME.clone());
                view.draw_pace(&signals.pace.borrow(), signals.numbers.get_untracked().elapsed);
            }
        });
        self.with(|drawing| drawing.views.push((id, view)));
        if chat.scroll.is_following.get_untracked() {
            chat.scroll.to_end();
        }
        chat.conversation.wake();
    }

    /// Removes the view of a turn that is no longer on show.
    pub(super) fn remove(self, id: TurnId) {
        if let Some(drawing) = self.0.try_get_value() {
            drawing.borrow_mut().views.retain(|(other, _)| *other != id);
        }
    }
}

/// Draws one frame, sets signals, and follows the end. Returns when the next one is wanted at the latest.
pub(super) fn frame(chat: Chat, views: TurnViews, now: Timestamp) -> Next {
    let conversation = chat.conversation;
    // Dropped outside of the state: that closes the connection.
    drop(conversation.with_store(|store| given_up(store, now)));
    let Some(frame) =
        views.with(|drawing| conversation.with_store(|store| FrameUpdate::draw(drawing, store, now)))
    else {
        // Behind the end: what the signals changed (a note, an error) comes now, and heights still settle.
        let is_more = views.with(|drawing| {
            drawing.settling = drawing.settling.saturating_sub(1);
            conversation.with_store(|store| draw_rest(drawing, store)) || drawing.settling > 0
        });
        chat.scroll.follow();
        return if is_more { Next::Frame } else { Next::Never };
    };
    let signals = &frame.signals;
    if frame.has_reasoning && !signals.has_reasoning.get_untracked() {
        signals.has_reasoning.set(true);
    }
    let waited = signals.waiting.get_untracked();
    if waited != frame.waiting {
        signals.waiting.set(frame.waiting);
        if matches!(frame.waiting, Waiting::Again(_)) && !matches!(waited, Waiting::Again(_)) {
            conversation.announcement.set(page::asking_again_soon(&end_in_words(
                chat,
                frame.id,
                TurnState::Failed,
            )));
        }
    }
    if signals.state.get_untracked() != frame.state {
        signals.state.set(frame.state);
    }
    let moved = if frame.has_moved { page::MOVED } else { "" };
    if frame.state.is_final() {
        conversation.is_running.set(false);
        conversation.announcement.set(format!("{moved}{}", end_in_words(chat, frame.id, frame.state)));
    } else if frame.has_moved {
        conversation.announcement.set(moved.trim_end().to_owned());
    }
    if frame.state.is_final() {
        // A note or an error stands below the answer once the effects have run: behind them, and before the frame is painted.
        spawn_local(async move { chat.scroll.follow() });
    } else if frame.is_drawn {
        chat.scroll.follow();
    }
    if frame.is_behind || frame.state.is_final() { Next::Frame } else { Next::In(DIGITS) }
}

/// Returns the budget of the frame that is drawn now.
fn budget() -> Budget {
    if is_hidden() { Budget::HIDDEN } else { Budget::FRAME }
}

/// Holds what a frame found out, to be told to the signals once the store is free again.
struct FrameUpdate {
    id: TurnId,
    signals: TurnSignals,
    state: TurnState,
    waiting: Waiting,
    has_reasoning: bool,
    /// Whether reasoning was moved out of the text in this frame.
    has_moved: bool,
    is_drawn: bool,
    is_behind: bool,
}

impl FrameUpdate {
    fn draw(drawing: &mut Drawing, store: &mut ConversationStore, now: Timestamp) -> Option<FrameUpdate> {
        let run = store.run.as_mut()?;
        let session = run.session.borrow();
        let turn = session.turn();
        let mut view = drawing.views.iter_mut().rev().find(|(id, _)| *id == run.id).map(|(_, view)| view);
        let numbers = session.numbers(now);
        let mut is_final = turn.state.is_final();
        let (mut is_drawn, mut is_behind) = (is_final, false);
        if let Some(view) = &mut view {
            is_drawn |= view.draw(turn, &mut budget());
            // It is over for the page once all of it is seen.
            is_behind = view.is_behind(turn);
            is_final &= !is_behind;
        }
        let counts = is_final || run.counted.is_none_or(|at| now.duration_since(at) >= DIGITS);
        if counts {
            if let Some(view) = view {
                view.draw_pace(session.meter().pace(), numbers.elapsed);
            }
            run.counted = Some(now);
            run.signals.numbers.set(numbers);
        }
        let frame = FrameUpdate {
            id: run.id,
            signals: run.signals.clone(),
            state: if is_final || !turn.state.is_final() { turn.state } else { TurnState::Streaming },
            waiting: waiting(&session, now),
            has_reasoning: has_reasoning(turn),
            has_moved: turn.moved.is_some() && !std::mem::replace(&mut run.has_moved, true),
            is_drawn,
            is_behind,
        };
        if is_final {
            drop(session);
            store.finish_run();
            drawing.settling = SETTLING;
        }
        Some(frame)
    }
}

/// Draws more of the answers that were over when they came to the page. Returns whether there is still more.
fn draw_rest(drawing: &mut Drawing, store: &ConversationStore) -> bool {
    let mut budget = budget();
    let mut is_behind = false;
    for (id, view) in &mut drawing.views {
        if let Some(turn) = store.conversation.turn(*id) {
            view.draw(turn, &mut budget);
            is_behind |= view.is_behind(turn);
        }
    }
    is_behind
}

/// Takes the request, if nothing came of it for so long that nobody waits any more.
fn given_up(store: &mut ConversationStore, now: Timestamp) -> Option<Running> {
    let run = store.run.as_ref()?;
    let is_over = run.session.borrow_mut().look(now, is_hidden());
    if is_over { store.running.take() } else { None }
}

fn end_in_words(chat: Chat, id: TurnId, state: TurnState) -> String {
    let read = |read: fn(&Turn) -> String| chat.conversation.read_turn(id, read).unwrap_or_default();
    match state {
        TurnState::Sending | TurnState::Waiting | TurnState::Streaming => String::new(),
        TurnState::Complete => page::ANSWER_COMPLETE.to_owned(),
        TurnState::Stopped => page::STOPPED_BRIEFLY.to_owned(),
        TurnState::Truncated => page::ANSWER_CUT_OFF.to_owned(),
        TurnState::Filtered => page::ANSWER_WITHHELD.to_owned(),
        TurnState::Paused | TurnState::Halted => read(Turn::end_in_words),
        TurnState::Interrupted | TurnState::Failed => page::answer_failed(&read(|turn| {
            turn.failure.as_ref().map(|failure| failure.sentence()).unwrap_or_default()
        })),
    }
}
