//! Sessions whose stream goes on over several connections.

use crate::cuts::cuttings;
use tokenfall::engine::chat::{Server, Turn, TurnState};
use tokenfall::engine::event_source::{EventSource, Step};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Entry, Head, Record, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{Dialect, OwnEventFields, OwnEvents, Protocol};

const NOW: Timestamp = Timestamp::ORIGIN;

fn stream() -> Head {
    Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() }
}

fn session() -> Session {
    let fields =
        OwnEventFields { text: "/t".to_owned(), end: "[DONE]".to_owned(), ..OwnEventFields::default() };
    let protocol = Protocol::own_events(OwnEvents::parse(&fields).unwrap(), false);
    let plan = Plan::new(Dialect::OwnEvents, true, "", Server::default(), None);
    Session::with_protocol(plan, protocol, NOW)
}

/// Plays bodies one behind the other, as a page would, and gives the headers that were asked with.
fn play(bodies: &[Vec<&[u8]>], ends: &[End]) -> (Turn, Tape, Vec<Option<String>>) {
    let (mut source, mut session) = (EventSource::default(), session());
    let mut step = source.start();
    let mut asked = Vec::new();
    for (pieces, end) in bodies.iter().zip(ends) {
        let Step::Connect(again) = step else { panic!("{step:?}") };
        if let Some(again) = again {
            session.reconnect(again, &source, NOW);
        }
        asked.push(source.header().map(|(_, value)| value));
        assert_eq!(source.connected(&stream()), Step::Read);
        session.head(stream(), NOW);
        for piece in pieces {
            let _ = session.feed(piece, NOW);
            session.inform(&mut source);
        }
        session.disconnected(*end, NOW);
        assert!(matches!(source.ended(*end, 0.0), Step::Wait(_)));
        step = source.due(true);
    }
    session.end(End::Cancelled, false, NOW);
    let tape = session.tape().clone();
    (session.into_turn(), tape, asked)
}

#[test]
fn text_goes_on_and_an_event_that_was_cut_is_gone_in_every_cut() {
    let bodies = [
        "id: 1\ndata: {\"t\":\"a\"}\n\ndata: {\"t\":\"lost\"}\n",
        "data: {\"t\":\"b\"}\n\n",
        "id\ndata: {\"t\":\"c\"}\n\n",
    ];
    let cuts: Vec<_> = bodies.iter().map(|body| cuttings(body.as_bytes())).collect();
    for at in 0..cuts[0].len() {
        let pieces: Vec<Vec<&[u8]>> = cuts.iter().map(|cuts| cuts[at].1.clone()).collect();
        let (turn, _, asked) = play(&pieces, &[End::Lost, End::Closed, End::Closed]);
        assert_eq!((turn.text().as_str(), turn.state), ("abc", TurnState::Stopped), "{}", cuts[0][at].0);
        let one = Some("1".to_owned());
        assert_eq!(asked, [None, one.clone(), one], "{}", cuts[0][at].0);
    }
}

#[test]
fn an_end_marker_on_a_later_connection_ends_the_answer() {
    let bodies: Vec<Vec<&[u8]>> =
        vec![vec![b"data: {\"t\":\"a\"}\n\n"], vec![b"data: {\"t\":\"b\"}\n\ndata: [DONE]\n\n"]];
    let (turn, ..) = play(&bodies, &[End::Lost, End::Closed]);
    assert_eq!((turn.text().as_str(), turn.state), ("ab", TurnState::Complete));
}

#[test]
fn each_connection_with_its_reason_and_its_end_is_on_the_tape() {
    let bodies: Vec<Vec<&[u8]>> = vec![vec![b"data: {\"t\":\"a\"}\n\n"]; 3];
    let (_, tape, _) = play(&bodies, &[End::Lost, End::Closed, End::Closed]);
    let told: Vec<_> = tape
        .entries()
        .filter_map(|(_, entry)| match entry {
            Entry::Record(Record::Try(again)) => Some(format!("{} {}", again.why, again.resumes)),
            Entry::Record(Record::End(end)) => Some(format!("{end:?}")),
            Entry::Record(_) | Entry::Piece(..) => None,
        })
        .collect();
    assert_eq!(told, ["Lost", "lost true", "Closed", "ended true", "Closed"]);
    assert_eq!(tape.chunks().count(), 3);
    assert_eq!(Tape::from_jsonl(&tape.to_jsonl()).unwrap(), tape);
}

#[test]
fn a_connection_that_is_refused_is_told_and_keeps_the_text() {
    let (mut source, mut session) = (EventSource::default(), session());
    source.start();
    source.connected(&stream());
    session.head(stream(), NOW);
    let _ = session.feed(b"data: {\"t\":\"a\"}\n\n", NOW);
    session.inform(&mut source);
    session.disconnected(End::Lost, NOW);
    source.ended(End::Lost, 0.0);
    let Step::Connect(Some(again)) = source.due(true) else { panic!("it connects") };
    session.reconnect(again, &source, NOW);
    let refused = Head { status: 503, ..Head::default() };
    assert!(matches!(source.connected(&refused), Step::Stop(_)));
    session.head(refused, NOW);
    let _ = session.feed(b"{\"error\":{\"message\":\"away\"}}", NOW);
    session.end(End::Closed, false, NOW);
    let turn = session.into_turn();
    assert_eq!((turn.text().as_str(), turn.state), ("a", TurnState::Failed));
}
