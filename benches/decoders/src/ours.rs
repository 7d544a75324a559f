//! Tokenfall's decoder as the page runs it: chunk, frame, event, deltas.
//!
//! The text of the fragments is put together, as the turn does it, so that the benchmark can check all of it.

use js_sys::Uint8Array;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use tokenfall::browser::transport::each_chunk;
use tokenfall::engine::frame::{Event, Frame, FrameTooLarge, NdjsonDecoder, SseDecoder};
use tokenfall::engine::wire::{Delta, Deltas, Dialect, Mapper};
use wasm_bindgen::prelude::*;
use web_sys::ReadableStream;

/// The decoder of one stream.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Tokenfall {
    buffer: Vec<u8>,
    fold: Fold,
}

#[derive(Debug)]
struct Fold {
    decoder: Decoder,
    map: Map,
}

#[derive(Debug)]
enum Decoder {
    Sse(SseDecoder),
    Lines(NdjsonDecoder),
}

#[derive(Debug)]
struct Map {
    mapper: Mapper,
    deltas: Deltas,
    text: String,
    events: u32,
}

#[wasm_bindgen]
impl Tokenfall {
    /// A decoder for a stream in that dialect, named as in stored settings. Its events are lines of JSON (`has_lines`), else a
    /// stream of events; what comes as messages has neither.
    ///
    /// # Errors
    /// A name no dialect has.
    #[wasm_bindgen(constructor)]
    pub fn new(dialect: &str, has_lines: bool) -> Result<Tokenfall, JsError> {
        let dialect = Dialect::from_name(dialect).ok_or_else(|| JsError::new("no such dialect"))?;
        let decoder =
            if has_lines { Decoder::Lines(NdjsonDecoder::new()) } else { Decoder::Sse(SseDecoder::new()) };
        let map = Map { mapper: Mapper::new(dialect), deltas: Deltas::new(), text: String::new(), events: 0 };
        Ok(Tokenfall { buffer: Vec::new(), fold: Fold { decoder, map } })
    }

    /// Takes a message of a socket: the browser hands it over as a string, and it is an event by itself, as
    /// `Session::message` has it.
    pub fn message(&mut self, message: &str) {
        let data = message.as_bytes();
        self.fold.map.event(&Event { name: "message", data, last_event_id: "", terminated: true });
    }

    /// Takes a chunk: the same copy into a buffer used again as the page's transport makes.
    ///
    /// # Errors
    /// An event over the engine's bound.
    pub fn feed(&mut self, chunk: &Uint8Array) -> Result<(), JsError> {
        self.buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut self.buffer);
        Ok(self.fold.feed(&self.buffer)?)
    }

    /// Copies a whole stream in, before the clock starts.
    pub fn load(&mut self, stream: &Uint8Array) {
        self.buffer = stream.to_vec();
    }

    /// Decodes what was loaded, in chunks of that many bytes, without the JS border: comparable with the crates.
    ///
    /// # Errors
    /// An event over the engine's bound.
    pub fn run(&mut self, chunk_size: usize) -> Result<(), JsError> {
        Ok(self.buffer.chunks(chunk_size).try_for_each(|chunk| self.fold.feed(chunk))?)
    }

    /// Reads a stream to its end, through the page's transport. An event over the engine's bound ends it, which shows as
    /// missing text.
    ///
    /// # Errors
    /// A stream that breaks.
    pub async fn pump(self, stream: ReadableStream) -> Result<Tokenfall, JsValue> {
        let decoder = Rc::new(RefCell::new(self));
        let fed = Rc::clone(&decoder);
        let read = each_chunk(&stream, move |chunk| match fed.borrow_mut().fold.feed(chunk) {
            Ok(()) => ControlFlow::Continue(()),
            Err(FrameTooLarge { .. }) => ControlFlow::Break(()),
        });
        read.await.map_err(|error| error.to_string())?;
        let decoder = Rc::try_unwrap(decoder).map_err(|_| "the stream is still being read")?;
        Ok(decoder.into_inner())
    }

    /// Events seen.
    #[wasm_bindgen(getter)]
    pub fn events(&self) -> u32 {
        self.fold.map.events
    }

    /// All text fragments, joined.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.fold.map.text.clone()
    }
}

impl Fold {
    fn feed(&mut self, chunk: &[u8]) -> Result<(), FrameTooLarge> {
        match &mut self.decoder {
            Decoder::Sse(decoder) => {
                decoder.push(chunk);
                while let Some(frame) = decoder.next_frame()? {
                    self.map.frame(&frame);
                }
            }
            Decoder::Lines(decoder) => {
                decoder.push(chunk);
                while let Some(frame) = decoder.next_frame()? {
                    self.map.frame(&frame);
                }
            }
        }
        Ok(())
    }
}

impl Map {
    fn frame(&mut self, frame: &Frame<'_>) {
        if let Frame::Event(event) = frame {
            self.event(event);
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        self.events += 1;
        self.deltas.clear();
        // An event that is no JSON shows as missing text.
        let _ = self.mapper.map(event, &mut self.deltas);
        for delta in self.deltas.iter() {
            if let Delta::Fragment { text, .. } = delta {
                self.text.push_str(text);
            }
        }
    }
}
