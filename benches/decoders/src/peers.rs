//! The crates sseer and sse-stream with typed serde structs: their best case.
//!
//! [`Peer`] has the whole stream in wasm memory before the clock starts, its chunks are slices of one allocation, and no
//! call crosses the JS border per chunk. [`Fed`] takes each chunk from JavaScript, as a page must. Strings are borrowed
//! where they need no decoding.

use bytes::Bytes;
use futures_core::Stream;
use js_sys::Uint8Array;
use serde::Deserialize;
use sse_stream::SseByteStream;
use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;

/// Which shape of event is read.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Chat,
    /// Responses: `delta` is the text itself.
    Responses,
    Messages,
}

/// A stream in wasm memory and the text that a crate found in it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Peer {
    stream: Bytes,
    found: Found,
}

/// The crate sse-stream, fed from JavaScript chunk by chunk.
#[wasm_bindgen]
pub struct Fed {
    chunk: Rc<Cell<Option<Bytes>>>,
    events: Pin<Box<SseByteStream<Given>>>,
    found: Found,
}

/// What was in the events.
#[derive(Debug)]
struct Found {
    shape: Shape,
    text: String,
    events: u32,
}

#[derive(Deserialize)]
struct ChatChunk<'a> {
    #[serde(borrow)]
    choices: Vec<Choice<'a>>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    #[serde(borrow)]
    delta: ChatDelta<'a>,
}

#[derive(Deserialize)]
struct ChatDelta<'a> {
    #[serde(borrow)]
    content: Option<Lent<'a>>,
}

#[derive(Deserialize)]
struct ResponsesEvent<'a> {
    #[serde(borrow)]
    delta: Option<Lent<'a>>,
}

#[derive(Deserialize)]
struct MessagesEvent<'a> {
    #[serde(borrow)]
    delta: Option<MessagesDelta<'a>>,
}

#[derive(Deserialize)]
struct MessagesDelta<'a> {
    #[serde(borrow)]
    text: Option<Lent<'a>>,
}

/// serde borrows a `Cow` only where it stands alone: inside an `Option` it would always be copied.
#[derive(Deserialize)]
struct Lent<'a>(#[serde(borrow)] Cow<'a, str>);

#[wasm_bindgen]
impl Peer {
    /// Copies a stream in, before the clock starts.
    ///
    /// # Errors
    /// A dialect the benchmark has no shape for.
    #[wasm_bindgen(constructor)]
    pub fn new(dialect: &str, stream: &Uint8Array) -> Result<Peer, JsError> {
        Ok(Peer { stream: Bytes::from(stream.to_vec()), found: Found::new(dialect)? })
    }

    /// Decodes it with sseer.
    pub fn run_sseer(&mut self, chunk_size: usize) {
        let mut events = pin!(sseer::EventStream::new(self.chunks(chunk_size)));
        while let Some(Ok(event)) = ready(events.as_mut()) {
            self.found.take(&event.data);
        }
    }

    /// Decodes it with sse-stream.
    pub fn run_sse_stream(&mut self, chunk_size: usize) {
        let mut events = pin!(SseByteStream::new(self.chunks(chunk_size)));
        while let Some(Ok(event)) = ready(events.as_mut()) {
            if let Some(data) = &event.data {
                self.found.take(data);
            }
        }
    }

    /// Events seen.
    #[wasm_bindgen(getter)]
    pub fn events(&self) -> u32 {
        self.found.events
    }

    /// All text, joined.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.found.text.clone()
    }

    fn chunks(&self, chunk_size: usize) -> Chunks {
        Chunks { rest: self.stream.clone(), chunk_size }
    }
}

#[wasm_bindgen]
impl Fed {
    /// A decoder that waits for its first chunk.
    ///
    /// # Errors
    /// A dialect the benchmark has no shape for.
    #[wasm_bindgen(constructor)]
    pub fn new(dialect: &str) -> Result<Fed, JsError> {
        let chunk = Rc::new(Cell::new(None));
        let events = Box::pin(SseByteStream::new(Given(Rc::clone(&chunk))));
        Ok(Fed { chunk, events, found: Found::new(dialect)? })
    }

    /// Takes a chunk: one copy, into memory of its own, which is what the crate asks for.
    pub fn feed(&mut self, chunk: &Uint8Array) {
        self.chunk.set(Some(Bytes::from(chunk.to_vec())));
        while let Some(Ok(event)) = ready(self.events.as_mut()) {
            if let Some(data) = &event.data {
                self.found.take(data);
            }
        }
    }

    /// All text, joined.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.found.text.clone()
    }
}

impl std::fmt::Debug for Fed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fed").field("found", &self.found).finish_non_exhaustive()
    }
}

impl Found {
    fn new(dialect: &str) -> Result<Found, JsError> {
        let shape = match dialect {
            "chat-completions" => Shape::Chat,
            "responses" => Shape::Responses,
            "anthropic" => Shape::Messages,
            _ => return Err(JsError::new("no shape for this dialect")),
        };
        Ok(Found { shape, text: String::new(), events: 0 })
    }

    fn take(&mut self, data: &str) {
        self.events += 1;
        if data == "[DONE]" {
            return;
        }
        let text = match self.shape {
            Shape::Chat => serde_json::from_str::<ChatChunk<'_>>(data)
                .ok()
                .and_then(|mut chunk| chunk.choices.first_mut()?.delta.content.take()),
            Shape::Responses => {
                serde_json::from_str::<ResponsesEvent<'_>>(data).ok().and_then(|event| event.delta)
            }
            Shape::Messages => {
                serde_json::from_str::<MessagesEvent<'_>>(data).ok().and_then(|event| event.delta?.text)
            }
        };
        if let Some(text) = text {
            self.text.push_str(&text.0);
        }
    }
}

/// A stream that always has its next chunk.
struct Chunks {
    rest: Bytes,
    chunk_size: usize,
}

impl Stream for Chunks {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.chunk_size.min(self.rest.len());
        Poll::Ready((length > 0).then(|| Ok(self.rest.split_to(length))))
    }
}

/// A stream that has its next chunk when it was given one.
struct Given(Rc<Cell<Option<Bytes>>>);

impl Stream for Given {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.take().map_or(Poll::Pending, |chunk| Poll::Ready(Some(Ok(chunk))))
    }
}

/// The next item of a stream, if it is there.
fn ready<S: Stream>(stream: Pin<&mut S>) -> Option<S::Item> {
    match stream.poll_next(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(item) => item,
        Poll::Pending => None,
    }
}
