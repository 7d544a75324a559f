//! Plays a body through the whole engine, in every cut.

use crate::support;
pub(super) use crate::support::{blocks, sse as events, turn_of as play};
use tokenfall::engine::chat::{Server, Turn};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

/// The turn that an answer makes that was not streamed.
pub(super) fn play_whole(dialect: Dialect, body: &str) -> Turn {
    let plan = Plan::new(dialect, false, "", Server::default(), None);
    let mut session = Session::new(plan, Timestamp::ORIGIN);
    let head = Head { status: 200, content_type: "application/json".to_owned(), ..Head::default() };
    session.head(head, Timestamp::ORIGIN);
    let _ = session.feed(body.as_bytes(), Timestamp::ORIGIN);
    session.end(End::Closed, false, Timestamp::ORIGIN);
    session.into_turn()
}

/// The turn of a streamed body that comes in one piece.
pub(super) fn play_once(dialect: Dialect, body: &str) -> Turn {
    support::play(dialect, &[body.as_bytes()], End::Closed)
}
