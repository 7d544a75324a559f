//! Answers that have to pass rules need the part `extras`, those that are to be JSON the part `schema`. They are
//! fetched, and made ready, where a conversation or its server has rules or a schema: no question goes out without them.

use super::context::Chat;
use crate::engine::chat::{Guard, TurnId};
use crate::engine::checks::{Checks, SchemaChoice};
use crate::engine::messages::checks as words;
use crate::engine::session::Session;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::wire::Prompt;
use crate::ui::checks::{bring_checks, bring_schemas};
use crate::ui::lazy::PartMissing;
use crate::ui::state::{Checking, MakeText, Structuring, TextHands, TextPlace};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

impl Chat {
    fn checking(self) -> Option<Checking> {
        self.conversation.with_store(|store| store.checking)
    }

    fn structuring(self) -> Option<Structuring> {
        self.conversation.with_store(|store| store.structuring)
    }

    /// Returns whether the next answer needs a part that is not there, or rules that were not made ready.
    pub fn lacks_checking(self, settings: &Settings) -> bool {
        let own = self.own_checks();
        let is_guarded = !settings.rules.is_empty() || own.is_guarded();
        let lacks_rules = is_guarded
            && self.checking().is_none_or(|checking| {
                // What is wrong with them is told when they are to be followed.
                let rules = (checking.rules_of)(settings, &own).unwrap_or_default();
                rules.is_some_and(|rules| !(checking.is_ready)(&rules))
            });
        lacks_rules || own.schema.is_some() && self.structuring().is_none()
    }

    /// Fetches what the next answer needs to be checked by, and makes it ready.
    ///
    /// # Errors
    /// When it could not be fetched. The next call tries again.
    pub async fn fetch_checking(self, settings: &Settings) -> Result<(), PartMissing> {
        let own = self.own_checks();
        self.fetch_parts(!settings.rules.is_empty() || own.is_guarded(), own.schema.is_some()).await?;
        if let Some(checking) = self.checking()
            && let Ok(Some(rules)) = (checking.rules_of)(settings, &own)
        {
            (checking.make_ready)(rules).await;
        }
        Ok(())
    }

    async fn fetch_parts(self, is_guarded: bool, is_structured: bool) -> Result<(), PartMissing> {
        if is_guarded && self.checking().is_none() {
            let keep = move |checking| self.conversation.with_store(|store| store.checking = Some(checking));
            bring_checks(Box::new(keep)).await?;
        }
        if is_structured && self.structuring().is_none() {
            let brought = Rc::new(Cell::new(None));
            let keep = Rc::clone(&brought);
            bring_schemas(Box::new(move |structuring| keep.set(Some(structuring)))).await?;
            if let Some(structuring) = brought.get() {
                (structuring.warm_up)().await;
                self.conversation.with_store(|store| store.structuring = Some(structuring));
            }
        }
        Ok(())
    }

    /// Returns what the next answer is checked by: the conversation's own, and where it has no rules those of the settings.
    pub fn checks(self, settings: &Settings) -> Result<Checks, Problem> {
        let own = self.own_checks();
        match self.checking() {
            Some(checking) => Ok(Checks { rules: (checking.rules_of)(settings, &own)?, ..own }),
            None => Ok(own),
        }
    }

    /// Returns the prompt with what asks the server for JSON, where a schema is set.
    pub(super) fn ask_for(
        self,
        settings: &Settings,
        checks: &Checks,
        prompt: Prompt,
    ) -> Result<Prompt, Problem> {
        match self.structuring().zip(checks.schema.as_ref()) {
            Some((structuring, choice)) => (structuring.ask_for)(settings.dialect, choice, prompt),
            None => Ok(prompt),
        }
    }

    /// Makes the guard of an answer.
    ///
    /// # Errors
    /// A rule or schema that cannot be used, or a part that was not fetched: what cannot be checked is not shown.
    pub fn guard(self, checks: &Checks) -> Result<Option<Rc<dyn Guard>>, Problem> {
        if !checks.is_guarded() {
            return Ok(None);
        }
        let missing = || Problem { field: Field::Rules, sentence: words::CHECKS_NOT_FETCHED.to_owned() };
        let checking = self.checking().ok_or_else(missing)?;
        let whole = match checks.schema.as_ref().filter(|choice| choice.is_held) {
            Some(choice) => Some((self.structuring().ok_or_else(missing)?.check_of)(choice)?),
            None => None,
        };
        (checking.guard_of)(checks, whole).map(Some)
    }

    /// Makes the guard of an answer that came before, and fetches what that needs; `None` if that fails.
    pub async fn guard_of(self, checks: &Checks) -> Option<Option<Rc<dyn Guard>>> {
        self.fetch_parts(checks.is_guarded(), checks.is_guarded() && checks.schema.is_some()).await.ok()?;
        if let Some((checking, rules)) = self.checking().zip(checks.rules.clone()) {
            (checking.make_ready)(rules).await;
        }
        self.guard(checks).ok()
    }

    /// Returns what is to be called whenever something came of an answer: `wake`, behind what shows it to a judge.
    pub fn judged(self, checks: &Checks, session: &Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Rc<dyn Fn()> {
        let checking = self.checking().filter(|_| checks.is_guarded());
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
        if self.structuring().is_some() {
            return act(self.text_maker(turn, schema));
        }
        spawn_local(async move {
            let _ = self.fetch_parts(false, true).await;
            act(self.text_maker(turn, schema));
        });
    }

    fn text_maker(self, turn: TurnId, schema: SchemaChoice) -> Option<MakeText> {
        let draw_text = self.structuring()?.draw_text;
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
