//! What the page shows does not move while it loads.

use serde_json::{Value, json};

use crate::browser::{run, run_on};
use crate::page::Page;

/// Each layout shift of the load without a hand in it: its share of the screen, and what moved.
const SHIFTS: &str = "
    const shifts = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput)
            shifts.push([entry.value, entry.sources.map(s => [s.node?.className ?? s.node?.nodeName, s.previousRect.y, s.currentRect.y, s.previousRect.x, s.currentRect.x])]);
    }).observe({ type: 'layout-shift', buffered: true });
    return new Promise(done => setTimeout(() => done(shifts), 1500));
";

/// Leaves nothing of earlier visits: settings are copied into the database as well.
async fn forget_all(page: &Page) {
    page.js("localStorage.clear();
             return new Promise(done => {
                 const deletion = indexedDB.deleteDatabase('tokenfall');
                 deletion.onsuccess = deletion.onerror = () => done();
             })")
        .await;
}

/// Loads the page as a newcomer at both widths, and as somebody who has chosen a server.
async fn loads_still(page: &Page) {
    for (width, height, mobile) in [(390, 844, true), (1280, 800, false)] {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        page.cdp("Emulation.setDeviceMetricsOverride", screen).await;
        forget_all(page).await;
        page.load().await;
        assert_eq!(page.js(SHIFTS).await, Value::Array(Vec::new()), "a newcomer, {width} wide");
        page.use_scenario("no-done-but-finished").await;
        assert_eq!(page.js(SHIFTS).await, Value::Array(Vec::new()), "who comes again, {width} wide");
    }
}

#[test]
fn nothing_moves_while_the_page_loads_where_no_server_is_offered() {
    run(async |page| loads_still(page).await);
}

#[test]
fn nothing_moves_when_the_deployment_turns_out_to_offer_a_server() {
    let offer = json!({ "preset": "llama.cpp", "base_url": "http://127.0.0.1:9/v1", "model": "a-model-with-a-long-name-as-they-have.gguf" });
    let file = ("/tokenfall.json".to_owned(), offer.to_string().into_bytes(), "application/json");
    run_on(vec![file], async |page| {
        loads_still(page).await;
        forget_all(page).await;
        page.load().await;
        page.wait("the offer", "return document.body.innerText.includes('a-model-with-a-long-name')", 10)
            .await;
    });
}

/// The words at the beginning of the page, and where they stand.
const BEGINNING: &str = "return ['.name', '.empty h2', '.empty p'].map(selector => {
    const element = document.querySelector(selector);
    const { x, y } = element.getBoundingClientRect();
    return [element.textContent, x, y];
})";

#[test]
fn what_is_read_before_the_program_has_come_says_the_same_at_the_same_place() {
    run(async |page| {
        page.cdp("Network.enable", json!({})).await;
        for (width, height, mobile) in [(390, 844, true), (1280, 800, false)] {
            let screen =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
            page.cdp("Emulation.setDeviceMetricsOverride", screen).await;
            page.cdp("Network.setBlockedURLs", json!({ "urls": ["*tokenfall-page*"] })).await;
            page.js("location.reload()").await;
            page.wait("the first paint", "return !!document.getElementById('first-paint')", 10).await;
            let before = page.js(BEGINNING).await;
            page.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
            page.load().await;
            page.wait("its end", "return !document.getElementById('first-paint')", 10).await;
            assert_eq!(page.js(BEGINNING).await, before, "{width} wide");
        }
    });
}

#[test]
fn nothing_jumps_while_an_answer_is_written_nor_when_it_ends() {
    run(async |page| {
        for (name, end) in [("slow-answer", "complete"), ("truncated", "truncated")] {
            page.use_scenario(name).await;
            page.ask("How do I make tea?").await;
            page.wait_state(&[end], 30).await;
            let shifts = page.js(SHIFTS).await;
            let all = shifts.as_array().unwrap();
            // What stands below the text moves down by each new line of it, a hundredth of the screen's share at most.
            let worst = all.iter().filter_map(|shift| shift[0].as_f64()).fold(0.0, f64::max);
            assert!(worst < 0.01, "{name}: {shifts}");
        }
    });
}
