//! Asks another model about each part of an answer before that part is shown.

use crate::browser::clock::now;
use crate::browser::live;
use crate::browser::pump::{self, Running};
use crate::browser::timer::sleep;
use crate::engine::chat::{Server, Turn, TurnState, Verdict};
use crate::engine::checks::{Checks, Judge};
use crate::engine::guard::{judge_prompt, read_verdict};
use crate::engine::messages::checks as words;
use crate::engine::session::{Plan, Session};
use crate::engine::settings::{Problem, Settings};
use crate::engine::wire::{Endpoint, Prompt, Protocol};
use crate::ui::state::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Time between two looks at whether a judge has answered.
const STEP: Duration = Duration::from_millis(20);

/// Returns what has a judge see the parts of an answer, each as soon as it is there; `None` without a judge.
pub(super) fn judge(
    connection: Connection,
    checks: &Checks,
    session: &Rc<RefCell<Session>>,
) -> Option<Rc<dyn Fn()>> {
    let judge = checks.rules.as_ref()?.judge.clone()?;
    // Weak, since what is returned belongs to the request, which the session's owner holds.
    let session = Rc::downgrade(session);
    Some(Rc::new(move || {
        let Some(session) = session.upgrade() else { return };
        loop {
            let part = session.borrow_mut().next_part();
            let Some((block, part)) = part else { return };
            let (judge, session) = (judge.clone(), Rc::clone(&session));
            spawn_local(async move {
                let started = now();
                let (verdict, tokens) = ask(connection, &judge, &part.text).await;
                let took = now().duration_since(started);
                session.borrow_mut().judged((block, part.number), &verdict, (took, tokens), now());
            });
        }
    }))
}

/// Asks the judge about a text. Returns its verdict, and the tokens that it read and wrote.
async fn ask(connection: Connection, judge: &Judge, text: &str) -> (Verdict, u64) {
    let failed = |why: String| (Verdict::Failed(why), 0);
    let Some(settings) = settings_of(connection, judge) else {
        return failed(words::JUDGE_WITHOUT_SERVER.to_owned());
    };
    let (endpoint, prompt, protocol) = match request(connection, &settings, judge, text) {
        Ok(request) => request,
        Err(problem) => return failed(words::judge_not_asked(&problem.sentence)),
    };
    let server = Server::new(&endpoint.base, &settings.preset, endpoint.dialect);
    let mut plan = Plan::new(endpoint.dialect, prompt.stream, &prompt.model, server, endpoint.key.clone());
    plan.events = Some(settings.events).filter(|events| !events.is_empty());
    let started = now();
    let session = Rc::new(RefCell::new(Session::with_protocol(plan, protocol.clone(), started)));
    let running = start(&endpoint, &prompt, &protocol, Rc::clone(&session));
    let limit = Duration::from_secs(u64::from(judge.seconds));
    loop {
        if session.borrow().turn().state.is_final() {
            break;
        }
        if now().duration_since(started) >= limit {
            drop(running);
            return failed(words::judge_too_late(judge.seconds));
        }
        sleep(STEP).await;
    }
    let session = session.borrow();
    (verdict_of(session.turn()), tokens_of(session.turn()))
}

/// Returns the settings of the judge's server, with the model that it asks.
fn settings_of(connection: Connection, judge: &Judge) -> Option<Settings> {
    let in_use = connection.settings.get_untracked();
    let mut settings = if in_use.profile == judge.profile {
        in_use
    } else {
        connection
            .servers()
            .profiles
            .with_untracked(|profiles| Some(profiles.find(&judge.profile)?.settings("")))?
    };
    if !judge.model.trim().is_empty() {
        settings.model.clone_from(&judge.model);
    }
    Some(settings)
}

/// Checks the request to a judge, and returns it.
///
/// # Errors
/// The first field of the judge's server that cannot be used.
fn request(
    connection: Connection,
    settings: &Settings,
    judge: &Judge,
    text: &str,
) -> Result<(Endpoint, Prompt, Protocol), Problem> {
    let is_in_use = connection.settings.with_untracked(|in_use| in_use.profile == settings.profile);
    let record = if is_in_use { connection.key.get_value() } else { connection.key_of(settings) };
    let key = record.for_request(settings)?;
    let endpoint = settings.endpoint(key)?;
    settings.require_key(key)?;
    let asked = judge_prompt(judge, text);
    let prompt = settings.prompt(asked.messages)?;
    // The person's instructions for conversations are not for the judge, and nothing of it is shown while it writes.
    let prompt = Prompt { system: asked.system, ..prompt };
    Ok((endpoint, prompt, settings.protocol()?))
}

fn start(
    endpoint: &Endpoint,
    prompt: &Prompt,
    protocol: &Protocol,
    session: Rc<RefCell<Session>>,
) -> Running {
    let wake: Rc<dyn Fn()> = Rc::new(|| {});
    if endpoint.dialect.has_requests() {
        pump::start(endpoint.request_in(protocol, prompt), session, wake)
    } else {
        live::ask_elsewhere(endpoint, prompt, session, wake)
    }
}

/// Reads the verdict of an answer. One that did not end well is none.
fn verdict_of(turn: &Turn) -> Verdict {
    match turn.state {
        TurnState::Complete => read_verdict(&turn.text()),
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Stopped
        | TurnState::Interrupted
        | TurnState::Failed
        | TurnState::Truncated
        | TurnState::Filtered
        | TurnState::Paused
        | TurnState::Halted => {
            let failure = turn.failure.as_ref().map(|failure| failure.sentence());
            Verdict::Failed(words::judge_failed(&failure.unwrap_or_else(|| turn.end_in_words())))
        }
    }
}

fn tokens_of(turn: &Turn) -> u64 {
    turn.usage.as_ref().map_or(0, |usage| usage.input.unwrap_or(0) + usage.output.unwrap_or(0))
}
