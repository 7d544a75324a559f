//! Who goes up is let go of at once, however small the step and however fast the text; nobody is pulled back.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::browser::run;
use crate::page::Page;

const PRELUDE: &str = "
    const scroller = document.querySelector('.scroll');
    const gap = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    const follows = () => scroller.hasAttribute('data-follows');
";

async fn scroller(page: &Page, script: &str) -> Value {
    page.js(&format!("{PRELUDE} {script}")).await
}

async fn wheel(page: &Page, by: i32) {
    let event = json!({ "type": "mouseWheel", "x": 640, "y": 300, "deltaX": 0, "deltaY": by });
    page.cdp("Input.dispatchMouseEvent", event).await;
}

/// Asks, and waits for more text than the screen holds, still growing and followed.
async fn begin(page: &Page, scenario: &str) {
    page.use_scenario(scenario).await;
    page.ask("Tell me everything").await;
    let tall = format!("{PRELUDE} return scroller.scrollHeight > scroller.clientHeight * 1.5");
    page.wait("more text than fits", &tall, 20).await;
    assert_eq!(page.state().await, "streaming");
    assert_eq!(scroller(page, "return follows()").await, json!(true));
}

/// The person was let go of, and reads on in peace while the text grows.
async fn is_left_alone(page: &Page, what: &str) {
    page.wait(what, "return shown($('jump-to-end'))", 3).await;
    // A smooth scroll may still run for a moment.
    sleep(Duration::from_millis(300)).await;
    let at = scroller(page, "return [scroller.scrollTop, scroller.scrollHeight]").await;
    let grown = format!("{PRELUDE} return scroller.scrollHeight > {} + 60", at[1]);
    page.wait("more text", &grown, 10).await;
    let later = scroller(page, "return scroller.scrollTop").await.as_f64().unwrap();
    assert!((later - at[0].as_f64().unwrap()).abs() < 3.0, "{what}: moved from {at} to {later}");
    assert_eq!(scroller(page, "return follows()").await, json!(false), "{what}");
    page.click("jump-to-end").await;
    page.wait("the end again", &format!("{PRELUDE} return follows() && gap() < 80"), 5).await;
}

// ux-scroll-away-from-fast-code.json: the steps of a touchpad.
#[test]
fn small_steps_up_end_the_following_of_code_that_comes_line_by_line_every_12_ms() {
    run(async |page| {
        begin(page, "fast-code").await;
        for (steps, by) in [(10, -4), (5, -10), (1, -30), (1, -1)] {
            for _ in 0..steps {
                wheel(page, by).await;
                sleep(Duration::from_millis(16)).await;
            }
            is_left_alone(page, &format!("{steps} steps of {by}")).await;
        }
    });
}

// ux-scroll-away-from-text.json.
#[test]
fn one_step_up_ends_the_following_of_words() {
    run(async |page| {
        begin(page, "slow-words").await;
        wheel(page, -30).await;
        is_left_alone(page, "one step").await;
    });
}

#[test]
fn keys_that_scroll_up_end_the_following_and_the_end_key_takes_it_up_again() {
    run(async |page| {
        begin(page, "fast-code").await;
        scroller(page, "scroller.focus()").await;
        for (key, code) in [("ArrowUp", 38), ("PageUp", 33), ("Home", 36)] {
            page.key(key, code).await;
            is_left_alone(page, key).await;
            scroller(page, "scroller.focus()").await;
        }
        let space = json!({ "type": "keyDown", "key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " ", "modifiers": 8 });
        page.cdp("Input.dispatchKeyEvent", space).await;
        page.wait("the button back", "return shown($('jump-to-end'))", 3).await;
        page.key("End", 35).await;
        page.wait("the end again", &format!("{PRELUDE} return follows() && gap() < 80"), 5).await;
    });
}

#[test]
fn a_finger_that_draws_the_text_down_a_little_ends_the_following() {
    run(async |page| {
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true });
        page.cdp("Emulation.setDeviceMetricsOverride", phone).await;
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        begin(page, "fast-code").await;
        let touch = async |kind: &str, y: Option<i32>| {
            let points: Vec<Value> = y.into_iter().map(|y| json!({ "x": 200, "y": y })).collect();
            page.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
        };
        touch("touchStart", Some(300)).await;
        for y in [306, 312, 318, 324] {
            touch("touchMove", Some(y)).await;
            sleep(Duration::from_millis(16)).await;
        }
        touch("touchEnd", None).await;
        is_left_alone(page, "a finger").await;
    });
}

#[test]
fn a_scroll_of_the_browsers_own_is_not_pulled_back_as_search_in_the_page_is_one() {
    run(async |page| {
        begin(page, "fast-code").await;
        // Headless browsers have no search in the page, and `window.find` selects without scrolling.
        scroller(page, "document.querySelector('[data-testid=answer] pre').scrollIntoView()").await;
        is_left_alone(page, "search").await;
    });
}

#[test]
fn what_is_held_with_the_mouse_is_not_drawn_away_from_under_it() {
    run(async |page| {
        begin(page, "fast-code").await;
        let mouse = async |kind: &str, y: i32, buttons: i32| {
            let event = json!({ "type": kind, "x": 640, "y": y, "button": if buttons == 0 && kind == "mouseMoved" { "none" } else { "left" }, "buttons": buttons, "clickCount": 1 });
            page.cdp("Input.dispatchMouseEvent", event).await;
        };
        mouse("mousePressed", 300, 1).await;
        let at = scroller(page, "return [scroller.scrollTop, scroller.scrollHeight]").await;
        for y in [304, 308, 312, 316] {
            mouse("mouseMoved", y, 1).await;
            sleep(Duration::from_millis(60)).await;
        }
        assert_eq!(scroller(page, "return scroller.scrollTop").await, at[0]);
        let grown = format!("{PRELUDE} return scroller.scrollHeight > {}", at[1]);
        page.wait("more text", &grown, 5).await;
        mouse("mouseReleased", 316, 0).await;
        page.wait("the end again", &format!("{PRELUDE} return follows() && gap() < 80"), 5).await;
    });
}

#[test]
fn following_is_kept_to_the_end_of_an_answer_of_every_kind_of_block() {
    run(async |page| {
        for scenario in ["reading-mixed", "reading-long", "code-and-math", "guide"] {
            page.use_scenario(scenario).await;
            page.js("window.__left = 0; const scroll = document.querySelector('.scroll'); new MutationObserver(() => __left += scroll.hasAttribute('data-follows') ? 0 : 1).observe(scroll, { attributes: true, attributeFilter: ['data-follows'] })").await;
            page.ask("Tell me everything").await;
            page.wait_state(&["complete"], 60).await;
            sleep(Duration::from_millis(500)).await;
            assert_eq!(page.js("return __left").await, json!(0), "{scenario}: nobody went away from the end");
            let gap = scroller(page, "return gap()").await.as_f64().unwrap();
            assert!(gap < 80.0, "{scenario}: {gap}");
        }
    });
}
