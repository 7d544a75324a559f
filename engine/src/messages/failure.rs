//! Words for failed answers: what happened, what to do about it, and the limits of this program.
//!
//! A sentence of what happened ends in a full stop. An advice stands behind [`KEPT`] where text of the answer is here.

use super::sentence;

// What happened.

/// The device has no network.
pub const OFFLINE: &str = "This device is offline.";

/// Nothing answered.
#[must_use]
pub fn no_answer(host: &str) -> String {
    format!("No answer from {host}.")
}

/// The server redirected the request, which is not followed since browsers would send the key along.
#[must_use]
pub fn redirected(host: &str) -> String {
    format!("{host} wanted to send the request elsewhere. It was not followed, to protect your key.")
}

/// A web page came in place of an answer.
#[must_use]
pub fn web_page(host: &str, status: u16) -> String {
    format!("{host} sent a web page instead of a model's answer (status {status}).")
}

/// The address that is set is this page's own.
#[must_use]
pub fn own_page(host: &str) -> String {
    format!("{host} is the address of this page itself, not of a model server.")
}

/// The body is empty.
#[must_use]
pub fn empty(host: &str) -> String {
    format!("{host} sent an empty answer.")
}

/// The body ended ahead of the protocol's end, behind some text.
#[must_use]
pub fn cut_off(host: &str) -> String {
    format!("The answer was cut off: {host} ended the stream before it was complete.")
}

/// The body ended ahead of any text.
#[must_use]
pub fn ended_early(host: &str) -> String {
    format!("{host} ended the stream before an answer came.")
}

/// The page was closed while the answer was being written.
pub const PAGE_CLOSED: &str = "This page was closed while the answer was being written.";
/// The connection broke behind some text.
#[must_use]
pub fn broke_off(host: &str) -> String {
    format!("The answer was cut off: the connection to {host} broke.")
}

/// The connection broke ahead of any text.
#[must_use]
pub fn broke_early(host: &str) -> String {
    format!("The connection to {host} broke before an answer came.")
}

/// The connection is open and brings nothing.
#[must_use]
pub fn silent(host: &str) -> String {
    format!("{host} has sent nothing that can be read for too long.")
}

/// The body is in no known protocol.
#[must_use]
pub fn unreadable(host: &str) -> String {
    format!("{host} sent data that cannot be read as a model's answer.")
}

/// A limit of this program ended the answer: one of those below.
#[must_use]
pub fn stopped_by(limit: &str) -> String {
    format!("Stopped: {limit}.")
}

// What the provider reports. Its status and its own words stand behind.

/// The key is missing or wrong.
#[must_use]
pub fn key_refused(host: &str) -> String {
    format!("{host} refused the key")
}

/// The key is good, but not for this.
#[must_use]
pub fn not_allowed(host: &str) -> String {
    format!("{host} does not allow this")
}

/// The account is empty.
#[must_use]
pub fn no_credit(host: &str) -> String {
    format!("The account at {host} has no credit or quota left")
}

/// The model or the path is unknown.
pub const NOT_FOUND: &str = "Model or address not found";
/// The conversation does not fit into the model's context.
pub const TOO_LONG: &str = "The conversation is too long for this model";

/// The request is malformed, or asks for what the model cannot do.
#[must_use]
pub fn not_accepted(host: &str) -> String {
    format!("{host} did not accept the request")
}

/// A rate limit was met.
pub const TOO_MANY_REQUESTS: &str = "Too many requests";

/// The server is busy, or loads its model.
#[must_use]
pub fn overloaded(host: &str) -> String {
    format!("{host} is overloaded or still loading")
}

/// The server failed.
pub const SERVER_ERROR: &str = "The server had an error";
/// The server gave up waiting for something.
pub const TIMED_OUT: &str = "The server ran out of time";

/// A filter refused the prompt or the answer.
#[must_use]
pub fn withheld(host: &str) -> String {
    format!("{host} withheld the answer")
}

/// An error of no known kind.
#[must_use]
pub fn other(host: &str) -> String {
    format!("{host} reported an error")
}

/// Joins what the provider reports with the HTTP status and its own words.
#[must_use]
pub fn reported(what: &str, status: Option<u16>, words: Reported<'_>) -> String {
    let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
    match words {
        Reported::Nothing => format!("{what}{status}."),
        Reported::All(message) => format!("{what}{status}: {}", sentence(message)),
        Reported::Beginning(message) => format!("{what}{status}: {message} …"),
    }
}

