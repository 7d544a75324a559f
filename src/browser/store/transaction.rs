//! Transactions with a durability, and their end.

use super::{Store, StoreProblem};
use crate::browser::by_name::{call, method};
use idb::{ObjectStore, Transaction};
use js_sys::{Array, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, EventTarget, IdbTransaction};

/// A transaction that writes.
#[derive(Debug)]
pub(super) struct Writing {
    raw: IdbTransaction,
    transaction: Transaction,
    /// The first exception of one of its requests, which takes all of it back.
    refused: Rc<RefCell<Option<DomException>>>,
}

impl Store {
    /// Begins a transaction that reads.
    pub(super) fn reading(&self, stores: &[&str]) -> Result<Transaction, StoreProblem> {
        Ok(self.begin(stores, "readonly", "default")?.into())
    }

    /// Begins a transaction that writes: strictly if what it writes must outlive a crash of the machine.
    pub(super) fn writing(&self, stores: &[&str], is_strict: bool) -> Result<Writing, StoreProblem> {
        let raw = self.begin(stores, "readwrite", if is_strict { "strict" } else { "relaxed" })?;
        Ok(Writing { transaction: raw.clone().into(), raw, refused: Rc::default() })
    }

    fn begin(&self, stores: &[&str], mode: &str, durability: &str) -> Result<IdbTransaction, StoreProblem> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        // By name: web-sys has the option only among its unstable ones, which need a flag of the compiler.
        let begin = || {
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &durability.into())?;
            let database = &self.database.0;
            let begin = method(database, "transaction")?;
            begin.call3(database, &names, &mode.into(), &options)?.dyn_into()
        };
        begin().map_err(|thrown: JsValue| StoreProblem::of_thrown(&thrown))
    }
}

impl Writing {
    /// Returns one of the transaction's stores.
    pub(super) fn store(&self, name: &str) -> Result<ObjectStore, StoreProblem> {
        Ok(self.transaction.object_store(name)?)
    }

    /// Has it be written now: of a page that is left the browser takes back what was not committed.
    pub(super) fn commit(self) -> Result<Writing, StoreProblem> {
        Ok(Writing { transaction: self.transaction.commit()?, ..self })
    }

    /// Waits until all of it was written. What fails takes all of it back. Its end is noted from now on, so it may be awaited at any
    /// time.
    pub(super) fn done(mut self) -> impl Future<Output = Result<(), StoreProblem>> + use<> {
        let end = self.ended();
        async move { ended(&end, &self).await }
    }

    /// Returns what [`ended`] waits for. To be called once.
    pub(super) fn ended(&mut self) -> Promise {
        // Firefox calls the reason of a transaction that was committed an abort, whatever it was: its request knows it.
        let (refused, raw) = (Rc::clone(&self.refused), self.raw.clone());
        self.transaction.on_error(move |event| {
            // The requests behind it are aborted, each with an event of its own.
            let _ = Reflect::set(&raw, &"onerror".into(), &JsValue::NULL);
            refused.replace(event.target().and_then(|request| exception_of(&request)));
        });
        // Not idb's future: that ends with the error of a request, at which time the transaction's reason is not known yet.
        Promise::new(&mut |resolve, reject| {
            self.transaction.on_complete(move |_| drop(resolve.call0(&JsValue::NULL)));
            self.transaction.on_abort(move |_| drop(reject.call0(&JsValue::NULL)));
        })
    }

    /// Takes all of it back.
    pub(super) fn abort(&self) {
        // Nobody waits for the end any more.
        for handler in ["onabort", "oncomplete"] {
            let _ = Reflect::set(&self.raw, &handler.into(), &JsValue::NULL);
        }
        // One that has ended cannot be taken back, and says so.
        let _ = call::<JsValue>(&self.raw, "abort");
    }
}

/// Returns the exception that a request has ended with.
fn exception_of(request: &EventTarget) -> Option<DomException> {
    Reflect::get(request, &"error".into()).ok()?.dyn_into().ok()
}

/// Waits until what was made ready is written, as [`Writing::done`] does.
pub(super) fn written(
    ready: Result<Writing, StoreProblem>,
) -> impl Future<Output = Result<(), StoreProblem>> + use<> {
    let done = ready.map(Writing::done);
    async move { done?.await }
}

/// Waits for the end of a transaction.
pub(super) async fn ended(promise: &Promise, writing: &Writing) -> Result<(), StoreProblem> {
    match JsFuture::from(promise.clone()).await {
        Ok(_) => Ok(()),
        // Without a reason it was the browser that closed the database.
        Err(_) => {
            let refused = writing.refused.take().filter(|refused| refused.name() != "AbortError");
            let reason = refused.or_else(|| writing.raw.error());
            Err(reason.map_or(StoreProblem::Closed, |reason| StoreProblem::of(&reason)))
        }
    }
}
