//! Scrolling that follows and lets go, and the narrow screen.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use crate::{browser::run, page::Page};

/// The element that scrolls the transcript: the nearest scrollable one around the newest turn, or the page.
const SCROLLER: &str = "
    const scroller = () => {
        for (let e = last(); e; e = e.parentElement)
            if (e.scrollHeight > e.clientHeight + 2 && /auto|scroll/.test(getComputedStyle(e).overflowY)) return e;
        return document.scrollingElement;
    };
    const gap = () => { const s = scroller(); return s.scrollHeight - s.clientHeight - s.scrollTop; };
";

async fn scroll_js(page: &Page, script: &str) -> serde_json::Value {
    page.js(&format!("{SCROLLER} {script}")).await
}

async fn wheel(page: &Page, by: i32) {
    let event = json!({ "type": "mouseWheel", "x": 640, "y": 300, "deltaX": 0, "deltaY": by });
    page.cdp("Input.dispatchMouseEvent", event).await;
}

#[test]
fn the_end_is_followed_until_the_person_scrolls_up() {
    run(async |page| {
        page.use_scenario("long-answer").await;
        page.ask("Tell me a long story").await;
        let overflowing = format!("{SCROLLER} return scroller().scrollHeight > scroller().clientHeight * 2");
        page.wait("more text than fits", &overflowing, 15).await;
        assert_eq!(page.state().await, "streaming");
        let gap = scroll_js(page, "return gap()").await.as_f64().unwrap();
        assert!(gap < 80.0, "the end is followed while it grows, not {gap} px behind");
        assert_eq!(page.js("return shown($('jump-to-end'))").await, json!(false));

        wheel(page, -600).await;
        page.wait("the button back", "return shown($('jump-to-end'))", 3).await;
        // A smooth scroll may still run for a moment.
        sleep(Duration::from_millis(300)).await;
        let at = scroll_js(page, "return scroller().scrollTop").await.as_f64().unwrap();
        sleep(Duration::from_millis(700)).await;
        assert_eq!(page.state().await, "streaming", "the text still grows");
        let later = scroll_js(page, "return scroller().scrollTop").await.as_f64().unwrap();
        assert!((later - at).abs() < 3.0, "the page moved from {at} to {later} under the reader");

        page.click("jump-to-end").await;
        page.wait("the end", &format!("{SCROLLER} return gap() < 80"), 3).await;
        page.wait_state(&["complete"], 20).await;
        page.wait("the end, still followed", &format!("{SCROLLER} return gap() < 80"), 3).await;
        page.wait("no button", "return !shown($('jump-to-end'))", 3).await;
    });
}

#[test]
fn a_window_that_gets_narrow_stays_at_the_end() {
    run(async |page| {
        page.use_scenario("guide").await;
        page.ask("Show me").await;
        page.wait_state(&["complete"], 20).await;
        let narrow = json!({ "width": 390, "height": 600, "deviceScaleFactor": 2, "mobile": true });
        page.cdp("Emulation.setDeviceMetricsOverride", narrow).await;
        page.wait("the end", &format!("{SCROLLER} return innerWidth === 390 && gap() < 4"), 3).await;
    });
}

#[test]
fn a_phone_needs_no_horizontal_scrolling() {
    run(async |page| {
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        page.cdp("Emulation.setDeviceMetricsOverride", phone).await;
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        page.use_scenario("slow-answer").await;
        // Names what is to blame: the innermost elements without which the page would be narrow enough.
        let wide = "const is_wide = () => document.scrollingElement.scrollWidth > 390 || innerWidth > 390;
                    if (!is_wide()) return [];
                    const cures = [...document.body.querySelectorAll('*')].filter(e => {
                        if (!e.style) return false;
                        const before = e.style.display;
                        e.style.display = 'none';
                        const cured = !is_wide();
                        e.style.display = before;
                        return cured;
                    });
                    return [document.scrollingElement.scrollWidth, ...cures.filter(e => !cures.some(c => c !== e && e.contains(c))).map(e => e.outerHTML.slice(0, 200))]";
        assert_eq!(page.js(wide).await, json!([]), "welcome");
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.js(wide).await, json!([]), "answer");
        let cut_off = page
            .js("return [...document.querySelectorAll('button')].filter(shown).filter(b => b.getBoundingClientRect().right > 388).map(b => b.outerHTML.slice(0, 100))")
            .await;
        assert_eq!(cut_off, json!([]), "beyond the edge, where nothing scrolls");
        page.open_settings().await;
        assert_eq!(page.js(wide).await, json!([]), "settings");
        let small = page
            .js("return ['composer', 'send', 'open-settings'].map(id => [id, Math.round($(id).getBoundingClientRect().height)]).filter(([, h]) => h > 0 && h < 32)")
            .await;
        assert_eq!(small, json!([]), "too small to touch");
    });
}