/// How much of a server's message stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported<'a> {
    /// Nothing of it.
    Nothing,
    /// All of it.
    All(&'a str),
    /// Its beginning, which is cut behind a word.
    Beginning(&'a str),
}

// What to do.

/// Text of the answer is here and stays; stands ahead of an advice.
pub const KEPT: &str = "The text so far is kept. ";
/// A second try is all that helps.
pub const TRY_AGAIN: &str = "Try again.";
/// The wait is over.
pub const TRY_NOW: &str = "Try again now.";
/// The fault passes by itself.
pub const TRY_SOON: &str = "Try again in a moment.";
/// A rate limit without a time.
pub const WAIT_A_LITTLE: &str = "Wait a little, then try again. The server did not say how long.";
/// The device is offline.
pub const TRY_ONLINE: &str = "Try again when you are connected.";
/// An answer was cut off.
pub const TRY_FOR_WHOLE: &str = "Try again to get a whole answer.";
/// A body was empty.
pub const TRY_AFTER_EMPTY: &str =
    "Try again. If it stays empty, check the model and the address in the settings.";
/// A connection was silent.
pub const TRY_AFTER_SILENCE: &str = "The connection was closed. Try again, or see what the server does.";
/// An error of no known kind.
pub const TRY_OR_CHECK: &str = "Try again, or check the settings.";
/// A redirect is most often a slip in the address.
pub const CHECK_REDIRECT: &str =
    "Check the base address in the settings: https instead of http, another host or another path.";
/// A web page with a status of 500 or more.
pub const PROXY_IS_DOWN: &str =
    "The server, or a proxy before it, is down or overloaded. Try again in a moment.";
/// A web page with any other status.
pub const CHECK_FOR_PROXY: &str = "The base address is probably wrong, or a proxy or login page stands in between. Check it in the settings.";
/// The address is this page's own.
pub const ENTER_MODEL_SERVER: &str = "Enter the address of a model server. If this page's own server also runs the model, check the path, as in /v1.";
/// The body is in no known protocol.
pub const CHECK_PROTOCOL: &str =
    "Does the chosen protocol match the server? Check the provider in the settings.";
/// A limit of this program was met.
pub const ASK_FOR_LESS: &str = "Ask for a shorter answer.";
/// The key was refused.
pub const CHECK_KEY: &str = "Check the key in the settings.";
/// The key is good, but not for this.
pub const CHECK_RIGHTS: &str = "The key may lack rights for this model or region.";
/// The account is empty.
pub const TOP_UP: &str = "Trying again will not help until the account is topped up.";
/// The model or the path is unknown.
pub const CHECK_MODEL: &str = "Check the model and the address in the settings.";
/// The conversation does not fit.
pub const SHORTEN: &str = "Start a new conversation or shorten this one.";
/// The request was refused.
pub const CHECK_PARAMETERS: &str = "Check the model, its parameters and the extra JSON in the settings.";
/// A filter refused the question.
pub const REPHRASE: &str = "Rephrase the question.";

/// A server elsewhere gave no answer to a page of that origin.
#[must_use]
pub fn check_network(page_origin: &str) -> String {
    format!(
        "Check the address and your network. The server may also refuse requests from web pages (CORS): this page is \
         {page_origin}."
    )
}

/// The server names the time to wait.
#[must_use]
pub fn try_in(wait: &str) -> String {
    format!("Try again in {wait}.")
}

/// The server may know the other spelling of its address; stands behind another advice.
#[must_use]
pub fn try_spelling(address: &str, is_with_version: bool) -> String {
    let with = if is_with_version { "with" } else { "without" };
    format!(" Try it {with} /v1: {address}")
}

/// The units of a wait: seconds, minutes, hours, days.
pub const UNITS: [&str; 4] = ["s", "min", "h", "days"];

// Servers on this device that give no answer.

/// The address is https, which such servers rarely speak.
pub const LOCAL_HTTPS: &str = "The address begins with https, and servers on this machine usually speak plain http. Change it in the settings.";
/// llama.cpp.
pub const START_LLAMA_CPP: &str =
    "Is llama-server running at that address? Start it with: llama-server -m model.gguf";
/// vLLM.
pub const START_VLLM: &str =
    "Is vLLM running at that address? Start it with: vllm serve, and the model's name";
/// LM Studio, which answers web pages only if it is told to.
pub const START_LM_STUDIO: &str =
    "Is LM Studio's server running there, and open to web pages? Start it with: lms server start --cors";
/// Ollama, for a page of this device, which it answers by itself.
pub const START_OLLAMA: &str = "Is Ollama running at that address? Start it with: ollama serve";

/// Ollama, for a page from elsewhere.
#[must_use]
pub fn start_ollama_for(page_origin: &str) -> String {
    format!(
        "Is Ollama running there, and open to this page? Start it with: OLLAMA_ORIGINS={page_origin} ollama serve"
    )
}

/// Any other server.
#[must_use]
pub fn start_server_for(page_origin: &str) -> String {
    format!(
        "Is the server running at that address? If it is, it may refuse web pages: let it accept the origin {page_origin}."
    )
}

// Limits of this program, for `stopped_by`.

/// The answer has more events than are read.
#[must_use]
pub fn too_many_events(millions: u32) -> String {
    format!("the answer has more than {millions} million events")
}

/// The answer has more parts than are kept.
#[must_use]
pub fn too_many_parts(limit: usize) -> String {
    format!("the answer has more than {limit} parts")
}

/// The answer has more text than is kept, in 10⁶ bytes.
#[must_use]
pub fn too_much_text(megabytes: usize) -> String {
    format!("the answer has more than {megabytes} MB of text")
}

/// The body is longer than what is read, in 2²⁰ bytes.
#[must_use]
pub fn body_too_large(mebibytes: usize) -> String {
    format!("the answer is larger than {mebibytes} MiB")
}

/// An event is longer than what is read, in 2²⁰ bytes.
#[must_use]
pub fn event_too_large(mebibytes: usize) -> String {
    format!("a single event of the stream is larger than {mebibytes} MiB")
}

// Details: what the transport says, ahead of the browser's own words.

/// Nothing answered.
#[must_use]
pub fn transport_unanswered(cause: &str) -> String {
    format!("no answer: {cause}")
}

/// The body broke off.
#[must_use]
pub fn transport_broken(cause: &str) -> String {
    format!("the body broke off: {cause}")
}

/// The body is too long, in bytes.
#[must_use]
pub fn transport_too_large(limit: usize) -> String {
    format!("the body is longer than {limit} bytes")
}

/// The answer was not whole in time.
#[must_use]
pub fn transport_timed_out(seconds: u64) -> String {
    format!("no whole answer within {seconds} s")
}
