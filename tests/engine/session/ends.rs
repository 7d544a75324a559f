//! How an answer can end: only the protocol's own word makes it complete, and whatever else happens, its text stays.

use super::{CHAT, DONE, Response, at, cause, message, said, session};
use std::time::Duration;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::session::Next;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::Dialect;

#[test]
fn the_end_marker_makes_it_complete() {
    let turn = CHAT.turn(said("Hi") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Complete, "Hi"));
    assert_eq!(turn.failure, None);
}

#[test]
fn a_clean_end_without_the_marker_is_interrupted_and_keeps_the_text() {
    let turn = CHAT.turn(said("Hi") + &said(" there"));
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Interrupted, "Hi there"));
    assert_eq!(cause(&turn), &Cause::CutOff);
}

#[test]
fn a_broken_connection_is_interrupted_and_keeps_the_text() {
    let turn = Response { end: End::Lost, ..CHAT }.turn(said("Hi"));
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Interrupted, "Hi"));
    assert_eq!(cause(&turn), &Cause::Lost);
}

#[test]
fn a_broken_connection_behind_the_end_marker_harms_nothing() {
    let turn = Response { end: End::Lost, ..CHAT }.turn(said("Hi") + DONE);
    assert_eq!((turn.state, turn.failure), (TurnState::Complete, None));
}

#[test]
fn a_stop_is_stopped_and_not_failed_and_keeps_the_text() {
    let turn = Response { end: End::Cancelled, ..CHAT }.turn(said("Hi"));
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Stopped, "Hi"));
    assert_eq!(turn.failure, None);
}

#[test]
fn a_stop_before_the_first_byte_and_before_the_head_is_stopped() {
    let mut waiting = session(Dialect::ChatCompletions, true);
    waiting.head(Head { status: 200, ..Head::default() }, at(1));
    waiting.end(End::Cancelled, false, at(2));
    assert_eq!(waiting.turn().state, TurnState::Stopped);
    let mut sending = session(Dialect::ChatCompletions, true);
    sending.end(End::Cancelled, false, at(2));
    assert_eq!(sending.turn().state, TurnState::Stopped);
}

#[test]
fn chunks_heads_and_ends_behind_a_stop_change_nothing() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(1));
    let _ = session.feed(said("Hi").as_bytes(), at(2));
    session.end(End::Cancelled, false, at(3));
    let (turn, tape, numbers) = (session.turn().clone(), session.tape().clone(), session.numbers(at(4)));
    assert_eq!(session.feed(said(" late").as_bytes(), at(5)), Next::Enough);
    session.head(Head { status: 500, ..Head::default() }, at(5));
    session.end(End::Lost, true, at(6));
    assert_eq!((session.turn(), session.tape(), session.numbers(at(7))), (&turn, &tape, numbers));
}

#[test]
fn an_error_inside_a_200_fails_with_the_providers_words_and_keeps_the_text() {
    let error = "data: {\"error\":{\"message\":\"Out of memory\",\"code\":502}}\n\n";
    let turn = CHAT.turn(said("Hi") + error + &said(" again") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Failed, "Hi"));
    assert_eq!(message(&turn), "Out of memory");
}

#[test]
fn the_first_of_two_errors_counts() {
    let error = |words: &str| format!("data: {{\"error\":{{\"message\":\"{words}\"}}}}\n\n");
    assert_eq!(message(&CHAT.turn(error("one") + &error("two"))), "one");
}

#[test]
fn events_and_ends_behind_the_end_are_ignored() {
    let turn = CHAT.turn(said("Hi") + DONE + &said(" again") + "data: nonsense\n\n" + DONE);
    assert_eq!((turn.state, turn.text().as_str(), turn.unreadable_count), (TurnState::Complete, "Hi", 0));
}

