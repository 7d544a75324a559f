//! The moments, and the switches that give width and theme.

use std::{
    cell::RefCell,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use lab::scenarios::JSON_SCHEMA;
use serde_json::json;

use crate::{browser::run, page::Page};

/// What axe-core has against the page, as lines. The order of an answer's headings is its author's.
const AXE: &str = "
    const options = { resultTypes: ['violations'], rules: { 'heading-order': { enabled: false } } };
    return axe.run(document, options).then(({ violations }) => violations.flatMap(
        ({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`)));";

#[test]
fn pictures_of_the_page() {
    let Some(folder) = std::env::var_os("TOKENFALL_SHOTS").map(PathBuf::from) else {
        writeln!(io::stderr(), "no pictures made: TOKENFALL_SHOTS names no folder").unwrap();
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (width, height, mobile) in [(1280, 800, false), (390, 844, true)] {
        for theme in ["light", "dark"] {
            run(async |page| {
                let scale = if mobile { 1.5 } else { 1.0 };
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
                page.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
                // Without motion no picture is taken in the middle of a transition.
                let features = json!({ "features": [
                    { "name": "prefers-color-scheme", "value": theme },
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ] });
                page.cdp("Emulation.setEmulatedMedia", features).await;
                moments(page, &folder, &format!("{width}-{theme}")).await;
            });
        }
    }
}

async fn moments(page: &Page, folder: &Path, suffix: &str) {
    let problems = RefCell::new(Vec::new());
    let axe = std::env::var_os("TOKENFALL_AXE").map(|path| std::fs::read_to_string(path).unwrap());
    let shot = async |name: &str| {
        let path = folder.join(format!("{name}-{suffix}.png"));
        page.driver.screenshot(&path).await.unwrap();
        if let Some(axe) = &axe {
            let found = page.js(&format!("{axe}\n{AXE}")).await;
            let found = found.as_array().cloned().unwrap_or_default();
            problems.borrow_mut().extend(found.iter().map(|problem| format!("{name}-{suffix}: {problem}")));
        }
    };
    page.load().await;
    shot("welcome").await;

    page.use_scenario("slow-answer").await;
    page.ask("How do I make a good cup of tea?").await;
    page.wait("the code block", "return $('answer', last())?.textContent.includes('steep')", 15).await;
    shot("streaming").await;
    page.wait_state(&["complete"], 30).await;
    shot("settled").await;

    page.use_scenario("guide").await;
    page.ask("How does a page draw an answer?").await;
    page.wait("the code", "return $('answer', last())?.textContent.includes('nothing to do')", 15).await;
    shot("guide-streaming").await;
    page.wait_state(&["complete"], 30).await;
    shot("guide-end").await;
    // The page follows the end for some frames more, until heights have settled.
    tokio::time::sleep(Duration::from_millis(800)).await;
    page.js("document.querySelector('.md-table').scrollIntoView({ block: 'center' })").await;
    shot("guide-middle").await;
    page.js("$('answer', last()).scrollIntoView()").await;
    shot("guide-top").await;

    page.use_scenario("reasoning").await;
    page.ask("What is 17 + 25?").await;
    page.wait_state(&["complete"], 15).await;
    page.js("$('reasoning', last()).open = true").await;
    shot("reasoning").await;

    page.click("about-numbers").await;
    shot("numbers").await;
    page.press_escape().await;

    page.open_settings().await;
    shot("settings").await;

    page.press_escape().await;
    race(page, &shot).await;
    watch(page, &shot).await;
    rules(page, &shot).await;
    json_by_a_schema(page, &shot).await;

    page.use_scenario("401").await;
    page.ask("Hello?").await;
    page.wait_state(&["failed"], 20).await;
    shot("error").await;
    assert_eq!(problems.into_inner(), Vec::<String>::new(), "found by axe-core");
}

/// Opens a dialog of the side bar.
async fn open(page: &Page, button: &str, dialog: &str) {
    // A side bar that stood open opens again by itself.
    if page.js("return shown($('side-bar')) || !!localStorage['tokenfall.sidebar']").await != json!(true) {
        page.click("history").await;
    }
    page.wait("the side bar", "return shown($('side-bar'))", 10).await;
    page.click(button).await;
    page.wait("the dialog", &format!("return shown($('{dialog}'))"), 15).await;
}

/// A race of an answer that is streamed against the same one whole.
async fn race(page: &Page, shot: &impl AsyncFn(&str)) {
    page.use_scenario("race").await;
    open(page, "open-race", "race-question").await;
    page.js("const field = $('race-question'); field.value = 'What does streaming bring?';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))")
        .await;
    shot("race-fields").await;
    page.click("race-start").await;
    page.wait("some words", "return $('race-lane')?.textContent.includes('reads along')", 15).await;
    shot("race-running").await;
    page.wait("the table", "return shown($('race-table'))", 30).await;
    shot("race").await;
    page.js("$('race-table').scrollIntoView()").await;
    shot("race-table").await;
    page.press_escape().await;
}

/// A stream of events, watched.
async fn watch(page: &Page, shot: &impl AsyncFn(&str)) {
    page.load().await;
    open(page, "open-watch", "watch").await;
    shot("watch-fields").await;
    let address = json!(page.lab.base("notifications"));
    page.js(&format!(
        "const field = $('watch-address'); field.value = {address};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));
         field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ))
    .await;
    page.click("watch-start").await;
    page.wait("some rows", "return $('watch-rows')?.querySelectorAll('[data-row=event]').length > 3", 20)
        .await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    shot("watch").await;
    page.js("$('watch-rows').scrollIntoView()").await;
    shot("watch-rows").await;
    page.press_escape().await;
}

/// Rules, what they do with an answer, and the list of what they withheld.
async fn rules(page: &Page, shot: &impl AsyncFn(&str)) {
    page.use_scenario("guard-corpus").await;
    page.open_settings().await;
    page.click("other-rules").await;
    page.wait("the rules", "return shown($('rules'))", 20).await;
    shot("rules-empty").await;
    page.click("preset-personal").await;
    page.click("preset-secrets").await;
    page.wait("the marks", "return $('trial-shown').textContent.includes('\u{27e6}')", 10).await;
    shot("rules").await;
    page.js("$('trial-shown').scrollIntoView()").await;
    shot("rules-trial").await;
    page.click("close-rules").await;
    page.ask("Tell me all of it.").await;
    page.wait_state(&["complete"], 30).await;
    page.wait("the note", "return shown($('guard-count', last()))", 10).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    shot("guarded").await;
    page.click("what-withheld").await;
    page.wait("the list", "return shown($('withheld'))", 10).await;
    shot("withheld").await;
    page.press_escape().await;
    page.click("new-chat").await;
    let rules = json!({ "rules": [{ "kind": "email" }], "hold": "whole" });
    page.use_settings(json!({ "base_url": page.lab.base("slow-answer"), "rules": rules.to_string() })).await;
    page.ask("How do I make a good cup of tea?").await;
    page.wait("what is held", "return shown($('guard-held', last()))", 15).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    shot("held").await;
    page.wait_state(&["complete"], 30).await;
}

/// The schema of a conversation, and an answer that fills its tree.
async fn json_by_a_schema(page: &Page, shot: &impl AsyncFn(&str)) {
    page.use_scenario("json").await;
    page.open_settings().await;
    page.click("own-schema-open").await;
    page.wait("the schema", "return shown($('schema-field'))", 20).await;
    page.js(&format!(
        "const field = $('schema-field'); field.value = {};
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(JSON_SCHEMA)
    ))
    .await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    shot("schema").await;
    page.click("save-schema").await;
    page.ask("Which book?").await;
    let is_open = "const tree = $('structured-tree', last());
                   return tree?.textContent.includes('year') && !!tree.querySelector('[data-open]')";
    page.wait("an open value", is_open, 15).await;
    shot("tree-streaming").await;
    page.wait_state(&["complete"], 30).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    shot("tree").await;
}
