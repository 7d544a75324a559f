//! [`Run`]: an answer that is being written.

use super::turn_signals::TurnSignals;
use crate::engine::chat::TurnId;
use crate::engine::session::Session;
use crate::engine::timestamp::Timestamp;
use std::cell::RefCell;
use std::rc::Rc;

/// An answer that is being written.
pub struct Run {
    /// The answer's turn.
    pub id: TurnId,
    /// Its signals.
    pub signals: TurnSignals,
    /// The machine that reads its stream.
    pub session: Rc<RefCell<Session>>,
    /// When the figures were set last; `None` before the first time.
    pub counted: Option<Timestamp>,
    /// Whether reasoning was moved out of the text, and that was told.
    pub has_moved: bool,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("id", &self.id).finish_non_exhaustive()
    }
}
