//! The bridge from a session to the page: once an animation frame it draws what is new, then sets a few signals.
//!
//! It makes no signal, effect or closure.

use super::screen::Budget;
use super::state::App;
use super::talk::{Card, Talk, Waiting};
use crate::browser::clock::is_hidden;
use crate::browser::frame_loop::Next;
use crate::browser::pump::Running;
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::session::{Session, Stall};
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::{BlockKind, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Digits and the drawing of the pace change at most this often.
const DIGITS: Duration = Duration::from_millis(250);
/// From here on waiting is shown in seconds.
const PATIENCE: Duration = Duration::from_secs(5);
/// From here on silence in the middle of an answer is shown.
const STALL: Duration = Duration::from_secs(15);

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
    pub(super) counted: Option<Timestamp>,
    /// Reasoning was moved out of the text, and that was told.
    pub(super) has_moved: bool,
}

/// One frame: draws, sets signals, follows the end. Says when the next one is wanted at the latest.
pub(super) fn frame(app: App, now: Timestamp) -> Next {
    // Dropped outside of the state: that closes the connection.
    drop(app.talk(|talk| talk.given_up(now)));
    let Some(frame) = app.talk(|talk| Frame::draw(talk, now)) else {
        // Behind the end: what the signals changed (a note, an error) comes now, and heights still settle.
        let is_more = app.talk(|talk| {
            talk.settling = talk.settling.saturating_sub(1);
            talk.draw_rest() || talk.settling > 0
        });
        app.follow();
        return if is_more { Next::Frame } else { Next::Never };
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
    if frame.state.is_final() {
        // A note or an error stands below the answer once the effects have run: behind them, and before the frame is painted.
        spawn_local(async move { app.follow() });
    } else if frame.is_drawn {
        app.follow();
    }
    if frame.is_behind || frame.state.is_final() { Next::Frame } else { Next::In(DIGITS) }
}

/// What may be drawn of an answer now.
fn budget() -> Budget {
    if is_hidden() { Budget::HIDDEN } else { Budget::FRAME }
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
    is_behind: bool,
}

impl Frame {
    fn draw(talk: &mut Talk, now: Timestamp) -> Option<Frame> {
        let run = talk.run.as_mut()?;
        let session = run.session.borrow();
        let turn = session.turn();
        let mut screen =
            talk.screens.iter_mut().rev().find(|(id, _)| *id == run.id).map(|(_, screen)| screen);
        let numbers = session.numbers(now);
        let mut is_final = turn.state.is_final();
        let (mut is_drawn, mut is_behind) = (is_final, false);
        if let Some(screen) = &mut screen {
            is_drawn |= screen.draw(turn, &mut budget());
            // It is over for the page once all of it is seen.
            is_behind = screen.is_behind(turn);
            is_final &= !is_behind;
        }
        let counts = is_final || run.counted.is_none_or(|at| now.duration_since(at) >= DIGITS);
        if counts {
            if let Some(screen) = screen {
                screen.draw_pace(session.meter().pace(), numbers.elapsed);
            }
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
            is_behind,
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
    /// Draws more of the answers that were over when they came to the page. Says whether there is still more.
    fn draw_rest(&mut self) -> bool {
        let mut budget = budget();
        let mut is_behind = false;
        for (id, screen) in &mut self.screens {
            if let Some(turn) = self.conversation.turn(*id) {
                screen.draw(turn, &mut budget);
                is_behind |= screen.is_behind(turn);
            }
        }
        is_behind
    }

    /// The request, if nothing came of it for so long that nobody waits any more.
    fn given_up(&mut self, now: Timestamp) -> Option<Running> {
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

fn waiting(session: &Session, now: Timestamp) -> Waiting {
    let turn = session.turn();
    if let Some(due) = session.due() {
        return Waiting::Again((due.duration_since(now).as_millis() as u64).div_ceil(1_000));
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
    let waited = now.duration_since(session.started());
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
