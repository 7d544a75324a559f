//! [`Failure`] names what went wrong, and picks the messages that tell it and what to do about it.
//!
//! Each cause is matched without a catch-all, so that none is without a sentence. A browser's own wording ("Failed to fetch")
//! is never shown and never parsed: it differs between engines and says nothing.

use super::server::Server;
use crate::error::Category;
use crate::messages::failure::{self as words, Reported};
use crate::settings::Field;
use crate::wire::ProviderError;
use std::time::Duration;

/// The reason for which an answer did not come, or not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The request never got an answer. Script cannot tell why: no server, no name, TLS, CORS (also of a
    /// redirect), permissions.
    Unreachable,
    /// The server wanted the request to go elsewhere, where the key is not sent.
    Redirected,
    /// The browser says that this machine is offline.
    Offline,
    /// The provider says what is wrong, by status or inside the stream.
    Provider(ProviderError),
    /// A web page came where an answer should be: a proxy, a login wall, a wrong address.
    WebPage {
        /// The HTTP status it came with.
        status: u16,
        /// Its title, if it has one, and its first 300 characters.
        excerpt: String,
    },
    /// The address is that of this page: its server gives out files and takes no questions.
    OwnPage {
        /// The beginning of its answer.
        excerpt: String,
    },
    /// The server answered with nothing at all.
    Empty,
    /// The body ended before the protocol did.
    CutOff,
    /// The connection broke in the middle.
    Lost,
    /// The page was closed, or its browser ended, while the answer was being written.
    PageClosed,
    /// Nothing came for longer than the limits of `session::line`.
    Silent,
    /// The body cannot be read as this protocol.
    Unreadable {
        /// The beginning of what came.
        excerpt: String,
    },
    /// A limit of this program was reached.
    TooLarge {
        /// The limit, in words.
        what: String,
    },
}

/// A cause, and where it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The reason.
    pub cause: Cause,
    /// The server that was asked.
    pub server: Server,
    /// Whether something of the answer is here, and stays.
    pub has_text: bool,
    /// The time that the server asks to wait before another try.
    pub retry_after: Option<Duration>,
    /// The transport's reason, in the browser's words; empty if it did not fail, or says nothing.
    pub reason: String,
}

impl Failure {
    /// Names the page's own server as the cause, where that was asked and refused as a server of files does: a web page,
    /// or 404, 405 (nginx, GitHub Pages) or 501 (Python's `http.server`) in words that are no JSON. A model server may
    /// give out this page too (`llama-server --path`): what it refuses it refuses in JSON, and its words stay. So do those
    /// of a proxy whose model is down (502 to 504). `page_origin` is this page's own origin.
    #[must_use]
    pub fn seen_from(self, page_origin: &str) -> Failure {
        const NO_SUCH_SERVICE: [u16; 3] = [404, 405, 501];
        let own = page_origin.split_once("://").map_or("", |(_, host)| host);
        if !own.eq_ignore_ascii_case(&self.server.host) {
            return self;
        }
        let excerpt = if let Cause::WebPage { status, excerpt } = &self.cause {
            (*status < 300 || NO_SUCH_SERVICE.contains(status)).then(|| excerpt.clone())
        } else if let Cause::Provider(error) = &self.cause {
            let is_refused = error.status.is_some_and(|status| NO_SUCH_SERVICE.contains(&status));
            (is_refused && !error.raw.starts_with(['{', '['])).then(|| error.raw.clone())
        } else {
            None
        };
        match excerpt {
            Some(excerpt) => Failure { cause: Cause::OwnPage { excerpt }, ..self },
            None => self,
        }
    }

    /// Returns one sentence that says what happened.
    pub fn sentence(&self) -> String {
        let host = &self.server.host;
        match &self.cause {
            Cause::Unreachable => words::no_answer(host),
            Cause::Redirected => words::redirected(host),
            Cause::Offline => words::OFFLINE.to_owned(),
            Cause::Provider(error) => provider_sentence(error, host),
            Cause::WebPage { status, .. } => words::web_page(host, *status),
            Cause::OwnPage { .. } => words::own_page(host),
            Cause::Empty => words::empty(host),
            Cause::CutOff if self.has_text => words::cut_off(host),
            Cause::CutOff => words::ended_early(host),
            Cause::Lost if self.has_text => words::broke_off(host),
            Cause::Lost => words::broke_early(host),
            Cause::PageClosed => words::PAGE_CLOSED.to_owned(),
            Cause::Silent => words::silent(host),
            Cause::Unreadable { .. } => words::unreadable(host),
            Cause::TooLarge { what } => words::stopped_by(what),
        }
    }

