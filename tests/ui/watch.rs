//! Watching a stream: what is shown of what comes. The form is tried in `watch_form`.

use crate::files::Downloads;
use crate::mounted::{Mounted, dispatch, owned, press_key, settled};
use js_sys::Function;
use leptos::prelude::*;
use std::time::Duration;
use tokenfall::browser::timer::sleep;
use tokenfall::engine::messages::{watch as words, watch_page};
use tokenfall::engine::tape::Tape;
use tokenfall::ui::watch::dialog::WatchDialog;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

pub(crate) const KEY: &str = "sk-canary-0123456789";

/// A view of the dialog, open.
pub(crate) async fn opened<V: IntoView + 'static>(
    view: impl FnOnce(RwSignal<bool>) -> V + 'static,
) -> (Owner, Mounted) {
    let owner = owned();
    let mounted = owner.with(|| {
        let is_open = RwSignal::new(true);
        Mounted::new(move || view(is_open))
    });
    settled().await;
    (owner, mounted)
}

async fn dialog() -> (Owner, Mounted) {
    opened(|is_open| view! { <WatchDialog is_open=is_open /> }).await
}

pub(crate) fn id(name: &str) -> String {
    format!("[data-testid=\"{name}\"]")
}

pub(crate) fn fill(mounted: &Mounted, field: &str, text: &str) {
    mounted.type_into(&id(&format!("watch-{field}")), text);
}

/// Presses Start, and waits until it was answered.
pub(crate) async fn start(mounted: &Mounted) {
    mounted.press(&id("watch-start"));
    settled().await;
}

/// The text of an element that may not be there.
pub(crate) fn said(mounted: &Mounted, name: &str) -> String {
    if mounted.count(&id(name)) == 0 { String::new() } else { mounted.text(&id(name)) }
}

