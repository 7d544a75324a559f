//! How it stands with the line: silence, signs of life that bring nothing, and what nobody waits for any more.

use super::{at, said, session};
use std::time::Duration;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::session::{Next, SILENCE_LIMIT, Session, Stall, UNREAD_LIMIT};
use tokenfall::engine::tape::{End, Head, Replay, Speed, Step};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

const NOTICE: Duration = Duration::from_secs(15);

#[test]
fn silence_is_told_from_the_last_byte_on() {
    let mut session = session(Dialect::ChatCompletions, true);
    assert_eq!(session.stall(NOTICE, at(14_999)), None);
    assert_eq!(session.stall(NOTICE, at(15_000)), Some(Stall::Silent(NOTICE)));
    session.head(Head { status: 200, ..Head::default() }, at(15_001));
    let _ = session.feed(said("Hi").as_bytes(), at(16_000));
    assert_eq!(session.stall(NOTICE, at(30_999)), None);
    assert_eq!(session.stall(NOTICE, at(600_000)), Some(Stall::Silent(Duration::from_secs(584))));
    assert!(!session.turn().state.is_final());
    session.end(End::Closed, false, at(600_001));
    assert_eq!(session.stall(NOTICE, at(700_000)), None);
}

#[test]
fn pings_do_not_hide_that_nothing_can_be_read() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let _ = session.feed(said("Hi").as_bytes(), at(1_000));
    for second in 2..=20 {
        let _ = session.feed(b": ping\n\n", at(second * 1_000));
    }
    assert_eq!(session.stall(NOTICE, at(20_500)), Some(Stall::Unread(Duration::from_millis(19_500))));
    let _ = session.feed(said("!").as_bytes(), at(21_000));
    assert_eq!(session.stall(NOTICE, at(22_000)), None);
}

/// Looks at the session each `step` from one moment to the other, as a page does that does not sleep, and tells when it was
/// given up.
fn watched(
    session: &mut Session,
    from: Timestamp,
    to: Timestamp,
    step: Duration,
    hidden: bool,
) -> Option<Timestamp> {
    let mut now = from;
    while now <= to {
        if session.look(now, hidden) {
            return Some(now);
        }
        now = now.after(step);
    }
    None
}

fn answering(dialect: Dialect) -> Session {
    let mut session = session(dialect, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let _ = session.feed(said("Hi").as_bytes(), at(1_000));
    session
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_line_that_is_silent_for_too_long_is_given_up_and_the_text_kept() {
    let mut session = answering(Dialect::ChatCompletions);
    let limit = at(1_000).after(SILENCE_LIMIT);
    assert_eq!(watched(&mut session, at(0), at(999).after(SILENCE_LIMIT), SECOND, false), None);
    assert!(session.look(limit, false));
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
    let failure = session.turn().failure.as_ref().unwrap();
    assert_eq!((&failure.cause, failure.has_text), (&Cause::Silent, true));
    assert!(!session.postpone(limit), "a person decides whether it is asked again");
    assert!(!session.look(limit.after(SECOND), false), "once");
}

#[test]
fn a_server_that_only_pings_is_given_up_in_the_end_too() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let mut now = at(0);
    while now < at(0).after(UNREAD_LIMIT) {
        assert!(!session.look(now, false));
        let _ = session.feed(b": ping\n\n", now);
        now = now.after(SECOND);
    }
    assert!(session.look(now, false));
    assert_eq!(session.turn().state, TurnState::Failed, "there is no text to keep");
}

#[test]
fn a_computer_that_slept_has_heard_no_silence() {
    let slept = Duration::from_secs(5) + Duration::from_millis(1);
    for (hidden, awake) in [(false, slept), (true, MINUTE + Duration::from_secs(31))] {
        let mut session = answering(Dialect::ChatCompletions);
        session.look(at(2_000), hidden);
        let morning = at(2_000).after(awake);
        assert!(!session.look(morning, hidden));
        assert_eq!(session.stall(Duration::from_millis(1), morning), None, "hidden: {hidden}");
        let mut session = answering(Dialect::ChatCompletions);
        session.look(at(2_000), hidden);
        let morning = at(2_000).after(SILENCE_LIMIT * 50);
        assert!(!session.look(morning, hidden), "hidden: {hidden}");
        assert_eq!(session.stall(NOTICE, morning.after(NOTICE)), Some(Stall::Silent(NOTICE)));
        let end = morning.after(SILENCE_LIMIT);
        assert_eq!(watched(&mut session, morning, end, SECOND, hidden), Some(end));
    }
}

#[test]
fn a_frame_that_comes_late_is_no_sleep() {
    let mut session = answering(Dialect::ChatCompletions);
    session.look(at(2_000), false);
    session.look(at(7_000), false);
    assert_eq!(session.stall(SECOND, at(7_000)), Some(Stall::Silent(SECOND * 6)));
}

#[test]
fn the_once_a_minute_timer_of_a_hidden_tab_is_no_sleep_and_silence_is_told_when_the_tab_is_shown_again() {
    let mut session = answering(Dialect::ChatCompletions);
    session.look(at(1_500), false);
    assert_eq!(watched(&mut session, at(2_000), at(302_000), MINUTE, true), None);
    // The first frame of the tab that is shown again comes up to a minute behind the last one that was not.
    assert!(!session.look(at(361_000), false));
    assert_eq!(session.stall(NOTICE, at(361_000)), Some(Stall::Silent(MINUTE * 6)));
}

#[test]
fn the_limits_end_a_request_in_a_hidden_tab_too() {
    let mut silent = answering(Dialect::ChatCompletions);
    let end = watched(&mut silent, at(2_000), at(2_000_000), MINUTE, true).unwrap();
    assert_eq!(end, at(602_000), "the first minute behind the limit");
    assert_eq!(silent.turn().state, TurnState::Interrupted);

    let mut pinged = answering(Dialect::ChatCompletions);
    let mut now = at(2_000);
    while !pinged.look(now, true) {
        let _ = pinged.feed(b": ping\n\n", now);
        now = now.after(MINUTE);
    }
    assert_eq!(now, at(1_802_000));
}

fn refused(status: u16, content_type: &str) -> Session {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status, content_type: content_type.to_owned(), ..Head::default() }, at(1_000));
    session
}

