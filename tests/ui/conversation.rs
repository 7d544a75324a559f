//! A conversation as the page holds it, without a request.

use crate::mounted::{Mounted, owned};
use leptos::prelude::*;
use std::rc::Rc;
use tokenfall::engine::chat::{Block, Cause, Failure, Server, Turn, TurnId, TurnState};
use tokenfall::engine::wire::{BlockKind, Role};
use tokenfall::ui::chat::Chat;
use tokenfall::ui::state::TurnSignals;

/// The id of a turn that no conversation of a test has.
pub(crate) const NOT_THERE: TurnId = TurnId::from_number(4_000_000_000);

/// A question with answers to it, of which the last is on show.
pub(crate) struct Asked {
    pub(crate) owner: Owner,
    pub(crate) chat: Chat,
    pub(crate) question: TurnId,
    /// The answer on show; the question if there is none.
    pub(crate) last: TurnId,
    pub(crate) signals: TurnSignals,
    /// How often the answer that is being written was stopped.
    pub(crate) stops: RwSignal<u32>,
}

impl Asked {
    pub(crate) fn new(question: &str, answers: Vec<Turn>) -> Asked {
        let owner = owned();
        let chat = owner.with(Chat::provide);
        let stops = owner.with(|| RwSignal::new(0));
        owner.with(|| chat.conversation.begin(Rc::new(move || stops.update(|stops| *stops += 1))));
        let (question, (last, signals)) = chat.conversation.with_store(|store| {
            let question = store.conversation.push(Turn::question(question));
            let mut last = (question, TurnSignals::new(Role::User, false, TurnState::Complete));
            store.signals.push(last.clone());
            for turn in answers {
                let signals = TurnSignals::new(Role::Assistant, false, turn.state);
                last = (store.conversation.push_behind(Some(question), turn), signals);
                store.signals.push(last.clone());
            }
            (question, last)
        });
        chat.conversation.show_path();
        Asked { owner, chat, question, last, signals, stops }
    }

    pub(crate) fn mount<V: IntoView + 'static>(&self, view: impl FnOnce() -> V + 'static) -> Mounted {
        self.owner.with(|| Mounted::new(view))
    }

    /// Puts another turn in the place of the last one.
    pub(crate) fn store(&self, turn: Turn) {
        self.chat.conversation.with_store(|store| store.conversation.store(self.last, turn));
    }
}

/// An answer without text. One that failed met no server.
pub(crate) fn answer(state: TurnState) -> Turn {
    let failure = (state == TurnState::Failed).then(|| Failure {
        cause: Cause::Unreachable,
        server: Server { host: "<b>host</b>".to_owned(), ..Server::default() },
        has_text: false,
        retry_after: None,
        reason: String::new(),
    });
    Turn { state, failure, ..Turn::answer() }
}

/// A complete answer with that text.
pub(crate) fn answer_of(text: &str) -> Turn {
    Turn { blocks: vec![block(BlockKind::Text, text)], ..answer(TurnState::Complete) }
}

/// A block that is complete.
pub(crate) fn block(kind: BlockKind, text: &str) -> Block {
    Block { text: text.to_owned(), closed: true, ..Block::new(kind, 0) }
}
