//! The form of a watch: its refusals, and keys that come out of a command.

use crate::mounted::{Mounted, dispatch, settled};
use crate::watch::{KEY, address_of, call, fill, id, opened, said, start, wait};
use js_sys::JSON;
use leptos::prelude::*;
use tokenfall::engine::messages::{curl, watch as words, watch_page};
use tokenfall::ui::watch::dialog::WatchDialog;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

async fn dialog() -> (Owner, Mounted) {
    opened(|is_open| view! { <WatchDialog is_open=is_open /> }).await
}

/// Chooses in a list.
async fn choose(mounted: &Mounted, list: &str, value: &str) {
    let list: HtmlElement = mounted.find(&id(list));
    js_sys::Reflect::set(&list, &"value".into(), &value.into()).unwrap();
    dispatch(&list, "change");
    settled().await;
}

/// Covers WatchField: event, state, bad input. WatchFormView: bad input.
#[wasm_bindgen_test]
async fn each_wrong_address_is_refused_at_its_field_with_its_place_and_nothing_typed_is_lost() {
    let (_owner, mounted) = dialog().await;
    for wrong in [
        "",
        " ",
        "example.com",
        "/x",
        "//x",
        "ftp://x",
        "file:///x",
        "javascript:alert(1)",
        "data:,x",
        "ws://",
        "https://",
        "https:///",
        "https://?x",
        "https://a b",
        "https://[::1/x",
        "https://x:y",
        "https://x:99999",
        "https://x(y",
        "https://x/<",
        "https://x/%",
        "https://x/%zz",
        "https://x/a\nb",
    ] {
        fill(&mounted, "address", wrong);
        settled().await;
        assert_eq!(mounted.count(&id("problem-address")), 0, "not before it is used: {wrong:?}");
        start(&mounted).await;
        let field: HtmlTextAreaElement = mounted.find(&id("watch-address"));
        assert_eq!(mounted.count(&id("problem-address")), 1, "{wrong:?}");
        assert_eq!(field.value(), wrong);
        assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{wrong:?}");
        assert!(
            document().active_element().is_some_and(|active| active == *field.unchecked_ref()),
            "{wrong:?}"
        );
        assert_eq!(mounted.count(&id("watch-results")), 0, "{wrong:?}");
    }
    fill(&mounted, "address", "https://x/a b");
    start(&mounted).await;
    let field: HtmlTextAreaElement = mounted.find(&id("watch-address"));
    assert_eq!(field.selection_start().unwrap(), Some(11), "the place is marked");
    assert!(mounted.text(&id("problem-address")).starts_with("Character 12: "));
}

/// Covers WatchFormView: event, state.
#[wasm_bindgen_test]
async fn each_kind_has_its_own_fields_and_an_address_of_a_socket_chooses_that_kind() {
    let (_owner, mounted) = dialog().await;
    for (kind, fields) in [
        ("once", ["method", "headers", "body"].as_slice()),
        ("events", &["headers"]),
        ("event-source", &["names"]),
        ("socket", &["subprotocols"]),
    ] {
        choose(&mounted, "watch-kind", kind).await;
        for field in ["method", "headers", "body", "names", "subprotocols"] {
            let is_shown = mounted.count(&id(&format!("watch-{field}"))) == 1;
            assert_eq!(is_shown, fields.contains(&field), "{kind} {field}");
        }
    }
    fill(&mounted, "address", "https://example.com");
    settled().await;
    assert_eq!(mounted.count(&id("watch-method")), 1);
    fill(&mounted, "address", "wss://example.com");
    settled().await;
    assert_eq!(mounted.count(&id("watch-subprotocols")), 1);
}

/// Covers WatchField: bad input.
#[wasm_bindgen_test]
async fn wrong_methods_headers_bodies_names_and_sub_protocols_are_refused_at_their_fields() {
    let (_owner, mounted) = dialog().await;
    fill(&mounted, "address", "https://example.com");
    for (kind, field, wrong) in [
        ("once", "method", "GE T"),
        ("once", "method", "CONNECT"),
        ("once", "headers", "no colon"),
        ("once", "headers", "Host: x"),
        ("once", "headers", "a: \u{4e2d}"),
        ("once", "body", "a body with GET"),
        ("events", "headers", ": x"),
        ("event-source", "names", "a,,b"),
    ] {
        choose(&mounted, "watch-kind", kind).await;
        fill(&mounted, field, wrong);
        start(&mounted).await;
        assert!(!said(&mounted, &format!("problem-{field}")).is_empty(), "{field}: {wrong}");
        fill(&mounted, field, if field == "method" { "GET" } else { "" });
        settled().await;
        assert_eq!(said(&mounted, &format!("problem-{field}")), "", "typing takes it back");
    }
    fill(&mounted, "address", "wss://example.com");
    settled().await;
    fill(&mounted, "subprotocols", "a b");
    start(&mounted).await;
    assert!(mounted.text(&id("problem-subprotocols")).starts_with("Character 2: "));
}

