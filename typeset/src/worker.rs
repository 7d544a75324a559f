//! The loop of the worker, on the browser's side of this package.

use js_sys::{Array, Uint32Array};
use std::cell::RefCell;
use tokenfall::engine::typeset::Asked;
use typeset::{Highlighter, formula};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Begins to listen, and says so.
pub(super) fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let state = RefCell::new(Highlighter::new());
    let own = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = answer(&mut state.borrow_mut(), &event.data()) {
            drop(own.post_message(&answer));
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // The worker listens until the page ends it.
    listen.forget();
    drop(scope.post_message(&JsValue::UNDEFINED));
}

fn answer(highlighter: &mut Highlighter, message: &JsValue) -> Option<JsValue> {
    let message: &Array = message.dyn_ref()?;
    let block = number(&message.get(0))?;
    let text = message.get(2).as_string().unwrap_or_default();
    match Asked::from_number(number(&message.get(1))?) {
        Asked::Code { language } => {
            let mut rows = Vec::new();
            highlighter.lines(block, language, &text, &mut rows);
            Some(Uint32Array::from(rows.as_slice()).into())
        }
        Asked::EndOfCode => {
            highlighter.end(block);
            None
        }
        Asked::Formula { display } => {
            let written = formula(&text, display).unwrap_or_else(|why| format!("\0{why}"));
            Some(JsValue::from_str(&written))
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what does not fit is cut off at the ends of the range, and stands for nothing"
)]
fn number(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|number| number as u32)
}
