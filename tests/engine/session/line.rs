//! How it stands with the line: silence, signs of life that bring nothing, and what nobody waits for any more.

use super::{at, said, session};
use std::time::Duration;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::session::{SILENCE_LIMIT, Stall, UNREAD_LIMIT};
use tokenfall::engine::tape::{End, Head};
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

#[test]
fn a_line_that_is_silent_for_too_long_is_given_up_and_the_text_kept() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let _ = session.feed(said("Hi").as_bytes(), at(1_000));
    let limit = at(1_000).after(SILENCE_LIMIT);
    assert!(!session.expire(at(999).after(SILENCE_LIMIT)));
    assert!(session.expire(limit));
    assert_eq!((session.turn().state, session.turn().text().as_str()), (TurnState::Interrupted, "Hi"));
    assert_eq!(session.turn().failure.as_ref().unwrap().cause, Cause::Silent);
    assert!(!session.postpone(limit), "a person decides whether it is asked again");
    assert!(!session.expire(limit.after(SILENCE_LIMIT)), "once");
}

#[test]
fn a_server_that_only_pings_is_given_up_in_the_end_too() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let minute = Duration::from_secs(60);
    let mut now = at(0);
    while now < at(0).after(UNREAD_LIMIT) {
        assert!(!session.expire(now));
        let _ = session.feed(b": ping\n\n", now);
        now = now.after(minute);
    }
    assert!(session.expire(now));
    assert_eq!(session.turn().state, TurnState::Failed, "there is no text to keep");
}

#[test]
fn a_computer_that_slept_has_heard_no_silence() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Head { status: 200, ..Head::default() }, at(0));
    let _ = session.feed(said("Hi").as_bytes(), at(1_000));
    let morning = at(1_000).after(SILENCE_LIMIT * 50);
    session.woke(morning);
    assert_eq!(session.stall(NOTICE, morning), None);
    assert!(!session.expire(morning));
    assert_eq!(session.stall(NOTICE, morning.after(NOTICE)), Some(Stall::Silent(NOTICE)));
    assert!(session.expire(morning.after(SILENCE_LIMIT)));
}
