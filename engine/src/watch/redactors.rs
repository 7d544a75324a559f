//! [`Redactors`] take all keys of a request out of what comes, one behind the other.

use crate::session::{Redactor, bounded_head, request_record};
use crate::tape::{Head, Request};
use crate::wire::{HttpRequest, Key};

/// Takes several keys out of bytes and texts.
#[derive(Debug, Default)]
pub(super) struct Redactors(Vec<Redactor>);

impl Redactors {
    pub(super) fn new(keys: &[Key]) -> Redactors {
        Redactors(keys.iter().filter_map(Redactor::new).collect())
    }

    /// Takes a chunk and gives what can be used of it and of the one before.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Vec<u8> {
        let mut bytes = chunk.to_vec();
        for redactor in &mut self.0 {
            bytes = redactor.push(&bytes).into_owned();
        }
        bytes
    }

    /// Returns the bytes that were held back.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        for redactor in &mut self.0 {
            let mut bytes = redactor.push(&rest).into_owned();
            bytes.extend(redactor.finish());
            rest = bytes;
        }
        rest
    }

    /// Returns a whole text without the keys.
    pub(super) fn text(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, redactor| redactor.text(&text).into_owned())
    }

    /// Returns a request as it is recorded.
    pub(super) fn request(&self, request: &HttpRequest) -> Request {
        let plain = HttpRequest {
            url: self.text(&request.url),
            body: request.body.as_ref().map(|body| self.text(body)),
            ..request.clone()
        };
        let mut record = request_record(&plain, None);
        for (_, value) in &mut record.headers {
            *value = self.text(value);
        }
        record
    }

    /// Takes the keys out of the beginning of a response, and what is too long.
    pub(super) fn head(&self, head: &mut Head) {
        head.content_type = self.text(&head.content_type);
        for (name, value) in &mut head.headers {
            *name = self.text(name);
            *value = self.text(value);
        }
        bounded_head(head, None);
    }
}