    /// Returns advice for the person, behind whether something is kept. `page_origin` is this page's own origin, which
    /// a local server may have to be told.
    pub fn advice(&self, page_origin: &str) -> String {
        let kept = if self.has_text { words::KEPT } else { "" };
        match &self.cause {
            Cause::Unreachable if self.server.local => self.server.unreachable_here(page_origin),
            Cause::Unreachable => words::check_network(page_origin),
            Cause::Redirected => words::CHECK_REDIRECT.to_owned(),
            Cause::Offline => words::TRY_ONLINE.to_owned(),
            Cause::Provider(error) => {
                format!("{kept}{}", provider_advice(error, self.retry_after, &self.server))
            }
            Cause::WebPage { status: 500.., .. } => words::PROXY_IS_DOWN.to_owned(),
            Cause::WebPage { status, .. } => {
                let other = if *status == 404 { self.server.other_spelling() } else { String::new() };
                format!("{}{other}", words::CHECK_FOR_PROXY)
            }
            Cause::OwnPage { .. } => words::ENTER_MODEL_SERVER.to_owned(),
            Cause::Empty => words::TRY_AFTER_EMPTY.to_owned(),
            Cause::Silent => format!("{kept}{}", words::TRY_AFTER_SILENCE),
            Cause::CutOff | Cause::Lost | Cause::PageClosed if self.has_text => {
                format!("{kept}{}", words::TRY_FOR_WHOLE)
            }
            Cause::CutOff | Cause::Lost | Cause::PageClosed => words::TRY_AGAIN.to_owned(),
            Cause::Unreadable { .. } => format!("{kept}{}", words::CHECK_PROTOCOL),
            Cause::TooLarge { .. } => format!("{kept}{}", words::ASK_FOR_LESS),
        }
    }

    /// Returns the settings' field that is probably wrong.
    pub fn field(&self) -> Option<Field> {
        match &self.cause {
            // Such a page says that a server is down, not that its address is wrong.
            Cause::WebPage { status: 500.., .. } => None,
            Cause::Unreachable
            | Cause::Redirected
            | Cause::WebPage { .. }
            | Cause::OwnPage { .. }
            | Cause::Empty
            | Cause::Unreadable { .. } => Some(Field::BaseUrl),
            Cause::Provider(error) => match error.category {
                Category::Authentication | Category::Permission => Some(Field::Key),
                Category::NotFound if !names_model(error) => Some(Field::BaseUrl),
                Category::NotFound | Category::InvalidRequest => Some(Field::Model),
                Category::Billing
                | Category::TooLong
                | Category::RateLimit
                | Category::Overloaded
                | Category::Server
                | Category::Timeout
                | Category::Filtered
                | Category::Other => None,
            },
            Cause::Offline
            | Cause::CutOff
            | Cause::Lost
            | Cause::PageClosed
            | Cause::Silent
            | Cause::TooLarge { .. } => None,
        }
    }

    /// Returns the server's own words, or the browser's where the transport failed, for the details; empty if there are
    /// none. Untrusted text.
    pub fn details(&self) -> String {
        match &self.cause {
            Cause::Provider(error) => provider_details(error),
            Cause::WebPage { excerpt, .. } | Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt } => {
                excerpt.clone()
            }
            Cause::Unreachable | Cause::Offline | Cause::Lost => self.reason.clone(),
            Cause::Redirected
            | Cause::Empty
            | Cause::CutOff
            | Cause::PageClosed
            | Cause::Silent
            | Cause::TooLarge { .. } => String::new(),
        }
    }
}

fn provider_sentence(error: &ProviderError, host: &str) -> String {
    let what = match error.category {
        Category::Authentication => words::key_refused(host),
        Category::Permission => words::not_allowed(host),
        Category::Billing => words::no_credit(host),
        Category::NotFound => words::NOT_FOUND.to_owned(),
        Category::TooLong => words::TOO_LONG.to_owned(),
        Category::InvalidRequest => words::not_accepted(host),
        Category::RateLimit => words::TOO_MANY_REQUESTS.to_owned(),
        Category::Overloaded => words::overloaded(host),
        Category::Server => words::SERVER_ERROR.to_owned(),
        Category::Timeout => words::TIMED_OUT.to_owned(),
        Category::Filtered => words::withheld(host),
        Category::Other => words::other(host),
    };
    words::reported(&what, error.status, reported(&error.message))
}

