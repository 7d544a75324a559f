//! Who speaks while the model does: OpenAI Realtime over a socket; and servers with protocols of their own.

use lab::scenarios::{AG_UI_TEXT, FRONT_END_TEXT, FRONT_END_THOUGHT, RAW_TEXT};
use lab::socket::REALTIME_WORDS;
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::Key;
use tokio::time::sleep;

use crate::browser::run;
use crate::harness::{
    page::Page,
    watching::{REALTIME_KEY as KEY, use_realtime},
};

/// The types of the messages that the page has sent.
fn sent(page: &Page, scenario: &str) -> Vec<String> {
    let messages = page.lab.messages(scenario);
    messages.iter().filter_map(|message| Some(message.said.json()?["type"].as_str()?.to_owned())).collect()
}

#[test]
fn what_is_said_in_mid_answer_goes_into_it_in_order_and_is_kept_and_the_key_is_in_the_subprotocol_alone() {
    run(async |page| {
        let scenario = "realtime";
        use_realtime(page, scenario).await;
        page.ask("Tell me of the kettle.").await;
        page.wait("some words", "return /kettle hums/.test($('answer', last())?.textContent)", 15).await;
        let composer = page.element("composer").await;
        composer.send_keys("Say blue.").await.unwrap();
        composer.send_keys(Key::Enter).await.unwrap();
        page.wait(
            "what was said, in the answer",
            "return last().querySelector('.said')?.textContent === 'Say blue.'",
            10,
        )
        .await;
        page.wait("an empty field", "return $('composer').value === ''", 5).await;
        page.wait_state(&["complete"], 30).await;
        let blocks =
            page.js("return [...$('answer', last()).children].map(el => el.textContent.trim())").await;
        let blocks: Vec<_> =
            blocks.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect();
        assert_eq!(blocks.len(), 3, "{blocks:?}");
        assert!(blocks[0].starts_with("You said: “Tell me of the kettle.”"), "{blocks:?}");
        assert_eq!(blocks[1], "Say blue.");
        assert!(
            blocks[2].starts_with("You said: “Say blue.”") && blocks[2].ends_with(REALTIME_WORDS.trim()),
            "{blocks:?}"
        );
        assert_eq!(
            sent(page, scenario),
            [
                "session.update",
                "conversation.item.create",
                "response.create",
                "conversation.item.create",
                "response.cancel",
                "response.create"
            ]
        );
        let handshakes = page.lab.requests(scenario);
        let handshake = &handshakes.iter().find(|entry| entry.request.is_upgrade()).unwrap().request;
        assert_eq!(
            handshake.subprotocols().map(str::to_owned).collect::<Vec<_>>(),
            ["realtime".to_owned(), format!("openai-insecure-api-key.{KEY}")]
        );
        for message in page.lab.messages(scenario) {
            assert!(!format!("{message:?}").contains(KEY), "{message:?}");
        }
        // Kept, in order, and told to the model in order.
        page.driver.refresh().await.unwrap();
        page.wait(
            "the kept answer",
            "return last()?.querySelector('.said')?.textContent === 'Say blue.'",
            15,
        )
        .await;
        assert_eq!(
            page.js("return document.documentElement.outerHTML.includes('sk-canary')").await,
            json!(false)
        );
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.close_settings().await;
        page.ask("And now?").await;
        page.wait(
            "the next answer",
            "return turns('assistant').length === 2 && last().dataset.state === 'complete'",
            30,
        )
        .await;
        let messages = page.lab.messages(scenario);
        let items: Vec<Value> = messages
            .iter()
            .filter_map(|message| message.said.json())
            .filter(|event| event["type"] == "conversation.item.create")
            .collect();
        let roles: Vec<_> = items[2..].iter().map(|event| event["item"]["role"].as_str().unwrap()).collect();
        assert_eq!(roles, ["user", "assistant", "user", "assistant", "user"]);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_socket_that_ends_in_mid_answer_keeps_the_text_and_says_that_it_is_cut() {
    run(async |page| {
        for scenario in ["realtime-drops", "realtime-closes"] {
            use_realtime(page, scenario).await;
            page.ask("Tell me of the kettle.").await;
            page.wait_state(&["interrupted"], 20).await;
            let answer = page.answer().await;
            assert!(answer.trim().starts_with("You said: “Tell me of the kettle.”"), "{scenario}: {answer}");
            assert!(!page.error().await.is_empty(), "{scenario}");
            assert_eq!(page.js("return !!$('go-on') && !!$('retry')").await, json!(true), "{scenario}");
        }
    });
}

#[test]
fn a_socket_that_is_refused_or_says_an_error_is_told_in_words_and_never_as_an_answer() {
    run(async |page| {
        for (scenario, words) in [
            ("realtime-error", ""),
            ("realtime-fails", ""),
            ("realtime-refused-key", "key"),
            ("realtime-refused-key-4401", "refused the key"),
            ("realtime-refused-401", "browsers do not say why"),
            ("realtime-no-subprotocol", "browsers do not say why"),
            ("realtime-html", "browsers do not say why"),
        ] {
            use_realtime(page, scenario).await;
            page.ask("Hello").await;
            page.wait_state(&["failed", "interrupted"], 30).await;
            let error = page.text("return $('error', last()).textContent").await;
            assert!(!error.is_empty() && error.to_lowercase().contains(words), "{scenario}: {error}");
            assert!(!error.contains(KEY), "{scenario}: {error}");
        }
    });
}

#[test]
fn an_answer_over_a_socket_is_stopped_at_once_and_the_server_is_told() {
    run(async |page| {
        use_realtime(page, "realtime").await;
        page.ask("Tell me of the kettle.").await;
        page.wait("some words", "return /kettle/.test($('answer', last())?.textContent)", 15).await;
        page.press_escape().await;
        page.wait_state(&["stopped"], 10).await;
        for _ in 0..50 {
            if sent(page, "realtime").last().is_some_and(|last| last == "response.cancel") {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("never cancelled: {:?}", sent(page, "realtime"));
    });
}

#[test]
fn a_socket_that_falls_silent_or_never_speaks_is_waited_for_and_can_be_stopped_with_what_came_kept() {
    run(async |page| {
        for (scenario, beginning) in [("realtime-stalls", "You said"), ("realtime-silent", "")] {
            use_realtime(page, scenario).await;
            page.ask("Tell me of the kettle.").await;
            sleep(Duration::from_secs(3)).await;
            let state = page.state().await;
            assert!(["sending", "waiting", "streaming"].contains(&state.as_str()), "{scenario}: {state}");
            page.press_escape().await;
            page.wait_state(&["stopped"], 10).await;
            let answer = page.answer().await;
            assert!(answer.trim().starts_with(beginning), "{scenario}: {answer}");
        }
    });
}

#[test]
fn servers_with_protocols_of_their_own_answer_a_conversation_and_need_no_model() {
    run(async |page| {
        for (scenario, dialect, events, text, thought) in [
            ("plain-text", "plain-text", json!({}), RAW_TEXT, ""),
            (
                "own-events",
                "own-events",
                json!({ "text": "/body/piece", "reasoning": "/body/idea", "error": "", "end": "/kind=over" }),
                FRONT_END_TEXT,
                FRONT_END_THOUGHT,
            ),
            (
                "own-lines",
                "own-lines",
                json!({ "text": "/body/piece", "reasoning": "/body/idea", "error": "", "end": "/kind=over" }),
                FRONT_END_TEXT,
                FRONT_END_THOUGHT,
            ),
            ("ui-messages", "ui-messages", json!({}), FRONT_END_TEXT, FRONT_END_THOUGHT),
            ("ag-ui", "ag-ui", json!({}), AG_UI_TEXT[1], ""),
        ] {
            let base_url = page.lab.base(scenario);
            page.use_settings(
                json!({ "base_url": base_url, "dialect": dialect, "model": "", "events": events }),
            )
            .await;
            page.ask("The weather?").await;
            page.wait_state(&["complete"], 30).await;
            let answer = page.answer().await;
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            assert!(plain(&answer).contains(&plain(text)), "{scenario}: {answer}");
            if !thought.is_empty() {
                let thoughts = page.text("return last().querySelector('.thoughts').textContent").await;
                assert!(thoughts.contains(thought), "{scenario}: {thoughts}");
            }
            // Kept with its rules: what is read again is the same.
            page.driver.refresh().await.unwrap();
            page.wait("the kept answer", "return last()?.dataset.state === 'complete'", 15).await;
            assert!(plain(&page.answer().await).contains(&plain(text)), "{scenario}");
        }
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn errors_of_front_ends_streams_and_rules_that_find_nothing_are_told_and_no_good_end() {
    run(async |page| {
        for (scenario, dialect, events) in
            [("ui-messages-error", "ui-messages", json!({})), ("ag-ui-error", "ag-ui", json!({}))]
        {
            page.use_settings(json!({ "base_url": page.lab.base(scenario), "dialect": dialect, "model": "", "events": events })).await;
            page.ask("The weather?").await;
            page.wait_state(&["failed", "interrupted"], 30).await;
            assert!(!page.error().await.is_empty(), "{scenario}");
        }
        // A rule that cannot be read keeps the question, and leads to its field.
        page.use_settings(json!({ "base_url": page.lab.base("own-events"), "dialect": "own-events", "model": "", "events": { "text": "no pointer" } })).await;
        let composer = page.element("composer").await;
        composer.send_keys("The weather?").await.unwrap();
        composer.send_keys(Key::Enter).await.unwrap();
        page.wait("the field of the rule", "return document.activeElement?.name === 'event-text'", 15).await;
        page.press_escape().await;
        assert_eq!(page.text("return $('composer').value").await, "The weather?");
    });
}
