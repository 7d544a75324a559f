//! [`ConversationState`] tells components which turns are on show and whether an answer is being written.
//! [`ConversationStore`] holds the turns themselves, outside of the reactive graph.

use super::checking::{Checking, Structuring};
use super::run::Run;
use super::slot::Slot;
use super::turn_signals::{TurnSignals, has_reasoning};
use crate::browser::pump::Running;
use crate::engine::chat::{Conversation, Queue, Turn, TurnId};
use crate::engine::checks::Checks;
use crate::engine::session::Session;
use crate::engine::settings::{Problem, Settings};
use crate::engine::tape::Tape;
use crate::engine::wire::{Endpoint, Extra, Prompt, Protocol, Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;

/// Identifies a turn for the life of the page: a new chat counts its turns from nought again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TurnKey {
    /// The number of the chat.
    pub chat: u32,
    /// The turn's id in its conversation.
    pub turn: TurnId,
}

/// Holds what a lazy part brings for requests that most people do not make.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// Finds the protocol of a dialect.
    pub protocol_of: fn(&Settings) -> Result<Protocol, Problem>,
    /// Returns the protocol of a recording.
    pub protocol_of_tape: fn(&Tape) -> Protocol,
    /// Asks where there is no request: over a socket, or the browser itself.
    pub ask_elsewhere: Ask,
    /// Reads the person's own JSON of the settings.
    pub extra_of: fn(&Settings) -> Result<Option<Extra>, Problem>,
}

/// Begins to ask a prompt of a server, and feeds the answer to the session.
type Ask = fn(&Endpoint, &Prompt, Rc<RefCell<Session>>, Rc<dyn Fn()>) -> Running;

/// Takes turns that are no longer on show.
type Keep = Rc<dyn Fn(ConversationStore)>;

/// Takes a wish to the tab that is writing the answer on show.
type PassOn = Rc<dyn Fn(Wish)>;

/// What a person wants of an answer that another tab is writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// To end it.
    Stop,
    /// To ask at once what would be asked again later.
    Hurry,
    /// To see what comes of it as soon as it is there.
    Watch,
}

/// Holds a function that a lazy part brings, once it was fetched.
type Hook = StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>;

/// Holds the signals of the conversation, and the way to its store.
#[derive(Clone, Copy, Debug)]
pub struct ConversationState {
    /// The turns on show, from the first question to the last answer.
    pub path: RwSignal<Vec<TurnKey>>,
    /// The place on it of the first turn that is in the page. Those before it come when the person reads up to them.
    pub first: RwSignal<usize>,
    /// Whether an answer is being written.
    pub is_running: RwSignal<bool>,
    /// The number of the chat on show: a new chat has the next one.
    pub chat: RwSignal<u32>,
    /// The sentence for screen readers. They are told what happens, never tokens.
    pub announcement: RwSignal<String>,
    /// The turns, once the part `chat` was fetched. Its type belongs to that part: the first load only hands it on.
    store: StoredValue<Option<StoredValue<Rc<RefCell<ConversationStore>>, LocalStorage>>>,
    /// What can be done with each turn, which the part `settings` brings with the history of conversations.
    pub turn_tools: Slot<TurnId>,
    /// The place above the turns, for what stands above the whole conversation. The same part fills it.
    pub head: Slot,
    /// Whether the person edits the instructions of this conversation's own.
    pub edits_system: RwSignal<bool>,
    /// Whether the person wants to edit the rules of this conversation's own.
    pub edits_rules: RwSignal<bool>,
    /// Whether the person sets the schema of this conversation's answers.
    pub edits_schema: RwSignal<bool>,
    queue: Hook,
    stop: Hook,
    wake: Hook,
    watch: Hook,
    keep: StoredValue<Option<Keep>, LocalStorage>,
    pass_on: StoredValue<Option<PassOn>, LocalStorage>,
}

impl Default for ConversationState {
    /// Returns an empty conversation.
    fn default() -> ConversationState {
        ConversationState {
            path: RwSignal::default(),
            first: RwSignal::new(0),
            is_running: RwSignal::default(),
            chat: RwSignal::default(),
            announcement: RwSignal::default(),
            store: StoredValue::new(None),
            turn_tools: Slot::default(),
            head: Slot::default(),
            edits_system: RwSignal::new(false),
            edits_rules: RwSignal::new(false),
            edits_schema: RwSignal::new(false),
            queue: StoredValue::new_local(None),
            stop: StoredValue::new_local(None),
            wake: StoredValue::new_local(None),
            watch: StoredValue::new_local(None),
            keep: StoredValue::new_local(None),
            pass_on: StoredValue::new_local(None),
        }
    }
}

