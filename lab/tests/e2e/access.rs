//! Keyboard, input methods and screen readers.

use serde_json::json;

use crate::{browser::run, page::Page};

async fn focus_composer(page: &Page) {
    page.js("$('composer').focus()").await;
}

#[test]
fn enter_during_composition_does_not_send() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        focus_composer(page).await;
        page.cdp(
            "Input.imeSetComposition",
            json!({ "text": "にほ", "selectionStart": 2, "selectionEnd": 2 }),
        )
        .await;
        page.key("Enter", 13).await;
        // Chromium reports the key that confirms as 229 or as composing, depending on the system.
        for init in ["{key: 'Enter', isComposing: true", "{key: 'Enter', keyCode: 229"] {
            page.js(&format!(
                "$('composer').dispatchEvent(new KeyboardEvent('keydown', {init}, bubbles: true, cancelable: true}}))"
            ))
            .await;
        }
        page.cdp("Input.insertText", json!({ "text": "日本" })).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(page.questions("no-done-but-finished").len(), 0);
        assert!(page.text("return $('composer').value").await.contains("日本"));
        page.key("Enter", 13).await;
        page.wait_state(&["complete"], 10).await;
    });
}

#[test]
fn a_blank_question_is_not_sent() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        focus_composer(page).await;
        page.cdp("Input.insertText", json!({ "text": "  " })).await;
        page.key("Enter", 13).await;
        page.js("$('send').click()").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(page.js("return turns('user').length").await, json!(0));
    });
}

#[test]
fn everything_is_reached_by_tab_with_a_visible_focus() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        page.element("composer").await.send_keys("x").await.unwrap();
        page.js("document.activeElement.blur()").await;
        // Without transitions the look of an element tells at once whether it has the focus.
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.cdp("Emulation.setEmulatedMedia", still).await;
        let mut reached = Vec::new();
        for _ in 0..40 {
            page.key("Tab", 9).await;
            let at = page
                .js("const e = document.activeElement;
                     if (e === document.body) return null;
                     const look = () => JSON.stringify([e, e.parentElement].map(el => {
                         const s = getComputedStyle(el);
                         return [s.outlineStyle, s.outlineColor, s.outlineWidth, s.boxShadow, s.borderColor];
                     }));
                     const focused = look();
                     e.blur();
                     const plain = look();
                     e.focus();
                     return [e.dataset.testid ?? e.name ?? e.className, focused !== plain]")
                .await;
            // Past the last element the focus rests on the document once, then begins again at its start.
            if at.is_null() {
                continue;
            }
            assert_eq!(at[1], json!(true), "{} has no visible focus", at[0]);
            reached.push(at[0].as_str().unwrap().to_owned());
        }
        for id in ["composer", "send", "open-settings", "new-chat"] {
            assert!(reached.iter().any(|name| name == id), "{id} is not reached by Tab: {reached:?}");
        }
    });
}

#[test]
fn the_transcript_is_busy_while_streaming_and_tokens_are_not_announced() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.js(
            "window.__said = [];
             new MutationObserver(() => { const t = $('announcer').textContent.trim(); if (t && t !== __said.at(-1)) __said.push(t) })
                 .observe($('announcer'), { childList: true, subtree: true, characterData: true });",
        )
        .await;
        assert_eq!(page.text("return $('transcript').getAttribute('role')").await, "log");
        page.ask("How do I make tea?").await;
        page.wait_state(&["streaming"], 5).await;
        assert_eq!(page.text("return $('transcript').getAttribute('aria-busy')").await, "true");
        page.wait_state(&["complete"], 15).await;
        page.wait("a calm log", "return $('transcript').getAttribute('aria-busy') === 'false'", 3).await;
        page.wait("two announcements", "return __said.length >= 2", 3).await;
        let said = page.js("return window.__said").await;
        assert!(said.as_array().unwrap().len() <= 4, "start and end are announced, tokens are not: {said}");
        let live = page.js("return [...document.querySelectorAll('[aria-live]')].filter(e => e.contains($('answer', last()))).map(e => e.getAttribute('aria-live'))").await;
        assert!(live.as_array().unwrap().iter().all(|value| value == "off"), "{live}");
    });
}

#[test]
fn every_control_has_a_name() {
    run(async |page| {
        page.open_settings().await;
        let nameless = page
            .js(
                "return [...document.querySelectorAll('button, input, select, textarea, a[href], summary')].filter(shown).filter(e => {
                     const labels = [...(e.labels ?? [])].map(l => l.textContent).join('');
                     const by = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join('');
                     return !(e.getAttribute('aria-label') || labels || by || e.title || (e.matches('button, a, summary') && e.textContent.trim()));
                 }).map(e => e.outerHTML.slice(0, 200))",
            )
            .await;
        assert_eq!(nameless, json!([]));
    });
}

#[test]
fn all_numbers_and_what_they_mean_are_reached_by_the_keyboard() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        page.js("$('about-numbers').focus()").await;
        page.cdp("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r" })).await;
        page.wait("the numbers", "return shown($('all-numbers'))", 5).await;
        let rows = page
            .js("return [...$('all-numbers').querySelectorAll('dl > div')].map(row => [row.children[1].textContent, row.children[2].textContent.length])")
            .await;
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 13);
        for row in rows {
            assert_ne!(row[0], json!("n/a"), "the server told everything: {rows:?}");
            assert!(row[1].as_u64().unwrap() > 15, "each says what it means: {rows:?}");
        }
        page.press_escape().await;
        page.wait("the focus back", "return document.activeElement === $('about-numbers')", 5).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
