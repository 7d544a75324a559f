//! Events that repeat: where one of a run differs in what matters, it is read whole, and which of them are not.

use tokenfall::engine::frame::Event;
use tokenfall::engine::wire::{Deltas, Dialect, Mapper};

const CHAT: Dialect = Dialect::ChatCompletions;
const SAID: &str =
    r#"{"id":"i","created":1,"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#;

/// What each of the events comes to, and how many of them were not parsed. The same must come of them when all are.
fn told(dialect: Dialect, events: &[(&str, &str)]) -> (Vec<String>, u64) {
    let run = |whole: bool| {
        let (mut mapper, mut deltas) = (Mapper::new(dialect), Deltas::new());
        let mut told = Vec::new();
        for (name, data) in events {
            if whole {
                mapper.forget_repeats();
            }
            deltas.clear();
            let event = Event { name, data: data.as_bytes(), last_event_id: "", terminated: true };
            let is_json = mapper.map(&event, &mut deltas).is_ok();
            let said: Vec<_> = deltas.iter().map(|delta| format!("{delta:?}")).collect();
            told.push(if is_json { said.join(" ") } else { "no JSON".to_owned() });
        }
        (told, mapper.skipped())
    };
    let (read, none) = run(true);
    let (told, skipped) = run(false);
    assert_eq!((&told, none), (&read, 0), "{dialect:?}");
    (told, skipped)
}

/// The same for events without a name.
fn unnamed(dialect: Dialect, events: &[&str]) -> (Vec<String>, u64) {
    told(dialect, &events.iter().map(|data| ("message", *data)).collect::<Vec<_>>())
}

/// How many of these chat events are not parsed.
fn skipped(events: &[&str]) -> u64 {
    unnamed(CHAT, events).1
}

#[test]
fn in_each_protocol_the_fourth_of_a_run_is_not_parsed() {
    // The first opens a block; the second and the third prove what the fourth must come to.
    for (dialect, event, other) in [
        (
            CHAT,
            r#"{"created":1,"choices":[{"delta":{"content":"a"}}]}"#,
            r#"{"created":2,"choices":[{"delta":{"content":"\n"}}]}"#,
        ),
        (
            Dialect::Responses,
            r#"{"type":"response.output_text.delta","sequence_number":9,"item_id":"m","delta":"a","obfuscation":"zz"}"#,
            r#"{"type":"response.output_text.delta","sequence_number":10,"item_id":"m","delta":"\"","obfuscation":""}"#,
        ),
        (
            Dialect::Anthropic,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"é"}}"#,
        ),
        (
            Dialect::Gemini,
            r#"{"candidates":[{"content":{"parts":[{"text":"a"}]},"index":0}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"b"}]},"index":0}]}"#,
        ),
        (
            Dialect::Interactions,
            r#"{"event_type":"step.delta","index":0,"delta":{"type":"text","text":"a"},"event_id":"e1"}"#,
            r#"{"event_type":"step.delta","index":0,"delta":{"type":"text","text":"b"},"event_id":"e2"}"#,
        ),
        (
            Dialect::Ollama,
            r#"{"created_at":"2025-01-01T00:00:00Z","message":{"content":"a"},"done":false}"#,
            r#"{"created_at":"2025-01-01T00:00:01.5Z","message":{"content":"b"},"done":false}"#,
        ),
        (
            Dialect::Cohere,
            r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"a"}}}}"#,
            r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"b"}}}}"#,
        ),
    ] {
        assert_eq!(unnamed(dialect, &[event, event, other]).1, 0, "{dialect:?}");
        assert_eq!(unnamed(dialect, &[event, event, other, event, other]).1, 2, "{dialect:?}");
    }
}

#[test]
fn arguments_of_a_call_repeat_as_text_does() {
    let first = r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":""}}]}}]}"#;
    let piece = r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}}]}"#;
    assert_eq!(skipped(&[first, piece, piece, piece, piece]), 2);
}

