//! Streams that are read by rules, whole, byte by byte and cut at random.

use super::rules;
use crate::cuts::cuttings;
use tokenfall::engine::chat::{Cause, Server, Turn, TurnState};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{BlockKind, Protocol};

fn once(texts: [&str; 4], has_lines: bool, pieces: &[&[u8]], end: End) -> Turn {
    let protocol = Protocol::own_events(rules(texts), has_lines);
    let plan = Plan::new(protocol.dialect(), true, "", Server::default(), None);
    let mut session = Session::with_protocol(plan, protocol, Timestamp::ORIGIN);
    session.head(Head { status: 200, ..Head::default() }, Timestamp::ORIGIN);
    for piece in pieces {
        let _ = session.feed(piece, Timestamp::ORIGIN);
    }
    session.end(end, false, Timestamp::ORIGIN);
    session.into_turn()
}

fn play(texts: [&str; 4], has_lines: bool, body: &str) -> Turn {
    let whole = once(texts, has_lines, &[body.as_bytes()], End::Closed);
    for (how, pieces) in cuttings(body.as_bytes()) {
        assert_eq!(once(texts, has_lines, &pieces, End::Closed), whole, "{how}: {body}");
    }
    whole
}

#[test]
fn text_reasoning_and_the_end_come_from_their_members() {
    let body = "data: {\"r\":\"h\",\"t\":\"\"}\n\ndata: {\"r\":\"m\"}\n\ndata: {\"t\":\"He\\ud83d\"}\n\ndata: {\"t\":\"\\udc66llo\"}\n\ndata: {\"done\":true,\"t\":\"!\"}\n\ndata: {\"t\":\"behind\"}\n\n";
    let turn = play(["/t", "/r", "", "/done"], false, body);
    let blocks: Vec<_> = turn.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(blocks, [(BlockKind::Reasoning, "hm"), (BlockKind::Text, "He👦llo!")]);
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn lines_of_json_are_read_by_the_same_rules() {
    let body = "{\"message\":{\"parts\":[\"a\",\"b\"]}}\n\n{\"message\":{\"parts\":[\"c\",\"d\"]}}\n{\"type\":\"end\"}";
    let turn = play(["/message/parts/1", "", "", "/type=end"], true, body);
    assert_eq!((turn.text().as_str(), turn.state), ("bd", TurnState::Complete));
}

#[test]
fn a_stream_with_a_rule_for_its_end_is_cut_without_it() {
    let turn = play(["/t", "", "", "/done"], false, "data: {\"t\":\"Half\"}\n\n");
    assert_eq!((turn.text().as_str(), turn.state), ("Half", TurnState::Interrupted));
}

#[test]
fn without_such_a_rule_the_end_is_what_the_transport_says() {
    let body = "data: {\"t\":\"All\"}\n\n";
    let turn = play(["/t", "", "", ""], false, body);
    assert_eq!((turn.text().as_str(), turn.state), ("All", TurnState::Complete));
    let lost = once(["/t", "", "", ""], false, &[body.as_bytes()], End::Lost);
    assert_eq!(lost.state, TurnState::Interrupted);
}

#[test]
fn the_usual_sentinel_is_an_end_beside_any_rule() {
    let turn = play(["/t", "", "", "/done"], false, "data: {\"t\":\"All\"}\n\ndata: [DONE]\n\n");
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn an_error_keeps_the_text_and_is_told_in_the_servers_words() {
    for error in [
        "\"out of memory\"",
        "{\"message\":\"out of memory\"}",
        "{\"error\":{\"message\":\"out of memory\"}}",
    ] {
        let body = format!("data: {{\"t\":\"part\"}}\n\ndata: {{\"bad\":{error}}}\n\n");
        let turn = play(["/t", "", "/bad", ""], false, &body);
        assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed), "{error}");
        let cause = turn.failure.unwrap().cause;
        assert!(matches!(&cause, Cause::Provider(error) if error.message == "out of memory"), "{cause:?}");
    }
}

#[test]
fn an_error_at_the_usual_place_needs_no_rule() {
    let turn = play(["/t", "", "", "[END]"], false, "data: {\"error\":{\"message\":\"no\"}}\n\n");
    assert_eq!(turn.state, TurnState::Failed);
}

#[test]
fn words_are_the_text_with_their_blanks_where_all_data_is_text() {
    let body = "event: output\ndata: Hello\n\nevent: output\ndata:  wörld\n\n: hi\n\nevent: output\ndata: 4\ndata:\ndata: 2\n\nevent: done\ndata: {}\n\n";
    let turn = play(["data", "", "", "event: done"], false, body);
    assert_eq!((turn.text().as_str(), turn.state), ("Hello wörld4\n\n2", TurnState::Complete));
}

#[test]
fn events_that_no_rule_names_are_kept_as_they_came() {
    let body = "data: {\"type\":\"status\",\"message\":\"Searching\"}\n\ndata: {\"t\":\"a\"}\n\n";
    let turn = play(["/t", "", "", ""], false, body);
    assert_eq!(turn.unknown[0].raw, "{\"type\":\"status\",\"message\":\"Searching\"}");
    assert_eq!((turn.text().as_str(), turn.state), ("a", TurnState::Complete));
}

#[test]
fn data_that_is_no_json_is_told_where_json_is_expected() {
    let turn = play(["/t", "", "", ""], false, &"data: these are plain words\n\n".repeat(4));
    assert!(matches!(turn.failure.unwrap().cause, Cause::Unreadable { .. }));
}
