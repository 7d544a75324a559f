//! Names of lanes, the axis of time that they share, and differences as they are drawn.

use super::millis;
use std::time::Duration;
use tokenfall::engine::race::{Axis, Change, Traits, changes, compare, names};

fn lane<'a>(own_name: &'a str, stream: bool, model: &'a str, server: &'a str) -> Traits<'a> {
    Traits { own_name, stream, model, server }
}

#[test]
fn lanes_are_named_by_what_differs_and_all_names_are_different() {
    for (lanes, expected) in [
        (vec![lane("", true, "m", "s"), lane("", false, "m", "s")], vec!["Streaming", "Whole"]),
        (vec![lane("", true, "m1", "s"), lane("", true, " m2 ", "s")], vec!["m1", "m2"]),
        (vec![lane("", true, "m", "home"), lane("", true, "m ", "work")], vec!["home", "work"]),
        (
            vec![lane("", true, "m1", "s"), lane("", false, "m1", "s"), lane("", true, "m2", "s")],
            vec!["Streaming, m1", "Whole, m1", "Streaming, m2"],
        ),
        // Nothing tells them apart.
        (vec![lane("", true, "m", "s"); 3], vec!["Answer 1", "Answer 2", "Answer 3"]),
        (
            vec![lane("", true, "m1", "s"), lane("", true, "m2", "s"), lane("", true, "m1", "s")],
            vec!["m1", "m2", "m1 (2)"],
        ),
        (vec![lane(" x ", true, "m", "s"), lane("x", false, "m", "s")], vec!["x", "x (2)"]),
        (vec![lane("", true, "", "s"), lane("", true, "m", "s")], vec!["Answer 1", "m"]),
    ] {
        assert_eq!(names(&lanes), expected, "{lanes:?}");
    }
    assert_eq!(names(&[]), Vec::<String>::new());
}

#[test]
fn an_axis_has_at_most_six_round_steps_and_no_time_lies_behind_its_end() {
    for (time, ticks) in [
        (0, "0 0.1 s"),
        (1, "0 0.1 s"),
        (450, "0 0.1 s 0.2 s 0.3 s 0.4 s 0.5 s"),
        (1_000, "0 0.2 s 0.4 s 0.6 s 0.8 s 1 s"),
        (8_100, "0 2 s 4 s 6 s 8 s 10 s"),
        (61_000, "0 20 s 40 s 1 min 1:20 min"),
        (600_000, "0 1:40 min 3:20 min 5 min 6:40 min 8:20 min 10 min"),
    ] {
        assert_eq!(Axis::up_to(millis(time)).ticks().join(" "), ticks, "{time} ms");
    }
    for time in (0..200_000).step_by(137).map(millis).chain([Duration::from_secs(1 << 30), Duration::MAX / 4])
    {
        let axis = Axis::up_to(time);
        assert!((1..=6).contains(&axis.steps), "{time:?}: {axis:?}");
        // Times are read in whole milliseconds.
        assert!(time.as_secs() > 1 << 31 || time <= axis.length(), "{time:?}: {axis:?}");
    }
}

/// A difference in short: `-removed-`, `+added+`.
fn drawn(first: &str, second: &str, limit: usize) -> (String, bool) {
    let (pieces, is_cut) = changes(&compare(first, second), first, second, limit);
    let piece = |(change, text): &(Change, &str)| match change {
        Change::Kept => (*text).to_owned(),
        Change::Removed => format!("-{text}-"),
        Change::Added => format!("+{text}+"),
    };
    (pieces.iter().map(piece).collect(), is_cut)
}

#[test]
fn a_difference_is_drawn_with_its_blanks_and_what_was_kept_is_there_once() {
    for (first, second, expected) in [
        ("It is 4.", "It is 5.", "It is -4-+5+."),
        ("a b\n\nc", "a c", "a -b-\n\nc"),
        ("a c", "a b c", "a +b+ c"),
        ("", "a b", "+a b+"),
        ("a", "", "-a-"),
        ("one  two", "one two three", "one  two +three+"),
        ("same", "same", ""),
        ("a b", "a  b", ""),
    ] {
        assert_eq!(drawn(first, second, 100), (expected.to_owned(), false), "{first:?} {second:?}");
    }
}

#[test]
fn a_difference_of_many_pieces_is_cut_and_says_so() {
    let first: String = (0..100).map(|number| format!("{number} x ")).collect();
    let second: String = (0..100).map(|number| format!("{number} y ")).collect();
    let (text, is_cut) = drawn(&first, &second, 10);
    assert!(is_cut && text.starts_with("0 -x-+y+ 1 -x-+y+"), "{text}");
    assert!(!drawn(&first, &second, 1_000).1);
}
