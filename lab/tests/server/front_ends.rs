//! What people's own servers stream, as the engine reads it.

use lab::{
    Lab,
    scenarios::{AG_UI_TEXT, FRONT_END_TEXT, FRONT_END_THOUGHT, RAW_TEXT},
};
use tokenfall::engine::{
    chat::{Server, Turn, TurnState},
    session::{Plan, Session},
    tape::{End, Head},
    timestamp::Timestamp,
    wire::{BlockKind, Dialect, OwnEventFields, OwnEvents, Protocol},
};

use crate::client::{exchange, parts};

/// Asks, and gives the engine's session the chunks as they lie on the wire.
fn play(lab: &Lab, name: &str, protocol: Protocol, dialect: Dialect) -> (String, Turn) {
    let ask = format!("POST /s/{name} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{{}}");
    let (head, body) = parts(&exchange(lab.port(), &ask));
    let content_type = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap();
    let at = Timestamp::from_micros(1_000);
    let plan = Plan::new(dialect, true, "lab-small", Server::default(), None);
    let mut session = Session::with_protocol(plan, protocol, at);
    session.head(Head { status: 200, content_type: content_type.into(), ..Head::default() }, at);
    let mut rest = body.as_slice();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        let _ = session.feed(&rest[line + 2..line + 2 + size], at);
        rest = &rest[line + 2 + size + 2..];
    }
    session.end(End::Closed, false, at);
    (head, session.into_turn())
}

fn of(lab: &Lab, name: &str, dialect: Dialect) -> (String, Turn) {
    play(lab, name, Protocol::of(dialect), dialect)
}

fn texts(turn: &Turn, kind: BlockKind) -> Vec<&str> {
    turn.blocks.iter().filter(|block| block.kind == kind).map(|block| block.text.as_str()).collect()
}

#[test]
fn plain_text_is_the_body() {
    let lab = Lab::start().unwrap();
    let (_, turn) = of(&lab, "plain-text", Dialect::PlainText);
    assert_eq!((turn.text().as_str(), turn.state), (RAW_TEXT, TurnState::Complete));
}

#[test]
fn own_events_and_lines_are_read_by_their_pointers() {
    let lab = Lab::start().unwrap();
    let rules = || {
        OwnEvents::parse(&OwnEventFields {
            text: "/body/piece".to_owned(),
            reasoning: "/body/idea".to_owned(),
            end: "/kind=over".to_owned(),
            ..OwnEventFields::default()
        })
        .unwrap()
    };
    for (name, has_lines, dialect) in
        [("own-events", false, Dialect::OwnEvents), ("own-lines", true, Dialect::OwnLines)]
    {
        let (_, turn) = play(&lab, name, Protocol::own_events(rules(), has_lines), dialect);
        assert_eq!(turn.text(), FRONT_END_TEXT, "{name}");
        assert_eq!(texts(&turn, BlockKind::Reasoning), [FRONT_END_THOUGHT], "{name}");
        assert_eq!(turn.state, TurnState::Complete, "{name}");
    }
}

#[test]
fn a_ui_message_stream_has_its_header_and_all_its_parts() {
    let lab = Lab::start().unwrap();
    let (head, turn) = of(&lab, "ui-messages", Dialect::UiMessages);
    assert!(head.contains("x-vercel-ai-ui-message-stream: v1\r\n"), "{head}");
    assert_eq!((turn.text().as_str(), turn.state), (FRONT_END_TEXT, TurnState::Complete));
    assert_eq!(texts(&turn, BlockKind::Reasoning), [FRONT_END_THOUGHT]);
    assert_eq!(texts(&turn, BlockKind::ToolCall), [r#"{"city":"Bern"}"#]);
    assert!(texts(&turn, BlockKind::Other).iter().any(|text| text.contains(r#""degrees":21"#)));
    assert_eq!(turn.usage.as_ref().unwrap().output, Some(8));
    assert!(turn.unknown.is_empty(), "{:?}", turn.unknown);
}

#[test]
fn an_ag_ui_run_has_its_messages_call_and_state() {
    let lab = Lab::start().unwrap();
    let (_, turn) = of(&lab, "ag-ui", Dialect::AgUi);
    assert_eq!(texts(&turn, BlockKind::Text), AG_UI_TEXT);
    assert_eq!(texts(&turn, BlockKind::Reasoning), [FRONT_END_THOUGHT]);
    assert_eq!(texts(&turn, BlockKind::ToolCall), [r#"{"city":"Bern"}"#]);
    assert!(texts(&turn, BlockKind::Other).iter().any(|text| text.contains("STATE_DELTA")));
    assert_eq!((turn.state, turn.usage.as_ref().unwrap().output), (TurnState::Complete, Some(16)));
    assert!(turn.unknown.is_empty(), "{:?}", turn.unknown);
}

#[test]
fn errors_in_mid_answer_fail_it_and_keep_what_was_said() {
    let lab = Lab::start().unwrap();
    for (name, dialect, text) in [
        ("ui-messages-error", Dialect::UiMessages, "The weather "),
        ("ag-ui-error", Dialect::AgUi, AG_UI_TEXT[0]),
    ] {
        let (_, turn) = of(&lab, name, dialect);
        assert_eq!((turn.text().as_str(), turn.state), (text, TurnState::Failed), "{name}");
    }
}
