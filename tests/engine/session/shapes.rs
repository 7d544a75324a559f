//! In which shape a body comes, whatever its label says: streams, whole answers, errors, web pages, nothing.

use super::{CHAT, DONE, Response, cause, message, said};
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::error::Category;
use tokenfall::engine::wire::Dialect;

const ANSWER: &str = r#"{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#;

#[test]
fn a_stream_is_read_as_one_whatever_it_is_labelled() {
    for content_type in [
        "",
        "text/plain",
        "application/octet-stream",
        "TEXT/Event-Stream;charset=UTF-8",
        "application/json",
        "application/x-ndjson",
    ] {
        for start in ["", "\n\n", "\u{feff}", ": hello\n\n", "event: x\n", "id: 1\n", "retry: 5\n"] {
            let turn = Response { content_type, ..CHAT }.turn(start.to_owned() + &said("Hi") + DONE);
            let told = (turn.state, turn.text(), turn.whole);
            assert_eq!(told, (TurnState::Complete, "Hi".to_owned(), false), "{content_type:?} {start:?}");
        }
    }
}

#[test]
fn ndjson_is_read_as_such_whatever_it_is_labelled() {
    let body =
        "{\"message\":{\"content\":\"H\"},\"done\":false}\n{\"message\":{\"content\":\"i\"},\"done\":true}\n";
    for content_type in ["application/x-ndjson", "application/json", "", "text/plain", "text/event-stream"] {
        for start in ["", " \n", "\u{feff}"] {
            let ollama = Response { dialect: Dialect::Ollama, content_type, ..CHAT };
            let turn = ollama.turn(start.to_owned() + body);
            assert_eq!(
                (turn.state, turn.text().as_str()),
                (TurnState::Complete, "Hi"),
                "{content_type:?} {start:?}"
            );
        }
    }
}

#[test]
fn lines_of_json_behind_empty_lines_are_a_stream_in_a_protocol_of_events_too() {
    let line = |text: &str, end: &str| {
        format!(r#"{{"choices":[{{"index":0,"delta":{{"content":"{text}"}},"finish_reason":{end}}}]}}"#)
            + "\n"
    };
    for start in ["", "\n", " \n \n"] {
        for content_type in ["application/json", "text/event-stream"] {
            let body = start.to_owned() + &line("H", "null") + &line("i", "\"stop\"");
            let turn = Response { content_type, ..CHAT }.turn(body);
            let told = (turn.state, turn.text(), turn.whole);
            assert_eq!(told, (TurnState::Complete, "Hi".to_owned(), false), "{content_type:?} {start:?}");
        }
    }
}

#[test]
fn a_json_answer_although_a_stream_was_asked_is_the_answer() {
    for content_type in ["application/json", "", "text/plain", "text/event-stream"] {
        let turn = Response { content_type, ..CHAT }.turn(format!("\u{feff} \n{ANSWER}\n"));
        assert_eq!((turn.state, turn.text().as_str(), turn.whole), (TurnState::Complete, "Hi", true));
    }
}

#[test]
fn a_long_json_answer_labelled_as_a_stream_is_whole() {
    // Of lines that are no fields a stream's decoder keeps 64 KiB.
    let long = "x".repeat(70 << 10);
    let turn = CHAT.play(&[ANSWER.replace("Hi", &long).as_bytes()]);
    assert_eq!((turn.state, turn.text().len(), turn.whole), (TurnState::Complete, long.len(), true));
}

#[test]
fn a_stream_that_begins_with_a_field_nobody_knows_is_what_its_label_says() {
    let turn = CHAT.turn("x-trace: 1\n".to_owned() + &said("Hi") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Complete, "Hi"));
    let ollama = Response { dialect: Dialect::Ollama, content_type: "application/x-ndjson", ..CHAT };
    let turn = ollama.turn("null\n{\"message\":{\"content\":\"Hi\"},\"done\":true}\n");
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Complete, "Hi"));
}

#[test]
fn asked_whole_or_streamed_the_turn_says_the_same() {
    let whole = Response { stream: false, content_type: "application/json", ..CHAT }.turn(ANSWER);
    let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n";
    let id = "data: {\"id\":\"1\",\"choices\":[]}\n\n";
    let streamed = CHAT.turn(id.to_owned() + &said("H") + &said("i") + usage + DONE);
    assert_eq!((whole.blocks, whole.stop, whole.state), (streamed.blocks, streamed.stop, streamed.state));
    assert_eq!((whole.usage, whole.identity), (streamed.usage, streamed.identity));
}

#[test]
fn a_json_answer_that_was_cut_is_no_answer() {
    let turn = Response { content_type: "application/json", ..CHAT }.turn(&ANSWER[..60]);
    assert_eq!(turn.state, TurnState::Failed);
    assert!(matches!(cause(&turn), Cause::Unreadable { excerpt } if excerpt.starts_with("{\"id\"")));
}

