//! [`ProviderError`] reads a provider's error from bodies of every shape that was seen.
//!
//! One normaliser for all (protocols reference §8.4): OpenAI's nested object, Anthropic's wrapper, arrays, bare strings,
//! `detail` of FastAPI servers, plain text, HTML pages. The words are the server's; the category is ours.

use crate::error::{Category, retry_after_seconds, retry_after_sentence};
use crate::json::{Document, Value};
use std::iter;
use std::time::Duration;

/// The most bytes of an error body that are kept for the details view (limit L12).
pub const RAW_LIMIT: usize = 4 << 10;

/// The most bytes that a router's own sentence gets of the upstream provider's.
const UPSTREAM: usize = 300;

/// A failure as the provider describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderError {
    /// Our classification.
    pub category: Category,
    /// The HTTP status, where the failure came with one.
    pub status: Option<u16>,
    /// The provider's `type` or `status` word, or empty.
    pub kind: String,
    /// The provider's code, or empty. Numbers are written as text.
    pub code: String,
    /// The provider's sentence. Untrusted text; for an HTML page its title.
    pub message: String,
    /// The time to wait, as far as the body says it.
    pub retry_after: Option<Duration>,
    /// The body or event, at most [`RAW_LIMIT`] bytes.
    pub raw: String,
}

impl ProviderError {
    /// Creates an error from its parts, classified.
    pub fn new(status: Option<u16>, kind: &str, code: &str, message: &str, raw: &str) -> ProviderError {
        let retry_after = retry_after_sentence(message);
        ProviderError {
            category: Category::classify(status, kind, code, message, retry_after),
            status,
            kind: kind.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
            retry_after,
            raw: clip(raw).to_owned(),
        }
    }

    /// Reads whatever JSON a server uses to say that it failed. `None` if nothing in it looks like an error.
    ///
    /// `value` may be the whole body, an event, or the value of an `error` key.
    pub fn from_json(status: Option<u16>, value: Value<'_>) -> Option<ProviderError> {
        let whole = value.raw();
        let value = value.items().next().unwrap_or(value);
        let outer_code = value.get("code").map(plain).unwrap_or_default();
        if let Some(error) = value.get("error").filter(Value::is_truthy) {
            if let Some(text) = error.as_text() {
                return Some(ProviderError::new(status, "", &outer_code, &text.decode(), whole));
            }
            return Some(ProviderError::from_object(status, error, whole));
        }
        if let Some(hidden) = ProviderError::hidden_in(value) {
            return Some(ProviderError {
                status: status.or(hidden.status),
                raw: clip(whole).to_owned(),
                ..hidden
            });
        }
        if let Some(detail) = value.present("detail") {
            let message = match detail.as_text() {
                Some(text) => text.decode().into_owned(),
                None if detail.is_object() => detail.raw().to_owned(),
                None => detail.items().map(|item| item.string("msg")).collect::<Vec<_>>().join("; "),
            };
            return Some(ProviderError::new(status, "", &outer_code, &message, whole));
        }
        if let Some(errors) = value.present("errors").filter(|errors| errors.items().next().is_some()) {
            let message = errors.items().map(|item| {
                item.as_text().map_or_else(|| item.string("message"), |text| text.decode().into_owned())
            });
            return Some(ProviderError::new(
                status,
                "",
                &outer_code,
                &message.collect::<Vec<_>>().join("; "),
                whole,
            ));
        }
        // Mistral's message may be an object.
        let is_error =
            value.text("message").is_some() || value.text("object").is_some_and(|kind| kind == *"error");
        is_error.then(|| ProviderError::from_object(status, value, whole))
    }

    /// Reads an error that stands beside the members of an answer: MiniMax's `base_resp`, and the pairs of a code and a
    /// sentence that gateways add. A code that says that all is well is none.
    pub fn hidden_in(value: Value<'_>) -> Option<ProviderError> {
        let holder = value.present("base_resp").filter(Value::is_object).unwrap_or(value);
        let code = ["status_code", "error_code", "code"].into_iter().find_map(|name| holder.present(name));
        let code = code.map(plain).unwrap_or_default();
        let words = ["status_msg", "error_msg", "msg"].map(|name| holder.string(name));
        let message = words.into_iter().find(|words| !words.is_empty())?;
        let is_well = ["", "0", "200", "ok", "success"].iter().any(|good| code.eq_ignore_ascii_case(good));
        let status = code.parse().ok().filter(|code| (400..600).contains(code));
        (!is_well).then(|| ProviderError::new(status, "", &code, &message, value.raw()))
    }

