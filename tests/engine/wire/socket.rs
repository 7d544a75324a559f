//! Tests of what holds for every WebSocket: addresses, sub-protocols, close codes, and messages of a session.

use tokenfall::engine::chat::{Cause, Server, TurnState};
use tokenfall::engine::session::{Next, Plan, Session};
use tokenfall::engine::tape::{Direction, End, Entry, Form, Kind};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::SocketFault::{Address, Character, Empty, Scheme, Twice};
use tokenfall::engine::wire::{
    CloseCode, Dialect, Key, OwnEventFields, OwnEvents, Protocol, read_subprotocols, socket_address,
};

#[test]
fn an_address_is_one_of_a_socket_or_refused_at_its_place() {
    for (typed, address) in [
        ("wss://a.example/x?y=1", "wss://a.example/x?y=1"),
        (" https://a.example/v1 ", "wss://a.example/v1"),
        ("http://localhost:8080", "ws://localhost:8080"),
        ("WS://[::1]:9/#part", "ws://[::1]:9/"),
    ] {
        assert_eq!(socket_address(typed).as_deref(), Ok(address), "{typed}");
    }
    for (typed, at, fault) in [
        ("", 0, Scheme),
        ("a.example", 0, Scheme),
        ("ftp://a.example", 0, Scheme),
        ("wss:a.example", 0, Scheme),
        ("  //a.example", 2, Scheme),
        ("wss://", 6, Address),
        ("wss:///x", 6, Address),
        ("wss://?x", 6, Address),
        (" wss://a b", 8, Address),
        ("wss://ä\tb", 8, Address),
        ("wss://#x", 6, Address),
    ] {
        let problem = socket_address(typed).unwrap_err();
        assert_eq!((problem.at, problem.fault), (at, fault), "{typed:?}");
    }
}

#[test]
fn sub_protocols_are_tokens_each_once() {
    assert_eq!(read_subprotocols(" "), Ok(Vec::new()));
    assert_eq!(
        read_subprotocols("realtime, x.v1,a+b"),
        Ok(["realtime", "x.v1", "a+b"].map(str::to_owned).to_vec())
    );
    for (typed, at, fault) in [
        ("a b", 1, Character),
        ("a, b/c", 4, Character),
        ("ä", 0, Character),
        ("a,\"b\"", 2, Character),
        ("a;b", 1, Character),
        ("a, b@c", 4, Character),
        (",a", 0, Empty),
        ("a,", 2, Empty),
        ("a, ,b", 3, Empty),
        ("a,b, a", 5, Twice),
    ] {
        let problem = read_subprotocols(typed).unwrap_err();
        assert_eq!((problem.at, problem.fault), (at, fault), "{typed:?}");
        assert!(problem.fault.to_string().ends_with('.'));
    }
}

#[test]
fn each_close_code_has_a_sentence_with_its_number_and_the_servers_words() {
    let mut sentences = std::collections::BTreeSet::new();
    for code in (1000..=1015).chain([3000, 3003, 3008, 3999, 4000, 4999]) {
        let sentence = CloseCode(code).sentence("");
        assert!(sentence.ends_with(&format!("({code}).")), "{sentence}");
        sentences.insert(sentence.split(" (").next().unwrap().to_owned());
    }
    // 4000 and 4999 are told alike.
    assert_eq!(sentences.len(), 21);
    for odd in [0, 999, 1016, 2999, 5000, u16::MAX] {
        assert!(CloseCode(odd).sentence("").contains("should not be used"), "{odd}");
    }
    assert!(CloseCode(4001).sentence("no more credit").ends_with("(4001). It said: no more credit."));
    assert!(CloseCode(1006).is_passing() && CloseCode(1012).is_passing());
    assert!(!CloseCode(1008).is_passing() && !CloseCode(4000).is_passing() && !CloseCode(1000).is_passing());
    assert!(CloseCode(1000).is_normal() && !CloseCode(1005).is_normal());
}