#[test]
fn an_unterminated_last_event_counts_if_it_is_whole() {
    let body = said("Hi") + DONE;
    for cut in [1, 2] {
        assert_eq!(
            CHAT.turn(&body[..body.len() - cut]).state,
            TurnState::Complete,
            "{cut} line ends missing"
        );
    }
    assert_eq!(CHAT.turn(said("Hi") + "data: [DON").state, TurnState::Interrupted, "half a sentinel");
    let half = said("Hi") + "data: {\"choices\":[{\"delta\":{\"content\":\" and";
    let turn = CHAT.turn(half);
    assert_eq!(
        (turn.text().as_str(), turn.unreadable_count),
        ("Hi", 0),
        "half an event is no text and no fault"
    );
}

#[test]
fn an_unreadable_event_is_skipped_and_counted() {
    let turn = CHAT.turn(
        said("a") + "data: {\"choices\":\n\n" + &said("b") + "data: oops, oops\n\n" + &said("c") + DONE,
    );
    assert_eq!((turn.state, turn.text().as_str(), turn.unreadable_count), (TurnState::Complete, "abc", 2));
}

#[test]
fn three_unreadable_events_in_a_row_end_it() {
    let noise = "data: oops, oops\n\n".repeat(3);
    let turn = CHAT.turn(said("a") + &noise + &said("b") + DONE);
    assert_eq!((turn.state, turn.text().as_str()), (TurnState::Interrupted, "a"));
    assert!(matches!(cause(&turn), Cause::Unreadable { .. }));
    assert_eq!(CHAT.turn(noise).state, TurnState::Failed, "with no text there was no answer");
    let split = "data: oops, oops\n\n".repeat(2) + &said("b") + &"data: oops, oops\n\n".repeat(2) + DONE;
    assert_eq!(CHAT.turn(split).state, TurnState::Complete, "two and two are not in a row");
}

#[test]
fn nothing_but_unreadable_events_is_unreadable_and_not_cut_off() {
    assert!(matches!(cause(&CHAT.turn("data: oops, oops\n\n")), Cause::Unreadable { .. }));
}

#[test]
fn limits_and_filters_have_final_states_of_their_own() {
    for (word, state) in [
        ("length", TurnState::Truncated),
        ("content_filter", TurnState::Filtered),
        ("a_word_of_tomorrow", TurnState::Halted),
    ] {
        let stop = format!("data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"{word}\"}}]}}\n\n");
        let turn = CHAT.turn(said("Hi") + &stop + "data: [DONE]\n\n");
        assert_eq!((turn.state, turn.stop.unwrap().wire.as_str()), (state, word));
    }
}

#[test]
fn no_answer_at_all_is_unreachable_or_offline() {
    for (offline, expected) in [(false, Cause::Unreachable), (true, Cause::Offline)] {
        let mut session = session(Dialect::ChatCompletions, true);
        session.end(End::Lost, offline, at(1));
        assert_eq!((session.turn().state, cause(session.turn())), (TurnState::Failed, &expected));
    }
}

#[test]
fn the_servers_wait_is_taken_from_the_header_or_else_from_the_body() {
    let body = r#"{"error":{"message":"slow","details":[{"retryDelay":"48s"}]}}"#;
    let refused = Response { status: 429, content_type: "application/json", ..CHAT };
    assert_eq!(refused.turn(body).failure.unwrap().retry_after, Some(Duration::from_secs(48)));
    let with_header = Response { retry_after: Some(Duration::from_secs(7)), ..refused };
    assert_eq!(with_header.turn(body).failure.unwrap().retry_after, Some(Duration::from_secs(7)));
}

#[test]
fn an_answer_larger_than_the_limit_is_stopped_with_its_text() {
    let mut session = session(Dialect::ChatCompletions, true);
    session
        .head(Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() }, at(1));
    let _ = session.feed(said("Hi").as_bytes(), at(2));
    let comment = [b": ", vec![b'c'; (1 << 20) - 3].as_slice(), b"\n"].concat();
    let chunks = (0..70).take_while(|_| session.feed(&comment, at(3)) == Next::More).count();
    assert!((60..66).contains(&chunks), "{chunks}");
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
    assert!(matches!(cause(session.turn()), Cause::TooLarge { .. }));
    assert!(session.tape().size() < 1 << 21, "what repeats is recorded once: {}", session.tape().size());
}

