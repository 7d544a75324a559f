//! Tests of the session: what becomes of a body, by how it is labelled, what is in it, and how it ends.

mod ends;
mod error_body;
mod follower;
mod guarded;
mod line;
mod pages;
mod reconnect;
mod recording;
mod recover;
mod redact;
mod retry;
mod shapes;
mod words;

use crate::cuts::cuttings;
use std::time::Duration;
use tokenfall::engine::chat::{Cause, Server, Turn};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

/// A response: what is fed to a session, however it may be cut.
#[derive(Clone)]
struct Response {
    dialect: Dialect,
    stream: bool,
    status: u16,
    content_type: &'static str,
    retry_after: Option<Duration>,
    end: End,
}

/// A streamed answer of Chat Completions, labelled as it should be.
const CHAT: Response = Response {
    dialect: Dialect::ChatCompletions,
    stream: true,
    status: 200,
    content_type: "text/event-stream",
    retry_after: None,
    end: End::Closed,
};

/// The end of a good answer.
const DONE: &str = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// A refusal that passes.
const BUSY_BODY: &str = "{\"error\":{\"message\":\"Loading\"}}";

/// An event with a piece of text.
fn said(text: &str) -> String {
    format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")
}

/// A moment, in milliseconds.
const fn at(millis: u64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

fn server() -> Server {
    Server { host: "server:1".to_owned(), ..Server::default() }
}

fn session(dialect: Dialect, stream: bool) -> Session {
    let plan = Plan::new(dialect, stream, "", server(), None);
    Session::new(plan, Timestamp::ORIGIN)
}

impl Response {
    fn head(&self) -> Head {
        Head {
            status: self.status,
            content_type: self.content_type.to_owned(),
            retry_after: self.retry_after,
            ..Head::default()
        }
    }

    fn play(&self, chunks: &[&[u8]]) -> Turn {
        let mut session = session(self.dialect, self.stream);
        session.head(self.head(), Timestamp::ORIGIN);
        for chunk in chunks {
            let _ = session.feed(chunk, Timestamp::ORIGIN);
        }
        session.end(self.end, false, Timestamp::ORIGIN);
        session.into_turn()
    }

    /// The one turn that comes of the body, whole and however it is cut.
    fn turn(&self, body: impl AsRef<[u8]>) -> Turn {
        let body = body.as_ref();
        let whole = self.play(&[body]);
        for (name, chunks) in cuttings(body) {
            assert_eq!(self.play(&chunks), whole, "{name}");
        }
        whole
    }
}

fn cause(turn: &Turn) -> &Cause {
    &turn.failure.as_ref().unwrap().cause
}

/// The provider's own sentence in the failure.
fn message(turn: &Turn) -> &str {
    match cause(turn) {
        Cause::Provider(error) => &error.message,
        Cause::Unreachable
        | Cause::Redirected
        | Cause::Offline
        | Cause::WebPage { .. }
        | Cause::OwnPage { .. }
        | Cause::Empty
        | Cause::CutOff
        | Cause::Lost
        | Cause::PageClosed
        | Cause::Silent
        | Cause::Unreadable { .. }
        | Cause::TooLarge { .. } => panic!("not the provider's error: {turn:?}"),
    }
}
