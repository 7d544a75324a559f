//! The transport: real streams, chunk by chunk.

use crate::support::sleep;
use std::cell::RefCell;
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};
use tokenfall::browser::transport::{TransportError, each_chunk, fetch_text};
use tokenfall::engine::wire::HttpRequest;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::ReadableStream;

type Seen = Rc<RefCell<Vec<Vec<u8>>>>;

/// A stream whose `pull(controller, turn)` has that body, with `turn` counted from 0.
fn stream(pull: &str) -> ReadableStream {
    let body =
        format!("let turn = 0; return new ReadableStream({{ pull: (c) => {{ {pull}; turn += 1; }} }});");
    let made = js_sys::Function::new_no_args(&body).call0(&JsValue::NULL).expect("a stream");
    made.unchecked_into()
}

/// Keeps what it is handed, and breaks off with the chunk of that number.
fn keep(seen: &Seen, last: usize) -> impl FnMut(&[u8]) -> ControlFlow<()> + 'static {
    let seen = Rc::clone(seen);
    move |chunk| {
        seen.borrow_mut().push(chunk.to_vec());
        if seen.borrow().len() < last { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

#[wasm_bindgen_test]
async fn chunks_of_any_length_are_handed_over_in_order_with_nothing_left_of_the_one_before() {
    let seen = Seen::default();
    let body = stream(
        "const bytes = [[1, 2, 3], [4], [], [5, 6]][turn]; \
         if (bytes) c.enqueue(new Uint8Array(bytes)); else c.close()",
    );
    assert_eq!(each_chunk(&body, keep(&seen, usize::MAX)).await, Ok(()));
    assert_eq!(*seen.borrow(), [vec![1, 2, 3], vec![4], vec![], vec![5, 6]]);
}

#[wasm_bindgen_test]
async fn breaking_off_takes_no_further_chunk_of_an_endless_body() {
    let seen = Seen::default();
    let body = stream("c.enqueue(new Uint8Array([turn]))");
    assert_eq!(each_chunk(&body, keep(&seen, 2)).await, Ok(()));
    sleep(20).await;
    assert_eq!(*seen.borrow(), [[0], [1]]);
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_lost_behind_the_chunks_that_came() {
    let seen = Seen::default();
    let body = stream("if (turn === 0) c.enqueue(new Uint8Array([7])); else c.error('gone')");
    let lost = TransportError::Broken { cause: "gone".to_owned() };
    assert_eq!(each_chunk(&body, keep(&seen, usize::MAX)).await, Err(lost));
    assert_eq!(*seen.borrow(), [[7]]);
}

#[wasm_bindgen_test]
async fn a_body_of_strings_or_one_that_is_read_already_is_lost_and_nothing_is_handed_over() {
    let seen = Seen::default();
    let lost = TransportError::Broken { cause: "a chunk is no bytes".to_owned() };
    assert_eq!(each_chunk(&stream("c.enqueue('text')"), keep(&seen, usize::MAX)).await, Err(lost));
    let body = stream("c.close()");
    let _reader = web_sys::ReadableStreamDefaultReader::new(&body).expect("the first reader");
    let Err(TransportError::Broken { cause }) = each_chunk(&body, keep(&seen, usize::MAX)).await else {
        panic!("a body that is read already was read");
    };
    assert!(cause.starts_with("TypeError: "), "{cause}");
    assert!(seen.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn an_exception_behind_a_chunk_keeps_its_own_words() {
    let body = stream("c.error(new RangeError('too far'))");
    let lost = TransportError::Broken { cause: "RangeError: too far".to_owned() };
    assert_eq!(each_chunk(&body, keep(&Seen::default(), usize::MAX)).await, Err(lost));
}

#[wasm_bindgen_test]
async fn a_request_that_no_server_can_answer_says_what_the_browser_says() {
    let url = "http://127.0.0.1:1/".to_owned();
    let request = HttpRequest { method: "GET".into(), url, headers: Vec::new(), body: None };
    let Err(TransportError::Unanswered { cause }) = fetch_text(&request).await else {
        panic!("port 1 has answered");
    };
    assert!(cause.starts_with("TypeError: "), "{cause}");
}

#[wasm_bindgen_test]
async fn a_reading_that_is_dropped_while_a_read_is_out_takes_no_chunk_that_comes_later() {
    let seen = Seen::default();
    let body =
        stream("return new Promise((go) => setTimeout(() => { c.enqueue(new Uint8Array([1])); go() }, 5))");
    {
        let reading = pin!(each_chunk(&body, keep(&seen, usize::MAX)));
        assert!(reading.poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    sleep(30).await;
    assert!(seen.borrow().is_empty());
}
