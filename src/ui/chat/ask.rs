//! What the person can do with a conversation: ask, stop, try again, begin anew, play the sample.

use super::sample::read_recording;
use crate::browser::clock::{self, page_origin};
use crate::browser::pump::{self, Running};
use crate::browser::transport::fetch_asset;
use crate::engine::chat::{Conversation, Server, Turn, TurnId, TurnState};
use crate::engine::session::{Plan, Session};
use crate::engine::settings::{Field, Problem};
use crate::engine::tape::{Speed, Tape};
use crate::engine::wire::Role;
use crate::ui::lazy::LoadState;
use crate::ui::live::Run;
use crate::ui::settings::{change, load_models, own_key};
use crate::ui::state::App;
use crate::ui::talk::{Card, Talk};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// The recording that greets a newcomer, beside the page.
const SAMPLE: &str = "sample.tape.jsonl";

/// What begins to feed a session: a request or a replay. Boxed, or else all that follows would be compiled twice.
type Start = Box<dyn FnOnce(Rc<RefCell<Session>>, Rc<dyn Fn()>) -> Running>;

impl App {
    /// Asks a question. `false` if it cannot be sent: then the settings say why, and the draft should stay.
    pub(in crate::ui) fn ask(self, text: &str) -> bool {
        if text.trim().is_empty() || self.is_running.get_untracked() {
            return false;
        }
        if let Err(problem) = self.check() {
            self.settle(problem, text);
            return false;
        }
        // A recording is no part of a conversation with somebody else.
        if self.talk(|talk| talk.cards.iter().any(|(_, card)| card.recorded)) {
            self.clear();
        }
        let question = self.talk(|talk| {
            let id = talk.conversation.push(Turn::question(text));
            talk.cards.push((id, Card::new(Role::User, false, TurnState::Complete)));
            id
        });
        self.answer(question)
    }

    /// Asks the question of an answer again: a sibling of that answer, which is kept.
    pub(in crate::ui) fn retry(self, answer: TurnId) {
        if self.is_running.get_untracked() {
            return;
        }
        let (question, is_recorded) = self.talk(|talk| {
            (talk.conversation.parent(answer), talk.card(answer).is_some_and(|card| card.recorded))
        });
        match (question, self.check()) {
            (Some(_), _) if is_recorded => self.play_sample(),
            (Some(question), Ok(())) => {
                self.answer(question);
            }
            (Some(_), Err(problem)) => self.show_settings(Some(problem)),
            (None, _) => {}
        }
        self.focus_composer();
    }

    /// Lets a provider that paused go on: what it said so far is sent back as the last message, and the rest comes behind.
    pub(in crate::ui) fn go_on(self, answer: TurnId) {
        if self.is_running.get_untracked() {
            return;
        }
        match self.check() {
            Ok(()) => {
                self.answer(answer);
            }
            Err(problem) => self.show_settings(Some(problem)),
        }
        self.focus_composer();
    }

    /// Shows another answer to the same question, with what followed it.
    pub(in crate::ui) fn show(self, answer: TurnId) {
        if !self.is_running.get_untracked() {
            self.talk(|talk| talk.conversation.show(answer));
            self.show_path();
        }
    }

    /// Closes the connection of the answer that is being written. What has arrived is kept.
    pub(super) fn cancel(self) {
        // Dropped outside of the state: its end wakes the frame loop.
        if let Some(running) = self.talk(|talk| talk.running.take()) {
            running.cancel();
        }
        self.wake();
        self.focus_composer();
    }

    /// Asks again at once what would be asked again by itself.
    pub(in crate::ui) fn hurry(self) {
        self.talk(|talk| {
            if let Some(run) = &talk.run {
                run.session.borrow_mut().hurry(clock::now());
            }
        });
    }

    /// Begins an empty conversation, which streams: that is switched off for one conversation only.
    pub(in crate::ui) fn new_chat(self) {
        self.clear();
        if !self.settings.with_untracked(|settings| settings.stream) {
            change(self, |settings| settings.stream = true);
        }
        self.focus_composer();
    }