#[test]
fn nothing_jumps_when_the_answer_begins_and_ends() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.js(
            "window.__shift = 0;
             new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.__shift += e.value })
                 .observe({ type: 'layout-shift', buffered: false });",
        )
        .await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        sleep(Duration::from_millis(300)).await;
        let shift = page.js("return window.__shift").await.as_f64().unwrap();
        assert!(shift < 0.1, "cumulative layout shift {shift}");
    });
}

#[test]
fn the_composer_grows_with_its_text() {
    run(async |page| {
        let height = "return $('composer').getBoundingClientRect().height";
        let before = page.js(height).await.as_f64().unwrap();
        page.js("$('composer').focus()").await;
        page.cdp("Input.insertText", json!({ "text": "one\ntwo\nthree\nfour\nfive" })).await;
        page.wait(
            "a taller composer",
            &format!("return $('composer').getBoundingClientRect().height > {before} + 30"),
            3,
        )
        .await;
    });
}

#[test]
fn the_groups_of_all_numbers_stand_side_by_side_below_a_wide_pace_on_1280_px_and_below_one_another_on_a_phone()
 {
    run(async |page| {
        for (width, height, columns) in [(1280, 800, 3), (390, 844, 1)] {
            page.use_screen(width, height, width < 800).await;
            page.use_scenario("reasoning").await;
            page.ask("17 + 25?").await;
            page.wait_state(&["complete"], 15).await;
            page.js("$('about-numbers').click()").await;
            page.wait("the numbers", "return shown($('all-numbers'))", 5).await;
            let found = page
                .js("const box = e => e.getBoundingClientRect();
                     const groups = [...$('all-numbers').querySelectorAll('section')].map(box), pace = box($('pace', $('all-numbers')));
                     const dialog = box($('all-numbers'));
                     return {
                         groups: groups.length,
                         columns: new Set(groups.map(group => Math.round(group.left))).size,
                         narrow: groups.filter(group => group.width < 240).length,
                         below: groups.every(group => group.top >= pace.bottom),
                         wide: pace.width > dialog.width - 60 && pace.height >= 90,
                         inside: dialog.left >= 0 && dialog.right <= innerWidth && groups.every(group => group.right <= dialog.right),
                     }")
                .await;
            let expected = json!({ "groups": 3, "columns": columns, "narrow": 0, "below": true, "wide": true, "inside": true });
            assert_eq!(found, expected, "{width}");
        }
    });
}

#[test]
fn an_answer_in_arabic_runs_from_the_right_but_not_its_code_and_english() {
    run(async |page| {
        page.use_scenario("right-to-left").await;
        page.ask("شاي؟").await;
        page.wait_state(&["complete"], 15).await;
        let sides = page
            .js("const box = $('answer', last()).getBoundingClientRect();
                 const side = node => {
                     const range = document.createRange();
                     range.selectNodeContents(node);
                     const line = range.getBoundingClientRect();
                     return box.right - line.right < line.left - box.left ? 'right' : 'left';
                 };
                 const $$ = selector => $('answer', last()).querySelector(selector);
                 return ['code .md-lines, code', 'p', 'ol > li p', 'blockquote p', 'table', '.md-section > p:last-child']
                     .map(selector => side($$(selector)))")
            .await;
        assert_eq!(sides, serde_json::json!(["left", "right", "right", "right", "right", "left"]));
        let marker = page
            .js("const list = getComputedStyle($('answer', last()).querySelector('ol')); return [list.direction, list.paddingRight > list.paddingLeft]")
            .await;
        assert_eq!(marker, serde_json::json!(["rtl", true]), "numbers stand where the text begins");
        assert_eq!(
            page.text("return getComputedStyle(document.querySelector('.bubble')).direction").await,
            "rtl"
        );
        assert_eq!(page.text("return getComputedStyle($('composer')).direction").await, "ltr");
    });
}
