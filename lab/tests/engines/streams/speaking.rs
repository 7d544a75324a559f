//! Who speaks while the model does: OpenAI Realtime over a socket.

use super::is_strict;
use lab::socket::REALTIME_WORDS;
use thirtyfour::Key;

use crate::{
    browser::run,
    harness::watching::{REALTIME_KEY as KEY, use_realtime},
};

#[test]
fn what_is_said_in_mid_answer_goes_into_it_over_the_socket_and_is_kept_in_order() {
    run(async |page| {
        let scenario = "realtime";
        use_realtime(page, scenario).await;
        page.ask("Tell me of the kettle.").await;
        page.wait("some words", "return /kettle hums/.test($('answer', last())?.textContent)", 15).await;
        let composer = page.element("composer").await;
        composer.send_keys("Say blue.").await.unwrap();
        composer.send_keys(Key::Enter).await.unwrap();
        let is_said = "return last().querySelector('.said')?.textContent === 'Say blue.'";
        page.wait("what was said, in the answer", is_said, 10).await;
        page.wait("an empty field", "return $('composer').value === ''", 5).await;
        page.wait_state(&["complete"], 30).await;
        let blocks =
            page.js("return [...$('answer', last()).children].map(el => el.textContent.trim())").await;
        let blocks: Vec<String> = serde_json::from_value(blocks).unwrap();
        assert_eq!(blocks.len(), 3, "{blocks:?}");
        assert!(blocks[0].starts_with("You said: “Tell me of the kettle.”"), "{blocks:?}");
        assert_eq!(blocks[1], "Say blue.");
        assert!(
            blocks[2].starts_with("You said: “Say blue.”") && blocks[2].ends_with(REALTIME_WORDS.trim()),
            "{blocks:?}"
        );
        let messages = page.lab.messages(scenario);
        let sent: Vec<String> =
            messages.iter().filter_map(|it| Some(it.said.json()?["type"].as_str()?.to_owned())).collect();
        assert_eq!(
            sent,
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
        let key = format!("openai-insecure-api-key.{KEY}");
        assert_eq!(handshake.subprotocols().collect::<Vec<_>>(), ["realtime", &key]);
        page.driver.refresh().await.unwrap();
        page.wait("the kept answer", &is_said.replace("last()", "last()?"), 15).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_socket_that_ends_in_mid_answer_keeps_the_text_and_one_that_is_refused_is_told_in_words() {
    run(async |page| {
        for scenario in ["realtime-drops", "realtime-closes"] {
            use_realtime(page, scenario).await;
            page.ask("Tell me of the kettle.").await;
            page.wait_state(&["interrupted"], 20).await;
            assert!(!page.answer().await.trim().is_empty(), "{scenario}: what came stays");
            assert!(!page.error().await.is_empty(), "{scenario}");
        }
        for scenario in ["realtime-refused-401", "realtime-no-subprotocol", "realtime-html"] {
            use_realtime(page, scenario).await;
            page.ask("Hello").await;
            if scenario == "realtime-no-subprotocol" && !is_strict(page) {
                page.wait_state(&["complete"], 30).await;
                continue;
            }
            page.wait_state(&["failed", "interrupted"], 30).await;
            let error = page.text("return $('error', last()).textContent").await;
            assert!(error.to_lowercase().contains("browsers do not say why"), "{scenario}: {error}");
            assert!(!error.contains(KEY), "{scenario}: {error}");
        }
    });
}
