//! Reading a long answer: search, scrolling, and text that stays where it is.

use std::time::Duration;

use lab::scenarios::{LINE_WORDS, LONG_ROUNDS};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{browser::run, page::Page};

async fn read(page: &Page, scenario: &str) {
    page.use_scenario(scenario).await;
    page.ask("Tell me everything").await;
    page.wait_state(&["complete"], 60).await;
    sleep(Duration::from_millis(500)).await;
}

#[test]
fn search_finds_text_that_the_browser_has_not_drawn() {
    run(async |page| {
        read(page, "reading-long").await;
        let found = page
            .js("const needle = [...$('answer', last()).querySelectorAll('p')].find(p => p.textContent.includes('needle-7 '));
                 const skipped = !needle.checkVisibility({ contentVisibilityAuto: true });
                 getSelection().removeAllRanges();
                 const found = window.find('needle-7 ', true, true);
                 return [skipped, found, needle.contains(getSelection().anchorNode)]")
            .await;
        assert_eq!(found, json!([true, true, true]), "skipped, found, and that one");
    });
}

#[test]
fn a_selection_reaches_over_sections_that_are_not_drawn() {
    run(async |page| {
        read(page, "reading-long").await;
        let length = page
            .js("const answer = $('answer', last());
                 getSelection().selectAllChildren(answer);
                 return getSelection().toString().split('needle-').length - 1")
            .await;
        assert_eq!(length, json!(LONG_ROUNDS));
    });
}

#[test]
fn scrolling_up_over_what_was_never_drawn_jumps_nowhere() {
    run(async |page| {
        read(page, "reading-long").await;
        let size = page.js("return $('answer', last()).textContent.length").await;
        assert!(size.as_u64().unwrap() > 240_000, "{size}");
        // A wheel first, so that the page takes the scrolling for the person's.
        let wheel = json!({ "type": "mouseWheel", "x": 640, "y": 300, "deltaX": 0, "deltaY": -400 });
        page.cdp("Input.dispatchMouseEvent", wheel).await;
        sleep(Duration::from_millis(400)).await;
        let jumps = page
            .js("const scroller = document.querySelector('.scroll');
                 const frame = () => new Promise(requestAnimationFrame);
                 const block = () => {
                     const box = scroller.getBoundingClientRect();
                     return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                 };
                 return (async () => {
                     const jumps = [];
                     let steps = 0;
                     while (scroller.scrollTop > 0 && steps++ < 900) {
                         const anchor = block();
                         const before = anchor.getBoundingClientRect().top;
                         const by = Math.min(700, scroller.scrollTop);
                         scroller.scrollBy({ top: -by, behavior: 'instant' });
                         await frame(); await frame(); await frame();
                         const moved = anchor.getBoundingClientRect().top - before;
                         if (Math.abs(moved - by) > 2) jumps.push([steps, by, Math.round(moved)]);
                     }
                     return [steps, jumps];
                 })()")
            .await;
        assert!(jumps[0].as_u64().unwrap() > 300, "it was a long way: {jumps}");
        // Step, scroll, movement.
        assert_eq!(jumps[1], json!([]));
    });
}

#[test]
fn numbers_of_a_long_list_are_right_and_not_cut_off_where_groups_are_painted_apart() {
    run(async |page| {
        page.cdp("Emulation.setDeviceMetricsOverride", phone()).await;
        read(page, "reading-list").await;
        // What is painted apart is clipped to its box, and four digits stand some 44 pixels before their item.
        let rooms = page
            .js("const answer = $('answer', last());
                 const left = node => node.getBoundingClientRect().left;
                 const item = [...answer.querySelectorAll('.md-items > li')].at(-1);
                 const groups = answer.querySelectorAll('.md-items').length;
                 const boxes = [item.parentElement, item.closest('.md-section'), item.closest('.md-part'), item.closest('.prose')];
                 return [groups, item.textContent.trim(), ...boxes.map(box => left(item) - left(box) >= 44)]")
            .await;
        assert_eq!(rooms, json!([74, "item 1200", true, true, true, true]));
        let tree = page.cdp("Accessibility.getFullAXTree", json!({})).await;
        let markers =
            tree["nodes"].as_array().unwrap().iter().filter(|node| node["role"]["value"] == "ListMarker");
        let markers: Vec<_> = markers.map(|node| node["name"]["value"].as_str().unwrap().trim()).collect();
        assert_eq!(
            [markers[15], markers[16], markers[1199]],
            ["16.", "17.", "1200."],
            "the groups are one list"
        );
    });
}

fn phone() -> Value {
    json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true })
}

#[test]
fn no_text_node_of_a_long_line_is_long() {
    run(async |page| {
        read(page, "reading-line").await;
        let lengths: Vec<u64> = serde_json::from_value(
            page.js("const walk = document.createTreeWalker($('answer', last()), NodeFilter.SHOW_TEXT);
                     const lengths = [];
                     while (walk.nextNode()) lengths.push(walk.currentNode.length);
                     return lengths")
                .await,
        )
        .unwrap();
        assert!(lengths.iter().sum::<u64>() > 90_000, "{lengths:?}");
        assert!(lengths.iter().all(|length| *length <= 16 * 1024), "{lengths:?}");
        let text = page.answer().await;
        assert!(text.contains(&format!("w{}", LINE_WORDS - 1)), "all of it is there");
    });
}

#[test]
fn nothing_settled_is_taken_away_or_rewritten_while_the_answer_grows() {
    run(async |page| {
        page.use_scenario("reading-mixed").await;
        page.js(
            "window.__touched = [];
             window.__settled = new Set();
             new MutationObserver(records => {
                 for (const { type, target, removedNodes } of records) {
                     for (let node = target; node; node = node.parentNode)
                         if (__settled.has(node) && (type === 'characterData' || removedNodes.length > 0))
                             __touched.push(type + ' in ' + node.outerHTML.slice(0, 200));
                     for (const node of removedNodes)
                         if (__settled.has(node)) __touched.push('removed ' + node.outerHTML.slice(0, 200));
                 }
                 // The last block is open; the one before it may end with a line that only seems to.
                 for (const answer of document.querySelectorAll('[data-testid=answer]')) {
                     const blocks = [...answer.querySelectorAll('.md-section > *')];
                     for (const block of blocks.slice(0, -2)) __settled.add(block);
                 }
             }).observe(document.querySelector('[data-testid=transcript]'), { subtree: true, childList: true, characterData: true });",
        )
        .await;
        page.ask("Tell me everything").await;
        page.wait_state(&["complete"], 60).await;
        let settled = page.js("return __settled.size").await;
        assert!(settled.as_u64().unwrap() > 200, "{settled}");
        assert_eq!(page.js("return __touched").await, Value::Array(Vec::new()));
    });
}
