//! The workers' side of the line to the page: messages come in, each is answered in the order they came.
//!
//! A message is an array of two numbers and a text. Code: the block, its language, its next lines; the answer is a
//! `Uint32Array` of rows. Math: nothing, whether the formula stands on a line of its own, its TeX; the answer is a string.
//! The first message to the page, without data, says that the worker listens. See `tokenfall::browser::typeset`, the other
//! side.

use crate::{Highlighter, formula};
use js_sys::{Array, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use tokenfall::engine::typeset::LANGUAGES;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

/// Draws formulas from now on.
pub fn math() {
    let scope = scope();
    let own = scope.clone();
    listen(&scope, move |Message { kind, text, .. }| {
        let written = formula(&text, kind == 1).unwrap_or_else(|why| format!("\0{why}"));
        drop(own.post_message(&written.into()));
    });
}

/// Colours code from now on, with grammars that are fetched when they are needed.
pub fn code() {
    let scope = scope();
    let state =
        Rc::new(Code { scope: scope.clone(), highlighter: RefCell::default(), waiting: RefCell::default() });
    listen(&scope, move |message| {
        let is_first = state.waiting.borrow().is_empty();
        state.waiting.borrow_mut().push_back(message);
        // While a grammar is on its way the others wait, so that answers keep their order.
        if is_first {
            state.work();
        }
    });
}

struct Message {
    number: u32,
    kind: u32,
    text: String,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what does not fit is cut off at the ends of the range, and stands for nothing"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn listen(scope: &DedicatedWorkerGlobalScope, act: impl Fn(Message) + 'static) {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message: Array = event.data().unchecked_into();
        let number = |at| message.get(at).as_f64().map(whole);
        if let (Some(number), Some(kind), Some(text)) = (number(0), number(1), message.get(2).as_string()) {
            act(Message { number, kind, text });
        }
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The worker listens until the page ends it.
    listener.forget();
    drop(scope.post_message(&JsValue::UNDEFINED));
}

struct Code {
    scope: DedicatedWorkerGlobalScope,
    highlighter: RefCell<Highlighter>,
    waiting: RefCell<VecDeque<Message>>,
}

impl Code {
    /// Answers what waits, up to the first that needs a grammar which is not there.
    fn work(self: &Rc<Self>) {
        loop {
            let Some(language) = self.waiting.borrow().front().map(|message| message.kind) else { return };
            if !self.highlighter.borrow().has_tried(language) {
                return self.fetch(language);
            }
            let Some(message) = self.waiting.borrow_mut().pop_front() else { return };
            let mut rows = Vec::new();
            self.highlighter.borrow_mut().lines(message.number, language, &message.text, &mut rows);
            drop(self.scope.post_message(&Uint32Array::from(rows.as_slice())));
        }
    }

    fn fetch(self: &Rc<Self>, language: u32) {
        let state = self.clone();
        spawn_local(async move {
            // Where there is none the language stays plain.
            let dump = state.bring(language).await;
            state.highlighter.borrow_mut().learn(language, dump.as_deref().unwrap_or_default());
            let scope = state.scope.clone();
            // From a timer: what breaks in a promise is not told to the page.
            let on = Closure::once_into_js(move || state.work());
            drop(scope.set_timeout_with_callback(on.unchecked_ref()));
        });
    }

    async fn bring(&self, language: u32) -> Option<Vec<u8>> {
        let name = LANGUAGES.lines().nth(usize::try_from(language).ok()?)?.split(' ').next()?;
        let response = JsFuture::from(self.scope.fetch_with_str(&format!("{name}.bin"))).await.ok()?;
        let response: Response = response.dyn_into().ok()?;
        let content = JsFuture::from(response.array_buffer().ok().filter(|_| response.ok())?).await.ok()?;
        Some(Uint8Array::new(&content).to_vec())
    }
}
