//! The real model server: the page's purpose, end to end. `TOKENFALL_MODEL_URL` names it, as in
//! `http://127.0.0.1:8080/v1`.

use serde_json::json;

use crate::{
    browser::run,
    page::{ENDS, Page},
    race,
    streaming::{SAMPLE, lengths},
    structured,
};

fn model_url() -> String {
    std::env::var("TOKENFALL_MODEL_URL").unwrap_or_else(|_| {
        panic!("TOKENFALL_MODEL_URL must name the real model server; `cargo xtask test e2e` sets it")
    })
}

async fn use_model(page: &Page, changes: serde_json::Value) {
    let url = model_url();
    let list = format!("return fetch('{url}/models').then(r => r.json()).then(l => l.data[0].id)");
    let mut settings = json!({ "base_url": url, "model": page.js(&list).await });
    for (name, value) in changes.as_object().unwrap() {
        settings[name] = value.clone();
    }
    page.use_settings(settings).await;
}

#[test]
fn a_question_streams_into_the_page() {
    run(async |page| {
        use_model(page, json!({ "max_tokens": 60, "temperature": 0.0 })).await;
        page.js(SAMPLE).await;
        page.ask("Write three sentences about the sea.").await;
        page.wait_state(&ENDS, 60).await;
        assert!(["complete", "truncated"].contains(&page.state().await.as_str()), "{}", page.error().await);
        let lengths = lengths(page).await;
        assert!(lengths.len() >= 10, "text grew in {} steps only: {lengths:?}", lengths.len());
        for name in ["ttft", "speed", "tokens-in", "tokens-out", "elapsed"] {
            let shown = page.number(name).await;
            assert!(shown.chars().any(|char| char.is_ascii_digit()), "{name}: {shown:?}");
        }
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn stream_against_whole_is_raced_and_both_lanes_have_figures() {
    run(async |page| {
        use_model(page, json!({ "max_tokens": 60, "temperature": 0.0 })).await;
        race::open(page).await;
        race::start(page, "Write three sentences about the sea.", 120).await;
        for figure in ["ttfb", "ttft", "elapsed", "tokens-out", "bytes"] {
            let cells = race::cells(page, figure).await;
            let has_figure = |cell: &String| cell.chars().any(|c| c.is_ascii_digit());
            assert!(cells.len() == 2 && cells.iter().all(has_figure), "{figure}: {cells:?}");
        }
        let sentence = race::sentence(page).await;
        assert!(sentence.starts_with("Streaming showed the first word "), "{sentence}");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn json_by_a_schema_of_a_real_server_fills_the_tree_and_is_valid() {
    run(async |page| {
        use_model(page, json!({ "max_tokens": 200, "temperature": 0.0 })).await;
        structured::open_dialog_here(page).await;
        let schema = json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "maxLength": 30 },
                "age": { "type": "integer", "minimum": 1, "maximum": 99 },
                "likes": { "type": "array", "items": { "enum": ["sea", "hills", "rain"] }, "maxItems": 3 },
            },
            "required": ["name", "age", "likes"],
            "additionalProperties": false,
        });
        structured::take_schema(page, &schema.to_string(), &[]).await;
        page.ask("Tell me of Mary, who is 31 and likes the sea.").await;
        page.wait_state(&ENDS, 90).await;
        assert_eq!(page.state().await, "complete", "{}", page.error().await);
        structured::wait(page, "a valid end", "return status().startsWith('Valid')", 10).await;
        structured::wait(page, "the tree", "return /name/.test(tree()) && /likes/.test(tree())", 5).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn words_that_rules_forbid_are_never_in_the_answer_of_a_real_model() {
    run(async |page| {
        let rule = json!({ "kind": "words", "text": "sea\nocean\nwater\nwaves", "action": "redact" });
        let rules = json!({ "rules": [rule], "hold": "match" }).to_string();
        use_model(page, json!({ "max_tokens": 80, "temperature": 0.0, "rules": rules })).await;
        page.js("own.leaks = new Set(); own.looks = 0;
             new MutationObserver(() => {
                 own.looks += 1;
                 for (const turn of turns('assistant'))
                     for (const word of ['sea', 'ocean', 'water', 'waves'])
                         if ($('answer', turn)?.textContent.toLowerCase().includes(word)) own.leaks.add(word);
             }).observe(document.body, { subtree: true, childList: true, characterData: true })")
            .await;
        page.ask("Write three sentences about the sea.").await;
        page.wait_state(&ENDS, 90).await;
        assert!(page.answer().await.contains("\u{27e6}"), "{}", page.answer().await);
        assert_eq!(page.js("return [...own.leaks]").await, json!([]));
        assert!(page.js("return own.looks").await.as_u64().unwrap() >= 10);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn stop_in_the_prompt_phase_frees_the_server() {
    run(async |page| {
        // A server that was not left would write for half a minute and longer.
        use_model(page, json!({ "max_tokens": 3_000, "extra": "{\"ignore_eos\": true}" })).await;
        // About 600 tokens, which this model reads for seconds before it says a word.
        let long = "The sea is wide and the sea is deep. ".repeat(60);
        page.js(&format!(
            "const c = $('composer'); c.focus(); c.value = {}; c.dispatchEvent(new InputEvent('input', {{bubbles: true}}))",
            json!(long)
        ))
        .await;
        page.click("send").await;
        page.wait("a turn", "return turns('assistant').length === 1", 5).await;
        // Other tests ask the same server: this question is known by its limit.
        let ours = |what: &str| {
            let server = model_url().trim_end_matches("/v1").to_owned();
            format!(
                "return fetch('{server}/slots').then(r => r.json()).then(slots => {{ const ours = slots.filter(slot => slot.params?.max_tokens === 3000); return {what}; }})"
            )
        };
        page.wait("the server to read", &ours("ours.some(slot => slot.is_processing)"), 30).await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 5).await;
        assert_eq!(page.answer().await.trim(), "");
        // It looks for a closed connection once it has read a batch, which takes long on a busy machine.
        page.wait("the server to leave it", &ours("!ours.some(slot => slot.is_processing)"), 120).await;
        let written = page.js(&ours("Math.max(0, ...ours.map(slot => slot.next_token[0].n_decoded))")).await;
        assert!(written.as_u64().unwrap() < 1_000, "{written} tokens of 3,000 were written for nobody");
    });
}

#[test]
fn models_are_listed_from_the_server() {
    run(async |page| {
        use_model(page, json!({})).await;
        page.open_settings().await;
        page.click("load-models").await;
        page.wait(
            "the list",
            "return document.querySelectorAll('[data-testid=settings] datalist option').length > 0",
            10,
        )
        .await;
    });
}
