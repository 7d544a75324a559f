//! [`Failure`]: what went wrong, in a person's words, with what to do about it.
//!
//! The sentences live here, beside the causes, so that no cause is without one. A browser's own wording ("Failed to fetch")
//! is never shown and never parsed: it differs between engines and says nothing.

use super::server::Server;
use crate::error::Category;
use crate::settings::Field;
use crate::wire::ProviderError;
use std::time::Duration;

/// Why an answer did not come, or not whole.
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
        /// What it said instead.
        excerpt: String,
    },
    /// The server answered with nothing at all.
    Empty,
    /// The body ended before the protocol did.
    CutOff,
    /// The connection broke in the middle.
    Lost,
    /// Nothing came for so long that nobody waits any more.
    Silent,
    /// What came cannot be read as this protocol.
    Unreadable {
        /// The beginning of what came.
        excerpt: String,
    },
    /// A limit of this program was reached.
    TooLarge {
        /// Which one, in words.
        what: String,
    },
}

/// A cause, and where it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub cause: Cause,
    /// Who was asked.
    pub server: Server,
    /// Whether something of the answer is here, and stays.
    pub has_text: bool,
    /// How long the server asks to wait before another try.
    pub retry_after: Option<Duration>,
    /// Why the transport failed, in the browser's words; empty if it did not, or says nothing.
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

    /// One sentence that says what happened.
    pub fn sentence(&self) -> String {
        let host = &self.server.host;
        match &self.cause {
            Cause::Unreachable => format!("No answer from {host}."),
            Cause::Redirected => format!(
                "{host} wanted to send the request elsewhere. It was not followed, to protect your key."
            ),
            Cause::Offline => "This computer is offline.".to_owned(),
            Cause::Provider(error) => provider_sentence(error, host),
            Cause::WebPage { status, .. } => {
                format!("{host} sent a web page instead of a model's answer (status {status}).")
            }
            Cause::OwnPage { .. } => {
                format!("{host} is the address of this page itself, not of a model server.")
            }
            Cause::Empty => format!("{host} sent an empty answer."),
            Cause::CutOff if self.has_text => {
                format!("The answer was cut off: {host} ended the stream before it was complete.")
            }
            Cause::CutOff => format!("{host} ended the stream before an answer came."),
            Cause::Lost if self.has_text => {
                format!("The answer was cut off: the connection to {host} broke.")
            }
            Cause::Lost => format!("The connection to {host} broke before an answer came."),
            Cause::Silent => format!("{host} has sent nothing that can be read for too long."),
            Cause::Unreadable { .. } => format!("{host} sent data that cannot be read as a model's answer."),
            Cause::TooLarge { what } => format!("Stopped: {what}."),
        }
    }

    /// What the person can do, behind whether something is kept. `page_origin` is this page's own origin, which a local
    /// server may have to be told.
    pub fn advice(&self, page_origin: &str) -> String {
        let kept = if self.has_text { "The text so far is kept. " } else { "" };
        match &self.cause {
            Cause::Unreachable if self.server.local => self.server.unreachable_here(page_origin),
            Cause::Unreachable => format!(
                "Check the address and your network. The server may also refuse requests from web pages (CORS): this page \
                 is {page_origin}."
            ),
            Cause::Redirected => {
                "Check the base address in the settings: https instead of http, another host or another path."
                    .to_owned()
            }
            Cause::Offline => "Try again when you are connected.".to_owned(),
            Cause::Provider(error) => format!("{kept}{}", provider_advice(error, self.retry_after, &self.server)),
            Cause::WebPage { status: 500.., .. } => {
                "The server, or a proxy before it, is down or overloaded. Try again in a moment.".to_owned()
            }
            Cause::WebPage { status, .. } => {
                let other = if *status == 404 { self.server.other_spelling() } else { String::new() };
                format!(
                    "The base address is probably wrong, or a proxy or login page stands in between. Check it in the settings.{other}"
                )
            }
            Cause::OwnPage { .. } => {
                "Enter the address of a model server. If this page's own server also runs the model, check the path, as in /v1."
                    .to_owned()
            }
            Cause::Empty => "Try again. If it stays empty, check the model and the address in the settings.".to_owned(),
            Cause::Silent => format!("{kept}The connection was closed. Try again, or see what the server does."),
            Cause::CutOff | Cause::Lost if self.has_text => format!("{kept}Try again to get a whole answer."),
            Cause::CutOff | Cause::Lost => "Try again.".to_owned(),
            Cause::Unreadable { .. } => {
                format!("{kept}Does the chosen protocol match the server? Check the provider in the settings.")
            }
            Cause::TooLarge { .. } => format!("{kept}Ask for a shorter answer."),
        }
    }

    /// The settings' field that is probably wrong.
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
            Cause::Offline | Cause::CutOff | Cause::Lost | Cause::Silent | Cause::TooLarge { .. } => None,
        }
    }

    /// The server's own words, or the browser's where the transport failed, for the details; empty if there are none.
    /// Untrusted text.
    pub fn details(&self) -> String {
        match &self.cause {
            Cause::Provider(error) => provider_details(error),
            Cause::WebPage { excerpt, .. } | Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt } => {
                excerpt.clone()
            }
            Cause::Unreachable | Cause::Offline | Cause::Lost => self.reason.clone(),
            Cause::Redirected | Cause::Empty | Cause::CutOff | Cause::Silent | Cause::TooLarge { .. } => {
                String::new()
            }
        }
    }
}

