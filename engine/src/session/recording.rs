//! Recording of what goes on beside the body: the request, the response's headers, the browser's times.
//!
//! Nothing that could be secret comes to a tape. The key is covered wherever it stands, however it is written; of headers
//! and of an address's query only values that are known to be harmless are recorded at all. Sizes are bounded, and the work
//! as well: of a long conversation's body the middle is not looked at.

use super::Session;
use super::redact::{Redactor, redacted};
use crate::tape::{Head, Record, Request, Timing};
use crate::timestamp::Timestamp;
use crate::wire::HttpRequest;

/// The value of what could be secret.
const COVERED: &str = "redacted";
/// The most headers of a response that are recorded.
const HEADER_LIMIT: usize = 100;
/// The most bytes of a header's value, or of an address, that are recorded.
const VALUE_LIMIT: usize = 4 << 10;
/// The most bytes of a request's body that are recorded, from its beginning and as many from its end.
const BODY_LIMIT: usize = 16 << 10;
/// Number of bytes in which a key has room, however it is written: so much before a cut is searched for one that begins there.
const LONGEST_KEY: usize = 8 << 10;

impl Session {
    /// Records the request that goes out, without the key and what else could be secret.
    pub fn record_request(&mut self, request: &HttpRequest, at: Timestamp) {
        let record = request_record(request, self.redactor.as_ref());
        self.tape.add(self.on_tape(at), Record::Request(Box::new(record)));
    }

    /// Records what the browser measured of the request that is over. Its times count from [`Session::recorded_from`].
    pub fn record_timing(&mut self, timing: Timing, at: Timestamp) {
        self.tape.add(self.on_tape(at), Record::Timing(Box::new(timing)));
    }

    /// Returns the time from which the tape counts: the start of the first try.
    pub fn recorded_from(&self) -> Timestamp {
        self.recorded_from
    }

    /// Takes the key out of what a server says before its answer, and what is too long.
    pub(super) fn redact_head(&self, head: &mut Head) {
        let redactor = self.redactor.as_ref();
        head.content_type = redacted(&head.content_type, redactor);
        bounded_head(head, redactor);
    }
}

/// Returns a request as it is recorded: without the key and what else could be secret.
pub(crate) fn request_record(request: &HttpRequest, redactor: Option<&Redactor>) -> Request {
    let headers = request.headers.iter().map(|(name, value)| {
        let plain = name.to_ascii_lowercase();
        let is_harmless =
            matches!(plain.as_str(), "accept" | "content-type") || plain.starts_with("anthropic-");
        (name.clone().into_owned(), if is_harmless { bounded(value, redactor) } else { COVERED.to_owned() })
    });
    let mut record = Request {
        method: request.method.clone().into_owned(),
        url: bounded(&harmless(&request.url), redactor),
        headers: headers.collect(),
        ..Request::default()
    };
    let body = request.body.as_deref().unwrap_or_default();
    let end = body.ceil_char_boundary(body.len().saturating_sub(BODY_LIMIT));
    if end <= BODY_LIMIT {
        record.body = redacted(body, redactor);
    } else {
        let beginning = &body[..body.floor_char_boundary(BODY_LIMIT)];
        record.body =
            redactor.map_or(beginning.into(), |redactor| redactor.beginning(beginning)).into_owned();
        let before = body.floor_char_boundary(end.saturating_sub(LONGEST_KEY));
        // What takes a key's place is as long as it.
        record.body_end = redacted(&body[before..], redactor).split_off(end - before);
        record.body_left_out = (body.len() - record.body.len() - record.body_end.len()) as u64;
    }
    record
}

/// Takes out of a response's headers the key, and what is too long.
pub(crate) fn bounded_head(head: &mut Head, redactor: Option<&Redactor>) {
    head.headers.truncate(HEADER_LIMIT);
    for (name, value) in &mut head.headers {
        *name = bounded(name, redactor);
        *value = bounded(value, redactor);
    }
}

/// Returns an address in which values of the query are covered, but for those that are known.
fn harmless(url: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut harmless = path.to_owned();
    for (place, part) in query.split('&').filter(|part| !part.is_empty()).enumerate() {
        harmless.push(if place == 0 { '?' } else { '&' });
        match part.split_once('=') {
            Some(("alt" | "api-version", _)) => harmless.push_str(part),
            Some((name, _)) => {
                harmless.push_str(name);
                harmless.push('=');
                harmless.push_str(COVERED);
            }
            None => harmless.push_str(COVERED),
        }
    }
    harmless
}

/// Returns a text without the key, cut where it is too long, which `…` says.
fn bounded(text: &str, redactor: Option<&Redactor>) -> String {
    let mut text = redacted(text, redactor);
    if text.len() > VALUE_LIMIT {
        text.truncate(text.floor_char_boundary(VALUE_LIMIT));
        text.push('…');
    }
    text
}