#[test]
fn an_event_larger_than_the_limit_is_stopped_with_its_text() {
    let mut session = session(Dialect::ChatCompletions, true);
    session
        .head(Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() }, at(1));
    let _ = session.feed((said("Hi") + "data: ").as_bytes(), at(2));
    let megabyte = vec![b'x'; 1 << 20];
    assert!((0..20).any(|_| session.feed(&megabyte, at(3)) == Next::Enough));
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
}

#[test]
fn an_answer_of_endless_events_is_stopped_with_its_text() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(CHAT.head(), at(1));
    let _ = session.feed(said("Hi").as_bytes(), at(2));
    let events = "data:{}\n\n".repeat(100_000);
    assert!((0..21).any(|_| session.feed(events.as_bytes(), at(3)) == Next::Enough));
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
    let sentence = session.turn().failure.as_ref().unwrap().sentence();
    assert_eq!(sentence, "Stopped: the answer has more than 2 million events.");
}

#[test]
fn an_answer_of_endless_text_is_stopped_at_the_same_place_however_it_was_cut() {
    let event = said(&"x".repeat(1_000_000));
    let stream = event.repeat(23);
    for size in [stream.len(), 1 << 20, 77_777] {
        let mut session = session(Dialect::ChatCompletions, true);
        session.head(CHAT.head(), at(1));
        assert!(stream.as_bytes().chunks(size).any(|chunk| session.feed(chunk, at(2)) == Next::Enough));
        assert_eq!((session.turn().state, session.turn().text().len()), (TurnState::Interrupted, 21_000_000));
        let sentence = session.turn().failure.as_ref().unwrap().sentence();
        assert_eq!(sentence, "Stopped: the answer has more than 20 MB of text.");
    }
}

#[test]
fn a_line_larger_than_its_limit_is_refused_before_the_event_is() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(CHAT.head(), at(1));
    let _ = session.feed((said("Hi") + "data: ").as_bytes(), at(2));
    let megabyte = vec![b'x'; 1 << 20];
    let taken = (0..20).take_while(|_| session.feed(&megabyte, at(3)) == Next::More).count();
    assert_eq!(taken, 7, "8 MiB");
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
    assert!(session.turn().failure.as_ref().unwrap().sentence().contains("8 MiB"));
}

#[test]
fn an_answer_of_more_parts_than_a_page_can_hold_is_cut_off_and_keeps_them() {
    let mut session = session(Dialect::Anthropic, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let open = |index: u32| {
        format!(
            "data: {{\"type\":\"content_block_start\",\"index\":{index},\"content_block\":{{\"type\":\"text\",\"text\":\"x\"}}}}\n\n"
        )
    };
    let taken =
        (0..5_000).take_while(|index| session.feed(open(*index).as_bytes(), at(1)) == Next::More).count();
    assert_eq!(taken, 1_024);
    let turn = session.turn();
    assert_eq!((turn.state, turn.text().len()), (TurnState::Interrupted, 1_025));
    assert!(turn.failure.as_ref().unwrap().sentence().contains("1024 parts"));
}

/// The browser's words differ from one to the next and may say more than meets the eye: they stand in the details alone.
#[test]
fn the_browsers_reason_for_a_lost_connection_stands_in_the_details_and_never_in_the_sentence() {
    for (sent, expected) in [(false, "No answer from"), (true, "The connection to")] {
        let mut session = session(Dialect::ChatCompletions, true);
        if sent {
            session.head(Head { status: 200, ..Head::default() }, at(1));
        }
        session.keep_reason("TypeError: network\u{200b} error".to_owned());
        session.end(End::Lost, false, at(2));
        let failure = session.turn().failure.clone().unwrap();
        assert!(failure.sentence().starts_with(expected), "{}", failure.sentence());
        assert!(!failure.sentence().contains("TypeError"));
        assert_eq!(failure.details(), "TypeError: network⟨1 hidden⟩ error");
    }
}
