//! When a question goes out again by itself: before the first byte of an answer, a few times, as late as the server asks.

use super::{CHAT, DONE, Response, cause, said, session};
use std::time::Duration;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::error::retry_after;
use tokenfall::engine::session::Session;
use tokenfall::engine::tape::End;
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

const START: Timestamp = Timestamp::from_micros(256_000);

/// A session that was refused with that response, once the failure is there.
fn refused(response: &Response, body: &str) -> Session {
    let mut session = session(response.dialect, true);
    refuse(&mut session, response, body);
    session
}

fn refuse(session: &mut Session, response: &Response, body: &str) {
    session.head(response.head(), START);
    let _ = session.feed(body.as_bytes(), START);
    session.end(response.end, false, START);
}

/// How long the question waits before it goes out again, if it does.
fn wait(response: &Response, body: &str) -> Option<Duration> {
    let mut session = refused(response, body);
    session.postpone(START).then(|| session.due().unwrap().duration_since(START))
}

const BUSY: Response = Response { status: 503, content_type: "application/json", ..CHAT };

#[test]
fn only_statuses_that_pass_are_asked_again() {
    let passing = [408, 409, 425, 429, 500, 502, 503, 504, 520, 524, 529];
    for status in (400..600).chain([200, 204, 302]) {
        let is_asked = wait(&Response { status, ..BUSY }, "{\"error\":{\"message\":\"no\"}}").is_some();
        assert_eq!(is_asked, passing.contains(&status) || (521..=523).contains(&status), "{status}");
    }
}

#[test]
fn an_empty_account_is_not_asked_again() {
    let body = "{\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}";
    assert_eq!(wait(&Response { status: 429, ..BUSY }, body), None);
}

#[test]
fn a_question_that_is_larger_than_a_minutes_limit_is_not_asked_again() {
    let body = "{\"error\":{\"message\":\"Request too large for gpt-4o: Limit 30000, Requested 40000.\",\"code\":\"rate_limit_exceeded\"}}";
    assert_eq!(wait(&Response { status: 429, ..BUSY }, body), None);
}

#[test]
fn an_error_inside_a_200_is_not_asked_again_whatever_status_it_names() {
    assert_eq!(
        wait(
            &Response { content_type: "application/json", ..CHAT },
            "{\"error\":{\"code\":503,\"message\":\"no\"}}"
        ),
        None
    );
    assert_eq!(wait(&CHAT, "data: {\"error\":{\"code\":503,\"message\":\"no\"}}\n\n"), None);
}

#[test]
fn a_status_that_passes_is_asked_again_when_it_comes_as_a_proxys_web_page() {
    let passing = [408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];
    for status in (400..600).chain([200, 403]) {
        let response = Response { status, content_type: "text/html", ..CHAT };
        let is_asked = wait(&response, "<html><title>Bad gateway</title>").is_some();
        assert_eq!(is_asked, passing.contains(&status), "{status}");
    }
    let response = Response {
        status: 502,
        content_type: "text/html",
        retry_after: Some(Duration::from_secs(7)),
        ..CHAT
    };
    assert_eq!(wait(&response, "<html>"), Some(Duration::from_secs(7)), "as late as the proxy asks");
    let response = Response { end: End::Lost, ..response };
    assert!(wait(&response, "<html>").is_some(), "a page that broke off is none of an answer either");
}

#[test]
fn nothing_is_asked_again_once_a_byte_of_an_answer_came() {
    for body in [": ping\n\n", "data", &said("Hi")] {
        for end in [End::Lost, End::Closed] {
            assert_eq!(wait(&Response { end, ..CHAT }, body), None, "{body:?} {end:?}");
        }
    }
    assert_eq!(wait(&CHAT, &(said("Hi") + DONE)), None, "a good answer");
    assert_eq!(wait(&Response { end: End::Cancelled, ..CHAT }, ""), None, "a stop");
}

#[test]
fn a_connection_that_broke_before_the_first_byte_is_asked_again() {
    assert!(wait(&Response { end: End::Lost, ..CHAT }, "").is_some(), "behind the head");
    for (offline, expected) in [(false, true), (true, false)] {
        let mut session = session(Dialect::ChatCompletions, true);
        session.end(End::Lost, offline, START);
        assert_eq!(session.postpone(START), expected, "before the head, offline: {offline}");
    }
}

