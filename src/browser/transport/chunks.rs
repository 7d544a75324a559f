//! A body chunk by chunk, with as little made for each as a read needs.
//!
//! `JsFuture` makes two closures a promise, which the browser notes for clean-up each time; where a chunk is one token
//! that was most of the work. Here two closures serve the whole body, and one slot holds what has arrived.

use js_sys::Uint8Array;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, ReadableStreamReadResult};

/// The transport broke. Script is not told why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// Reads one body to its end.
pub struct Chunks {
    reader: ReadableStreamDefaultReader,
    /// A read is out whose result nobody has taken. Never more than one.
    asked: bool,
    arrived: Rc<RefCell<Arrived>>,
    /// What a read calls. Taken only by `drop`.
    settled: Option<Settled>,
    buffer: Vec<u8>,
}

/// The two ends of a promise.
struct Settled {
    resolved: Closure<dyn FnMut(JsValue)>,
    rejected: Closure<dyn FnMut(JsValue)>,
}

#[derive(Default)]
struct Arrived {
    result: Option<Result<ReadableStreamReadResult, Lost>>,
    waker: Option<Waker>,
}

impl std::fmt::Debug for Chunks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chunks").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Chunks {
    /// Locks the stream and reads nothing yet; `None` for a stream that is locked already.
    pub fn new(body: &ReadableStream) -> Option<Chunks> {
        let reader = ReadableStreamDefaultReader::new(body).ok()?;
        let arrived = Rc::new(RefCell::new(Arrived::default()));
        let settle = |result: fn(JsValue) -> Result<ReadableStreamReadResult, Lost>| {
            let arrived = Rc::clone(&arrived);
            Closure::<dyn FnMut(JsValue)>::new(move |value| {
                let mut arrived = arrived.borrow_mut();
                arrived.result = Some(result(value));
                if let Some(waker) = arrived.waker.take() {
                    waker.wake();
                }
            })
        };
        let settled =
            Settled { resolved: settle(|value| Ok(value.unchecked_into())), rejected: settle(|_| Err(Lost)) };
        Some(Chunks { reader, asked: false, arrived, settled: Some(settled), buffer: Vec::new() })
    }

    /// The next chunk, copied once into a buffer that is used again; `None` at the end of the body. A call that is given
    /// up loses nothing: the next one takes its chunk.
    ///
    /// # Errors
    /// A body that breaks off.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, Lost> {
        if let Some(settled) = &self.settled
            && !self.asked
        {
            self.asked = true;
            // What `then` returns settles when ours have run, and nobody waits for that.
            let _ = self.reader.read().then2(&settled.resolved, &settled.rejected);
        }
        let arrived = &self.arrived;
        let result = poll_fn(|context| {
            let mut arrived = arrived.borrow_mut();
            match arrived.result.take() {
                Some(result) => Poll::Ready(result),
                None => {
                    arrived.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        });
        let result = result.await;
        self.asked = false;
        let result = result?;
        if result.get_done() == Some(true) {
            return Ok(None);
        }
        let chunk: Uint8Array = result.get_value().dyn_into().map_err(|_| Lost)?;
        self.buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut self.buffer);
        Ok(Some(&self.buffer))
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        // A read that is still out will call its closures, and a call of a freed one is an error in the console.
        if self.asked
            && let Some(Settled { resolved, rejected }) = self.settled.take()
        {
            resolved.forget();
            rejected.forget();
        }
    }
}