/// Returns what the details add to the sentence: nothing is said twice.
fn provider_details(error: &ProviderError) -> String {
    let raw = match reported(&error.message) {
        Reported::All(message) if message == error.raw.trim() => "",
        Reported::Nothing | Reported::All(_) | Reported::Beginning(_) => error.raw.trim(),
    };
    let is_new = |word: &&str| !word.is_empty() && !raw.contains(*word);
    let parts = [error.kind.as_str(), error.code.as_str()].into_iter().filter(is_new);
    let parts: Vec<&str> = parts.chain((!raw.is_empty()).then_some(raw)).collect();
    match error.status {
        Some(status) if !parts.is_empty() => format!("HTTP {status}\n{}", parts.join("\n")),
        Some(_) | None => parts.join("\n"),
    }
}

/// The most characters of a server's message in a sentence; all of it is in the details.
const MESSAGE_LIMIT: usize = 300;

/// Takes as much of a server's message as can stand in a sentence.
fn reported(message: &str) -> Reported<'_> {
    let message = message.trim();
    // An object or a list is for those who read the details.
    let is_data =
        [('{', '}'), ('[', ']')].iter().any(|(a, z)| message.starts_with(*a) && message.ends_with(*z));
    if message.is_empty() || is_data || message == "null" {
        return Reported::Nothing;
    }
    match message.char_indices().nth(MESSAGE_LIMIT) {
        None => Reported::All(message),
        Some((end, _)) => {
            let cut = &message[..end];
            // At the end of a word, where one is near.
            let end = cut.rfind(char::is_whitespace).filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
            Reported::Beginning(cut[..end].trim_end())
        }
    }
}

/// Returns whether a server says of a model that it is not there, and not of a path. OpenRouter calls the providers of
/// a model its endpoints.
fn names_model(error: &ProviderError) -> bool {
    let message = error.message.to_ascii_lowercase();
    ["model", "no endpoints found"].iter().any(|words| message.contains(words))
}

fn provider_advice(error: &ProviderError, retry_after: Option<Duration>, server: &Server) -> String {
    let advice = match (error.category, retry_after) {
        (Category::RateLimit | Category::Overloaded, Some(Duration::ZERO)) => words::TRY_NOW,
        (Category::RateLimit | Category::Overloaded, Some(wait)) => return words::try_in(&in_words(wait)),
        (Category::RateLimit, None) => words::WAIT_A_LITTLE,
        (Category::Overloaded | Category::Server | Category::Timeout, _) => words::TRY_SOON,
        (Category::Authentication, _) => words::CHECK_KEY,
        (Category::Permission, _) => words::CHECK_RIGHTS,
        (Category::Billing, _) => words::TOP_UP,
        (Category::NotFound, _) => {
            let other = if names_model(error) { String::new() } else { server.other_spelling() };
            return format!("{}{other}", words::CHECK_MODEL);
        }
        (Category::TooLong, _) => words::SHORTEN,
        (Category::InvalidRequest, _) => words::CHECK_PARAMETERS,
        (Category::Filtered, _) => words::REPHRASE,
        (Category::Other, _) => words::TRY_OR_CHECK,
    };
    advice.to_owned()
}

/// Returns a wait as people say it, rounded up so that nobody comes too early.
fn in_words(wait: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (minutes, hours) = (seconds.div_ceil(MINUTE), seconds.div_ceil(HOUR));
    let [second, minute, hour, day] = words::UNITS;
    let (count, unit, rest, part) = if seconds < 2 * MINUTE {
        (seconds, second, 0, "")
    } else if seconds < 2 * HOUR {
        (minutes, minute, 0, "")
    } else if seconds < 2 * DAY {
        (minutes / 60, hour, minutes % 60, minute)
    } else {
        (hours / 24, day, hours % 24, hour)
    };
    let whole = format!("{count} {unit}");
    if rest == 0 { whole } else { format!("{whole} {rest} {part}") }
}
