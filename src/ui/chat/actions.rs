//! Actions are what the person can do with a conversation: ask, stop, try again, begin anew, play the sample.

use super::context::Chat;
use super::sample::{Start, TakeTape, read_recording};
use crate::browser::clock::{self, page_origin};
use crate::browser::transport::fetch_asset;
use crate::engine::chat::{DraftText, Server, Turn, TurnId, TurnMetadata, TurnState};
use crate::engine::checks::Checks;
use crate::engine::messages::{guard, page};
use crate::engine::session::{Plan, Session};
use crate::engine::settings::{Field, Problem};
use crate::engine::wire::{Protocol, Role};
use crate::ui::lazy::PartMissing;
use crate::ui::state::{ConversationStore, Run, TurnSignals, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::mem::take;
use std::rc::Rc;

/// The recording that greets a newcomer, beside the page.
const SAMPLE: &str = "sample.tape.jsonl";

impl Chat {
    /// Asks a question, behind the last answer or beside another question, and empties the draft if that was it. Returns
    /// whether it could be sent: if not, the settings say why.
    pub fn send(self, text: &str, beside: Option<TurnId>) -> bool {
        let is_sent = self.ask(text, beside);
        // What waited is not what stands in the field, though it may be the same words.
        if is_sent && !self.conversation.with_store(|store| store.queue.sent(text)) {
            self.draft.clear(text);
        }
        is_sent
    }

    fn ask(self, text: &str, beside: Option<TurnId>) -> bool {
        if text.trim().is_empty() || self.conversation.is_running.get_untracked() {
            return false;
        }
        if let Err(problem) = self.check() {
            self.look_for_model(problem, text, beside);
            return false;
        }
        let Some(protocol) = self.protocol() else {
            let text = text.to_owned();
            self.fetch_protocols(move || {
                self.send(&text, beside);
            });
            return false;
        };
        // A recording is no part of a conversation with somebody else.
        if self.conversation.with_store(|store| store.is_recorded()) {
            let (queue, system, checks) = self
                .conversation
                .with_store(|store| (take(&mut store.queue), store.system.take(), take(&mut store.checks)));
            // Nor is what was typed meanwhile a part of the recording.
            let draft = self.draft.parts();
            self.draft.put(DraftText::default());
            self.conversation.replace(ConversationStore {
                queue,
                system,
                checks,
                ..ConversationStore::default()
            });
            self.draft.put(draft);
        }
        let question = self.conversation.with_store(|store| {
            let question = Turn::question(text);
            let id = match beside {
                Some(other) => store.conversation.push_beside(other, question),
                None => store.conversation.push(question),
            };
            store.signals.push((id, TurnSignals::new(Role::User, false, TurnState::Complete)));
            id
        });
        self.answer(question, protocol)
    }

    /// Asks the question of an answer again: a sibling of that answer, which is kept.
    pub fn retry(self, answer: TurnId) {
        if self.conversation.is_running.get_untracked() {
            return;
        }
        let (question, is_recorded) = self.conversation.with_store(|store| {
            (
                store.conversation.parent(answer),
                store.signals(answer).is_some_and(|signals| signals.is_recorded),
            )
        });
        match (question, self.check(), self.protocol()) {
            (Some(_), ..) if is_recorded => self.play_sample(),
            (Some(_), Err(problem), _) => self.sheet.show(Some(problem)),
            (Some(question), Ok(()), Some(protocol)) => {
                self.answer(question, protocol);
            }
            (Some(_), Ok(()), None) => self.fetch_protocols(move || self.retry(answer)),
            (None, ..) => {}
        }
        self.draft.focus();
    }

    /// Lets a provider that paused go on: what it said so far is sent back as the last message, and the rest comes behind.
    pub(super) fn go_on(self, answer: TurnId) {
        if self.conversation.is_running.get_untracked() {
            return;
        }
        match (self.check(), self.protocol()) {
            (Err(problem), _) => self.sheet.show(Some(problem)),
            (Ok(()), Some(protocol)) => {
                self.answer(answer, protocol);
            }
            (Ok(()), None) => self.fetch_protocols(move || self.go_on(answer)),
        }
        self.draft.focus();
    }

    /// Shows another answer to the same question, with what followed it.
    pub fn show(self, answer: TurnId) {
        if !self.conversation.is_running.get_untracked() {
            self.conversation.with_store(|store| store.conversation.show(answer));
            self.conversation.show_path();
        }
    }

    /// Closes the connection of the answer that is being written. What has arrived is kept.
    pub fn cancel(self) {
        // Dropped outside of the state: its end wakes the frame loop.
        match self.conversation.with_store(|store| store.running.take()) {
            Some(running) => running.cancel(),
            None => self.conversation.pass_on(Wish::Stop),
        }
        // All of it may have come, and only verdicts be missing.
        self.conversation.with_store(|store| {
            if let Some(run) = &store.run {
                run.session.borrow_mut().give_up_verdicts(guard::STOPPED_BEFORE_VERDICT);
            }
        });
        self.conversation.wake();
        self.draft.focus();
    }

    /// Asks at once what would be asked again later by itself.
    pub fn hurry(self) {
        self.conversation.with_store(|store| {
            if let Some(run) = &store.run {
                run.session.borrow_mut().hurry(clock::now());
            }
        });
        self.conversation.pass_on(Wish::Hurry);
    }

    /// Begins an empty conversation, which streams: that is switched off for one conversation only.
    pub fn new_chat(self) {
        self.clear();
        if !self.connection.settings.with_untracked(|settings| settings.stream) {
            self.connection.change(|settings| settings.stream = true);
        }
        self.draft.focus();
    }

    /// Plays the bundled recording as if it were happening.
    pub(super) fn play_sample(self) {
        let chat = self.conversation.chat.get_untracked();
        let is_readable = Rc::new(Cell::new(false));
        let is_read = Rc::clone(&is_readable);
        let play: TakeTape = Box::new(move |recording| {
            let spoken = Protocol::CHAT_COMPLETIONS;
            let recording = recording.filter(|(tape, _)| tape.dialect == spoken.dialect());
            let Some((tape, play)) = recording else { return };
            is_read.set(true);
            // Somebody who asked or began anew meanwhile wants that.
            if self.conversation.is_running.get_untracked() || self.conversation.chat.get_untracked() != chat
            {
                return;
            }
            self.clear();
            let plan = Plan::for_tape(&tape);
            let answer = self.conversation.with_store(|store| {
                let question = store.conversation.push(Turn::question(&tape.question));
                store.signals.push((question, TurnSignals::new(Role::User, true, TurnState::Complete)));
                add_answer(store, question, true)
            });
            let session = Session::with_protocol(plan, spoken, clock::now());
            self.run(answer, session, &Checks::default(), play(tape));
        });
        self.loader.load(async move {
            let file = fetch_asset(SAMPLE).await.unwrap_or_default();
            read_recording(file, play).await?;
            if is_readable.get() { Ok(()) } else { Err(PartMissing) }
        });
    }

    fn answer(self, question: TurnId, protocol: Protocol) -> bool {
        let mut settings = self.connection.settings.get_untracked();
        if let Some(own) = self.conversation.with_store(|store| store.system.clone()) {
            settings.system = own;
        }
        let key = self.connection.key.with_value(|record| record.key.clone());
        let ready = self.checks(&settings).and_then(|checks| {
            let endpoint = settings.endpoint(&key)?;
            let with_withheld = checks.rules.as_ref().is_some_and(|rules| rules.sends_withheld);
            let messages = self
                .conversation
                .with_store(|store| store.conversation.messages_up_to(question, with_withheld));
            let prompt = settings.prompt_with(messages, self.extra(&settings)?)?;
            let prompt = self.ask_for(&settings, &checks, prompt)?;
            Ok((endpoint, prompt, self.guard(&checks)?, checks))
        });
        let (endpoint, prompt, guard, checks) = match ready {
            Ok(ready) => ready,
            Err(problem) => {
                self.sheet.show(Some(problem));
                return false;
            }
        };
        let server = Server::new(&endpoint.base, &settings.preset, endpoint.dialect);
        let mut plan =
            Plan::new(endpoint.dialect, prompt.stream, &prompt.model, server, endpoint.key.clone());
        plan.events = Some(settings.events).filter(|events| !events.is_empty());
        let start = self.start_of(endpoint, prompt, &protocol);
        let answer = self.conversation.with_store(|store| {
            let (id, signals) = add_answer(store, question, false);
            let metadata = TurnMetadata { checks: checks.clone(), ..TurnMetadata::default() };
            store.conversation.set_metadata(id, metadata);
            (id, signals)
        });
        let session = Session::with_protocol(plan, protocol, clock::now()).guarded_by(guard);
        self.run(answer, session, &checks, start);
        true
    }

    fn run(self, (id, signals): (TurnId, TurnSignals), session: Session, checks: &Checks, start: Start) {
        let session = Rc::new(RefCell::new(session));
        let wake = self.judged(checks, &session, Rc::new(move || self.conversation.wake()));
        let run = Run { id, signals, session: Rc::clone(&session), counted: None, has_moved: false };
        let old = self.conversation.with_store(|store| {
            store.run = Some(run);
            store.running.take()
        });
        drop(old);
        // First, so that the request leaves before the turns are drawn.
        let running = start(session, wake);
        self.conversation.with_store(|store| store.running = Some(running));
        self.conversation.is_running.set(true);
        self.scroll.is_following.set(true);
        self.conversation.announcement.set(page::ANSWERING.to_owned());
        self.conversation.show_path();
        self.conversation.wake();
    }

    fn clear(self) {
        self.conversation.replace(ConversationStore::default());
        self.scroll.is_following.set(true);
    }

    /// Checks whether a question could be sent as things are.
    fn check(self) -> Result<(), Problem> {
        let settings = self.connection.settings.get_untracked();
        let key = self.connection.own_key()?;
        let endpoint = settings.endpoint(&key)?;
        settings.require_key(&key)?;
        if page_origin().starts_with("https:") && endpoint.base.is_refused_from_https() {
            return Err(Problem { field: Field::BaseUrl, sentence: page::REFUSED_FROM_HTTPS.to_owned() });
        }
        self.check_protocol(&settings)?;
        // What is not there yet is fetched, and asked then.
        if !self.lacks_checking(&settings) {
            self.guard(&self.checks(&settings)?)?;
        }
        let extra = self.extra(&settings)?;
        settings.prompt_with(Vec::new(), extra).map(drop)
    }

    /// Shows what stands in the way of a question; a model that was only not chosen yet is looked up first.
    fn look_for_model(self, problem: Problem, text: &str, beside: Option<TurnId>) {
        if problem.field != Field::Model {
            self.sheet.show(Some(problem));
            return;
        }
        if self.connection.is_looking_for_model.get_untracked() {
            return;
        }
        self.connection.is_looking_for_model.set(true);
        let text = text.to_owned();
        let done = move |outcome: Result<(), Problem>| {
            self.connection.is_looking_for_model.set(false);
            match outcome {
                Ok(()) | Err(_) if self.check().is_ok() => {
                    self.send(&text, beside);
                }
                Ok(()) => self.sheet.show(Some(problem)),
                Err(problem) => self.sheet.show(Some(problem)),
            }
        };
        spawn_local(async move {
            if self.connection.find_model(done).await.is_err() {
                self.connection.is_looking_for_model.set(false);
                self.loader.finish(false);
            }
        });
    }
}

fn add_answer(store: &mut ConversationStore, question: TurnId, is_recorded: bool) -> (TurnId, TurnSignals) {
    let id = store.conversation.push_behind(Some(question), Turn::answer());
    let signals = TurnSignals::new(Role::Assistant, is_recorded, TurnState::Sending);
    store.signals.push((id, signals.clone()));
    (id, signals)
}
