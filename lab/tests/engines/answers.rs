//! From the first paint to whole answers, stopped ones and the sample.

use lab::scenarios::{REASONING, SLOW_ANSWER, UNTRUSTED};
use serde_json::json;

use crate::browser::run;

#[test]
fn the_page_starts_in_the_place_of_its_first_paint_and_plays_its_sample_without_an_error() {
    run(async |page| {
        let settled = "const first = document.getElementById('first-paint');
             return !first && document.querySelectorAll('header').length === 1 && shown($('open-settings'))";
        page.wait("the page's own header", settled, 5).await;
        assert_eq!(page.text("return document.title").await, "Tokenfall");
        assert_eq!(page.js("return shown(document.getElementById('could-not-start'))").await, json!(false));
        page.click("play-sample").await;
        page.wait("the recording mark", "return shown($('recording'))", 5).await;
        page.wait_state(&["streaming"], 10).await;
        page.wait_state(&["complete"], 60).await;
        assert!(page.answer().await.len() > 100);
        assert_eq!(page.js("return shown($('recording'))").await, json!(true), "the mark stays");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn an_answer_grows_while_it_comes_and_ends_whole() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        let mut lengths = Vec::new();
        while page.state().await != "complete" {
            lengths.push(page.answer().await.len());
            assert!(lengths.len() < 4_000, "the answer never ends: {lengths:?}");
        }
        lengths.push(page.answer().await.len());
        assert!(lengths.is_sorted(), "{lengths:?}");
        lengths.dedup();
        assert!(lengths.len() >= 5, "it came at once: {lengths:?}");
        let shapes = page
            .js("const a = $('answer', last()); return ['strong', 'ul > li', 'pre code', 'table td', 'em'].map(s => a.querySelectorAll(s).length)")
            .await;
        assert_eq!(shapes, json!([1, 3, 1, 6, 1]), "strong, list items, code blocks, cells, emphasis");
        let code = page.text("return $('answer', last()).querySelector('pre code').textContent").await;
        let (_, written) = SLOW_ANSWER.split_once("```rust\n").unwrap();
        assert_eq!(code.trim_end(), written.split_once("\n```").unwrap().0);
        let words = page.answer().await;
        assert!(words.starts_with("Tea needs three things, and time is the one people forget:"), "{words}");
        assert!(words.trim_end().ends_with("Pour slowly, and enjoy the silence 🍵."), "{words}");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn every_way_to_frame_a_stream_gives_the_same_answer() {
    run(async |page| {
        let mut first = None;
        for name in [
            "burst",
            "one-byte-chunks",
            "crlf",
            "bom",
            "wrong-content-type",
            "no-content-type",
            "content-length",
            "until-close",
        ] {
            page.use_scenario(name).await;
            page.ask("How do I make tea?").await;
            page.wait_state(&["complete"], 20).await;
            let answer = page.answer().await;
            assert!(answer.contains("enjoy the silence 🍵."), "{name}: {answer}");
            assert_eq!(first.get_or_insert(answer.clone()), &answer, "{name}");
        }
    });
}

#[test]
fn thoughts_stand_in_a_fold_of_their_own_that_opens() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.answer().await.trim(), "The sum is 42.");
        let fold = "const fold = $('reasoning', last()); return [fold.tagName, fold.open]";
        assert_eq!(page.js(fold).await, json!(["DETAILS", false]));
        let thoughts = page.text("return $('reasoning', last()).textContent").await;
        assert!(thoughts.contains(REASONING.trim_end()), "{thoughts}");
        page.js("$('reasoning', last()).querySelector('summary').focus()").await;
        page.press(&[thirtyfour::Key::Enter]).await;
        page.wait("an open fold", "return $('reasoning', last()).open", 5).await;
    });
}

#[test]
fn stop_in_mid_stream_keeps_the_text_and_reaches_the_server() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait("a sentence", "return $('answer', last())?.textContent.includes('Tea needs three')", 10)
            .await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 5).await;
        page.wait_until_left("slow-answer").await;
        let kept = page.answer().await;
        assert!(kept.starts_with("Tea needs three"), "{kept}");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(page.answer().await, kept, "nothing is appended after the stop");
        assert_eq!(page.error().await, "", "stopped is not failed");
        assert_eq!(page.js("return shown($('stop'))").await, json!(false), "nothing is left to stop");
        page.ask("And again?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(
            page.js("return turns('assistant').map(t => t.dataset.state)").await,
            json!(["stopped", "complete"])
        );
    });
}

#[test]
fn a_new_chat_takes_nothing_of_the_last_one_along() {
    run(async |page| {
        let name = "no-done-but-finished";
        page.use_scenario(name).await;
        for question in ["First question", "Second question"] {
            page.ask(question).await;
            page.wait_state(&["complete"], 10).await;
        }
        let roles: Vec<_> =
            page.body(name, 1)["messages"].as_array().unwrap().iter().map(|m| m["role"].clone()).collect();
        assert_eq!(roles, ["user", "assistant", "user"]);
        page.click("new-chat").await;
        page.wait("an empty transcript", "return turns('user').length === 0", 5).await;
        page.ask("Third question").await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.body(name, 2)["messages"], json!([{ "role": "user", "content": "Third question" }]));
    });
}

#[test]
fn markup_in_an_answer_stays_text_and_fetches_nothing() {
    run(async |page| {
        page.use_scenario("untrusted").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 15).await;
        let answer = page.answer().await;
        let (before, after) = UNTRUSTED.split_once("[run]").unwrap();
        for line in before.lines().chain(after.lines().last()).filter(|line| !line.is_empty()) {
            assert!(answer.contains(line), "raw HTML is shown as text: {line} in {answer}");
        }
        let made = page
            .js("return [...$('answer', last()).querySelectorAll('script, iframe, svg[onload], img[src], style, [onerror], [onload]')].map(e => e.outerHTML)")
            .await;
        assert_eq!(made, json!([]));
        let links =
            page.js("return [...$('answer', last()).querySelectorAll('a')].map(a => a.protocol)").await;
        for protocol in links.as_array().unwrap() {
            assert!(["http:", "https:", "mailto:"].contains(&protocol.as_str().unwrap()), "{links}");
        }
        assert_eq!(page.js("return own.__pwned ?? null").await, json!(null));
        assert!(page.lab.requests("elsewhere").is_empty(), "a remote image is a channel out");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}
