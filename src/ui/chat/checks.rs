//! Answers that are checked before they are shown need the part `checks`, which is fetched where a conversation or its server has
//! rules or a schema: no question goes out without it.

use super::context::Chat;
use crate::engine::chat::{Guard, TurnId};
use crate::engine::checks::{Checks, SchemaChoice};
use crate::engine::session::Session;
use crate::engine::settings::{Problem, Settings};
use crate::engine::wire::Prompt;
use crate::ui::checks::bring_checks;
use crate::ui::lazy::PartMissing;
use crate::ui::state::{Checking, MakeText, TextHands, TextPlace};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

impl Chat {
    /// Returns what the part `checks` brought, if it was fetched.
    pub(super) fn checking(self) -> Option<Checking> {
        self.conversation.with_store(|store| store.checking)
    }

    /// Returns whether the next answer needs that part, and it is not there.
    pub fn lacks_checking(self, settings: &Settings) -> bool {
        let is_checked = || !settings.rules.is_empty() || !self.own_checks().is_empty();
        self.checking().is_none() && is_checked()
    }

    /// Fetches the part `checks`.
    ///
    /// # Errors
    /// When it could not be fetched. The next call tries again.
    pub async fn fetch_checking(self) -> Result<(), PartMissing> {
        if self.checking().is_some() {
            return Ok(());
        }
        let keep = move |checking| self.conversation.with_store(|store| store.checking = Some(checking));
        bring_checks(Box::new(keep)).await
    }

    /// Returns what the next answer is checked by.
    pub fn checks(self, settings: &Settings) -> Result<Checks, Problem> {
        self.checking()
            .map_or(Ok(Checks::default()), |checking| (checking.checks_of)(settings, &self.own_checks()))
    }

    /// Returns the prompt with what asks the server for JSON, where a schema is set.
    pub(super) fn ask_for(
        self,
        settings: &Settings,
        checks: &Checks,
        prompt: Prompt,
    ) -> Result<Prompt, Problem> {
        match self.checking().filter(|_| checks.schema.is_some()) {
            Some(checking) => (checking.ask_for)(settings, checks, prompt),
            None => Ok(prompt),
        }
    }

    /// Makes the guard of an answer.
    pub fn guard(self, checks: &Checks) -> Result<Option<Rc<dyn Guard>>, Problem> {
        match self.checking().filter(|_| !checks.is_empty()) {
            Some(checking) => (checking.guard_of)(checks),
            None => Ok(None),
        }
    }

    /// Makes the guard of an answer that came before, and fetches what that needs; `None` if that fails.
    pub async fn guard_of(self, checks: &Checks) -> Option<Option<Rc<dyn Guard>>> {
        if checks.is_empty() {
            return Some(None);
        }
        self.fetch_checking().await.ok()?;
        self.guard(checks).ok()
    }

    /// Returns what is to be called whenever something came of an answer: `wake`, behind what shows it to a judge.
    pub fn judged(self, checks: &Checks, session: &Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Rc<dyn Fn()> {
        let checking = self.checking().filter(|_| !checks.is_empty());
        match checking.and_then(|checking| (checking.judge)(self.connection, checks, session)) {
            Some(judge) => Rc::new(move || {
                judge();
                wake();
            }),
            None => wake,
        }
    }

    /// Calls `act` with what draws the text of an answer in the place of Markdown, once that is there; with none where it is
    /// Markdown, or the part that draws it could not be fetched.
    pub(super) fn with_text_maker(self, turn: TurnId, act: impl FnOnce(Option<MakeText>) + 'static) {
        let schema = self.conversation.with_store(|store| {
            store.conversation.metadata(turn).and_then(|metadata| metadata.checks.schema.clone())
        });
        let Some(schema) = schema else { return act(None) };
        if self.checking().is_some() {
            return act(self.text_maker(turn, schema));
        }
        spawn_local(async move {
            let _ = self.fetch_checking().await;
            act(self.text_maker(turn, schema));
        });
    }

    fn text_maker(self, turn: TurnId, schema: SchemaChoice) -> Option<MakeText> {
        let draw_text = self.checking()?.draw_text;
        let conversation = self.conversation;
        let hands = TextHands {
            ask: Rc::new(move |question| {
                self.send(question, None);
            }),
            stop: Rc::new(move || conversation.stop()),
            wake: Rc::new(move || conversation.wake()),
            can_ask: Rc::new(move |turn| conversation.can_retry(turn)),
        };
        Some(Rc::new(move |element, is_running| {
            let (schema, hands) = (schema.clone(), hands.clone());
            draw_text(TextPlace { element, schema, turn, is_running, hands })
        }))
    }

    fn own_checks(self) -> Checks {
        self.conversation.with_store(|store| store.checks.clone())
    }
}
