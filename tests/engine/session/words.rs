//! What a server says that is no event: it is shown, and what it did not say is not made up.

use super::{CHAT, DONE, Response, cause, message, said};
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

fn unreadable(excerpt: &str) -> Cause {
    Cause::Unreadable { excerpt: excerpt.to_owned() }
}

#[test]
fn plain_words_are_shown_whichever_letter_they_begin_with() {
    for words in [
        "invalid api key, ask the admin",
        "denied",
        "data is missing",
        "error: no such deployment",
        "retry later, please",
        "Unauthorized",
        "rate limit\nof 5 a minute",
        "<not html",
    ] {
        for content_type in ["", "text/plain", "text/event-stream", "application/x-ndjson"] {
            for end in ["", "\n", "\r\n\r\n"] {
                let turn = Response { content_type, ..CHAT }.turn(format!("{words}{end}"));
                if words.starts_with('<') {
                    assert_eq!(message(&turn), words, "{content_type}");
                    continue;
                }
                assert_eq!(cause(&turn), &unreadable(words), "{content_type} {end:?}");
                assert_eq!(turn.state, TurnState::Failed);
            }
        }
    }
}

#[test]
fn plain_words_beside_signs_of_life_are_shown() {
    let words = ": ping\n\nServer on fire\n\n: ping\n\n";
    assert_eq!(cause(&CHAT.turn(words)), &unreadable("Server on fire"));
    let turn = CHAT.turn(said("Hi") + words + DONE);
    assert_eq!(
        (turn.state, turn.text().as_str()),
        (TurnState::Complete, "Hi"),
        "beside an answer they harm nothing"
    );
}

#[test]
fn nothing_but_signs_of_life_is_an_empty_answer_and_not_a_cut_one() {
    let anthropic = Response { dialect: Dialect::Anthropic, ..CHAT };
    for (response, body) in [
        (&CHAT, ": keep-alive\n\n: keep-alive\n\n"),
        (&CHAT, ":"),
        (&CHAT, "id: 1\n\nretry: 5\n\n"),
        (&CHAT, "event: ping\ndata:\n\n"),
        (&anthropic, "event: ping\ndata: {\"type\":\"ping\"}\n\n"),
    ] {
        let turn = response.turn(body);
        assert_eq!((turn.state, cause(&turn)), (TurnState::Failed, &Cause::Empty), "{body:?}");
        assert_eq!(
            cause(&Response { end: End::Lost, ..response.clone() }.turn(body)),
            &Cause::Lost,
            "{body:?}"
        );
    }
}

#[test]
fn an_event_that_began_was_cut_off_although_nothing_of_it_is_shown() {
    for body in ["data: {\"choices\":[{\"delta\":{\"content\":\"Hi", "data: [DON", ": ping\n\ndata: {"] {
        assert_eq!(cause(&CHAT.turn(body)), &Cause::CutOff, "{body}");
    }
}

#[test]
fn a_whole_answer_cut_by_a_lost_connection_is_lost_and_not_the_wrong_protocol() {
    for stream in [true, false] {
        for content_type in ["application/json", "", "text/event-stream"] {
            let lost = Response { stream, content_type, end: End::Lost, ..CHAT };
            for body in [r#"{"choices":[{"index":0,"message":{"content":"Hi"#, "{", "Unauth", "invalid"] {
                let turn = lost.turn(body);
                assert_eq!((turn.state, cause(&turn)), (TurnState::Interrupted, &Cause::Lost), "{body}");
            }
            let whole = r#"{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}"#;
            assert_eq!(lost.turn(whole).state, TurnState::Complete, "all of it had come");
            assert_eq!(message(&lost.turn(r#"{"error":"No such model"}"#)), "No such model");
        }
    }
}

#[test]
fn unreadable_events_are_shown_as_the_first_of_them_came() {
    let first = format!("{}oops", "é".repeat(148));
    let noise = format!("data: {first}é\n\ndata: two, two\n\ndata: three, three\n\n");
    for body in [said("a") + &noise + &said("b") + DONE, noise.clone(), format!("data: {first}é\n\n")] {
        assert_eq!(cause(&CHAT.turn(&body)), &unreadable(&first), "{body}");
    }
    let turn = CHAT.turn("data: early, early\n\n".to_owned() + &said("a") + &noise);
    assert_eq!(cause(&turn), &unreadable(&first), "the first of those that ended it");
    assert_eq!(turn.failure.unwrap().details(), first);
}

#[test]
fn an_end_marker_behind_nothing_is_no_answer_but_a_model_may_stop_without_a_word() {
    for body in ["data: [DONE]\n\n", ": ping\n\ndata: [DONE]\n\n"] {
        let turn = CHAT.turn(body);
        assert_eq!((turn.state, cause(&turn)), (TurnState::Failed, &Cause::Empty), "{body}");
    }
    let whole = r#"{"choices":[{"index":0,"message":{"content":""},"finish_reason":"stop"}]}"#;
    for body in [DONE, &(said("") + &said(" \\n") + DONE), whole] {
        let turn = CHAT.turn(body);
        assert_eq!((turn.state, turn.is_blank(), turn.failure), (TurnState::Complete, true, None), "{body}");
    }
    let turn = CHAT.turn("Server on fire\n\ndata: [DONE]\n\n");
    assert_eq!(cause(&turn), &unreadable("Server on fire"));
    let turn = CHAT.turn("data: oops, oops\n\n".to_owned() + DONE);
    assert_eq!(cause(&turn), &unreadable("oops, oops"));
}

#[test]
fn an_answer_without_words_that_is_something_is_no_empty_answer() {
    let event = |delta: &str, stop: &str| {
        format!("data: {{\"choices\":[{{\"delta\":{delta},\"finish_reason\":{stop}}}]}}\n\n")
    };
    for delta in [
        r#"{"tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":""}}]}"#,
        r#"{"reasoning":"Hm"}"#,
        r#"{"refusal":"No"}"#,
        r#"{"images":[{"type":"image_url"}]}"#,
        r#"{"audio":{"id":"1"}}"#,
    ] {
        assert_eq!(CHAT.turn(event(delta, "\"stop\"") + DONE).state, TurnState::Complete, "{delta}");
    }
    for (stop, state) in [("length", TurnState::Truncated), ("content_filter", TurnState::Filtered)] {
        let turn = CHAT.turn(event("{}", &format!("\"{stop}\"")) + "data: [DONE]\n\n");
        assert_eq!((turn.state, turn.failure), (state, None), "{stop} has words of its own");
    }
}
