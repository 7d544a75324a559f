//! [`Queueing`] has questions wait for the answer that is being written, and sends them when their turn has come.

use super::notify::Notifier;
use crate::engine::archive::own_title;
use crate::engine::chat::{DraftText, Hold, Queue};
use crate::engine::messages::composer as words;
use crate::ui::chat::Chat;
use crate::ui::history::{Keeper, Standing};
use crate::ui::state::set_if_new;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The most bytes of a text that its first words are taken from.
const BEGINNING: usize = 1 << 10;

/// Holds what is shown of the questions that wait. They themselves are with the turns of their conversation.
#[derive(Clone, Copy, Debug)]
pub struct Queueing {
    /// The first words of each question, the next one first.
    pub rows: RwSignal<Vec<String>>,
    /// Why they wait for the person; `None` while they wait for an answer.
    pub hold: RwSignal<Option<Hold>>,
    /// Whether another tab is writing the answer. What waits for that is the other tab's.
    pub is_elsewhere: Memo<bool>,
    /// The state of the page.
    pub chat: Chat,
    keeper: Keeper,
}

impl Queueing {
    /// Creates it for the conversation on show, whichever that is.
    pub fn start(keeper: Keeper) -> Queueing {
        let chat = keeper.chat;
        let is_elsewhere = Memo::new(move |_| keeper.standing.get() == Standing::Followed);
        let queueing =
            Queueing { rows: RwSignal::default(), hold: RwSignal::default(), is_elsewhere, chat, keeper };
        let conversation = chat.conversation;
        conversation.set_queue(Some(Rc::new(move || queueing.push())));
        on_cleanup(move || conversation.set_queue(None));
        Effect::new(move |before: Option<(u32, bool)>| {
            // What another tab is writing runs there.
            let is_running = conversation.is_running.get() && !is_elsewhere.get();
            let now = (conversation.chat.get(), is_running);
            // What was sent is in the path.
            conversation.path.track();
            match before {
                Some((shown, true)) if now == (shown, false) => queueing.answer_ended(),
                Some((shown, _)) if shown != now.0 && now.1 => queueing.with(Queue::come_back),
                Some(_) | None => {}
            }
            queueing.refresh();
            now
        });
        queueing
    }

    /// Puts the draft behind the questions that wait.
    fn push(self) {
        if self.is_elsewhere.get_untracked() {
            return self.chat.conversation.announcement.set(words::WAITS_IN_FIELD.to_owned());
        }
        let draft = self.chat.draft;
        let question = draft.parts();
        draft.put(DraftText::default());
        let waiting = self.with(|queue| {
            queue.push(question);
            queue.questions().len()
        });
        self.changed(&words::queued(waiting));
    }

    /// Sends a question now. The answer that is being written is stopped, and keeps its text.
    pub fn send_now(self, index: usize) {
        self.with(|queue| queue.hurry(index));
        if self.chat.conversation.is_running.get_untracked() {
            self.chat.conversation.stop();
        } else {
            self.go_on();
        }
        self.changed("");
    }

    /// Puts a question back into the field, before what is typed there.
    pub fn edit(self, index: usize) {
        let draft = self.chat.draft;
        if let Some(question) = self.with(|queue| queue.take(index)) {
            draft.put(question.before(draft.parts()));
        }
        self.changed(words::BACK_IN_FIELD);
    }

    /// Takes a question out.
    pub fn drop(self, index: usize) {
        self.with(|queue| queue.take(index));
        self.changed(words::DROPPED);
    }

    /// Sends the first question, and the others behind it.
    pub fn go_on(self) {
        if let Some(text) = self.with(Queue::begin_next) {
            self.send(text);
        }
    }

    fn answer_ended(self) {
        let conversation = self.chat.conversation;
        let ended = conversation.with_store(|store| {
            let state = store.conversation.turn(store.conversation.head()?)?.state;
            Some(store.queue.answer_ended(state))
        });
        match ended {
            Some(Some(text)) => self.send(text),
            Some(None) => self.tell(),
            None => {}
        }
    }

    /// Tells of the end of an answer behind which nothing is sent by itself.
    fn tell(self) {
        let conversation = self.chat.conversation;
        if let Some(hold) = self.with(|queue| queue.hold()) {
            conversation.announcement.update(|said| {
                said.push(' ');
                said.push_str(hold.sentence());
            });
        }
        if let Some(id) = self.keeper.shown.get_untracked() {
            let notifier = Notifier::new(self.keeper.list);
            conversation.with_store(|store| notifier.answer_ended(&id, store));
        }
    }

    fn send(self, text: String) {
        // Not within the effect that found the end: what a question makes lives longer than that.
        spawn_local(async move {
            if !self.chat.send(&text, None) {
                self.with(Queue::refused);
            }
            self.refresh();
        });
    }

    fn changed(self, announcement: &str) {
        self.refresh();
        if !announcement.is_empty() {
            self.chat.conversation.announcement.set(announcement.to_owned());
        }
        self.keeper.save();
        self.chat.draft.focus();
    }

    fn with<T>(self, act: impl FnOnce(&mut Queue) -> T) -> T {
        self.chat.conversation.with_store(|store| act(&mut store.queue))
    }

    /// Takes over what is shown from the conversation on show.
    fn refresh(self) {
        let (rows, hold) = self.with(|queue| {
            let rows: Vec<String> =
                queue.questions().iter().map(|question| first_words(question.beginning())).collect();
            (rows, queue.hold())
        });
        if self.rows.with_untracked(|old| *old != rows) {
            self.rows.set(rows);
            // The room that they take is the transcript's.
            let chat = self.chat;
            spawn_local(async move { chat.scroll.follow() });
        }
        set_if_new(self.hold, hold);
    }
}

/// Returns the first words of a text on one line.
pub(super) fn first_words(text: &str) -> String {
    let text = text.trim_start();
    own_title(&text[..text.floor_char_boundary(BEGINNING)]).unwrap_or_default()
}