/// Waits until it holds, for 5 s at most.
pub(crate) async fn wait(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..250 {
        if condition() {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert!(condition(), "waited in vain for {what}");
}

/// Calls a script's function with these values.
pub(crate) fn call(arguments: &str, script: &str, first: &JsValue, second: &JsValue) -> JsValue {
    Function::new_with_args(arguments, script).call2(&JsValue::NULL, first, second).unwrap()
}

/// The address of a body of that type.
pub(crate) fn address_of(body: &str, content_type: &str) -> String {
    let script = "return URL.createObjectURL(new Blob([body], { type }))";
    call("body, type", script, &body.into(), &content_type.into()).as_string().unwrap()
}

/// Watches a body to its end.
async fn watch(mounted: &Mounted, body: &str, content_type: &str) {
    fill(mounted, "address", &address_of(body, content_type));
    settled().await;
    start(mounted).await;
    wait("the end", || said(mounted, "watch-state") == words::ENDED).await;
}

fn rows(mounted: &Mounted) -> u32 {
    mounted.count(&format!("{} > li", id("watch-rows")))
}

/// Covers WatchDialog: event, state, bad input. WatchResults: event, state, bad input.
#[wasm_bindgen_test]
async fn a_body_is_shown_as_events_and_as_lines_hostile_text_as_text_and_what_is_watched_next_takes_its_place()
 {
    let (_owner, mounted) = dialog().await;
    assert_eq!(mounted.text(".watch-about"), watch_page::ABOUT);
    watch(
        &mounted,
        "event: tick\nid: 7\ndata: <img src=x onerror=alert(1)>\n\n: hi\n\ndata: 2\n\n",
        "text/event-stream",
    )
    .await;
    let events = format!("{} > [data-row=event]", id("watch-rows"));
    wait("two events", || mounted.count(&events) == 2).await;
    assert_eq!(mounted.count("img"), 0);
    assert!(mounted.text(&id("watch-rows")).contains("<img src=x"));
    assert!(mounted.text(&id("watch-figures")).contains("Events2"), "{}", mounted.text(&id("watch-figures")));
    assert_eq!(mounted.count(&format!("{} > li", id("watch-connections"))), 1);
    let tab: HtmlElement = mounted.find(&id("watch-events"));
    press_key(&tab, "ArrowRight");
    let lines = format!("{} > [data-row=line]", id("watch-rows"));
    wait("the lines", || mounted.count(&lines) == 8).await;
    assert_eq!(
        mounted.find::<HtmlElement>(&id("watch-lines")).get_attribute("aria-selected").as_deref(),
        Some("true")
    );
    let filter: HtmlInputElement = mounted.find(&id("watch-filter"));
    filter.set_value("TICK");
    dispatch(&filter, "input");
    wait("one row", || rows(&mounted) == 1).await;
    filter.set_value("");
    dispatch(&filter, "input");
    wait("all rows", || rows(&mounted) == 8).await;
    watch(&mounted, "one line\n", "text/plain").await;
    wait("the other body", || rows(&mounted) == 1).await;
    mounted.press(&id("close-watch"));
    settled().await;
    assert!(!mounted.find::<web_sys::HtmlDialogElement>("dialog").open());
}

/// Covers WatchResults: event.
#[wasm_bindgen_test]
async fn the_tape_is_saved_as_a_file_that_is_read_again_and_has_no_key() {
    let (_owner, mounted) = dialog().await;
    fill(&mounted, "headers", &format!("X-Api-Key: {KEY}"));
    watch(&mounted, &format!("data: you sent {KEY}\n\n"), "text/event-stream").await;
    let downloads = Downloads::noted();
    mounted.press(&id("watch-save"));
    let (name, text) = downloads.last().await;
    assert!(name.starts_with("watch-") && name.ends_with(".tape.jsonl"), "{name}");
    assert!(!text.contains(KEY) && !mounted.text(&id("watch-rows")).contains(KEY), "{text}");
    let tape = Tape::from_jsonl(&text).unwrap();
    assert_eq!(tape.chunks().map(|(_, bytes)| bytes.len()).sum::<usize>(), 17 + KEY.len());
    assert!(tape.end().is_some());
}

/// Covers WatchResults: state, bad input.
#[wasm_bindgen_test]
async fn more_rows_than_are_shown_leave_and_that_is_said() {
    let (_owner, mounted) = dialog().await;
    let body: String = (0..5_000).map(|number| format!("line {number}\n")).collect();
    watch(&mounted, &body, "text/plain").await;
    wait("the last row", || mounted.text(&id("watch-rows")).contains("line 4999")).await;
    assert!(rows(&mounted) <= 2_000, "{}", rows(&mounted));
    assert!(mounted.text(&id("watch-results")).contains("are not shown any more"));
}

/// Covers WatchResults: state, bad input.
#[wasm_bindgen_test]
async fn a_web_page_in_place_of_a_stream_is_told_with_advice_and_its_beginning() {
    let (_owner, mounted) = dialog().await;
    fill(&mounted, "address", &address_of("<!doctype html><title>Login</title>", "text/html"));
    start(&mounted).await;
    wait("the advice", || said(&mounted, "watch-advice") == words::CHECK_PAGE).await;
    assert!(mounted.text(&id("watch-excerpt")).contains("<title>Login</title>"));
    fill(&mounted, "address", "blob:nowhere");
    start(&mounted).await;
    wait("no answer", || said(&mounted, "watch-advice").contains("CORS")).await;
}

/// Covers SendBox: event, state, bad input.
#[wasm_bindgen_test]
async fn a_message_that_cannot_go_out_stays_and_why_is_told() {
    let (_owner, mounted) = dialog().await;
    // A socket that is being opened for ever, in place of the browser's.
    let put_back = Function::new_no_args(
        "const own = window.WebSocket;
         window.WebSocket = class { readyState = 0; bufferedAmount = 0; protocol = ''; close() {} };
         return () => { window.WebSocket = own; };",
    );
    let put_back: Function = put_back.call0(&JsValue::NULL).unwrap().unchecked_into();
    fill(&mounted, "address", "ws://127.0.0.1:9/");
    settled().await;
    start(&mounted).await;
    wait("the field", || mounted.count(&id("watch-message")) == 1).await;
    let field: HtmlInputElement = mounted.find(&id("watch-message"));
    field.set_value("hello");
    dispatch(&field, "input");
    dispatch(&mounted.find(&id("watch-send")), "submit");
    settled().await;
    assert!(!mounted.text(&id("watch-not-sent")).is_empty());
    assert_eq!(field.value(), "hello");
    put_back.call0(&JsValue::NULL).unwrap();
    // Nobody listens there: the browser's own is refused.
    start(&mounted).await;
    wait("the refusal", || said(&mounted, "watch-advice") == words::SOCKET_NEEDS).await;
    assert_eq!(mounted.count(&id("watch-message")), 0);
}
