//! A whole session as the page runs it, alone and behind a guard: recorded, decoded, mapped, measured, made a turn.

use js_sys::Uint8Array;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::engine::chat::Server;
use tokenfall::engine::checks::Rules;
use tokenfall::engine::guard::{AnswerForm, Automata, Ruleset};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;
use wasm_bindgen::prelude::*;

/// The time between two chunks, as the session is told.
const BETWEEN_CHUNKS: Duration = Duration::from_millis(5);

/// Rules that are made ready one after the other, as the page does it.
#[wasm_bindgen]
pub struct Guarding {
    rules: Rules,
    automata: Automata,
}

/// One answer of Chat Completions.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    buffer: Vec<u8>,
    session: Session,
    now: Timestamp,
}

impl std::fmt::Debug for Guarding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guarding").finish_non_exhaustive()
    }
}

#[wasm_bindgen]
impl Guarding {
    /// Reads stored rules.
    ///
    /// # Errors
    /// A text that is no rules.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: &str) -> Result<Guarding, JsError> {
        let rules = Rules::from_json(rules).ok_or_else(|| JsError::new("no rules"))?;
        Ok(Guarding { rules, automata: Automata::default() })
    }

    /// Makes the next rule ready. Returns whether there was one.
    pub fn make_next(&self) -> bool {
        let Some(rule) = self.automata.next_missing(&self.rules) else { return false };
        self.automata.make(rule);
        true
    }

    /// Creates an answer of which only what the rules allow is shown.
    ///
    /// # Errors
    /// A rule that cannot be followed.
    pub fn answer(&self) -> Result<Answer, JsError> {
        let ruleset = Ruleset::compile_with(&self.automata, &self.rules, AnswerForm::default());
        let ruleset = ruleset.map_err(|problem| JsError::new(&problem.words))?;
        Ok(Answer::of(fresh().guarded_by(Some(Rc::new(ruleset)))))
    }
}

#[wasm_bindgen]
impl Answer {
    /// Creates an answer whose session was never told of guards.
    #[must_use]
    pub fn plain() -> Answer {
        Answer::of(fresh())
    }

    /// Creates an answer as the page does where there are no rules.
    #[must_use]
    pub fn unguarded() -> Answer {
        Answer::of(fresh().guarded_by(None))
    }

    /// Takes a chunk: the same copy into a buffer used again as the page's transport makes.
    pub fn feed(&mut self, chunk: &Uint8Array) {
        self.buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut self.buffer);
        self.now = self.now.after(BETWEEN_CHUNKS);
        let _ = self.session.feed(&self.buffer, self.now);
    }

    /// Ends the body.
    pub fn end(&mut self) {
        self.session.end(End::Closed, false, self.now);
    }

    /// Returns the text that is shown.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.session.turn().text()
    }
}

impl Answer {
    fn of(mut session: Session) -> Answer {
        let head = Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() };
        session.head(head, Timestamp::ORIGIN);
        Answer { buffer: Vec::new(), session, now: Timestamp::ORIGIN }
    }
}

fn fresh() -> Session {
    let plan = Plan::new(Dialect::ChatCompletions, true, "bench-model", Server::default(), None);
    Session::new(plan, Timestamp::ORIGIN)
}
