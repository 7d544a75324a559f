//! A whole session as the page runs it, alone and behind a guard: recorded, decoded, mapped, measured, made a turn.

use js_sys::Uint8Array;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::engine::chat::{Guard, Server};
use tokenfall::engine::checks::Rules;
use tokenfall::engine::guard::Ruleset;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;
use wasm_bindgen::prelude::*;

/// The time between two chunks, as the session is told.
const BETWEEN_CHUNKS: Duration = Duration::from_millis(5);

/// Rules made ready.
#[wasm_bindgen]
pub struct Guarding(Rc<dyn Guard>);

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
    /// Makes stored rules ready.
    ///
    /// # Errors
    /// A text that is no rules, or a rule that cannot be followed.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: &str) -> Result<Guarding, JsError> {
        let rules = Rules::from_json(rules).ok_or_else(|| JsError::new("no rules"))?;
        let ruleset = Ruleset::compile(&rules, None).map_err(|problem| JsError::new(&problem.words))?;
        Ok(Guarding(Rc::new(ruleset)))
    }

    /// Creates an answer of which only what the rules allow is shown.
    #[must_use]
    pub fn answer(&self) -> Answer {
        Answer::of(fresh().guarded_by(Some(Rc::clone(&self.0))))
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