#[test]
fn json_that_is_no_answer_is_unreadable_and_shown() {
    let turn = Response { content_type: "application/json", ..CHAT }.turn(r#"{"status":"fine"}"#);
    assert_eq!(cause(&turn), &Cause::Unreadable { excerpt: r#"{"status":"fine"}"#.to_owned() });
}

#[test]
fn a_json_error_with_status_200_is_an_error() {
    for content_type in ["application/json", "text/event-stream", ""] {
        let turn =
            Response { content_type, ..CHAT }.turn(r#"{"error":{"message":"No such model","code":404}}"#);
        assert_eq!((turn.state, message(&turn)), (TurnState::Failed, "No such model"), "{content_type:?}");
    }
}

#[test]
fn a_bare_json_error_behind_events_is_an_error_and_keeps_the_text() {
    let error = "{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"Resource exhausted\"\n  }\n}";
    let turn = CHAT.turn(said("Hi") + error);
    assert_eq!(
        (turn.state, turn.text().as_str(), message(&turn)),
        (TurnState::Failed, "Hi", "Resource exhausted")
    );
}

#[test]
fn a_bare_json_error_between_events_is_no_good_end() {
    let turn = CHAT.turn(said("Hi") + "{\"error\":{\"message\":\"Backend gone\"}}\n\n" + DONE);
    assert_eq!((turn.state, turn.text().as_str(), message(&turn)), (TurnState::Failed, "Hi", "Backend gone"));
    for cut in [1, 2] {
        let body = said("Hi") + "{\"error\":\"Backend gone\"}\n\n" + DONE;
        assert_eq!(CHAT.turn(&body[..body.len() - cut]).state, TurnState::Failed, "{cut} line ends missing");
    }
}

#[test]
fn an_error_in_a_field_of_that_name_or_behind_other_lines_is_an_error() {
    // Old versions of llama.cpp.
    let error = "error: {\"code\":500,\"message\":\"Out of memory\",\"type\":\"server_error\"}\n\n";
    let trace = "x-trace: {\"message\":\"all is well\"}\n";
    assert_eq!(CHAT.turn(trace.to_owned() + &said("Hi") + DONE).state, TurnState::Complete);
    for body in [said("Hi") + error, trace.to_owned() + &said("Hi") + error] {
        let turn = CHAT.turn(body);
        assert_eq!(
            (turn.state, turn.text().as_str(), message(&turn)),
            (TurnState::Failed, "Hi", "Out of memory")
        );
    }
}

#[test]
fn an_error_event_in_plain_words_is_an_error_once_it_is_whole() {
    let error = "event: error\ndata: Internal Server Error\n\n";
    let turn = CHAT.turn(said("Hi") + error + &said(" again") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Failed, "Hi"));
    assert_eq!((message(&turn), turn.unreadable_count), ("Internal Server Error", 0));
    let half = said("Hi") + "event: error\ndata: {\"error\":{\"mess";
    assert_eq!(cause(&CHAT.turn(half)), &Cause::CutOff, "half an error is none");
}

#[test]
fn an_error_status_is_never_read_as_a_stream() {
    let error = r#"{"error":{"message":"models/x is not found","status":"NOT_FOUND"}}"#;
    for content_type in ["text/event-stream", "application/octet-stream", "application/json", ""] {
        let turn = Response { status: 404, content_type, ..CHAT }.turn(error);
        assert_eq!((turn.state, message(&turn)), (TurnState::Failed, "models/x is not found"));
        assert!(matches!(cause(&turn), Cause::Provider(error) if error.category == Category::NotFound));
    }
    let turn = Response { status: 500, ..CHAT }.turn(said("Hi") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Failed, ""), "not even when it is one");
}

#[test]
fn an_error_without_a_body_still_says_its_status() {
    let turn = Response { status: 401, content_type: "", ..CHAT }.turn("");
    let sentence = turn.failure.unwrap().sentence();
    assert_eq!(sentence, "server:1 refused the key (401).");
}

#[test]
fn an_empty_answer_is_called_empty() {
    for status in [200, 204] {
        for body in ["", "\n", " \r\n \n", "\u{feff}"] {
            for content_type in ["", "application/json"] {
                let turn = Response { status, content_type, ..CHAT }.turn(body);
                assert_eq!((turn.state, cause(&turn)), (TurnState::Failed, &Cause::Empty), "{body:?}");
            }
        }
    }
    assert_eq!(cause(&CHAT.turn("")), &Cause::Empty);
}

#[test]
fn an_error_body_is_read_up_to_64_kib_and_4_kib_of_it_are_kept() {
    let body = format!("{}{}", "x".repeat(100 << 10), "TAIL");
    let refused = Response { status: 500, content_type: "text/plain", ..CHAT };
    let turn = refused.play(&[body.as_bytes()]);
    assert_eq!(refused.play(&body.as_bytes().chunks(999).collect::<Vec<_>>()), turn);
    let Cause::Provider(error) = cause(&turn) else { panic!("the provider's error") };
    assert_eq!((error.message.len(), error.raw.len()), (4 << 10, 4 << 10));
    let json = format!(r#"{{"error":{{"message":"m"}},"pad":"{}"}}"#, "x".repeat(70 << 10));
    let turn = refused.play(&[json.as_bytes()]);
    assert_ne!(message(&turn), "m", "what is cut at 64 KiB is no JSON any more, and is told as text");
}

#[test]
fn white_space_without_end_is_looked_at_once() {
    // Quadratic work here would take hours.
    let body = vec![b' '; 2 << 20];
    let turn = Response { content_type: "", ..CHAT }.play(&body.chunks(1).collect::<Vec<_>>());
    assert_eq!(cause(&turn), &Cause::Empty);
}
