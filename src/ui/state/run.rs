//! [`Run`] holds an answer that is being written.

use super::turn_signals::TurnSignals;
use crate::engine::chat::TurnId;
use crate::engine::session::Session;
use crate::engine::timestamp::Timestamp;
use std::cell::RefCell;
use std::rc::Rc;

/// Holds an answer that is being written.
pub struct Run {
    /// The answer's turn.
    pub id: TurnId,
    /// Its signals.
    pub signals: TurnSignals,
    /// The machine that reads its stream.
    pub session: Rc<RefCell<Session>>,
    /// Time at which the figures were set last; `None` before the first time.
    pub counted: Option<Timestamp>,
    /// Whether the person was told that reasoning had moved out of the text.
    pub has_moved: bool,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("id", &self.id).finish_non_exhaustive()
    }
}
