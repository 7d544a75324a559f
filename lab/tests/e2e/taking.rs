//! What a reader takes along: a selection, a table, code; and the images that wait for a click.

use std::time::Duration;

use lab::scenarios::READING;
use serde_json::json;
use thirtyfour::{By, Key};
use tokio::time::sleep;

use crate::{browser::run, page::Page};

async fn open(page: &Page) {
    page.allow_clipboard().await;
    page.use_scenario("reading").await;
    page.ask("How do I make tea?").await;
    page.wait_state(&["complete"], 20).await;
    // The page still follows the end for some frames.
    sleep(Duration::from_millis(700)).await;
}

/// A real click on the first match inside of the answer.
async fn click(page: &Page, selector: &str) {
    page.js(&format!(
        "$('answer', last()).querySelector('{selector}').scrollIntoView({{ block: 'center' }})"
    ))
    .await;
    let selector = format!("[data-testid=answer] {selector}");
    page.driver.find(By::Css(selector.as_str())).await.unwrap().click().await.unwrap();
}

/// Drags the mouse from the beginning of one piece of text to the end of another, and copies.
async fn select_and_copy(page: &Page, from: &str, to: &str) {
    let place = |text: &str, edge: &str| {
        format!(
            "const walk = document.createTreeWalker($('answer', last()), NodeFilter.SHOW_TEXT);
             while (walk.nextNode()) {{
                 const at = walk.currentNode.data.indexOf({text:?});
                 if (at < 0) continue;
                 const range = document.createRange();
                 range.setStart(walk.currentNode, at);
                 range.setEnd(walk.currentNode, at + {length});
                 const box = range.getBoundingClientRect();
                 return [box.{edge}, box.top + box.height / 2];
             }}",
            length = text.len()
        )
    };
    page.js("$('answer', last()).scrollIntoView({ block: 'start' })").await;
    let start = page.js(&place(from, "left")).await;
    let end = page.js(&place(to, "right")).await;
    for (kind, at, buttons) in [
        ("mouseMoved", &start, 0),
        ("mousePressed", &start, 1),
        ("mouseMoved", &end, 1),
        ("mouseReleased", &end, 0),
    ] {
        let event = json!({
            "type": kind, "x": at[0], "y": at[1], "buttons": buttons, "clickCount": 1,
            "button": if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" },
        });
        page.cdp("Input.dispatchMouseEvent", event).await;
    }
    let is_there =
        "return performance.getEntriesByType('resource').some(e => /split_extras-.*wasm$/.test(e.name))";
    page.wait("what copies", is_there, 5).await;
    sleep(Duration::from_millis(300)).await;
    let copy = json!({ "type": "rawKeyDown", "key": "c", "code": "KeyC", "modifiers": 2, "windowsVirtualKeyCode": 67, "commands": ["Copy"] });
    page.cdp("Input.dispatchKeyEvent", copy).await;
    page.wait("the clipboard", "return navigator.clipboard.readText().then(t => t.length > 0)", 5).await;
}

