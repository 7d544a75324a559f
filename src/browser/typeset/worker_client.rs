//! [`WorkerClient`] starts a worker, keeps requests until it listens, and hands out its answers in order.

use crate::browser::trusted_types;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// The policy for the addresses of the workers, as index.html allows it.
const POLICY: &str = "typeset";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Worker)]
    type Started;
    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(address: &JsValue) -> Result<Started, JsValue>;
}

/// The most workers that are started one after the other, each when the last has broken. A worker that broke before it
/// listened is the last.
const STARTS: u32 = 3;

/// The most requests without an answer. Further ones are not made, and their text stays plain.
const MAX_PENDING: usize = 4_096;

/// Callback for the answer to one request. The worker answers in the order it is asked.
type Callback = Box<dyn FnOnce(&JsValue)>;

/// Talks to one worker.
pub(super) struct WorkerClient {
    /// The worker's script, as [`trusted`] gives it.
    address: JsValue,
    running: RefCell<Option<Running>>,
    /// Messages for a worker that does not listen yet.
    held: RefCell<Vec<JsValue>>,
    pending: RefCell<VecDeque<Callback>>,
    listens: Cell<bool>,
    started: Cell<u32>,
    own: Weak<WorkerClient>,
}

impl fmt::Debug for WorkerClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkerClient")
            .field("running", &self.running)
            .field("pending", &self.pending.borrow().len())
            .finish_non_exhaustive()
    }
}

/// Owns a worker and what it calls; dropping it ends the worker.
#[derive(Debug)]
struct Running {
    worker: Worker,
    _answered: Closure<dyn FnMut(MessageEvent)>,
    _broke: Closure<dyn FnMut()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl WorkerClient {
    /// Makes a client for the worker with this script, which is not started yet.
    pub(super) fn new(address: JsValue) -> Rc<WorkerClient> {
        Rc::new_cyclic(|own| WorkerClient {
            address,
            running: RefCell::default(),
            held: RefCell::default(),
            pending: RefCell::default(),
            listens: Cell::default(),
            started: Cell::default(),
            own: own.clone(),
        })
    }

    /// Asks the worker for something, and starts it if there is none. What cannot be asked is forgotten.
    ///
    /// `number` and `kind` are what the worker takes them for: a block and its language, or how a formula stands. `callback`
    /// gets the worker's answer; it is dropped when none comes.
    pub(super) fn ask(&self, number: u32, kind: u32, text: &str, callback: impl FnOnce(&JsValue) + 'static) {
        if MAX_PENDING < self.pending.borrow().len() || !self.is_running() {
            return;
        }
        self.pending.borrow_mut().push_back(Box::new(callback));
        let message = Array::of3(&number.into(), &kind.into(), &text.into());
        match &*self.running.borrow() {
            Some(running) if self.listens.get() => drop(running.worker.post_message(&message)),
            Some(_) | None => self.held.borrow_mut().push(message.into()),
        }
    }

    fn is_running(&self) -> bool {
        if self.running.borrow().is_none() && self.started.get() < STARTS {
            self.started.set(self.started.get() + 1);
            *self.running.borrow_mut() = self.start();
        }
        self.running.borrow().is_some()
    }

    fn start(&self) -> Option<Running> {
        let worker: Worker = Started::new(&self.address).ok()?.into();
        let client = self.own.clone();
        let answered = Closure::new(move |event: MessageEvent| {
            if let Some(client) = client.upgrade() {
                client.answered(&event.data());
            }
        });
        let client = self.own.clone();
        let broke = Closure::new(move || {
            if let Some(client) = client.upgrade() {
                client.broke();
            }
        });
        worker.set_onmessage(Some(answered.as_ref().unchecked_ref()));
        worker.set_onerror(Some(broke.as_ref().unchecked_ref()));
        Some(Running { worker, _answered: answered, _broke: broke })
    }

    fn answered(&self, answer: &JsValue) {
        if answer.is_undefined() {
            self.listens.set(true);
            let held = self.held.take();
            if let Some(running) = &*self.running.borrow() {
                for message in held {
                    drop(running.worker.post_message(&message));
                }
            }
            return;
        }
        let callback = self.pending.borrow_mut().pop_front();
        if let Some(callback) = callback {
            callback(answer);
        }
    }

    /// Forgets a worker that broke, and all that it was asked. The next question starts another, but not where none
    /// could be fetched.
    fn broke(&self) {
        if !self.listens.replace(false) {
            self.started.set(STARTS);
        }
        self.held.take();
        self.pending.take();
        self.running.take();
    }
}

/// Makes the addresses trusted script URLs, by the policy. Browsers that know no Trusted Types take the text.
///
/// The policy takes these addresses and no other, and nobody can make it a second time.
pub(super) fn trusted(addresses: [String; 2]) -> [JsValue; 2] {
    let known = addresses.clone();
    let rule = Closure::<dyn Fn(String) -> Option<String>>::new(move |asked| {
        known.iter().find(|known| **known == asked).cloned()
    });
    let policy = trusted_types::create(POLICY, "createScriptURL", rule.as_ref());
    addresses.map(|address| {
        let trusted = policy.as_ref().and_then(|policy| policy.create_script_url(&address).ok());
        trusted.unwrap_or_else(|| address.into())
    })
}
