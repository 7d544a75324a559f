//! [`Following`] holds an answer that another tab is writing, as far as it was taken up here.

use crate::browser::clock::{now, unix_millis};
use crate::engine::chat::{Server, TurnId, TurnMetadata};
use crate::engine::session::{Follower, Plan, Session};
use crate::engine::tape::{Batch, Tape};
use crate::ui::chat::Chat;
use crate::ui::state::{Run, TurnSignals};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// An answer that another tab is writing, as far as it was taken up.
#[derive(Debug)]
pub(super) struct Following {
    pub(super) turn: TurnId,
    follower: Follower,
    /// Number of batches that were taken.
    pub(super) batches: u32,
}

impl Following {
    /// Begins to follow an answer, of which there is something already: `None` if that cannot be read or checked.
    pub(super) async fn begin(
        chat: Chat,
        (turn, signals): (TurnId, TurnSignals),
        metadata: &TurnMetadata,
        batches: &[Batch],
    ) -> Option<(Following, Run)> {
        let tape = Tape::from_batches(batches).ok()?;
        let protocol = chat.protocol_of(&tape).await?;
        let guard = chat.guard_of(&metadata.checks).await?;
        let age = Duration::from_millis(unix_millis().saturating_sub(metadata.created));
        let follower = Follower::new(now(), age);
        let server = Server { host: metadata.server.clone(), ..Server::default() };
        let plan = Plan { server, ..Plan::for_tape(&tape) };
        let session = Session::with_protocol(plan, protocol, follower.started()).guarded_by(guard);
        let session = Rc::new(RefCell::new(session));
        let run = Run { id: turn, signals, session, counted: None, has_moved: false };
        let mut following = Following { turn, follower, batches: 0 };
        following.take(0, batches, &run);
        Some((following, run))
    }

    /// Feeds batches, the first of which has that place. Those that were taken already are left out.
    pub(super) fn take(&mut self, from: u32, batches: &[Batch], run: &Run) {
        let mut session = run.session.borrow_mut();
        for (place, batch) in (from..).zip(batches) {
            if place == self.batches && self.follower.take(batch, &mut session).is_ok() {
                self.batches += 1;
            }
        }
    }
}