#[test]
fn a_refusal_that_is_no_json_and_whose_connection_stays_open_is_told_2_s_behind_its_last_byte() {
    let page = "<html><title>Bad gateway</title>";
    for (status, content_type, body, sentence) in [
        (401, "text/plain", "Who are you?", "server:1 refused the key (401): Who are you?"),
        (502, "text/html", page, "server:1 sent a web page instead of a model's answer (status 502)."),
        (200, "text/html", page, "server:1 sent a web page instead of a model's answer (status 200)."),
        (500, "application/json", "{\"error\": {\"message\": \"half", "The server had an error (500)."),
    ] {
        for cut in 1..body.len() {
            let mut session = refused(status, content_type);
            let _ = session.feed(&body.as_bytes()[..cut], at(2_000));
            let _ = session.feed(&body.as_bytes()[cut..], at(3_500));
            assert_eq!(session.settles_at(), Some(at(5_500)), "each chunk puts it off");
            assert!(!session.settle(at(5_499)));
            assert!(session.settle(at(5_500)));
            let failure = session.turn().failure.as_ref().unwrap();
            let told = failure.sentence();
            assert!(told.starts_with(sentence) || body.starts_with('{'), "{told}");
            assert!(told.contains(&status.to_string()), "{told}");
            assert_eq!((session.turn().state, session.settles_at()), (TurnState::Failed, None));
            assert!(!session.settle(at(9_000)), "once");
            assert_eq!(session.feed(b"late", at(9_000)), Next::Enough);
        }
    }
}

#[test]
fn a_refusal_without_a_word_is_waited_for_longer() {
    let mut session = refused(401, "text/plain");
    assert_eq!(session.settles_at(), Some(at(11_000)), "10 s behind its head");
    assert!(!session.settle(at(10_999)));
    assert!(session.settle(at(11_000)));
    assert_eq!(session.turn().failure.as_ref().unwrap().sentence(), "server:1 refused the key (401).");
}

#[test]
fn a_refusal_that_settled_may_be_asked_again_and_its_tape_tells_the_same() {
    let mut session = refused(503, "text/plain");
    let _ = session.feed(b"Loading", at(2_000));
    assert!(session.settle(at(4_000)));
    let told = session.turn().clone();
    session.end(End::Lost, false, at(4_001));
    assert_eq!(session.turn(), &told, "the loss is our own doing");
    let tape = session.tape().clone();
    assert!(session.postpone(at(4_001)));

    let mut again = super::session(Dialect::ChatCompletions, true);
    let mut replay = Replay::new(tape, Speed::Instant);
    while let Some(step) = replay.step() {
        match step {
            Step::Head(head) => again.head(head.clone(), at(0)),
            Step::Chunk(bytes) => drop(again.feed(bytes, at(0))),
            Step::Message(..) => panic!("a body has no messages"),
            Step::End(end) => again.end(end, false, at(0)),
        }
    }
    assert_eq!(again.turn(), &told);
}

#[test]
fn an_answer_is_never_taken_for_a_refusal() {
    let mut session = answering(Dialect::ChatCompletions);
    assert_eq!((session.settles_at(), session.settle(at(60_000))), (None, false));
    let waiting = self::session(Dialect::ChatCompletions, true);
    assert_eq!(waiting.settles_at(), None, "no head, no refusal");
    let mut json = refused(429, "application/json");
    let _ = json.feed(b"{\"error\":\"slow\"}", at(1_000));
    assert_eq!(json.settles_at(), None, "it was told with its last bracket");
}
