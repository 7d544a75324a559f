//! An answer that another tab is writing, followed by the batches of its recording.

use super::{BUSY_BODY, CHAT, DONE, Response, at, said, server};
use std::time::Duration;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::session::{Follower, Plan, Session};
use tokenfall::engine::tape::{Damage, End, Mark};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

/// The clock of the tab that follows, when the answer was asked for.
const STARTED: Timestamp = at(500);

fn begin(started: Timestamp) -> Session {
    Session::new(Plan::new(Dialect::ChatCompletions, true, "m", server(), None), started)
}

/// A session that writes, one that follows it, and how far.
struct Pair {
    written: Session,
    followed: Session,
    follower: Follower,
    mark: Mark,
}

impl Pair {
    fn new() -> Pair {
        let (written, followed) = (begin(at(7_000)), begin(STARTED));
        Pair {
            written,
            followed,
            follower: Follower::new(at(4_500), Duration::from_secs(4)),
            mark: Mark::default(),
        }
    }

    /// Sends what is new, and holds the two beside each other.
    fn sync(&mut self, when: &str) {
        if let Some((batch, mark)) = self.written.tape().batch_since(self.mark) {
            self.follower.take(&batch, &mut self.followed).unwrap();
            self.mark = mark;
        }
        assert_eq!(self.written.turn(), self.followed.turn(), "{when}");
        let now =
            |session: &Session| session.numbers(session.started().after(at(9_000).duration_since(at(0))));
        assert_eq!(now(&self.written), now(&self.followed), "{when}");
    }
}

#[test]
fn at_every_byte_it_shows_what_the_writing_tab_shows_and_measures_the_same() {
    let body = format!("{}{}{}{DONE}", said("Über "), said("die 👩‍👩‍👧 "), said("Brücke."));
    for stride in [1, 2, 7, 60, body.len()] {
        let mut pair = Pair::new();
        pair.sync("before anything came");
        pair.written.head(CHAT.head(), at(7_100));
        for (place, bytes) in body.as_bytes().chunks(stride).enumerate() {
            let _ = pair.written.feed(bytes, at(7_101 + place as u64));
            pair.sync(&format!("chunk {place} of {stride} bytes"));
        }
        pair.written.end(End::Closed, false, at(9_000));
        pair.sync("the end");
        assert_eq!(pair.followed.turn().state, TurnState::Complete);
        assert_eq!(pair.followed.turn().text(), "Über die 👩‍👩‍👧 Brücke.");
    }
}

#[test]
fn an_answer_over_a_socket_is_followed_by_its_messages_both_ways() {
    let mut pair = Pair::new();
    pair.written.opened(at(7_050));
    pair.written.sent("{\"type\":\"response.create\"}", at(7_060));
    pair.sync("what was sent");
    for text in ["One", " two"] {
        let delta = format!(r#"{{"choices":[{{"index":0,"delta":{{"content":"{text}"}}}}]}}"#);
        let _ = pair.written.message(&delta, at(7_200));
        pair.sync(text);
    }
    pair.written.end(End::Lost, false, at(7_300));
    pair.sync("the end");
    assert_eq!(pair.followed.turn().text(), "One two");
    assert_eq!(pair.followed.turn().state, TurnState::Interrupted);
}

#[test]
fn one_that_ends_badly_ends_as_it_does_in_the_writing_tab() {
    for (end, state) in [(End::Lost, TurnState::Interrupted), (End::Cancelled, TurnState::Stopped)] {
        let mut pair = Pair::new();
        pair.written.head(CHAT.head(), at(7_100));
        let _ = pair.written.feed(said("Half").as_bytes(), at(7_200));
        pair.written.end(end, false, at(7_300));
        pair.sync("the end");
        assert_eq!((pair.followed.turn().state, pair.followed.turn().text()), (state, "Half".to_owned()));
    }
}

#[test]
fn a_question_that_goes_out_again_is_no_failure_meanwhile_and_the_second_answer_is_shown() {
    let mut pair = Pair::new();
    let busy = Response { status: 503, content_type: "application/json", ..CHAT };
    pair.written.head(busy.head(), at(7_100));
    let _ = pair.written.feed(BUSY_BODY.as_bytes(), at(7_200));
    pair.written.end(End::Closed, false, at(7_300));
    assert!(pair.written.postpone(at(7_300)));
    pair.sync("the wait for another try");
    assert!(pair.followed.due().is_some());
    pair.written.restart(at(7_900));
    pair.sync("the second try");
    pair.written.head(CHAT.head(), at(8_000));
    let _ = pair.written.feed(format!("{}{DONE}", said("There.")).as_bytes(), at(8_100));
    pair.sync("the second answer");
    assert_eq!(pair.followed.turn().text(), "There.");
}

#[test]
fn one_that_is_stopped_between_two_tries_is_no_longer_waited_for() {
    let mut pair = Pair::new();
    pair.written.end(End::Lost, false, at(7_300));
    assert!(pair.written.postpone(at(7_300)));
    pair.sync("the wait for another try");
    pair.written.end(End::Cancelled, false, at(7_400));
    pair.sync("the stop");
    assert_eq!(pair.followed.due(), None);
    assert!(pair.followed.turn().state.is_final());
}

#[test]
fn a_batch_that_is_missing_or_came_twice_is_refused_and_nothing_of_it_is_shown() {
    let mut pair = Pair::new();
    pair.written.head(CHAT.head(), at(7_100));
    let (first, mark) = pair.written.tape().batch_since(Mark::default()).unwrap();
    let _ = pair.written.feed(said("One").as_bytes(), at(7_200));
    let (second, mark) = pair.written.tape().batch_since(mark).unwrap();
    let _ = pair.written.feed(said(" two").as_bytes(), at(7_300));
    let (third, _) = pair.written.tape().batch_since(mark).unwrap();
    let mut take = |batch| pair.follower.take(batch, &mut pair.followed);
    assert_eq!(take(&second), Err(Damage::Gap), "before the first");
    assert_eq!(take(&first), Ok(()));
    assert_eq!(take(&first), Err(Damage::Gap), "twice");
    assert_eq!(take(&third), Err(Damage::Gap), "before the second");
    assert_eq!(take(&second), Ok(()));
    assert_eq!(take(&third), Ok(()));
    assert_eq!(pair.followed.turn().text(), "One two");
}

#[test]
fn a_tab_that_was_opened_long_after_the_question_measures_nothing_that_lies_ahead_of_its_own_clock() {
    let mut written = begin(at(0));
    written.head(CHAT.head(), at(1_000));
    let _ = written.feed(said("Early").as_bytes(), at(2_000));
    let _ = written.feed(said(" late").as_bytes(), at(60_500));
    let (batch, _) = written.tape().batch_since(Mark::default()).unwrap();
    // Opened a second ago, and a minute behind the question.
    let mut follower = Follower::new(at(1_000), Duration::from_secs(61));
    assert_eq!(follower.started(), at(0));
    let mut followed = begin(follower.started());
    follower.take(&batch, &mut followed).unwrap();
    let chunks: Vec<_> = followed.tape().chunks().map(|(time, _)| time).collect();
    assert_eq!(chunks, [at(0), at(500)]);
    assert_eq!(followed.turn().text(), "Early late");
}
