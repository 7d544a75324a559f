//! What a session puts on its tape beside the body, and that none of it is secret.

use super::{BUSY_BODY, DONE, at, said, server};
use proptest::prelude::*;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Entry, Head, Note, Record, Replay, Request, Speed, Step, Tape, Timing};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, HttpRequest, Key, Message, Prompt, Role};

const KEY: &str = "sk-canary/123456789";

fn session(dialect: Dialect, key: &str) -> Session {
    Session::new(Plan::new(dialect, true, "m", server(), Key::new(key).unwrap()), at(1_000))
}

fn request_of(tape: &Tape) -> Request {
    let is_request = |(_, entry): (Timestamp, Entry<'_>)| match entry {
        Entry::Record(Record::Request(request)) => Some((**request).clone()),
        Entry::Record(_) | Entry::Piece(..) => None,
    };
    tape.entries().find_map(is_request).unwrap()
}

fn recorded(request: &HttpRequest, key: &str) -> Request {
    let mut session = session(Dialect::ChatCompletions, key);
    session.record_request(request, at(1_000));
    let file = session.tape().to_jsonl();
    assert!(key.is_empty() || !file.contains(key), "{file}");
    request_of(&Tape::from_jsonl(&file).unwrap())
}

fn post(url: &str, body: &str) -> HttpRequest {
    HttpRequest {
        method: "POST".into(),
        url: url.to_owned(),
        headers: Vec::new(),
        body: Some(body.to_owned()),
    }
}

#[test]
fn each_protocols_request_is_recorded_as_it_goes_out_but_for_the_key_however_short() {
    for dialect in Dialect::ALL {
        for key in [KEY, "sk-1"] {
            let base = BaseUrl::parse("https://a.b/v1?api-version=2024-10-21", true).unwrap();
            let endpoint = Endpoint { dialect, base, key: Key::new(key).unwrap() };
            let messages = vec![Message { role: Role::User, text: "Why ß?".to_owned() }];
            let prompt = Prompt { model: "m".to_owned(), messages, stream: true, ..Prompt::default() };
            let sent = endpoint.request(&prompt);
            let record = recorded(&sent, key);
            assert_eq!((record.method.as_str(), &record.url), ("POST", &sent.url), "{dialect:?}");
            assert_eq!((Some(&record.body), record.body_left_out), (sent.body.as_ref(), 0));
            let names: Vec<_> = sent.headers.iter().map(|(name, _)| name.as_ref()).collect();
            assert_eq!(record.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names);
            for ((name, value), (_, sent)) in record.headers.iter().zip(&sent.headers) {
                let expected = if sent.contains(key) { "redacted" } else { sent };
                assert_eq!(value, expected, "{name}");
            }
            assert_eq!(record.headers.iter().filter(|(_, value)| value == "redacted").count(), 1);
        }
    }
}

#[test]
fn a_header_that_somebody_added_is_named_and_its_value_covered() {
    let headers = vec![
        ("x-token".into(), "abc".to_owned()),
        ("Accept".into(), format!("text/{KEY}")),
        ("anthropic-x".into(), "y".to_owned()),
    ];
    let sent = HttpRequest { method: "GET".into(), url: "https://a.b".to_owned(), headers, body: None };
    let record = recorded(&sent, KEY);
    let values: Vec<_> = record.headers.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["redacted", "text/your-key...........", "y"]);
    assert_eq!((record.method.as_str(), record.body.as_str()), ("GET", ""));
}

#[test]
fn values_in_an_addresss_query_are_covered_unless_they_are_known() {
    for (url, expected) in [
        ("https://a.b/c", "https://a.b/c"),
        ("https://a.b/c?", "https://a.b/c"),
        ("https://a.b/c?alt=sse&key=AIza123", "https://a.b/c?alt=sse&key=redacted"),
        (
            "https://a.b/c?KEY=1&api-version=2&&sig=3=4",
            "https://a.b/c?KEY=redacted&api-version=2&sig=redacted",
        ),
        ("https://a.b/c?AIza123", "https://a.b/c?redacted"),
        ("https://a.b/c?key=a?alt=b", "https://a.b/c?key=redacted"),
        (
            "https://a.b/sk-canary%2F123456789/c?alt=sk-canary/123456789",
            "https://a.b/your-key............./c?alt=your-key...........",
        ),
    ] {
        assert_eq!(recorded(&post(url, ""), KEY).url, expected);
    }
}

#[test]
fn a_key_in_a_body_is_covered_in_each_encoding() {
    for written in [
        KEY,
        r"sk-canary\/123456789",
        r"\u0073k-canary/123456789",
        "%73k-canary%2f123456789",
        "&#115;k-canary&sol;123456789",
    ] {
        let body = format!("{{\"messages\":[{{\"content\":\"It is {written}.\"}}]}}");
        let record = recorded(&post("https://a.b", &body), KEY);
        assert_eq!(record.body.len(), body.len());
        assert!(
            record.body.contains("It is your-key.") && !record.body.contains("canary"),
            "{}",
            record.body
        );
    }
}