/// Holds the turns of the conversation and the answer that is being written.
#[derive(Default)]
pub struct ConversationStore {
    /// All turns, as a tree.
    pub conversation: Conversation,
    /// The signals of each turn, in the order of their ids.
    pub signals: Vec<(TurnId, TurnSignals)>,
    /// The answer that is being written.
    pub run: Option<Run>,
    /// The last request. It is kept behind the answer's end, since dropping it would abort a connection that ends by itself.
    pub running: Option<Running>,
    /// What a lazy part brings for requests, once it was fetched.
    pub wire: Option<Wire>,
    /// What a lazy part brings for answers that have to pass rules, once it was fetched.
    pub checking: Option<Checking>,
    /// What a lazy part brings for answers that are to be JSON, once it was fetched.
    pub structuring: Option<Structuring>,
    /// The questions that wait for the answer that is being written.
    pub queue: Queue,
    /// The instructions of its own, empty ones for none; `None` for those of the settings.
    pub system: Option<String>,
    /// What its answers are checked by. Without rules of its own those of the settings hold.
    pub checks: Checks,
}

impl std::fmt::Debug for ConversationStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConversationStore").field("signals", &self.signals).finish_non_exhaustive()
    }
}

impl ConversationStore {
    /// Finds the signals of a turn.
    #[must_use]
    pub fn signals(&self, id: TurnId) -> Option<TurnSignals> {
        let at = self.signals.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.signals.get(at).map(|(_, signals)| signals.clone())
    }

    /// Returns whether it is played from a recording: that is no conversation with anybody.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.signals.iter().any(|(_, signals)| signals.is_recorded)
    }

    /// Takes over what lazy parts have brought.
    fn take_parts(&mut self, other: &ConversationStore) {
        (self.wire, self.checking, self.structuring) = (other.wire, other.checking, other.structuring);
    }

    /// Takes what the answer that was being written came to: its turn, and those of other answers to the same question.
    pub fn finish_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let session = run.session.borrow();
        let turn = session.turn().clone();
        *run.signals.pace.borrow_mut() = session.meter().pace().clone();
        let parent = self.conversation.parent(run.id);
        for alternative in turn.alternatives() {
            let signals = TurnSignals::new(Role::Assistant, run.signals.is_recorded, turn.state);
            signals.numbers.set(run.signals.numbers.get_untracked());
            *signals.pace.borrow_mut() = run.signals.pace.borrow().clone();
            signals.has_reasoning.set(has_reasoning(&alternative));
            let id = self.conversation.push_behind(parent, alternative);
            self.signals.push((id, signals));
        }
        // The first stays on show.
        self.conversation.show(run.id);
        self.conversation.store(run.id, turn);
    }

    /// Reads a turn, running or not.
    pub fn read<T>(&self, id: TurnId, read: impl FnOnce(&Turn) -> T) -> Option<T> {
        match &self.run {
            Some(run) if run.id == id => Some(read(run.session.borrow().turn())),
            _ => self.conversation.turn(id).map(read),
        }
    }
}

impl ConversationState {
    /// Returns whether there is a store: the part that makes it was fetched.
    #[must_use]
    pub fn has_store(self) -> bool {
        self.store.get_value().is_some()
    }

    /// Creates the store, which lives as long as the current owner, and sets the function that stops an answer.
    pub fn begin(self, stop: Rc<dyn Fn()>) {
        self.store.set_value(Some(StoredValue::new_local(Rc::default())));
        self.stop.set_value(Some(stop));
    }

    /// Calls `act` with the store. `act` must not start or stop a request: both wake the frame loop and end sessions,
    /// which come back here.
    #[expect(clippy::expect_used, reason = "the part that calls this begins with making the store")]
    pub fn with_store<T>(self, act: impl FnOnce(&mut ConversationStore) -> T) -> T {
        let store = self.store.get_value().expect("there is a store").get_value();
        let mut store = store.borrow_mut();
        act(&mut store)
    }

    /// Reads a turn, running or not.
    pub fn read_turn<T>(self, id: TurnId, read: impl FnOnce(&Turn) -> T) -> Option<T> {
        self.with_store(|store| store.read(id, read))
    }

