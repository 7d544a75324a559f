//! [`LaneStart`] is a lane that is ready to go: its request was checked.

use super::host::{LaneChecking, RaceServer};
use super::lane_draft::LaneDraft;
use crate::browser::clock::page_origin;
use crate::browser::live;
use crate::browser::pump::{self, Running};
use crate::engine::chat::Server;
use crate::engine::messages::{page, race as words};
use crate::engine::session::{Plan, Session};
use crate::engine::settings::{Field, Problem};
use crate::engine::wire::{Endpoint, Message, Prompt, Protocol, Role};
use std::cell::RefCell;
use std::rc::Rc;

/// Begins to feed a session, by a request or a replay.
pub type Start = Box<dyn FnOnce(Rc<RefCell<Session>>, Rc<dyn Fn()>) -> Running>;

/// A lane that is ready to go.
pub struct LaneStart {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub about: String,
    /// The model that it asks.
    pub model: String,
    /// The request, as far as the session has to know it.
    pub plan: Plan,
    /// The protocol of its server.
    pub protocol: Protocol,
    /// What its answer is checked by.
    pub checking: LaneChecking,
    /// Sends the request.
    pub start: Start,
}

impl std::fmt::Debug for LaneStart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LaneStart").field("name", &self.name).finish_non_exhaustive()
    }
}

impl LaneStart {
    /// Checks a lane, and makes its request.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn new(
        draft: &LaneDraft,
        server: &RaceServer,
        name: String,
        question: &str,
    ) -> Result<LaneStart, Problem> {
        let settings = draft.settings(&server.settings)?;
        // What is wrong with the address is told before what is wrong with the key.
        settings.endpoint("")?;
        let key = server.key.for_request(&settings)?;
        let endpoint = settings.endpoint(key)?;
        settings.require_key(key)?;
        if page_origin().starts_with("https:") && endpoint.base.is_refused_from_https() {
            return Err(Problem { field: Field::BaseUrl, sentence: page::REFUSED_FROM_HTTPS.to_owned() });
        }
        let checking = server.checking.clone()?;
        let prompt = settings.prompt(vec![Message { role: Role::User, text: question.to_owned() }])?;
        let protocol = settings.protocol()?;
        let asked = Server::new(&endpoint.base, &settings.preset, endpoint.dialect);
        let mut plan = Plan::new(endpoint.dialect, prompt.stream, &prompt.model, asked, endpoint.key.clone());
        plan.events = Some(settings.events).filter(|events| !events.is_empty());
        let about = words::about(&prompt.model, &server.label, prompt.stream);
        let model = prompt.model.clone();
        let start = start_of(endpoint, prompt, &protocol);
        Ok(LaneStart { name, about, model, plan, protocol, checking, start })
    }
}

/// Returns what begins to ask: a request, or what takes its place.
fn start_of(endpoint: Endpoint, prompt: Prompt, protocol: &Protocol) -> Start {
    if !endpoint.dialect.has_requests() {
        return Box::new(move |session, wake| live::ask_elsewhere(&endpoint, &prompt, session, wake));
    }
    let request = endpoint.request_in(protocol, &prompt);
    Box::new(|session, wake| pump::start(request, session, wake))
}
