//! Laws: what holds for every stream, not only for those somebody thought of.

mod damage;
mod generated;
pub(crate) mod repeats;
pub(crate) mod streams;

use tokenfall::engine::chat::{Server, Turn};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

/// The turn that comes of these chunks, labelled as the protocol's streams are.
pub(crate) fn play<'a>(dialect: Dialect, end: End, chunks: impl IntoIterator<Item = &'a [u8]>) -> Turn {
    let plan = Plan::new(dialect, true, "", Server::default(), None);
    let content_type = if dialect.is_ndjson() { "application/x-ndjson" } else { "text/event-stream" };
    let mut session = Session::new(plan, Timestamp::ORIGIN);
    let head = Head { status: 200, content_type: content_type.to_owned(), ..Head::default() };
    session.head(head, Timestamp::ORIGIN);
    for chunk in chunks {
        let _ = session.feed(chunk, Timestamp::ORIGIN);
    }
    session.end(end, false, Timestamp::ORIGIN);
    session.into_turn()
}