#[test]
fn a_long_body_keeps_its_beginning_and_its_end_and_says_how_much_is_between() {
    const HALF: usize = 16 << 10;
    for (more, left_out) in [(0, 0), (1, 1), (HALF, HALF)] {
        let body: String = ('a'..='z').cycle().take(2 * HALF + more).collect();
        let record = recorded(&post("https://a.b", &body), KEY);
        assert_eq!(record.body_left_out, left_out as u64);
        if left_out == 0 {
            assert_eq!((record.body, record.body_end.as_str()), (body, ""));
        } else {
            assert_eq!(
                (record.body.as_str(), record.body_end.as_str()),
                (&body[..HALF], &body[HALF + more..])
            );
        }
    }
    // Where a cut would be inside of a character there is one byte less.
    let body = format!("{}é{}é{}", "a".repeat(HALF - 1), "b".repeat(9), "c".repeat(HALF - 1));
    let record = recorded(&post("https://a.b", &body), "");
    assert_eq!((record.body.len(), record.body_end.len(), record.body_left_out), (HALF - 1, HALF - 1, 13));
}

#[test]
fn a_long_address_and_a_long_header_are_cut_where_they_say_so() {
    let long = format!("https://a.b/{}é", "x".repeat(4_083));
    assert_eq!(recorded(&post(&long, ""), KEY).url, format!("{}…", &long[..4_095]));
    let mut session = session(Dialect::Ollama, KEY);
    let headers = (0..150).map(|n| (format!("x-{n}"), "v".repeat(5_000))).collect();
    session.head(Head { status: 200, headers, ..Head::default() }, at(1_001));
    let (_, head) = session.tape().head().unwrap();
    assert_eq!((head.headers.len(), &head.headers[99].0), (100, &"x-99".to_owned()));
    assert_eq!(head.headers[0].1, "v".repeat(4_096) + "…");
}

#[test]
fn the_headers_of_a_response_are_on_the_tape_in_their_order_without_the_key() {
    let mut session = session(Dialect::ChatCompletions, KEY);
    let pairs = [("x-b", "1"), ("x-a", "Bearer sk-canary%2F123456789"), (KEY, ""), ("x-b", "2")];
    let headers = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    session.head(Head { status: 429, headers, ..Head::default() }, at(1_001));
    let (_, head) = session.tape().head().unwrap();
    let shown: Vec<_> = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected =
        [("x-b", "1"), ("x-a", "Bearer your-key............."), ("your-key...........", ""), ("x-b", "2")];
    assert_eq!(shown, expected);
}

#[test]
fn the_name_of_a_recording_holds_no_key_that_was_pasted_as_a_model() {
    let plan = Plan::new(Dialect::Ollama, true, KEY, server(), Key::new(KEY).unwrap());
    assert_eq!(Session::new(plan, at(0)).tape().title, "your-key...........");
}

/// Notes and ends, with their times.
fn noted(session: &Session) -> Vec<(u64, String)> {
    let entries = session.tape().entries();
    let shown = entries.filter_map(|(at, entry)| match entry {
        Entry::Record(Record::Note(note)) => Some((at.micros() / 1_000, format!("{note:?}"))),
        Entry::Record(Record::End(end)) => Some((at.micros() / 1_000, format!("{end:?}"))),
        Entry::Record(Record::Try(again)) => Some((at.micros() / 1_000, again.why.to_string())),
        Entry::Record(_) | Entry::Piece(..) => None,
    });
    shown.collect()
}

#[test]
fn a_tab_that_is_hidden_and_shown_is_noted_once_for_each_change_also_over_two_tries() {
    let mut session = session(Dialect::ChatCompletions, KEY);
    for (millis, hidden) in [(1_010, false), (1_020, true), (1_030, true), (1_040, false), (1_050, true)] {
        assert!(!session.look(at(millis), hidden));
    }
    session.end(End::Lost, false, at(1_060));
    assert!(session.postpone(at(1_060)));
    session.restart(at(2_000));
    assert!(!session.look(at(2_010), true));
    assert!(!session.look(at(2_020), false));
    let expected = [
        (20, "Hidden"),
        (40, "Shown"),
        (50, "Hidden"),
        (60, "Lost"),
        (1_000, "unreachable"),
        (1_020, "Shown"),
    ];
    assert_eq!(noted(&session), expected.map(|(at, what)| (at, what.to_owned())));
}

#[test]
fn a_stop_is_on_the_tape_once_while_a_body_runs_and_between_two_tries() {
    let mut running = session(Dialect::ChatCompletions, KEY);
    running.head(Head { status: 200, ..Head::default() }, at(1_010));
    running.end(End::Cancelled, false, at(1_020));
    running.end(End::Cancelled, false, at(1_030));
    assert_eq!(noted(&running), [(20, "Cancelled".to_owned())]);

    let mut waiting = session(Dialect::ChatCompletions, KEY);
    waiting.end(End::Lost, false, at(1_010));
    assert!(waiting.postpone(at(1_010)));
    waiting.end(End::Cancelled, false, at(1_020));
    assert_eq!(noted(&waiting), [(10, "Lost".to_owned()), (20, format!("{:?}", Note::Cancelled))]);
}