#[test]
fn a_selection_over_blocks_is_copied_as_markdown_and_as_rich_text() {
    run(async |page| {
        page.use_scenario("reading").await;
        let fetched = "return performance.getEntriesByType('resource').filter(e => e.name.includes('split_extras')).length";
        assert_eq!(page.js(fetched).await, json!(0), "what copies is no part of the first load");
        open(page).await;
        select_and_copy(page, "ea", "steep() {}").await;
        let until = READING.find("\n\n|").unwrap();
        let text = page.text("return navigator.clipboard.readText()").await;
        assert_eq!(text, READING[..until].replace("# Tea", "# ea"), "Markdown, fences and all");
        let html = page
            .text("return navigator.clipboard.read().then(items => items[0].getType('text/html')).then(b => b.text())")
            .await;
        assert!(html.contains("<h1>ea</h1>") && html.contains("<strong>leaves</strong>"), "{html}");
        assert!(html.contains("<ol") && html.contains("<pre><code>fn steep() {}"), "{html}");
        assert!(!html.contains("<button") && !html.contains("data-md"), "{html}");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_table_is_copied_as_csv_that_no_spreadsheet_runs() {
    run(async |page| {
        open(page).await;
        click(page, "[data-take=csv]").await;
        let read = "return navigator.clipboard.readText()";
        page.wait("the clipboard", &format!("{read}.then(t => t.length > 0)"), 5).await;
        assert_eq!(page.text(read).await, "leaf,formula\r\ngreen,'=1+1\r\nblack,\"\"\"4\"\"\"\r\n");
        page.wait("it to be said", "return $('announcer').textContent === 'Copied'", 5).await;
        let marks = "document.querySelectorAll('[data-copied]').length";
        page.wait("a mark", &format!("return {marks} === 1"), 5).await;
        page.wait("no mark any more", &format!("return {marks} === 0"), 5).await;
        click(page, "[data-take=markdown]").await;
        page.wait("the other copy", &format!("{read}.then(t => t.startsWith('|'))"), 5).await;
        let table = READING.split("\n\n").find(|block| block.starts_with('|')).unwrap();
        assert_eq!(page.text(read).await, table);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn code_is_saved_under_the_ending_of_its_language() {
    run(async |page| {
        open(page).await;
        let folder = std::env::temp_dir().join(format!("tokenfall-e2e-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        page.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
        click(page, "[data-take=save]").await;
        let file = folder.join("code.rs");
        for _ in 0..400 {
            if file.is_file() {
                break;
            }
            sleep(Duration::from_millis(25)).await;
        }
        let saved = std::fs::read_to_string(&file);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(saved.unwrap(), "fn steep() {}\n");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn an_image_is_asked_for_by_a_click_only() {
    run(async |page| {
        open(page).await;
        let answer = page.turn_text().await;
        assert!(answer.contains("pictures.example") && answer.contains("A cup"), "{answer}");
        let asked = "return performance.getEntriesByType('resource').map(e => e.name).filter(n => n.includes('pictures'))";
        assert_eq!(page.js(asked).await, json!([]));
        // Written into the text itself: it needs no network to be seen.
        click(page, "[data-source^=data] [data-md=load]").await;
        page.wait(
            "the picture",
            "const i = $('answer', last()).querySelector('[data-source^=data] img'); return i?.naturalWidth === 1 && i.alt === 'A dot'",
            5,
        )
        .await;
        click(page, "[data-source*=pictures] [data-md=load]").await;
        page.wait("the failure in words", "return !!$('answer', last()).querySelector('.md-failed')", 10)
            .await;
        let faults = page.faults().await;
        assert!(faults.iter().all(|fault| !fault.starts_with("CSP")), "{faults:?}");
    });
}

#[test]
fn a_link_that_may_mislead_shows_its_host_and_asks_before_it_is_followed() {
    run(async |page| {
        open(page).await;
        let link = "a[data-host=\"evil.example\"]";
        let shown = "return [...$('answer', last()).querySelectorAll('a')].map(a => [a.textContent, a.dataset.take ?? '', getComputedStyle(a, '::after').content])";
        let beside = |host: &str| format!("\" ({host})\"");
        assert_eq!(
            page.js(shown).await,
            json!([
                ["the guide", "", "none"],
                ["bank", "open", beside("xn--bnk-sna.example")],
                ["user", "open", beside("evil.example")],
                ["number", "open", beside("192.168.0.1")],
                ["plain", "", "none"],
            ])
        );
        let asks = "const dialog = document.querySelector('.leave'); return !!dialog && dialog.open";
        click(page, link).await;
        page.wait("the question", asks, 5).await;
        assert_eq!(
            page.js(
                "const dialog = document.querySelector('.leave');
                     return [dialog.querySelector('strong').textContent, document.activeElement.textContent]"
            )
            .await,
            json!(["evil.example", "Stay here"])
        );
        page.press_escape().await;
        page.wait("the way back", &format!("return document.activeElement.matches('{link}')"), 5).await;
        // The keyboard's way in, and out by the button.
        let enter = || async {
            page.driver.active_element().await.unwrap().send_keys(Key::Enter + "").await.unwrap();
        };
        enter().await;
        page.wait("the question again", asks, 5).await;
        enter().await;
        page.wait("no question", "return !document.querySelector('.leave[open]')", 5).await;
        assert_eq!(page.driver.windows().await.unwrap().len(), 1, "nothing was opened so far");
        enter().await;
        page.wait("the last question", asks, 5).await;
        page.driver.find(By::Css(".leave a")).await.unwrap().click().await.unwrap();
        page.wait("the answer", "return !document.querySelector('.leave[open]')", 5).await;
        assert_eq!(page.driver.windows().await.unwrap().len(), 2);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn an_ordinary_link_is_followed_at_once_in_a_tab_of_its_own() {
    run(async |page| {
        open(page).await;
        click(page, "a[data-host=\"tea.example\"]").await;
        for _ in 0..200 {
            if page.driver.windows().await.unwrap().len() == 2 {
                break;
            }
            sleep(Duration::from_millis(25)).await;
        }
        assert_eq!(page.driver.windows().await.unwrap().len(), 2);
        assert_eq!(page.js("return document.querySelector('.leave')").await, json!(null));
    });
}
