//! Tests of Chat Completions and its dialects. Every stream is small, written by hand and fed at every cut.

use crate::support::{calls, play_as, sse, stop, turn_of};
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::frame::{Frame, SseDecoder};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{
    BaseUrl, BlockKind, Decimal, Delta, Deltas, Dialect, Endpoint, Mapper, Message, Prompt, Role, StopReason,
};

mod calls;
mod control;
mod ends;

fn turn(events: &[&str]) -> Turn {
    turn_of(Dialect::ChatCompletions, sse(events))
}

fn whole(body: &str) -> Turn {
    play_as(Dialect::ChatCompletions, "application/json", &[body.as_bytes()], End::Closed)
}

#[test]
fn text_usage_and_stop_of_a_plain_answer() {
    let turn = turn(&[
        r#"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}],"usage":null}"#,
        r#"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"Grüße, "},"finish_reason":null}]}"#,
        r#"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"世界"},"finish_reason":null}]}"#,
        r#"{"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        r#"{"id":"c1","model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":1}}}"#,
        "[DONE]",
    ]);
    assert_eq!(turn.text(), "Grüße, 世界");
    assert_eq!(turn.state, TurnState::Complete);
    assert_eq!(stop(&turn), (StopReason::Finished, "stop"));
    let usage = turn.usage.unwrap();
    assert_eq!(
        (usage.input, usage.cached, usage.output, usage.reasoning),
        (Some(7), Some(5), Some(3), Some(1))
    );
    assert_eq!(turn.identity.model.as_deref(), Some("m"));
    assert_eq!(turn.unknown_count, 0);
}

#[test]
fn a_surrogate_pair_cut_between_two_deltas_is_one_character() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":"a\ud83d"}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"\udc66b"},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(turn.text(), "a👦b");
}

#[test]
fn the_index_may_stand_behind_the_delta() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"content":"other"},"index":1},{"delta":{"content":"shown"},"index":0}]}"#,
    ]);
    assert_eq!(turn.text(), "shown");
    assert_eq!(turn.blocks.iter().map(|block| block.choice).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn reasoning_under_either_name_is_said_once() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"reasoning_content":"one ","reasoning":"one "}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"reasoning_content":"","reasoning":"two "}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"","reasoning":"three","reasoning_details":[{"type":"reasoning.text","text":"three"}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"answer","reasoning":null,"reasoning_details":[]},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(turn.reasoning(), "one two three");
    assert_eq!(turn.text(), "answer");
    let opaque = &turn.blocks[0].opaque;
    assert_eq!(opaque.len(), 1);
    assert_eq!(opaque[0].value, r#"[{"type":"reasoning.text","text":"three"}]"#);
}

