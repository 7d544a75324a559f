//! Protocols other than Chat Completions come with the part `extras`: that one, which most servers speak, is in `chat`.

use super::context::Chat;
use crate::engine::wire::{Dialect, Protocol};
use crate::ui::lazy::lazy_part;
use crate::ui::state::ProtocolOf;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Takes the function that finds protocols.
type TakeProtocols = Box<dyn FnOnce(ProtocolOf)>;

lazy_part!(
    /// Brings all protocols. What is done with them belongs to the part `chat`.
    extras,
    fn bring_protocols(take: TakeProtocols) = bring
);

fn bring(take: TakeProtocols) {
    take(Rc::new(Protocol::of));
}

impl Chat {
    /// Returns the protocol of the server that is set; `None` until its part was fetched.
    pub(super) fn protocol(self) -> Option<Protocol> {
        match self.connection.settings.with_untracked(|settings| settings.dialect) {
            Dialect::ChatCompletions => Some(Protocol::CHAT_COMPLETIONS),
            dialect @ (Dialect::Responses
            | Dialect::Anthropic
            | Dialect::Gemini
            | Dialect::Interactions
            | Dialect::Ollama
            | Dialect::Cohere) => {
                self.conversation.with_store(|store| store.protocol_of.clone()).map(|of| of(dialect))
            }
        }
    }

    /// Fetches the protocols, tells of it meanwhile, and calls `then` once they are there.
    pub(super) fn fetch_protocols(self, then: impl FnOnce() + 'static) {
        self.loader.load(bring_protocols(self.keep_protocols(then)));
    }

    /// Returns the protocol of a dialect, and fetches it if it is not there; `None` if that fails.
    pub async fn protocol_of(self, dialect: Dialect) -> Option<Protocol> {
        if dialect == Dialect::ChatCompletions {
            return Some(Protocol::CHAT_COMPLETIONS);
        }
        bring_protocols(self.keep_protocols(|| {})).await.ok()?;
        self.conversation.with_store(|store| store.protocol_of.clone()).map(|of| of(dialect))
    }

    /// Fetches the protocols before there is a question, if the server that is set needs them.
    pub(super) fn fetch_protocols_in_time(self) {
        if self.protocol().is_none() {
            spawn_local(async move {
                // A question tries again, and tells if that fails.
                let _ = bring_protocols(self.keep_protocols(|| {})).await;
            });
        }
    }

    fn keep_protocols(self, then: impl FnOnce() + 'static) -> TakeProtocols {
        Box::new(move |of| {
            self.conversation.with_store(|store| store.protocol_of = Some(of));
            then();
        })
    }
}
