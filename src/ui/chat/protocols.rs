//! Protocols other than Chat Completions come with the part `extras`, and so does what merges the person's own JSON over a
//! request: that one, which most servers speak, is in `chat`.

use super::context::Chat;
use super::sample::Start;
use crate::browser::live;
use crate::browser::pump::{self, Running};
use crate::engine::messages::page;
use crate::engine::settings::{Problem, Settings};
use crate::engine::tape::Tape;
use crate::engine::wire::{Dialect, Endpoint, Extra, Prompt, Protocol};
use crate::ui::lazy::lazy_part;
use crate::ui::state::Wire;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Takes what the part brings.
type TakeWire = Box<dyn FnOnce(Wire)>;

lazy_part!(
    /// Brings all protocols. What is done with them belongs to the part `chat`.
    extras,
    fn bring_protocols(take: TakeWire) = bring
);

fn bring(take: TakeWire) {
    take(Wire {
        protocol_of: Settings::protocol,
        protocol_of_tape: Tape::protocol,
        ask_elsewhere: live::ask_elsewhere,
        extra_of: Settings::extra,
    });
}

impl Chat {
    /// Returns what begins to ask: a request, or what takes its place.
    pub(super) fn start_of(self, endpoint: Endpoint, prompt: Prompt, protocol: &Protocol) -> Start {
        match self.wire().filter(|_| !endpoint.dialect.has_requests()) {
            Some(wire) => {
                Box::new(move |session, wake| (wire.ask_elsewhere)(&endpoint, &prompt, session, wake))
            }
            None => {
                let request = endpoint.request_in(protocol, &prompt);
                Box::new(|session, wake| pump::start(request, session, wake))
            }
        }
    }

    /// Says something to who is answering, where the connection can carry it. Returns whether it went out.
    pub(super) fn say(self, text: &str) -> bool {
        let connection =
            self.conversation.with_store(|store| store.running.as_ref().map(Running::connection));
        let is_said = !text.trim().is_empty() && connection.is_some_and(|connection| connection.say(text));
        if is_said {
            self.draft.clear(text);
            self.conversation.announcement.set(page::SAID.to_owned());
            self.conversation.wake();
        }
        is_said
    }

    /// Returns the protocol of the server that is set; `None` until all that a request to it needs was fetched.
    pub(super) fn protocol(self) -> Option<Protocol> {
        self.connection.settings.with_untracked(|settings| {
            if self.lacks_checking(settings) {
                return None;
            }
            if settings.dialect == Dialect::ChatCompletions && !settings.has_extra() {
                return Some(Protocol::CHAT_COMPLETIONS);
            }
            self.wire().and_then(|wire| (wire.protocol_of)(settings).ok())
        })
    }

    /// Reads the person's own JSON, once its part was fetched: until then there is none.
    pub(super) fn extra(self, settings: &Settings) -> Result<Option<Extra>, Problem> {
        self.wire().map_or(Ok(None), |wire| (wire.extra_of)(settings))
    }

    fn wire(self) -> Option<Wire> {
        self.conversation.with_store(|store| store.wire)
    }

    /// Fetches the protocols and what checks the answer, as far as they are needed, tells of it meanwhile, and calls `then` once they
    /// are there.
    pub(super) fn fetch_protocols(self, then: impl FnOnce() + 'static) {
        self.loader.load(async move {
            let settings = self.connection.settings.get_untracked();
            if self.lacks_checking(&settings) {
                self.fetch_checking(&settings).await?;
            }
            if self.protocol().is_some() {
                then();
                return Ok(());
            }
            bring_protocols(self.keep_protocols(then)).await
        });
    }

    /// Checks the rules for a server's own events, once their part was fetched.
    pub(super) fn check_protocol(self, settings: &Settings) -> Result<(), Problem> {
        self.wire().map_or(Ok(()), |wire| (wire.protocol_of)(settings).map(drop))
    }

    /// Returns the protocol of a recording, and fetches it if it is not there; `None` if that fails.
    pub async fn protocol_of(self, tape: &Tape) -> Option<Protocol> {
        if tape.dialect == Dialect::ChatCompletions {
            return Some(Protocol::CHAT_COMPLETIONS);
        }
        bring_protocols(self.keep_protocols(|| {})).await.ok()?;
        self.wire().map(|wire| (wire.protocol_of_tape)(tape))
    }

    /// Fetches the protocols before there is a question, if the server that is set needs them.
    pub(super) fn fetch_protocols_in_time(self) {
        if self.protocol().is_none() {
            spawn_local(async move {
                // A question tries again, and tells if that fails.
                let settings = self.connection.settings.get_untracked();
                if self.lacks_checking(&settings) {
                    let _ = self.fetch_checking(&settings).await;
                }
                if self.protocol().is_none() {
                    let _ = bring_protocols(self.keep_protocols(|| {})).await;
                }
            });
        }
    }

    fn keep_protocols(self, then: impl FnOnce() + 'static) -> TakeWire {
        Box::new(move |wire| {
            self.conversation.with_store(|store| store.wire = Some(wire));
            then();
        })
    }
}
