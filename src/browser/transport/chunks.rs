//! Reads a body chunk by chunk, with as few allocations for each as a read allows.
//!
//! A future for each read costs closures, a waker and another turn of the microtask queue, which at one token a chunk
//! was more than the read itself. Here two closures serve the whole body, and what a read brings is handed on at once.

use super::TransportError;
use js_sys::Uint8Array;
use std::cell::{Cell, OnceCell, RefCell};
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, ReadableStreamDefaultReader, ReadableStreamReadResult};

/// Hands each chunk of `body` to `on_chunk`, until it breaks off or the body ends. A chunk is copied once, into a buffer
/// that is used again. Dropping the future stops reading.
///
/// # Errors
/// A body that breaks off, or that is being read already.
pub async fn each_chunk(
    body: &ReadableStream,
    on_chunk: impl FnMut(&[u8]) -> ControlFlow<()> + 'static,
) -> Result<(), TransportError> {
    let reader =
        ReadableStreamDefaultReader::new(body).map_err(|exception| TransportError::broken(&exception))?;
    let reading = Reading::new(reader, Box::new(on_chunk));
    reading.ask();
    poll_fn(|context| reading.poll(context)).await
}

/// A body that is being read.
struct Reading {
    reader: ReadableStreamDefaultReader,
    taker: RefCell<Taker>,
    /// The callbacks of a read.
    settled: OnceCell<Settled>,
    /// A read is out that has not settled. Never more than one.
    asked: Cell<bool>,
    over: Cell<Option<Result<(), TransportError>>>,
    waker: RefCell<Option<Waker>>,
}

struct Taker {
    buffer: Vec<u8>,
    on_chunk: Box<OnChunk>,
}

type OnChunk = dyn FnMut(&[u8]) -> ControlFlow<()>;

/// The two ends of a promise.
struct Settled {
    resolved: Closure<dyn FnMut(JsValue)>,
    rejected: Closure<dyn FnMut(JsValue)>,
}

impl Reading {
    fn new(reader: ReadableStreamDefaultReader, on_chunk: Box<OnChunk>) -> Rc<Reading> {
        let reading = Rc::new(Reading {
            reader,
            taker: RefCell::new(Taker { buffer: Vec::new(), on_chunk }),
            settled: OnceCell::new(),
            asked: Cell::new(false),
            over: Cell::new(None),
            waker: RefCell::new(None),
        });
        let settle = |take: fn(&Reading, JsValue) -> ControlFlow<Result<(), TransportError>>| {
            let reading = Rc::downgrade(&reading);
            Closure::<dyn FnMut(JsValue)>::new(move |value| {
                if let Some(reading) = Weak::upgrade(&reading) {
                    reading.asked.set(false);
                    reading.go_on(take(&reading, value));
                }
            })
        };
        let _ = reading.settled.set(Settled {
            resolved: settle(Reading::take),
            rejected: settle(|_, exception| ControlFlow::Break(Err(TransportError::broken(&exception)))),
        });
        reading
    }

    fn ask(&self) {
        if let Some(settled) = self.settled.get() {
            self.asked.set(true);
            // What `then` returns settles when ours have run, and nobody waits for that.
            let _ = self.reader.read().then2(&settled.resolved, &settled.rejected);
        }
    }

    fn take(&self, result: JsValue) -> ControlFlow<Result<(), TransportError>> {
        let result: ReadableStreamReadResult = result.unchecked_into();
        if result.get_done() == Some(true) {
            return ControlFlow::Break(Ok(()));
        }
        let Ok(chunk) = result.get_value().dyn_into::<Uint8Array>() else {
            let cause = "a chunk is no bytes".to_owned();
            return ControlFlow::Break(Err(TransportError::Broken { cause }));
        };
        let Taker { buffer, on_chunk } = &mut *self.taker.borrow_mut();
        buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(buffer);
        on_chunk(buffer).map_break(Ok)
    }

    fn go_on(&self, flow: ControlFlow<Result<(), TransportError>>) {
        match flow {
            ControlFlow::Continue(()) => self.ask(),
            ControlFlow::Break(how) => {
                self.over.set(Some(how));
                if let Some(waker) = self.waker.take() {
                    waker.wake();
                }
            }
        }
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Result<(), TransportError>> {
        match self.over.take() {
            Some(how) => Poll::Ready(how),
            None => {
                self.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // A read that is still out will call its closures, and a call of a freed one is an error in the console.
        if self.asked.get()
            && let Some(Settled { resolved, rejected }) = self.settled.take()
        {
            resolved.forget();
            rejected.forget();
        }
    }
}
