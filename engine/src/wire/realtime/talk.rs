//! [`Talk`] is the client's side of one answer over a socket: what is sent when.

use super::{ClientEvent, Item, opening};
use crate::authority::percent_encoded;
use crate::json::Document;
use crate::wire::body::Body;
use crate::wire::{Endpoint, Prompt};

/// Returns the address of a server's socket for a model: `wss`, or `ws` where the server's address is plain http.
#[must_use]
pub fn address(endpoint: &Endpoint, model: &str) -> String {
    let url = endpoint.base.join(&format!("/realtime?model={}", percent_encoded(model, b"-._~")));
    // `https` begins with `http` too.
    url.strip_prefix("http").map(|rest| format!("ws{rest}")).unwrap_or(url)
}

/// What was said over a socket, and what has to be said next. It has no socket: each message that it returns goes out, in
/// that order.
///
/// Who speaks while an answer runs cancels that, and gets another, which reads what was said. A server refuses to begin one
/// while another runs, so it is asked for only once the end of the first was heard.
#[derive(Debug, Default)]
pub struct Talk {
    /// Whether an answer was asked for.
    is_asked: bool,
    /// Whether another is to be asked for, once the one that runs has ended.
    waits: bool,
    document: Document,
}

impl Talk {
    /// Asks a prompt on a new socket. The person's own JSON is merged over the first message, as in
    /// `{"session": {"temperature": 0.8}}`.
    #[must_use]
    pub fn open(&mut self, prompt: &Prompt) -> Vec<String> {
        self.is_asked = true;
        let events = opening(prompt);
        let extra = |place: usize| prompt.extra.as_ref().filter(|_| place == 0);
        events.iter().enumerate().map(|(place, event)| Body::new(event).into_text(extra(place))).collect()
    }

    /// Says something while an answer runs.
    #[must_use]
    pub fn say(&mut self, text: &str) -> Vec<String> {
        let mut events = vec![ClientEvent::ItemCreate { previous_item_id: None, item: Item::said(text) }];
        if !std::mem::replace(&mut self.waits, true) {
            events.push(ClientEvent::ResponseCancel { response_id: None });
        }
        events.iter().map(written).collect()
    }

    /// Takes a message of the server; returns what has to be said to that.
    #[must_use]
    pub fn heard(&mut self, message: &str) -> Option<String> {
        if !self.waits {
            return None;
        }
        let event = self.document.parse(message).ok()?;
        if event.get("type")?.word() != "response.done" {
            return None;
        }
        self.waits = false;
        Some(written(&ClientEvent::ResponseCreate { response: None }))
    }

    /// Stops the answer that runs, ahead of the socket's end.
    #[must_use]
    pub fn stop(&mut self) -> Option<String> {
        let is_running = std::mem::replace(&mut self.is_asked, false) && !self.waits;
        is_running.then(|| written(&ClientEvent::ResponseCancel { response_id: None }))
    }
}

fn written(event: &ClientEvent) -> String {
    Body::new(event).into_text(None)
}
