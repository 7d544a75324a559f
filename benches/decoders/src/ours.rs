//! Tokenfall's decoder as the page runs it: chunk, frame, event, deltas.
//!
//! The text of the fragments is put together, as the turn does it, so that the benchmark can check all of it.

use js_sys::Uint8Array;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use tokenfall::browser::transport::each_chunk;
use tokenfall::engine::frame::{Frame, FrameTooLarge, SseDecoder};
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
    decoder: SseDecoder,
    mapper: Mapper,
    deltas: Deltas,
    text: String,
    events: u32,
}

#[wasm_bindgen]
impl Tokenfall {
    /// A decoder for a stream in that dialect, named as in stored settings.
    ///
    /// # Errors
    /// A name no dialect has.
    #[wasm_bindgen(constructor)]
    pub fn new(dialect: &str) -> Result<Tokenfall, JsError> {
        let dialect = Dialect::from_name(dialect).ok_or_else(|| JsError::new("no such dialect"))?;
        let fold = Fold {
            decoder: SseDecoder::new(),
            mapper: Mapper::new(dialect),
            deltas: Deltas::new(),
            text: String::new(),
            events: 0,
        };
        Ok(Tokenfall { buffer: Vec::new(), fold })
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
        self.fold.events
    }

    /// All text fragments, joined.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.fold.text.clone()
    }
}

impl Fold {
    fn feed(&mut self, chunk: &[u8]) -> Result<(), FrameTooLarge> {
        self.decoder.push(chunk);
        while let Some(frame) = self.decoder.next_frame()? {
            let Frame::Event(event) = frame else { continue };
            self.events += 1;
            self.deltas.clear();
            // An event that is no JSON shows as missing text.
            let _ = self.mapper.map(&event, &mut self.deltas);
            for delta in self.deltas.iter() {
                if let Delta::Fragment { text, .. } = delta {
                    self.text.push_str(text);
                }
            }
        }
        Ok(())
    }
}