#[test]
fn a_character_cut_in_two_is_joined_across_events_that_are_not_parsed() {
    let event = |text: &str| SAID.replace("\"a\"", text);
    let [halves, second] = [event(r#""x\ud83d""#), event(r#""\udc66y""#)];
    let (told, skipped) = unnamed(CHAT, &[SAID, SAID, SAID, &halves, &second, SAID]);
    assert!(told[4].contains("👦y"), "{told:?}");
    assert_eq!(skipped, 3);
}

#[test]
fn a_half_alone_is_a_sign_of_life_and_an_empty_text_too() {
    for silent in [r#""\ud83d""#, r#""\uDBFF""#, r#""""#] {
        let event = SAID.replace("\"a\"", silent);
        let (told, _) = unnamed(CHAT, &[SAID, SAID, SAID, SAID, &event, &event, SAID]);
        assert_eq!(told[4], "KeepAlive", "{silent}");
    }
}

#[test]
fn whatever_else_changes_is_read() {
    for other in [
        SAID.replace("\"i\"", "\"j\""),
        SAID.replace("null", "\"stop\""),
        SAID.replace("null", "5"),
        SAID.replace("\"index\":0", "\"index\":1"),
        SAID.replace("content", "refusal"),
        SAID.replace("{\"id\"", "{\"model\":\"m\",\"id\""),
        SAID.replace("{\"id\"", "{\"error\":{\"message\":\"m\"},\"id\""),
        SAID.replace("}]}", "}],\"usage\":{\"prompt_tokens\":1}}"),
        SAID.replace("\"created\":1", "\"created\":null"),
        SAID.replace("\"created\":1", "\"created\":01"),
        SAID.replace("\"a\"", "\"a\",\"content\":\"b\""),
        SAID.replace("\"a\"", "[{\"type\":\"text\",\"text\":\"a\"}]"),
        SAID.replace("\"a\"", "null"),
        SAID.replace(']', "]]"),
        SAID.replace('}', ""),
        "[DONE]".to_owned(),
        String::new(),
        "no JSON".to_owned(),
    ] {
        let with = |events: &[&str]| skipped(events);
        assert_eq!(with(&[SAID, SAID, SAID, SAID, &other]), 1, "{other} was not read");
        // And the run is over: it begins anew.
        assert!(with(&[SAID, SAID, SAID, SAID, &other, SAID, SAID]) <= 1, "{other} did not end the run");
    }
}

#[test]
fn white_space_around_an_event_is_none_of_its_text() {
    let spaced = format!("  {SAID}\t ");
    assert_eq!(skipped(&[SAID, SAID, &spaced, &spaced, SAID]), 2);
}

#[test]
fn the_same_json_under_another_name_is_another_event() {
    let event = r#"{"item_id":"m","delta":"a"}"#;
    let (text, refusal) = ("response.output_text.delta", "response.refusal.delta");
    let [said, refused] = [(text, event), (refusal, event)];
    let (told, skipped) = told(Dialect::Responses, &[said, said, said, said, refused, refused, said]);
    assert!(told[5].contains("Refusal"), "{told:?}");
    assert_eq!(skipped, 1);
}

#[test]
fn what_follows_the_end_is_not_said() {
    let (told, _) = unnamed(CHAT, &[SAID, SAID, SAID, SAID, "[DONE]", SAID, SAID, SAID]);
    assert_eq!(told[5..], ["", "", ""]);
}

#[test]
fn a_message_that_counts_only_once_is_not_taken_for_one_that_repeats() {
    // The annotation opens the block, and the message is read since nothing was said by deltas: once.
    let source = r#"{"choices":[{"index":1,"delta":{"annotations":[{"url":"u"}]}},{"index":0,"delta":{"content":"a"}}]}"#;
    let message = r#"{"choices":[{"index":1,"message":{"content":"whole"},"finish_reason":"stop"}]}"#;
    let (told, _) = unnamed(CHAT, &[source, message, message, message, message]);
    assert!(told[1].contains("whole"), "{told:?}");
    assert_eq!(told[2..], ["KeepAlive", "KeepAlive", "KeepAlive"]);
}

#[test]
fn a_text_of_which_a_part_waits_in_another_string_is_read() {
    let parts = r#"{"choices":[{"delta":{"content":[{"type":"text","text":"\ud83d"},{"type":"text","text":"\udc66"}]}}]}"#;
    let (told, skipped) = unnamed(CHAT, &[SAID, parts, parts, parts, parts]);
    assert!(told[4].contains('👦'), "{told:?}");
    assert_eq!(skipped, 0);
}

#[test]
fn an_event_that_brings_more_than_its_fragment_is_read_each_time() {
    let counted = SAID.replace("}]}", "}],\"usage\":{\"prompt_tokens\":1}}");
    assert_eq!(skipped(&[counted.as_str(); 6]), 0);
    let twice = SAID.replace("\"content\":\"a\"", "\"content\":\"a\",\"refusal\":\"b\"");
    assert_eq!(skipped(&[twice.as_str(); 6]), 0);
}

#[test]
fn a_run_behind_many_events_that_never_repeat_is_found() {
    let strangers: Vec<_> = (0..100).map(|n| SAID.replace("\"i\"", &format!("\"{n}\""))).collect();
    let mut events: Vec<&str> = strangers.iter().map(String::as_str).collect();
    events.extend([SAID; 40]);
    let found = skipped(&events);
    assert!((20..40).contains(&found), "{found} of 40 were not read");
}

#[test]
fn reasoning_under_two_names_is_compared_in_each_event() {
    let event = |first: &str, second: &str| {
        format!(r#"{{"choices":[{{"delta":{{"reasoning_content":"{first}","reasoning":"{second}"}}}}]}}"#)
    };
    let (same, other) = (event("a", "a"), event("b", "a"));
    let (told, skipped) = unnamed(CHAT, &[&same, &same, &same, &same, &other]);
    assert!(told[4].contains("\"b\"") && told[4].contains("\"a\""), "{told:?}");
    assert_eq!(skipped, 0);
}

#[test]
fn a_fragment_whose_arguments_tell_which_call_it_is_of_is_read_each_time() {
    let event = |id: &str, arguments: &str| {
        format!(
            r#"{{"choices":[{{"delta":{{"tool_calls":[{{"index":0,"id":"{id}","function":{{"name":"f","arguments":"{arguments}"}}}}]}}}}]}}"#
        )
    };
    let (first, more, another) = (event("x", r#"{\"a\":"#), event("y", "1"), event("y", "{"));
    let (told, skipped) = unnamed(CHAT, &[&first, &more, &more, &more, &another]);
    assert!(told[4].contains("Open"), "{told:?}");
    assert_eq!(skipped, 0);
}