/// Covers SecretFields: event, state, bad input.
#[wasm_bindgen_test]
async fn a_pasted_command_fills_the_fields_and_its_keys_are_fields_that_no_text_shows_and_nothing_stores() {
    let (_owner, mounted) = dialog().await;
    let command = format!(
        "curl 'https://example.com/v1?api_key={KEY}2' -X PUT -H 'Authorization: Bearer {KEY}' -H 'X-Y: z' -H 'Cookie: a={KEY}' --insecure -d '{{}}'"
    );
    fill(&mounted, "address", &command);
    settled().await;
    let value = |name: &str| mounted.find::<HtmlTextAreaElement>(&id(name)).value();
    assert_eq!(value("watch-address"), "https://example.com/v1");
    assert_eq!(value("watch-headers").lines().next(), Some("X-Y: z"));
    assert_eq!(value("watch-body"), "{}");
    assert_eq!(mounted.find::<HtmlInputElement>(&id("watch-method")).value(), "PUT");
    assert_eq!(mounted.count("input[type=password]"), 3);
    let notes: String = (0..2).map(|_| mounted.find_first(&id("watch-note")).outer_html()).collect();
    assert!(notes.contains("Cookie"), "{notes}");
    let html = document().document_element().unwrap().outer_html();
    assert!(!html.contains(KEY), "no text and no attribute has the key");
    let storage = window().local_storage().unwrap().unwrap();
    let stored = JSON::stringify(&storage).unwrap().as_string().unwrap();
    assert!(!stored.contains(KEY), "{stored}");
    mounted.find_first(&id("remove-secret")).click();
    settled().await;
    assert_eq!(mounted.count("input[type=password]"), 2);
    fill(&mounted, "secret-0", "");
    start(&mounted).await;
    assert_eq!(mounted.text(&id("problem-secret-0")), words::SECRET_MISSING);
}

/// Covers WatchField: bad input.
#[wasm_bindgen_test]
async fn a_command_that_is_not_understood_is_told_with_its_place_and_stays() {
    let (_owner, mounted) = dialog().await;
    for (command, at, told) in [
        ("curl 'https://example.com", 5, "never closed"),
        ("curl https://example.com --nonsense", 25, curl::UNKNOWN_OPTION),
        ("curl https://example.com | jq", 25, "shell"),
        ("curl https://example.com -d @file", 28, curl::FILE),
        ("curl", 0, curl::URL_MISSING),
        ("fetch('https://example.com')", 0, curl::FETCH),
        ("Invoke-WebRequest -Uri https://example.com", 0, curl::POWERSHELL),
    ] {
        fill(&mounted, "address", command);
        settled().await;
        let problem = mounted.text(&id("problem-address"));
        assert!(problem.contains(told), "{command}: {problem}");
        let field: HtmlTextAreaElement = mounted.find(&id("watch-address"));
        assert_eq!(field.value(), command);
        assert_eq!(field.selection_start().unwrap(), Some(at), "{command}");
    }
}

/// Covers WatchField: event.
#[wasm_bindgen_test]
async fn keys_in_a_typed_address_and_in_typed_headers_become_fields_when_these_are_left() {
    let (_owner, mounted) = dialog().await;
    fill(&mounted, "address", "https://example.com/?a=1&token=abc");
    fill(&mounted, "headers", "Accept: x\nX-Api-Key: def");
    settled().await;
    assert_eq!(mounted.find::<HtmlTextAreaElement>(&id("watch-address")).value(), "https://example.com/?a=1");
    assert_eq!(mounted.find::<HtmlTextAreaElement>(&id("watch-headers")).value(), "Accept: x");
    assert_eq!(mounted.count("input[type=password]"), 2);
    // A paste is taken at once, before the field is left.
    let field: HtmlTextAreaElement = mounted.find(&id("watch-address"));
    field.set_value("curl wss://example.com -H 'Sec-WebSocket-Protocol: a'");
    let script = "field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }))";
    call("field, inputType", script, &field, &"insertFromPaste".into());
    settled().await;
    assert_eq!(field.value(), "wss://example.com");
    assert_eq!(mounted.find::<HtmlInputElement>(&id("watch-subprotocols")).value(), "a");
}

/// Covers PointerFields: event, state, bad input.
#[wasm_bindgen_test]
async fn pointers_are_tried_on_sample_lines_as_they_are_typed_and_wrong_ones_are_refused_at_their_fields() {
    let (_owner, mounted) = dialog().await;
    fill(&mounted, "address", &address_of("data: {\"t\":\"Hi\"}\n\n", "text/event-stream"));
    choose(&mounted, "watch-text-by", "own-events").await;
    fill(&mounted, "sample", "data: {\"t\":\"Hi <b>\"}\ndata: {\"x\":1}\ndata: {no\n\ndata: [DONE]");
    for (field, wrong) in [
        ("pointer-text", ""),
        ("pointer-text", "t"),
        ("pointer-text", "#/t"),
        ("pointer-text", "/a~2"),
        ("pointer-text", "$.t"),
        ("pointer-reasoning", "data"),
        ("pointer-reasoning", "/t"),
        ("pointer-error", "data"),
        ("pointer-error", "error"),
        ("pointer-end", "/type="),
        ("pointer-end", "event:"),
    ] {
        fill(&mounted, "pointer-text", "/t");
        fill(&mounted, field, wrong);
        start(&mounted).await;
        assert!(!said(&mounted, &format!("problem-{field}")).is_empty(), "{field}: {wrong}");
        assert_eq!(mounted.count(&id("watch-results")), 0, "{field}: {wrong}");
        fill(&mounted, field, if field == "pointer-text" { "/t" } else { "" });
    }
    settled().await;
    let tried = mounted.text(&id("watch-tried"));
    for part in
        ["text “Hi <b>”", watch_page::GIVES_NOT_FOUND, "no JSON from character 8", watch_page::GIVES_END]
    {
        assert!(tried.contains(part), "{part} in {tried}");
    }
    start(&mounted).await;
    wait("the text", || said(&mounted, "watch-text") == "Hi").await;
}