#[test]
fn the_servers_wait_is_kept_to_between_half_a_second_and_a_minute() {
    for (asked, expected) in [
        (7_000, Some(7_000)),
        (60_000, Some(60_000)),
        (60_001, None),
        (7_200_000, None),
        (20, Some(500)),
        // A date that has passed, or nought: our own guess.
        (0, Some(500)),
    ] {
        let response = Response { retry_after: Some(Duration::from_millis(asked)), ..BUSY };
        assert_eq!(wait(&response, "{}"), expected.map(Duration::from_millis), "{asked}");
    }
}

#[test]
fn a_wait_that_only_the_body_names_is_kept_and_a_rate_limit_that_speaks_of_bills_is_asked_again() {
    let response = Response { status: 429, ..BUSY };
    for (named, expected) in [("20s", Some(20_000)), ("1m30.5s", None)] {
        let body = format!(
            "{{\"error\":{{\"message\":\"Rate limit reached. Please try again in {named}. Add a payment method: \
             x/billing.\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}}}"
        );
        assert_eq!(wait(&response, &body), expected.map(Duration::from_millis), "{named}");
        let with_header = Response { retry_after: Some(Duration::from_secs(3)), ..response.clone() };
        assert_eq!(wait(&with_header, &body), Some(Duration::from_secs(3)), "{named}");
    }
}

#[test]
fn a_wait_of_months_is_not_asked_again_within_seconds() {
    let retry_after = retry_after(None, Some("9999999"), None, 0);
    assert_eq!(wait(&Response { status: 429, retry_after, ..BUSY }, "{}"), None);
}

#[test]
fn guesses_double_and_spread_by_a_quarter_and_end_after_two() {
    let mut session = refused(&BUSY, "{}");
    for (retry, millis) in [(0, 500), (1, 1_000)] {
        let mut shortest = Duration::MAX;
        let mut longest = Duration::ZERO;
        for chance in 0..256 {
            let mut session = refused(&BUSY, "{}");
            for _ in 0..retry {
                assert!(session.postpone(START));
                session.restart(START);
                refuse(&mut session, &BUSY, "{}");
            }
            let at = START.after(Duration::from_micros(chance));
            assert!(session.postpone(at));
            let wait = session.due().unwrap().duration_since(at);
            (shortest, longest) = (shortest.min(wait), longest.max(wait));
        }
        assert_eq!(longest, Duration::from_millis(millis));
        assert!(shortest >= longest * 3 / 4 && shortest < longest * 4 / 5, "{shortest:?}");
    }
    for _ in 0..2 {
        assert!(session.postpone(START));
        session.restart(START);
        refuse(&mut session, &BUSY, "{}");
    }
    assert!(!session.postpone(START), "two were enough");
    assert_eq!(session.turn().state, TurnState::Failed);
}

#[test]
fn an_empty_answer_is_asked_again_once() {
    let mut session = refused(&CHAT, "");
    assert!(session.postpone(START));
    session.restart(START);
    refuse(&mut session, &CHAT, "");
    assert!(!session.postpone(START));
    assert_eq!((session.turn().state, cause(session.turn())), (TurnState::Failed, &Cause::Empty));
}

#[test]
fn while_it_waits_the_turn_is_not_over_and_says_why() {
    let mut session = refused(&BUSY, "{\"error\":{\"message\":\"Loading\"}}");
    assert!(session.postpone(START));
    assert_eq!(session.turn().state, TurnState::Sending);
    assert!(session.turn().failure.as_ref().unwrap().sentence().contains("Loading"));
    session.hurry(START);
    assert_eq!(session.due(), Some(START), "the person wants it now");
    session.restart(START.after(Duration::from_secs(3)));
    assert_eq!((session.due(), &session.turn().failure), (None, &None));
    assert_eq!(session.tape().len(), 0, "the tape is that of the answer");
    session.head(CHAT.head(), START);
    let _ = session.feed((said("Hi") + DONE).as_bytes(), START);
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Complete, "Hi"));
}

#[test]
fn a_stop_while_it_waits_leaves_the_failure() {
    let mut session = refused(&BUSY, "{\"error\":{\"message\":\"Loading\"}}");
    assert!(session.postpone(START));
    session.end(End::Cancelled, false, START);
    assert_eq!((session.turn().state, session.due()), (TurnState::Failed, None));
    assert!(session.turn().failure.is_some());
}
