//! Whatever comes at once is drawn a bounded piece at a time, and what is too much is said.

#![expect(
    clippy::print_stdout,
    reason = "how long tasks were and how much was drawn is for the reader; no time is asserted"
)]

use serde_json::{Value, json};

use crate::browser::run;
use crate::page::Page;

/// Counts the nodes that each frame adds, and keeps the tasks that browsers call long.
const COUNT: &str = "
    window.__added = [];
    window.__tasks = [];
    new MutationObserver(records => {
        const added = new Set();
        for (const record of records) for (const node of record.addedNodes) {
            added.add(node);
            for (const inner of node.querySelectorAll?.('*') ?? []) added.add(inner);
        }
        __added.push(added.size);
    }).observe(document.querySelector('[data-testid=transcript]'), { subtree: true, childList: true });
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) __tasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
";

/// The most nodes that one frame may add: the budget of a frame, and a piece of text beyond it.
const MOST_NODES: u64 = 8_000;

async fn print_tasks(page: &Page, what: &str) {
    let tasks = page.js("return __tasks.sort((a, b) => b - a).slice(0, 8)").await;
    println!("{what}: long tasks in ms {tasks}");
}

#[test]
fn a_burst_of_list_items_or_cells_is_drawn_over_many_frames() {
    run(async |page| {
        for (scenario, selector, count) in [
            ("burst-of-items", "li", 20_000),
            ("burst-of-cells", "td", 18_000),
            ("burst-of-links", "a", 6_000),
        ] {
            page.use_scenario(scenario).await;
            page.js(COUNT).await;
            page.ask("All at once").await;
            page.wait_state(&["complete"], 120).await;
            let drawn =
                page.js(&format!("return $('answer', last()).querySelectorAll('{selector}').length")).await;
            assert_eq!(drawn, json!(count), "{scenario}: all of it is there");
            let added: Vec<u64> = serde_json::from_value(page.js("return __added").await).unwrap();
            let most = added.iter().copied().max().unwrap();
            println!("{scenario}: {} frames, {most} nodes in the fullest", added.len());
            print_tasks(page, scenario).await;
            assert!(most <= MOST_NODES, "{scenario}: {most} nodes in one frame");
            assert!(4 < added.len(), "{scenario}: {} frames", added.len());
        }
    });
}

#[test]
fn two_megabytes_pasted_stand_beside_the_composer_and_are_sent_whole() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.js(COUNT).await;
        page.element("composer").await.send_keys("Sum it up:").await.unwrap();
        let pasted = "A line of a log that somebody pasted, 50 letters.\n".repeat(40_000);
        page.cdp("Input.insertText", json!({ "text": pasted })).await;
        page.wait("the note", "return ($('aside')?.innerText ?? '').includes('2,000,000 characters')", 10)
            .await;
        assert_eq!(page.text("return $('composer').value").await, "Sum it up:");
        page.click("send").await;
        page.wait_state(&["complete"], 30).await;
        print_tasks(page, "2 MB pasted").await;
        let sent = page.body("no-done-but-finished", 0);
        let question = sent["messages"][0]["content"].as_str().unwrap();
        assert_eq!(question, format!("Sum it up:\n\n{pasted}"));
        let shown = "return turns('user').at(-1).querySelector('.bubble').textContent.length";
        let first = page.js(shown).await.as_u64().unwrap();
        assert!((10_000..40_000).contains(&first), "{first}");
        // A long question is folded: what more there is stands at its end.
        page.click("fold-question").await;
        page.click("show-more").await;
        let more = page.js(shown).await.as_u64().unwrap();
        assert!((20_000..80_000).contains(&more) && first < more, "{more}");
        assert_eq!(page.js("return [!$('aside'), $('composer').value]").await, json!([true, ""]));
    });
}

#[test]
fn a_word_of_five_megabytes_is_asked_and_shown_in_part_and_can_be_taken_back() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.js(COUNT).await;
        let word = "w".repeat(5_000_000);
        page.cdp("Input.insertText", json!({ "text": word })).await;
        page.wait("the note", "return ($('aside')?.innerText ?? '').includes('5,000,000 characters')", 20)
            .await;
        page.click("remove-aside").await;
        page.wait("no note", "return !$('aside') && $('send').disabled", 5).await;
        page.cdp("Input.insertText", json!({ "text": word })).await;
        page.click("send").await;
        page.wait_state(&["complete"], 60).await;
        print_tasks(page, "a word of 5 MB").await;
        let sent = page.body("no-done-but-finished", 0);
        assert_eq!(sent["messages"][0]["content"].as_str().unwrap().len(), word.len());
        let shown = page.js("return turns('user').at(-1).querySelector('.bubble').textContent.length").await;
        assert!(shown.as_u64().unwrap() < 40_000, "{shown}");
    });
}

#[test]
fn of_three_hundred_thousand_models_a_thousand_are_offered_and_that_is_said() {
    run(async |page| {
        page.use_scenario("many-models").await;
        page.js(COUNT).await;
        page.open_settings().await;
        page.click("load-models").await;
        let said = "return ($('settings-problem')?.innerText ?? '').includes('The list has 300,000 models; these are the first 1,000.')";
        page.wait("the number", said, 30).await;
        print_tasks(page, "300,000 models").await;
        assert_eq!(page.js("return document.querySelectorAll('#models option').length").await, json!(1_000));
    });
}

/// Listeners and nodes that the page holds.
async fn counters(page: &Page) -> Value {
    page.cdp("HeapProfiler.enable", json!({})).await;
    page.cdp("HeapProfiler.collectGarbage", json!({})).await;
    page.cdp("Memory.getDOMCounters", json!({})).await
}

#[test]
fn questions_cost_no_listener_each_and_coloured_code_goes_with_its_conversation() {
    run(async |page| {
        page.use_scenario("code-and-math").await;
        let colours = "return [...CSS.highlights.values()].reduce((sum, h) => sum + h.size, 0)";
        let ask = async |times: usize| {
            for _ in 0..times {
                page.ask("The mean?").await;
                page.wait_state(&["complete"], 20).await;
            }
        };
        ask(2).await;
        page.wait("colours", &format!("{colours} > 3").replace("return ", "return "), 20).await;
        let few = counters(page).await;
        ask(8).await;
        let many = counters(page).await;
        println!("after 2 and 10 questions: {few} {many}");
        assert_eq!(few["jsEventListeners"], many["jsEventListeners"], "a turn has a listener of its own");
        page.click("new-chat").await;
        page.wait("an empty page", "return turns('assistant').length === 0", 5).await;
        assert_eq!(page.js(&format!("{colours} + CSS.highlights.size")).await, json!(0));
        let none = counters(page).await;
        println!("after a new chat: {none}");
        let nodes = |counted: &Value| counted["nodes"].as_u64().unwrap();
        assert!(nodes(&none) < nodes(&few), "the nodes of ten answers went: {none}");
    });
}