#[test]
fn content_of_the_wrong_type_is_not_lost() {
    let turn = turn(&[
        r#"{"choices":[{"index":"0","delta":{"content":4}}],"id":7,"model":null,"usage":"none"}"#,
        r#"{"choices":{"index":0,"delta":{"content":"2","refusal":false,"tool_calls":null},"finish_reason":"stop"}}"#,
        r#"{"choices":null}"#,
        r#"{"choices":[null,3,"x",{"delta":[]},{"delta":{"content":true,"tool_calls":"no"}}]}"#,
    ]);
    assert_eq!(turn.text(), "42true");
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn a_message_beside_deltas_is_a_repetition_and_alone_it_is_the_answer() {
    let both = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":"1 2"},"message":{"content":"1 2"}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":" 3"},"message":{"content":"1 2 3"},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(both.text(), "1 2 3");
    let alone = turn(&[
        r#"{"choices":[{"index":0,"message":{"content":"1"}}]}"#,
        r#"{"choices":[{"index":0,"message":{"content":"1 2"},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(alone.text(), "1 2");
}

#[test]
fn a_refusal_is_a_block_of_its_own() {
    let turn =
        turn(&[r#"{"choices":[{"delta":{"content":null,"refusal":"I can't"},"finish_reason":"stop"}]}"#]);
    assert_eq!((turn.text().as_str(), turn.refusal().as_str()), ("", "I can't"));
}

#[test]
fn usage_is_found_where_each_server_puts_it() {
    for (event, input, output) in [
        (r#"{"choices":[],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":4}}}"#, 3, 4),
        (r#"{"choices":[{"delta":{},"usage":{"prompt_tokens":5,"completion_tokens":6}}]}"#, 5, 6),
        (r#"{"choices":[{"delta":{}}],"timings":{"cache_n":10,"prompt_n":2,"predicted_n":8}}"#, 12, 8),
        (r#"{"choices":[],"usage":{},"timings":{"prompt_n":2,"predicted_n":8}}"#, 2, 8),
        // xAI counts reasoning apart, which shows in the total.
        (
            r#"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":60,"completion_tokens_details":{"reasoning_tokens":50}}}"#,
            9,
            51,
        ),
    ] {
        let usage = turn(&[event]).usage.unwrap();
        assert_eq!((usage.input, usage.output), (Some(input), Some(output)), "{event}");
    }
}

#[test]
fn timings_do_not_replace_a_usage_that_came_before() {
    let turn = turn(&[
        r#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#,
        r#"{"choices":[],"timings":{"prompt_n":1,"predicted_n":1}}"#,
    ]);
    assert_eq!(turn.usage.unwrap().input, Some(3));
}

#[test]
fn progress_in_reading_the_prompt_is_passed_on() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"role":"assistant"}}],"prompt_progress":{"total":100,"cache":10,"processed":40}}"#,
    ]);
    assert_eq!(turn.progress, Some((40, 100)));
}

#[test]
fn sources_repeated_in_each_chunk_are_cited_once() {
    let turn = turn(&[
        r#"{"citations":["https://a.example"],"choices":[{"delta":{"content":"1"}}]}"#,
        r#"{"citations":["https://a.example","https://b.example"],"choices":[{"delta":{"content":"2"},"finish_reason":"stop"}]}"#,
        r#"{"choices":[{"delta":{"annotations":[{"type":"url_citation","url_citation":{"url":"https://c.example","title":"C"}}]}}]}"#,
    ]);
    let urls: Vec<_> = turn.blocks[0].citations.iter().map(|citation| citation.url.as_str()).collect();
    assert_eq!(urls, ["https://a.example", "https://b.example", "https://c.example"]);
}

#[test]
fn an_answer_that_was_not_streamed_is_read_whole() {
    let turn = whole(
        r#"{"id":"c","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"text","reasoning_content":"why","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
    );
    assert_eq!((turn.text().as_str(), turn.reasoning().as_str()), ("text", "why"));
    assert_eq!(calls_as_text(&turn), "a f {} function");
    assert_eq!((turn.state, turn.whole), (TurnState::Complete, true));
}

#[test]
fn the_request_carries_the_system_prompt_as_the_first_message() {
    let prompt = Prompt {
        model: "m".to_owned(),
        system: "Be brief.".to_owned(),
        messages: vec![
            Message { role: Role::User, text: "Hi".to_owned() },
            Message { role: Role::Assistant, text: "Hello".to_owned() },
        ],
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("http://127.0.0.1:8080/v1", false).unwrap();
    let request = Endpoint { dialect: Dialect::ChatCompletions, base, key: None }.request(&prompt);
    assert_eq!(request.url, "http://127.0.0.1:8080/v1/chat/completions");
    assert_eq!(
        request.body.unwrap(),
        r#"{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],"stream":true,"stream_options":{"include_usage":true}}"#
    );
}

#[test]
fn the_request_says_nothing_of_what_was_not_set() {
    let base = BaseUrl::parse("https://api.example.com/v1", false).unwrap();
    let endpoint = Endpoint { dialect: Dialect::ChatCompletions, base, key: None };
    let bare = Prompt { model: "m".to_owned(), ..Prompt::default() };
    assert_eq!(endpoint.request(&bare).body.unwrap(), r#"{"model":"m","messages":[]}"#);
    let full = Prompt { temperature: Decimal::parse("0.5"), max_tokens: Some(9), ..bare };
    assert_eq!(
        endpoint.request(&full).body.unwrap(),
        r#"{"model":"m","messages":[],"temperature":0.5,"max_tokens":9}"#
    );
}

#[test]
fn kinds_of_blocks_open_in_the_order_of_their_first_words() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"content":"b","reasoning":"a","images":[{"type":"image_url"}]},"finish_reason":"stop"}]}"#,
    ]);
    let kinds: Vec<_> = turn.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Other, BlockKind::Reasoning, BlockKind::Text]);
}