    /// Reads an object that holds the message itself: the value of an `error` key, or llama.cpp's bare shape.
    pub fn from_object(status: Option<u16>, error: Value<'_>, raw: &str) -> ProviderError {
        let code = error.get("code").map(plain).unwrap_or_default();
        // Gemini's word is `status`, OpenRouter's stands in the metadata, everyone else's is `type`.
        let kind = [
            error.string("type"),
            error.string("status"),
            error.get("metadata").map(|meta| meta.string("error_type")).unwrap_or_default(),
        ]
        .into_iter()
        .find(|word| !word.is_empty())
        .unwrap_or_default();
        let message = match error.present("message") {
            Some(message) => {
                message.as_text().map_or_else(|| message.raw().to_owned(), |text| text.decode().into_owned())
            }
            None => clip(error.raw()).to_owned(),
        };
        let message = match error.get("metadata").and_then(upstream) {
            Some(words) if !message.contains(&words) => {
                format!("{} ({words})", message.trim_end_matches('.'))
            }
            Some(_) | None => message,
        };
        let status = status
            .filter(|status| *status >= 400)
            .or_else(|| code.parse().ok().filter(|code| (400..600).contains(code)));
        let mut found = ProviderError::new(status, &kind, &code, &message, raw);
        // Google's reasons are more exact than its status word.
        let details = error.get("details").into_iter().flat_map(|details| details.items());
        let reasons = details.map(|detail| detail.string("reason")).filter(|reason| !reason.is_empty());
        let words: Vec<String> = iter::once(kind).chain(reasons).collect();
        found.retry_after = retry_delay(error).or(found.retry_after);
        found.category = Category::classify(status, &words.join(" "), &code, &message, found.retry_after);
        found
    }

    /// Reads an error body of any content type, as text, JSON or a web page.
    pub fn from_body(status: u16, body: &[u8]) -> ProviderError {
        let text = String::from_utf8_lossy(body);
        let text = text.trim();
        // Some servers refuse with an event of the stream that was asked for.
        let event = text.find('{').and_then(|start| text[start..].split("\n\n").next());
        for json in [Some(text), event].into_iter().flatten() {
            if let Ok(value) = Document::default().parse(json)
                && let Some(error) = ProviderError::from_json(Some(status), value)
            {
                return ProviderError { raw: clip(text).to_owned(), ..error };
            }
        }
        let message =
            if is_html(text) { html_title(text).unwrap_or_default() } else { clip(text).to_owned() };
        ProviderError::new(Some(status), "", "", &message, text)
    }
}

/// Returns whether a body is a web page rather than an answer of a model server.
pub fn is_html(body: &str) -> bool {
    // A declaration of XML or a comment may stand in front.
    let start = body[..body.floor_char_boundary(512)].trim_start().to_ascii_lowercase();
    start.starts_with('<') && ["<!doctype html", "<html", "<head"].iter().any(|word| start.contains(word))
}

/// Returns the text of a page's title element.
fn html_title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    Some(page[start..end].split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the words of the provider behind a router: OpenRouter's own sentence is then only "Provider returned error".
fn upstream(metadata: Value<'_>) -> Option<String> {
    let raw = metadata.present("raw")?;
    let words = match raw.as_text() {
        None => {
            ProviderError::from_json(None, raw).map_or_else(|| raw.raw().to_owned(), |error| error.message)
        }
        Some(text) => {
            let text = text.decode();
            let mut document = Document::default();
            let error =
                document.parse(text.trim()).ok().and_then(|value| ProviderError::from_json(None, value));
            error.map_or_else(|| text.trim().to_owned(), |error| error.message)
        }
    };
    let end = words.floor_char_boundary(UPSTREAM);
    Some(words[..end].to_owned()).filter(|words| !words.is_empty())
}

/// Reads the delay that Google writes into the body: `{"@type": "…RetryInfo", "retryDelay": "48s"}`.
fn retry_delay(error: Value<'_>) -> Option<Duration> {
    let details = error.get("details")?;
    let delay = details.items().map(|detail| detail.string("retryDelay")).find(|delay| !delay.is_empty())?;
    retry_after_seconds(delay.trim_end_matches('s'))
}

/// Returns a code as text: most are strings, llama.cpp's and OpenRouter's are numbers.
fn plain(value: Value<'_>) -> String {
    match value.as_text() {
        Some(text) => text.decode().into_owned(),
        None if value.is_null() => String::new(),
        None => value.raw().to_owned(),
    }
}

fn clip(text: &str) -> &str {
    &text[..text.floor_char_boundary(RAW_LIMIT)]
}