    /// Updates the path on show after the conversation's active path has changed.
    pub fn show_path(self) {
        let chat = self.chat.get_untracked();
        let path = self.with_store(|store| store.conversation.path());
        // Of another line as much is in the page as of a conversation that is opened.
        if path.len() <= self.first.get_untracked() {
            self.first.set(self.portion_before(path.len()));
        }
        self.path.set(path.into_iter().map(|turn| TurnKey { chat, turn }).collect());
    }

    /// Returns the place on the path from which on the text before `place` is enough to read for a while.
    #[must_use]
    pub fn portion_before(self, place: usize) -> usize {
        /// About two screens of text, in bytes.
        const PORTION: usize = 4 << 10;
        self.with_store(|store| {
            let path = store.conversation.path();
            let place = place.min(path.len());
            let mut bytes = 0;
            let is_enough = |at: &usize| {
                let measure = |turn: &Turn| {
                    let length = turn.blocks.iter().map(|block| block.text.len()).sum::<usize>();
                    (length, turn.role == Role::User)
                };
                let (length, is_question) = store.read(path[*at], measure).unwrap_or_default();
                bytes += length;
                is_question && PORTION <= bytes
            };
            (0..place).rev().find(is_enough).unwrap_or(0)
        })
    }

    /// Sets the function that asks for an animation frame.
    pub fn set_wake(self, wake: Rc<dyn Fn()>) {
        self.wake.set_value(Some(wake));
    }

    /// Asks for an animation frame, since something came of an answer.
    pub fn wake(self) {
        call(self.wake);
        call(self.watch);
    }

    /// Sets the functions of whoever keeps conversations: `watch` is called when something came of an answer, `keep` takes the
    /// turns that are no longer on show, with the answer that is being written there, and `pass_on` a wish to another tab.
    pub fn set_keeper(self, watch: Rc<dyn Fn()>, keep: Keep, pass_on: PassOn) {
        self.watch.set_value(Some(watch));
        self.keep.set_value(Some(keep));
        self.pass_on.set_value(Some(pass_on));
    }

    /// Takes a wish to the tab that is writing the answer on show, if that is another one.
    pub fn pass_on(self, wish: Wish) {
        if let Some(pass_on) = self.pass_on.get_value() {
            pass_on(wish);
        }
    }

    /// Sets the function that puts the draft behind the questions that wait.
    pub fn set_queue(self, queue: Option<Rc<dyn Fn()>>) {
        self.queue.set_value(queue);
    }

    /// Puts the draft behind the questions that wait, if the part that keeps those is there.
    pub fn queue_draft(self) {
        call(self.queue);
    }

    /// Shows other turns in the place of those on show. Those are kept, or else end with the answer that is being written.
    pub fn replace(self, new: ConversationStore) {
        let (old, is_running) = self.with_store(|store| {
            let old = std::mem::replace(store, new);
            store.take_parts(&old);
            (old, store.run.is_some())
        });
        // Outside of the store: a request that ends comes back here.
        match self.keep.get_value() {
            Some(keep) => keep(old),
            None => drop(old),
        }
        self.chat.update(|chat| *chat += 1);
        self.is_running.set(is_running);
        self.announcement.set(String::new());
        self.first.set(self.portion_before(usize::MAX));
        self.show_path();
    }

    /// Takes up what another tab has stored of the conversation on show. Turns that are on show stay there, and keep their signals.
    pub fn renew(self, mut new: ConversationStore) {
        let told: Vec<_> = self.with_store(|store| {
            let known = new.signals.iter_mut().filter_map(|(id, signals)| {
                let new = std::mem::replace(signals, store.signals(*id)?);
                Some((signals.clone(), new))
            });
            let told = known.collect();
            new.take_parts(store);
            *store = new;
            told
        });
        // Outside of the store: what follows signals reads it.
        for (known, new) in told {
            known.take_up(&new);
        }
        self.is_running.set(self.with_store(|store| store.run.is_some()));
        self.show_path();
        self.wake();
    }

    /// Stops the answer that is being written, without a detour through what fetches parts.
    pub fn stop(self) {
        call(self.stop);
    }

    /// Returns whether an answer can be asked for again: the last one on show, while none is being written.
    #[must_use]
    pub fn can_retry(self, id: TurnId) -> bool {
        self.path.with(|path| path.last().is_some_and(|key| key.turn == id)) && !self.is_running.get()
    }
}

fn call(hook: Hook) {
    if let Some(Some(hook)) = hook.try_get_value() {
        hook();
    }
}