#[test]
fn content_may_be_a_list_of_parts_that_mixes_thinking_text_and_the_unknown() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"144"},{"type":"reference","reference_ids":[1]}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content_list":[{"type":"text","text":"!"}]},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("hm", "144!"));
    assert_eq!(turn.unknown[0].name, "reference");
}

#[test]
fn an_event_that_is_no_chunk_is_kept_as_unknown() {
    let turn = turn(&[
        r#"{"surprise":1}"#,
        r#"[1]"#,
        r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(turn.unknown_count, 2);
    assert_eq!(turn.unknown[0].raw, r#"{"surprise":1}"#);
    assert_eq!(turn.text(), "a");
}

#[test]
fn pings_and_chunks_without_choices_are_signs_of_life_and_not_unknown() {
    let said = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#;
    let quiet = r#"{"choices":null,"prompt_filter_results":[]}"#;
    let body = format!("event: ping\ndata: {{}}\n\ndata: {quiet}\n\ndata: {said}\n\n");
    let turn = turn_of(Dialect::ChatCompletions, body);
    assert_eq!((turn.text().as_str(), turn.unknown_count), ("a", 0));
}

#[test]
fn a_choice_with_an_absurd_index_costs_no_memory() {
    let turn = turn(&[r#"{"choices":[{"index":18446744073709551615,"delta":{"content":"x"}}]}"#]);
    assert_eq!(turn.unknown_count, 1);
    assert!(turn.blocks.is_empty());
}

fn calls_as_text(turn: &Turn) -> String {
    let calls = calls(turn).into_iter();
    calls
        .map(|(id, name, arguments, kind)| format!("{id} {name} {arguments} {kind}"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn an_id_and_a_model_that_stand_in_every_chunk_are_told_once_and_empty_ones_never() {
    let chunk = |id: &str, model: &str| {
        format!(r#"{{"id":"{id}","model":"{model}","choices":[{{"index":0,"delta":{{"content":"a"}}}}]}}"#)
    };
    let chunks = [("c", "m"), ("c", "m"), ("", "m"), ("c", ""), ("c", "routed"), ("c", "routed")];
    let chunks = chunks.map(|(id, model)| chunk(id, model));
    let mut decoder = SseDecoder::new();
    decoder.push(sse(&chunks.each_ref().map(String::as_str)).as_bytes());
    let (mut mapper, mut deltas) = (Mapper::new(Dialect::ChatCompletions), Deltas::new());
    assert!(deltas.is_empty(), "nothing was mapped");
    while let Some(frame) = decoder.next_frame().unwrap() {
        let Frame::Event(event) = frame else { continue };
        mapper.map(&event, &mut deltas).unwrap();
    }
    let mut told = Vec::new();
    for delta in deltas.iter() {
        if let Delta::Identity(identity) = delta {
            told.push((identity.id.as_deref(), identity.model.as_deref()));
        }
    }
    assert!(!deltas.is_empty());
    assert_eq!(told, [(Some("c"), Some("m")), (None, Some("routed"))]);
}