fn provider_sentence(error: &ProviderError, host: &str) -> String {
    let what = match error.category {
        Category::Authentication => format!("{host} refused the key"),
        Category::Permission => format!("{host} does not allow this"),
        Category::Billing => format!("The account at {host} has no credit or quota left"),
        Category::NotFound => "Model or address not found".to_owned(),
        Category::TooLong => "The conversation is too long for this model".to_owned(),
        Category::InvalidRequest => format!("{host} did not accept the request"),
        Category::RateLimit => "Too many requests".to_owned(),
        Category::Overloaded => format!("{host} is overloaded or still loading"),
        Category::Server => "The server had an error".to_owned(),
        Category::Timeout => "The server ran out of time".to_owned(),
        Category::Filtered => format!("{host} withheld the answer"),
        Category::Other => format!("{host} reported an error"),
    };
    let status = error.status.map(|status| format!(" ({status})")).unwrap_or_default();
    match words(&error.message) {
        Words::None => format!("{what}{status}."),
        Words::All(message) => format!("{what}{status}: {}", sentence_end(message)),
        Words::Beginning(message) => format!("{what}{status}: {message} …"),
    }
}

/// What the details add to the sentence: nothing is said twice.
fn provider_details(error: &ProviderError) -> String {
    let raw = match words(&error.message) {
        Words::All(message) if message == error.raw.trim() => "",
        Words::None | Words::All(_) | Words::Beginning(_) => error.raw.trim(),
    };
    let is_new = |word: &&str| !word.is_empty() && !raw.contains(*word);
    let parts = [error.kind.as_str(), error.code.as_str()].into_iter().filter(is_new);
    let parts: Vec<&str> = parts.chain((!raw.is_empty()).then_some(raw)).collect();
    match error.status {
        Some(status) if !parts.is_empty() => format!("HTTP {status}\n{}", parts.join("\n")),
        Some(_) | None => parts.join("\n"),
    }
}

/// How much of a server's message can stand in a sentence.
enum Words<'a> {
    None,
    All(&'a str),
    Beginning(&'a str),
}

/// The most characters of a server's message in a sentence; all of it is in the details.
const MESSAGE_LIMIT: usize = 300;

fn words(message: &str) -> Words<'_> {
    let message = message.trim();
    // An object or a list is for those who read the details.
    let is_data =
        [('{', '}'), ('[', ']')].iter().any(|(a, z)| message.starts_with(*a) && message.ends_with(*z));
    if message.is_empty() || is_data || message == "null" {
        return Words::None;
    }
    match message.char_indices().nth(MESSAGE_LIMIT) {
        None => Words::All(message),
        Some((end, _)) => {
            let cut = &message[..end];
            // At the end of a word, where one is near.
            let end = cut.rfind(char::is_whitespace).filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
            Words::Beginning(cut[..end].trim_end())
        }
    }
}

/// Whether a server says of a model that it is not there, and not of a path. OpenRouter calls the providers of a model its
/// endpoints.
fn names_model(error: &ProviderError) -> bool {
    let message = error.message.to_ascii_lowercase();
    ["model", "no endpoints found"].iter().any(|words| message.contains(words))
}

fn provider_advice(error: &ProviderError, retry_after: Option<Duration>, server: &Server) -> String {
    match (error.category, retry_after) {
        (Category::RateLimit | Category::Overloaded, Some(Duration::ZERO)) => "Try again now.".to_owned(),
        (Category::RateLimit | Category::Overloaded, Some(wait)) => {
            format!("Try again in {}.", in_words(wait))
        }
        (Category::RateLimit, None) => {
            "Wait a little, then try again. The server did not say how long.".to_owned()
        }
        (Category::Overloaded | Category::Server | Category::Timeout, _) => {
            "Try again in a moment.".to_owned()
        }
        (Category::Authentication, _) => "Check the key in the settings.".to_owned(),
        (Category::Permission, _) => "The key may lack rights for this model or region.".to_owned(),
        (Category::Billing, _) => "Trying again will not help until the account is topped up.".to_owned(),
        (Category::NotFound, _) => {
            let other = if names_model(error) { String::new() } else { server.other_spelling() };
            format!("Check the model and the address in the settings.{other}")
        }
        (Category::TooLong, _) => "Start a new conversation or shorten this one.".to_owned(),
        (Category::InvalidRequest, _) => {
            "Check the model, its parameters and the extra JSON in the settings.".to_owned()
        }
        (Category::Filtered, _) => "Rephrase the question.".to_owned(),
        (Category::Other, _) => "Try again, or check the settings.".to_owned(),
    }
}

/// A wait as people say it, rounded up so that nobody comes too early.
fn in_words(wait: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (minutes, hours) = (seconds.div_ceil(MINUTE), seconds.div_ceil(HOUR));
    let (count, unit, rest, part) = if seconds < 2 * MINUTE {
        (seconds, "s", 0, "")
    } else if seconds < 2 * HOUR {
        (minutes, "min", 0, "")
    } else if seconds < 2 * DAY {
        (minutes / 60, "h", minutes % 60, "min")
    } else {
        (hours / 24, "days", hours % 24, "h")
    };
    if rest == 0 { format!("{count} {unit}") } else { format!("{count} {unit} {rest} {part}") }
}

/// The server's sentence with a full stop, if it ends in a letter.
fn sentence_end(message: &str) -> String {
    if message
        .ends_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || c == ')' || c == '"' || c == '\'')
    {
        format!("{message}.")
    } else {
        message.to_owned()
    }
}