fn at(millis: u64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

fn session(protocol: Protocol, key: Option<&str>) -> Session {
    let key = key.and_then(|key| Key::new(key).unwrap());
    let plan = Plan::new(protocol.dialect(), true, "", Server::default(), key);
    let mut session = Session::with_protocol(plan, protocol, at(0));
    session.opened(at(1));
    session
}

#[test]
fn messages_are_events_by_themselves_whatever_lines_are_in_them() {
    let fields =
        OwnEventFields { text: "/t".to_owned(), end: "/done".to_owned(), ..OwnEventFields::default() };
    let rules = OwnEvents::parse(&fields).unwrap();
    let mut session = session(Protocol::own_events(rules, true), None);
    assert_eq!(session.message("{\n \"t\": \"a\"\n}", at(5)), Next::More);
    assert_eq!(session.message("{\"t\":\"b\\n\"}\n", at(6)), Next::More);
    assert_eq!(session.turn().state, TurnState::Streaming);
    assert_eq!(session.message("{\"done\":1}", at(7)), Next::Enough);
    assert_eq!(session.message("{\"t\":\"behind\"}", at(8)), Next::Enough);
    assert_eq!((session.turn().text().as_str(), session.turn().state), ("ab\n", TurnState::Complete));
    assert_eq!(session.numbers(at(9)).ttft.unwrap().as_millis(), 5);
}

#[test]
fn plain_messages_are_lines_and_end_as_the_close_says() {
    for (end, state) in [
        (End::Closed, TurnState::Complete),
        (End::Lost, TurnState::Interrupted),
        (End::Cancelled, TurnState::Stopped),
    ] {
        let mut session = session(Protocol::of(Dialect::PlainText), None);
        let _ = session.message("one", at(2));
        let _ = session.message("two", at(3));
        session.end(end, false, at(4));
        assert_eq!((session.turn().text().as_str(), session.turn().state), ("one\ntwo\n", state));
    }
}

#[test]
fn a_socket_that_breaks_or_closes_before_a_word_is_told_as_that() {
    let mut lost = session(Protocol::of(Dialect::PlainText), None);
    lost.end(End::Lost, false, at(4));
    assert!(matches!(lost.turn().failure.as_ref().unwrap().cause, Cause::Lost));
    let mut closed = session(Protocol::of(Dialect::PlainText), None);
    closed.end(End::Closed, false, at(4));
    assert!(matches!(closed.turn().failure.as_ref().unwrap().cause, Cause::Empty));
}

#[test]
fn three_messages_in_a_row_that_cannot_be_read_end_the_answer() {
    let mut session = session(Protocol::of(Dialect::Realtime), None);
    assert_eq!(session.message("these are words", at(2)), Next::More);
    assert_eq!(session.message("and more words", at(2)), Next::More);
    assert_eq!(session.message("and still more", at(2)), Next::Enough);
    assert!(matches!(session.turn().failure.as_ref().unwrap().cause, Cause::Unreadable { .. }));
}

#[test]
fn messages_both_ways_are_on_the_tape_without_the_key() {
    let mut session = session(Protocol::of(Dialect::PlainText), Some("sk-secret-123456"));
    session.sent("my key is sk-secret-123456", at(2));
    let _ = session.message("yours is sk-secret-123456", at(3));
    let _ = session.binary_message(&[0, 255], at(4));
    session.end(End::Closed, false, at(5));
    let pieces: Vec<_> = session
        .tape()
        .entries()
        .filter_map(|(at, entry)| match entry {
            Entry::Piece(kind, bytes) => Some((at.micros() / 1_000, kind, bytes)),
            Entry::Record(_) => None,
        })
        .collect();
    let kinds: Vec<_> = pieces.iter().map(|(at, kind, _)| (*at, *kind)).collect();
    assert_eq!(
        kinds,
        [
            (2, Kind::Message(Direction::Out, Form::Text)),
            (3, Kind::Message(Direction::In, Form::Text)),
            (4, Kind::Message(Direction::In, Form::Binary)),
        ]
    );
    for (_, _, bytes) in &pieces {
        assert!(!String::from_utf8_lossy(bytes).contains("sk-secret"), "{pieces:?}");
    }
    assert!(!session.turn().text().contains("sk-secret"));
}
