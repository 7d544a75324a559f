//! [`Outcome`] tells how a watch ended, and what a person can do about it.

use super::kind::Kind;
use super::{Shape, Watch};
use crate::messages::watch as words;
use crate::tape::{End, Head};
use crate::wire::is_html;

/// The most characters of a body that are shown beside an error.
const EXCERPT: usize = 300;

/// The way in which a watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The person stopped it.
    Stopped,
    /// The server ended the body, or closed the socket as one does.
    Ended,
    /// The connection broke behind something that had come.
    Broke,
    /// The browser got no response. Script is not told why.
    NoAnswer,
    /// The browser knows that there is no network.
    Offline,
    /// The server sent the request elsewhere.
    Redirected,
    /// The server answered with an error.
    Status(u16),
    /// The server sent a web page.
    WebPage(u16),
    /// The server says that nothing more will come.
    NoContent,
    /// A stream of events was asked for, and the response is none.
    NotEvents,
    /// The socket never stood.
    SocketRefused,
    /// The socket was closed, and not as one does when all was said.
    SocketClosed,
}

impl Watch {
    /// Returns how it ended; `None` while it runs.
    pub fn outcome(&self) -> Option<Outcome> {
        let end = self.ending()?;
        let last = self.connections().last();
        let is_socket = self.setup().kind == Kind::Socket;
        Some(match last.and_then(|last| last.head.as_ref()) {
            _ if end.how == End::Cancelled => Outcome::Stopped,
            Some(head) => self.outcome_of(head, end.how),
            None if last.is_some_and(|last| last.opened.is_some()) => match end.how {
                End::Closed | End::Cancelled => Outcome::Ended,
                End::Lost if is_socket => Outcome::SocketClosed,
                End::Lost => Outcome::Broke,
            },
            None if end.is_offline => Outcome::Offline,
            None if is_socket => Outcome::SocketRefused,
            // What came shows that there was a connection, whoever made it.
            None if self.event_count() > 0 => {
                if end.how == End::Closed {
                    Outcome::Ended
                } else {
                    Outcome::Broke
                }
            }
            None => Outcome::NoAnswer,
        })
    }

    fn outcome_of(&self, head: &Head, how: End) -> Outcome {
        let wants_events = matches!(self.setup().kind, Kind::Events | Kind::EventSource);
        let is_page = head.content_type.to_ascii_lowercase().starts_with("text/html")
            || (self.shape() == Shape::Lines && is_html(&self.excerpt()));
        match head.status {
            _ if head.is_redirect() => Outcome::Redirected,
            204 => Outcome::NoContent,
            status if is_page => Outcome::WebPage(status),
            status if status >= 400 => Outcome::Status(status),
            _ if wants_events && !is_event_stream(head) => Outcome::NotEvents,
            _ if how == End::Lost => Outcome::Broke,
            _ => Outcome::Ended,
        }
    }

    /// Returns the beginning of what came, for the details of an error.
    pub fn excerpt(&self) -> String {
        let mut excerpt = String::new();
        for row in self.lines().rows().take(20) {
            excerpt.push_str(&row.text);
            excerpt.push('\n');
        }
        let end = excerpt.char_indices().nth(EXCERPT).map_or(excerpt.len(), |(end, _)| end);
        excerpt.truncate(end);
        excerpt.trim_end().to_owned()
    }
}

fn is_event_stream(head: &Head) -> bool {
    head.content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("text/event-stream")
}

impl Outcome {
    /// Returns whether nothing is wrong.
    #[must_use]
    pub const fn is_good(self) -> bool {
        match self {
            Outcome::Stopped | Outcome::Ended | Outcome::NoContent => true,
            Outcome::Broke
            | Outcome::NoAnswer
            | Outcome::Offline
            | Outcome::Redirected
            | Outcome::Status(_)
            | Outcome::WebPage(_)
            | Outcome::NotEvents
            | Outcome::SocketRefused
            | Outcome::SocketClosed => false,
        }
    }

    /// Returns a sentence that says how `watch` ended.
    #[must_use]
    pub fn sentence(self, watch: &Watch) -> String {
        let host = watch.setup().host.as_str();
        let reason = watch.reason();
        match self {
            Outcome::Stopped => words::STOPPED.to_owned(),
            Outcome::Ended if watch.setup().kind == Kind::Socket && !reason.is_empty() => reason.to_owned(),
            Outcome::Ended => words::ENDED.to_owned(),
            Outcome::Broke if watch.setup().kind == Kind::EventSource && !reason.is_empty() => {
                reason.to_owned()
            }
            Outcome::Broke => words::broke(host),
            Outcome::NoAnswer => words::no_answer(host),
            Outcome::Offline => crate::messages::failure::OFFLINE.to_owned(),
            Outcome::Redirected => words::redirected(host),
            Outcome::Status(status) => words::status(host, status),
            Outcome::WebPage(status) => words::web_page(host, status),
            Outcome::NoContent => crate::messages::event_source::NO_CONTENT.to_owned(),
            Outcome::NotEvents => {
                let head = watch.connections().last().and_then(|last| last.head.as_ref());
                crate::messages::event_source::content_type(head.map_or("", |head| &head.content_type))
            }
            Outcome::SocketRefused => words::socket_refused(host),
            Outcome::SocketClosed if reason.is_empty() => words::broke(host),
            Outcome::SocketClosed => reason.to_owned(),
        }
    }

    /// Returns what a person can do; empty where nothing is wrong. `page_origin` is this page's own origin.
    #[must_use]
    pub fn advice(self, kind: Kind, page_origin: &str) -> String {
        match self {
            Outcome::Stopped | Outcome::Ended | Outcome::NoContent => String::new(),
            Outcome::Broke | Outcome::SocketClosed => words::TRY_AGAIN.to_owned(),
            Outcome::NoAnswer if kind == Kind::EventSource => words::try_fetch(page_origin),
            Outcome::NoAnswer => words::check_cors(page_origin),
            Outcome::Offline => words::TRY_ONLINE.to_owned(),
            Outcome::Redirected => words::CHECK_REDIRECT.to_owned(),
            Outcome::Status(401 | 403) => words::GIVE_A_KEY.to_owned(),
            Outcome::Status(405) => words::CHECK_METHOD.to_owned(),
            Outcome::Status(500..) => words::SERVER_FAILED.to_owned(),
            Outcome::Status(_) => words::CHECK_REQUEST.to_owned(),
            Outcome::WebPage(_) => words::CHECK_PAGE.to_owned(),
            Outcome::NotEvents => words::FETCH_ONCE.to_owned(),
            Outcome::SocketRefused => words::SOCKET_NEEDS.to_owned(),
        }
    }
}
