//! The keyboard's way through the page: past old answers, through the menu of models, to the list of keys.

use serde_json::json;

use crate::{browser::run, page::Page};

/// What has the focus: its test name, else its role or tag.
const FOCUSED: &str =
    "const e = document.activeElement; return e.dataset.testid ?? e.getAttribute('role') ?? e.localName";

async fn focused(page: &Page) -> String {
    page.text(FOCUSED).await
}

async fn tab_back(page: &Page) {
    for kind in ["rawKeyDown", "keyUp"] {
        let key =
            json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "modifiers": 8 });
        page.cdp("Input.dispatchKeyEvent", key).await;
    }
}

/// Three answers, each with links and the tools of tables and code.
async fn converse(page: &Page) {
    page.use_scenario("reading").await;
    for question in ["One?", "Two?", "Three?"] {
        page.ask(question).await;
        page.wait_state(&["complete"], 15).await;
    }
}

#[test]
fn an_old_answer_is_one_stop_of_tab_both_ways_and_its_controls_behind_enter() {
    run(async |page| {
        converse(page).await;
        page.wait("the tools of turns", "return !!$('edit')", 10).await;
        let at = "return turns('assistant').indexOf(document.activeElement)";
        let question = "return turns('user').indexOf(document.activeElement)";
        page.js("document.querySelector('[data-testid=transcript]').parentElement.focus()").await;
        for turn in 0..2 {
            page.key("Tab", 9).await;
            assert_eq!(page.js(question).await, json!(turn), "a question itself, and nothing in it");
            page.key("Tab", 9).await;
            assert_eq!(page.js(at).await, json!(turn), "an answer itself, and nothing in it");
        }
        page.key("Tab", 9).await;
        let inside = "const q = turns('user')[2]; return q.contains(document.activeElement) && document.activeElement !== q";
        assert_eq!(
            page.js(inside).await,
            json!(true),
            "the last question is not old: {}",
            focused(page).await
        );
        tab_back(page).await;
        assert_eq!(page.js(at).await, json!(1), "back to the second answer over its controls");
        tab_back(page).await;
        assert_eq!(page.js(question).await, json!(1));
        tab_back(page).await;
        assert_eq!(page.js(at).await, json!(0));
        page.key("Enter", 13).await;
        let first = "const a = turns('assistant')[0]; return a.contains(document.activeElement) && document.activeElement !== a";
        assert_eq!(page.js(first).await, json!(true), "Enter goes in: {}", focused(page).await);
        page.key("Tab", 9).await;
        assert_eq!(page.js(first).await, json!(true), "and Tab goes on inside");
        page.press_escape().await;
        assert_eq!(page.js(at).await, json!(0), "Escape comes out again");
        assert_eq!(page.js("return document.querySelectorAll('[inert]').length").await, json!(0));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_press_of_the_mouse_in_an_old_answer_is_a_press_and_not_a_stop() {
    run(async |page| {
        converse(page).await;
        page.js("window.__copied = 0; addEventListener('copied', () => __copied++, true)").await;
        page.js("$('copy', turns('assistant')[0]).scrollIntoView()").await;
        let place = page
            .js("const r = $('copy', turns('assistant')[0]).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]")
            .await;
        for kind in ["mousePressed", "mouseReleased"] {
            let mouse =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            page.cdp("Input.dispatchMouseEvent", mouse).await;
        }
        let pressed = "return document.activeElement === $('copy', turns('assistant')[0])";
        page.wait("the button itself has the focus", pressed, 3).await;
    });
}

#[test]
fn the_models_of_the_server_are_found_and_chosen_by_the_keyboard_alone() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        let button = "document.querySelector('.header [popovertarget]')";
        page.wait("the model's name", &format!("return {button}.innerText === 'lab-small'"), 10).await;
        page.js(&format!("{button}.focus()")).await;
        for kind in ["keyDown", "keyUp"] {
            let space = json!({ "type": kind, "key": " ", "code": "Space", "text": " ", "windowsVirtualKeyCode": 32 });
            page.cdp("Input.dispatchKeyEvent", space).await;
        }
        page.wait(
            "the menu",
            "return shown($('model-menu')) && $('model-menu').innerText.includes('lab-large')",
            10,
        )
        .await;
        assert_eq!(focused(page).await, "input", "the search has the keyboard");
        page.cdp("Input.insertText", json!({ "text": "LARGE" })).await;
        page.wait(
            "the one that was searched for",
            "return [...$('model-menu').querySelectorAll('.menu-item')].map(e => e.innerText).join() === 'lab-large,Use “LARGE”'",
            5,
        )
        .await;
        page.key("Enter", 13).await;
        page.wait("the choice", &format!("return {button}.innerText === 'lab-large'"), 5).await;
        assert_eq!(focused(page).await, "composer", "the next thing is a question");
        assert_eq!(page.js("return shown($('model-menu'))").await, json!(false));
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        let asked = page.questions("no-done-but-finished")[0].request.body_text().to_string();
        assert!(asked.contains("\"model\":\"lab-large\""), "{asked}");
        // The same button closes what it opened.
        page.js(&format!("{button}.click()")).await;
        page.wait("the menu again", "return shown($('model-menu'))", 5).await;
        page.wait("both groups", "return $('model-menu').innerText.includes('Recent')", 5).await;
        page.press_escape().await;
        page.wait("no menu", "return !shown($('model-menu'))", 5).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_question_mark_lists_the_keys_but_in_a_text_it_is_one() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        page.js("$('composer').focus()").await;
        page.element("composer").await.send_keys("What is ?").await.unwrap();
        assert_eq!(page.text("return $('composer').value").await, "What is ?");
        assert_eq!(page.js("return !$('keys')").await, json!(true));
        page.js("document.activeElement.blur()").await;
        for kind in ["keyDown", "keyUp"] {
            page.cdp(
                "Input.dispatchKeyEvent",
                json!({ "type": kind, "key": "?", "text": "?", "modifiers": 8 }),
            )
            .await;
        }
        page.wait(
            "the list",
            "return shown($('keys')) && $('keys').innerText.includes('Stop the answer')",
            10,
        )
        .await;
        page.press_escape().await;
        page.wait("no list", "return !$('keys')", 5).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
