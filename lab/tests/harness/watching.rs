//! The dialog in which a stream is watched, and a Realtime server, as tests of every engine use them.

use serde_json::json;

use super::page::Page;

/// The key of the Realtime server.
pub(crate) const REALTIME_KEY: &str = "sk-canary-77aa";

/// Opens the dialog.
pub(crate) async fn open(page: &Page) {
    page.click("history").await;
    page.click("open-watch").await;
    page.wait("the dialog", "return shown($('watch')) && $('watch').matches(':modal')", 15).await;
}

/// Puts a text into a field as a person does who pastes it, and leaves the field.
pub(crate) async fn fill(page: &Page, field: &str, text: &str) {
    page.js(&format!(
        "const field = $('watch-{field}');
         field.value = {};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(text)
    ))
    .await;
}

/// Makes a choice in a list.
pub(crate) async fn choose(page: &Page, list: &str, value: &str) {
    page.js(&format!(
        "const list = $('{list}'); list.value = '{value}'; list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await;
}

/// Watches a scenario of the lab by a kind of connection.
pub(crate) async fn watch(page: &Page, scenario: &str, kind: &str) {
    fill(page, "address", &page.lab.base(scenario)).await;
    choose(page, "watch-kind", kind).await;
    page.click("watch-start").await;
}

/// Waits until an element says something.
pub(crate) async fn wait_text(page: &Page, id: &str, words: &str) {
    let script = format!("return ($('{id}')?.textContent ?? '').includes({})", json!(words));
    page.wait(&format!("{id} to say {words:?}"), &script, 20).await;
}

/// Waits until what was watched is over.
pub(crate) async fn wait_over(page: &Page, seconds: u64) {
    page.wait("the end", "return !shown($('watch-stop')) && !!$('watch-state')?.textContent", seconds).await;
}

/// Waits for rows of a kind.
pub(crate) async fn wait_rows(page: &Page, kind: &str, count: usize, seconds: u64) {
    let script =
        format!("return ($('watch-rows')?.querySelectorAll('[data-row={kind}]').length ?? 0) >= {count}");
    page.wait(&format!("{count} rows of {kind}"), &script, seconds).await;
}

/// Sets up a Realtime server, with a key.
pub(crate) async fn use_realtime(page: &Page, scenario: &str) {
    let base_url = page.lab.base(scenario).replace("ws://", "http://");
    page.use_settings(json!({ "base_url": base_url, "dialect": "realtime" })).await;
    page.open_settings().await;
    page.fill("key", REALTIME_KEY).await;
    page.close_settings().await;
}