#[test]
fn each_try_is_on_the_tape_with_the_reason_for_the_next_and_the_answer_is_that_of_the_last() {
    let mut session = session(Dialect::ChatCompletions, KEY);
    session.record_request(&post("https://a.b", "{}"), at(1_000));
    let empty = |session: &mut Session, millis| {
        session.head(Head { status: 200, ..Head::default() }, at(millis));
        session.end(End::Closed, false, at(millis + 1));
        assert!(session.postpone(at(millis + 2)));
    };
    empty(&mut session, 1_100);
    let before = session.tape().mark();
    session.restart(at(2_000));
    session.head(Head { status: 200, ..Head::default() }, at(2_100));
    let _ = session.feed((said("Hi") + DONE).as_bytes(), at(2_200));
    session.record_timing(Timing { response_end: Some(5), ..Timing::default() }, at(2_300));
    session.end(End::Closed, false, at(2_300));
    assert_eq!(noted(&session), [(101, "Closed".into()), (1_000, "empty".into()), (1_300, "Closed".into())]);
    let tape = session.tape();
    assert_eq!(tape.head().map(|(at, _)| at), Some(at(100)));
    assert_eq!(tape.end(), Some((at(300), End::Closed)));
    assert_eq!(request_of(tape).body, "{}");
    assert!(tape.batch_since(before).is_some_and(|(_, mark)| mark == tape.mark()), "a journal goes on");

    let mut refused = super::session(Dialect::ChatCompletions, true);
    refused.head(Head { status: 503, ..Head::default() }, at(1));
    let _ = refused.feed(BUSY_BODY.as_bytes(), at(2));
    refused.end(End::Closed, false, at(3));
    assert!(refused.postpone(at(3)));
    refused.restart(at(900));
    assert_eq!(noted(&refused), [(3, "Closed".into()), (900, "refused".into())]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_key_at_either_cut_of_a_long_body_leaves_no_part_of_it(near in 0_usize..60, far in 0_usize..60) {
        const HALF: usize = 16 << 10;
        let body = format!("{}{KEY}{}{KEY}{}", "a".repeat(HALF - near), "b".repeat(40_000), "c".repeat(HALF - far));
        let record = recorded(&post("https://a.b", &body), KEY);
        // Four characters of it say nothing, and are no words of the filling.
        for part in KEY.as_bytes().windows(4).map(|part| std::str::from_utf8(part).unwrap()) {
            prop_assert!(!record.body.contains(part) && !record.body_end.contains(part), "{}", part);
        }
        let kept = (record.body.len() + record.body_end.len()) as u64;
        prop_assert_eq!(kept + record.body_left_out, body.len() as u64);
    }

    #[test]
    fn a_replay_of_an_answer_behind_refused_tries_has_its_turn_and_its_numbers(
        waits in prop::collection::vec(1_u64..900, 1..3),
        gaps in prop::collection::vec(0_u64..400, 4),
        origin in 0_u64..5_000_000,
    ) {
        let mut live = super::session(Dialect::ChatCompletions, true);
        let mut now = 0;
        for wait in waits {
            live.head(Head { status: 503, ..Head::default() }, at(now + 1));
            let _ = live.feed(BUSY_BODY.as_bytes(), at(now + 2));
            live.end(End::Closed, false, at(now + 3));
            prop_assert!(live.postpone(at(now + 3)));
            now += 3 + wait;
            live.restart(at(now));
        }
        let mut later = gaps.into_iter().map(|gap| {
            now += gap;
            at(now)
        });
        let mut next = || later.next().unwrap_or_default();
        live.head(Head { status: 200, ..Head::default() }, next());
        let _ = live.feed(said("Hi ").as_bytes(), next());
        let _ = live.feed((said("you") + DONE).as_bytes(), next());
        live.end(End::Closed, false, next());
        prop_assert_eq!(live.turn().state, TurnState::Complete);

        let tape = Tape::from_jsonl(&live.tape().to_jsonl()).unwrap();
        prop_assert_eq!(&tape, live.tape());
        let origin = Timestamp::from_micros(origin);
        let mut session = Session::new(Plan::for_tape(&tape), origin);
        let mut replay = Replay::new(tape, Speed::Instant);
        while let Some(recorded) = replay.recorded() {
            let now = origin.after(recorded.duration_since(Timestamp::ORIGIN));
            match replay.step().unwrap() {
                Step::Head(head) => session.head(head.clone(), now),
                Step::Chunk(chunk) => drop(session.feed(chunk, now)),
                Step::Message(..) => panic!("a body has no messages"),
                Step::End(end) => session.end(end, false, now),
            }
        }
        prop_assert_eq!(session.turn(), live.turn());
        prop_assert_eq!(session.numbers(origin), live.numbers(origin));
    }
}