    /// Plays the bundled recording as if it were happening.
    pub(in crate::ui) fn play_sample(self) {
        let chat = self.chat.get_untracked();
        let play = move |tape: Option<Tape>| {
            // Somebody who asked or began anew meanwhile wants that.
            if self.is_running.get_untracked() || self.chat.get_untracked() != chat {
                return;
            }
            let Some(tape) = tape else { return self.load_state.set(LoadState::Failed) };
            self.clear();
            let plan = Plan::for_tape(&tape);
            let answer = self.talk(|talk| {
                let question = talk.conversation.push(Turn::question(&tape.question));
                talk.cards.push((question, Card::new(Role::User, true, TurnState::Complete)));
                add_answer(talk, question, true)
            });
            let play = move |session, wake| pump::play(tape, Speed::Times(1.0), session, wake);
            self.run(answer, plan, Box::new(play));
        };
        spawn_local(async move {
            let file = fetch_asset(SAMPLE).await.unwrap_or_default();
            if read_recording(file, Box::new(play)).await.is_err() {
                self.load_state.set(LoadState::Failed);
            }
        });
    }

    fn answer(self, question: TurnId) -> bool {
        let settings = self.settings.get_untracked();
        let key = self.with(|core| core.key.clone());
        let messages = self.talk(|talk| talk.conversation.messages_up_to(question));
        let (endpoint, prompt) = match (settings.endpoint(&key), settings.prompt(messages)) {
            (Ok(endpoint), Ok(prompt)) => (endpoint, prompt),
            (Err(problem), _) | (_, Err(problem)) => {
                self.show_settings(Some(problem));
                return false;
            }
        };
        let server = Server::new(&endpoint.base, &settings.preset, endpoint.dialect);
        let plan = Plan::new(endpoint.dialect, prompt.stream, &prompt.model, server, endpoint.key.clone());
        let request = endpoint.request(&prompt);
        let answer = self.talk(|talk| add_answer(talk, question, false));
        self.run(answer, plan, Box::new(|session, wake| pump::start(request, session, wake)));
        true
    }

    fn run(self, (id, card): (TurnId, Card), plan: Plan, start: Start) {
        let session = Rc::new(RefCell::new(Session::new(plan, clock::now())));
        let run = Run { id, card, session: Rc::clone(&session), counted: None, has_moved: false };
        let old = self.talk(|talk| {
            talk.run = Some(run);
            talk.running.take()
        });
        drop(old);
        // First, so that the request leaves before the turns are drawn.
        let running = start(session, Rc::new(move || self.wake()));
        self.talk(|talk| talk.running = Some(running));
        self.is_running.set(true);
        self.is_following.set(true);
        self.announcement.set("Answering".to_owned());
        self.show_path();
        self.wake();
    }

    fn clear(self) {
        let old = self.talk(|talk| {
            talk.conversation = Conversation::new();
            talk.cards.clear();
            (talk.run.take(), talk.running.take())
        });
        drop(old);
        self.is_running.set(false);
        self.is_following.set(true);
        self.chat.update(|chat| *chat += 1);
        self.path.set(Vec::new());
        self.announcement.set(String::new());
    }

    /// Whether a question could be sent as things are.
    fn check(self) -> Result<(), Problem> {
        let settings = self.settings.get_untracked();
        let key = own_key(self)?;
        let endpoint = settings.endpoint(&key)?;
        settings.require_key(&key)?;
        if page_origin().starts_with("https:") && endpoint.base.is_refused_from_https() {
            let sentence = "This page came over https, from which browsers refuse plain http to another machine. \
                            Use an https address, or open this page over http.";
            return Err(Problem { field: Field::BaseUrl, sentence: sentence.to_owned() });
        }
        settings.prompt(Vec::new()).map(drop)
    }

    /// Shows what stands in the way of a question; a model that was only not chosen yet is looked up first.
    fn settle(self, problem: Problem, text: &str) {
        if problem.field != Field::Model {
            self.show_settings(Some(problem));
            return;
        }
        if self.is_settling.get_untracked() {
            return;
        }
        self.is_settling.set(true);
        let text = text.to_owned();
        spawn_local(async move {
            let outcome = load_models(self).await;
            self.is_settling.set(false);
            match outcome {
                Ok(()) | Err(_) if self.check().is_ok() => {
                    if self.ask(&text) {
                        self.empty_composer(&text);
                    }
                }
                Ok(()) => self.show_settings(Some(problem)),
                Err(problem) => self.show_settings(Some(problem)),
            }
        });
    }
}

fn add_answer(talk: &mut Talk, question: TurnId, recorded: bool) -> (TurnId, Card) {
    let id = talk.conversation.push_behind(Some(question), Turn::answer());
    let card = Card::new(Role::Assistant, recorded, TurnState::Sending);
    talk.cards.push((id, card.clone()));
    (id, card)
}
