//! The event-stream grammar (WHATWG HTML §9.2.6), rule by rule, and what servers do beside it.

use super::{sse, sse_within};
use tokenfall::engine::frame::{Frame, SseDecoder};

#[track_caller]
fn frames(body: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(sse(body).frames, expected);
}

#[test]
fn a_byte_order_mark_is_dropped_once_and_only_at_the_start() {
    frames("\u{feff}data: a\n\n", &["message|a"]);
    frames("\u{feff}\u{feff}data: a\n\n", &[]);
    frames("data: a\n\n\u{feff}data: b\n\n", &["message|a"]);
    frames("data: \u{feff}a\n\n", &["message|\u{feff}a"]);
}

#[test]
fn half_a_byte_order_mark_is_no_mark() {
    frames(b"\xef\xbbdata: a\n\ndata: b\n\n", &["message|b"]);
    frames(b"\xef\xbb", &[]);
    frames("", &[]);
}

#[test]
fn every_line_end_ends_a_line_and_mixing_them_changes_nothing() {
    for body in [
        "data: a\ndata: b\n\ndata: c\n\n",
        "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
        "data: a\rdata: b\r\rdata: c\r\r",
        "data: a\ndata: b\r\n\rdata: c\r\n\n",
    ] {
        frames(body, &["message|a\nb", "message|c"]);
    }
}

#[test]
fn lf_then_cr_is_two_line_ends_but_cr_then_lf_is_one() {
    frames("data: a\n\rdata: b\r\ndata: c\n\n", &["message|a", "message|b\nc"]);
}

#[test]
fn a_crlf_cut_in_two_is_still_one_line_end() {
    // A parser that takes the CR at a chunk's end for all of it sees a blank line, and fires the event too early.
    let body = "event: x\r\ndata: a\r\nid: 7\r\ndata: b\r\n\r\n";
    frames(body, &["x#7|a\nb"]);
}

#[test]
fn a_final_cr_ends_the_event_without_waiting_for_a_line_feed() {
    frames("data: a\r\r", &["message|a"]);
}

#[test]
fn data_lines_are_joined_by_lf() {
    frames("data: a\ndata:\ndata: b\n\n", &["message|a\n\nb"]);
    frames("data\ndata\n\n", &["message|\n"]);
}

#[test]
fn objects_on_lines_of_data_parted_by_one_line_end_are_events_as_soon_as_the_next_begins() {
    let (a, b) = ("{\"a\":\"}\"}", " {\"b\":[1]} ");
    for end in ["\n", "\r\n", "\r"] {
        let body = format!("event: x{end}data: {a}{end}data:{b}{end}data: [DONE]{end}{end}data: c{end}{end}");
        frames(body, &["x|{\"a\":\"}\"}", "x|{\"b\":[1]} ", "x|[DONE]", "message|c"]);
    }
    let mut decoder = SseDecoder::new();
    for index in 0..2_000 {
        decoder.push(format!("data: {{\"i\":{index}}}\n").as_bytes());
        let expected = (0 < index).then(|| format!("{{\"i\":{}}}", index - 1));
        let frame = decoder.next_frame().unwrap();
        let data = frame.map(|frame| match frame {
            Frame::Event(event) => event.text().into_owned(),
            Frame::Comment(_) => unreachable!("there is none"),
        });
        assert_eq!(data, expected);
    }
}

#[test]
fn one_text_of_json_on_several_lines_of_data_is_one_event() {
    for body in
        ["{\n  \"a\": {}\n}", "[{},\n{}\n]", "{\"a\":{}\n,\"b\":[{}\n,{}]}", "{}\n\n{}", "{}\n\"a\"", "{}\n}"]
    {
        let lines: String = body.split('\n').map(|line| format!("data: {line}\n")).collect();
        frames(format!("{lines}\n"), &[&format!("message|{body}")]);
    }
    // A name behind the data may be that of another event: which, the end tells.
    frames("event: a\ndata: {}\nevent: b\ndata: {}\n\n", &["b|{}\n{}"]);
}

#[test]
fn an_empty_data_line_fires_an_empty_event() {
    frames("data\n\n", &["message|"]);
    frames("data:\n\n", &["message|"]);
    frames("data: \n\n", &["message|"]);
}

#[test]
fn a_name_without_data_fires_nothing_and_is_forgotten() {
    frames("event: ping\n\ndata: a\n\n", &["message|a"]);
    frames("\n\n\n", &[]);
}

#[test]
fn the_last_name_counts_and_an_empty_one_means_message() {
    frames("event: a\nevent: b\ndata: x\n\n", &["b|x"]);
    frames("event: a\nevent:\ndata: x\n\n", &["message|x"]);
    frames("data: x\nevent: behind\n\ndata: y\n\n", &["behind|x", "message|y"]);
}

#[test]
fn one_space_is_dropped_and_only_a_space() {
    frames("data:a\n\n", &["message|a"]);
    frames("data:  a\n\n", &["message| a"]);
    frames("data:\ta\n\n", &["message|\ta"]);
    frames("data: a \n\n", &["message|a "]);
}

#[test]
fn field_names_are_exact() {
    frames("Data: a\n data: b\ndata : c\ndatax: d\n\n", &[]);
}

#[test]
fn only_the_first_colon_separates() {
    frames("data: a: b\n\n", &["message|a: b"]);
    frames("data::a\n\n", &["message|:a"]);
}

#[test]
fn an_id_stays_in_force_until_another_one_comes() {
    frames("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", &["message#1|a", "message#1|b", "message|c"]);
}

#[test]
fn an_id_is_committed_by_the_blank_line_and_not_before() {
    let cut = sse("id: 1\ndata: a\n\nid: 2\ndata: b\n");
    assert_eq!(cut.frames, ["message#1|a", "message#1|b…"]);
    assert_eq!(cut.id, "1");
    assert_eq!(sse("id: 5\n\n").id, "5", "also when there is no event");
}

#[test]
fn an_id_with_nul_is_ignored() {
    let decoded = sse("id: 1\n\nid: 2\0\ndata: a\n\n");
    assert_eq!(decoded.frames, ["message#1|a"]);
    assert_eq!(decoded.id, "1");
}

#[test]
fn retry_takes_ascii_digits_and_nothing_else() {
    for (value, expected) in [
        ("1500", Some(1500)),
        ("0", Some(0)),
        ("", None),
        ("1.5", None),
        ("-1", None),
        ("+1", None),
        ("1 ", None),
        ("٣", None),
        ("0x10", None),
    ] {
        assert_eq!(sse(format!("retry: {value}\n\n")).retry, expected, "{value:?}");
    }
    assert_eq!(sse("retry: 99999999999999999999999\n\n").retry, Some(u64::MAX), "too many digits saturate");
    assert_eq!(sse("retry: 10\nretry: x\n\n").retry, Some(10));
}

#[test]
fn a_comment_is_a_frame_of_its_own_and_disturbs_no_event() {
    frames(": hi\n\n:\ndata: a\n:inside\ndata: b\n\n", &[": hi", ":", ":inside", "message|a\nb"]);
    frames("event: x\n:inside\ndata: a\n\n", &[":inside", "x|a"]);
}

#[test]
fn an_endless_comment_is_kept_up_to_its_limit() {
    let body = format!("data: a\n:{}\n\n", "c".repeat(10_000));
    let expected = format!(":{}", "c".repeat(256));
    assert_eq!(sse_within(300, body).frames, [expected.as_str(), "message|a"]);
}

#[test]
fn any_number_of_comments_inside_an_event_is_within_the_bound() {
    let body = format!("event: x\ndata: a\n{}\n", ": keep-alive\n".repeat(1_000));
    let decoded = sse_within(64, body);
    assert_eq!(decoded.frames.len(), 1_001);
    assert_eq!(decoded.frames[1_000], "x|a");
}

#[test]
fn a_comment_cut_inside_a_character_at_its_limit_is_text_all_the_same() {
    let decoded = sse(format!(":{}é\n", "c".repeat(255)));
    assert_eq!(decoded.frames, [format!(":{}\u{fffd}", "c".repeat(255))]);
}

#[test]
fn malformed_utf8_becomes_replacement_characters_and_good_utf8_survives_every_cut() {
    frames("data: a👩‍👦ß€\n\n", &["message|a👩‍👦ß€"]);
    frames(b"data: a\xff\xfeb\n\n", &["message|a\u{fffd}\u{fffd}b"]);
    frames(b"data: \xe2\x82\n\n", &["message|\u{fffd}"]);
    frames(b"data: \xed\xa0\x80\n\n", &["message|\u{fffd}\u{fffd}\u{fffd}"]);
    frames(b"event: \xff\ndata: a\xc3\ndata: \xa9\n\n", &["\u{fffd}|a\u{fffd}\n\u{fffd}"]);
}

#[test]
fn nul_is_a_character_like_others() {
    frames("data: a\0b\n\n", &["message|a\0b"]);
}

#[test]
fn an_unterminated_last_event_is_handed_out_and_marked() {
    frames("data: a\n\ndata: b\n", &["message|a", "message|b…"]);
    frames("data: a\n\nevent: x\ndata: b", &["message|a", "x|b…"]);
    frames("data: a\ndata: b", &["message|a\nb…"]);
    frames("data: a\r\n\r\nevent: x\r\n", &["message|a"]);
    frames(": only a comm", &[]);
}

#[test]
fn lines_of_no_field_are_kept_as_stray_text() {
    let decoded = sse("data: a\n\n{\n  \"error\": {\"code\": 429}\n}");
    assert_eq!(decoded.frames, ["message|a"]);
    assert_eq!(decoded.stray, "{\n  \"error\": {\"code\": 429}\n}");
}

#[test]
fn stray_text_is_bounded() {
    let body = format!("{}\n", "x".repeat(1_000)).repeat(200);
    let kept = sse(&body).stray.len();
    assert!((60_000..=65_536).contains(&kept), "{kept}");
}

#[test]
fn an_event_over_the_bound_is_refused_and_nothing_before_it_is_lost() {
    let body = format!("data: a\n\n: c\n\ndata: {}\n\ndata: b\n\n", "x".repeat(100));
    assert_eq!(sse_within(50, body).frames, ["message|a", ": c", "too large"]);
}

#[test]
fn the_bound_counts_all_lines_of_an_event_however_they_are_cut() {
    let lines = "data: 0123456789\n".repeat(20);
    assert_eq!(sse_within(100, format!("{lines}\n")).frames, ["too large"]);
    let other = format!("data: a\n{}\n", "x: 0123456789\n".repeat(20));
    assert_eq!(sse_within(100, other).frames, ["too large"]);
}

#[test]
fn the_bound_falls_on_the_same_byte_however_the_event_is_cut() {
    for limit in 0..40 {
        let decoded = sse_within(limit, "data: 0123456789\r\n: note\r\ndata: ab\r\nid: 1\r\n\r\ndata: c\n\n");
        let last = decoded.frames.last().map(String::as_str);
        assert!(matches!(last, Some("too large" | "message#1|c")), "limit {limit}: {decoded:?}");
    }
}

#[test]
fn what_an_event_of_many_lines_held_does_not_count_for_the_next() {
    let body = "data: 0123456789\ndata: 0123456789\n\ndata: 0123456789012345678901234\n\n";
    assert_eq!(sse_within(40, body).frames.len(), 2);
}

#[test]
fn a_name_that_comes_again_is_bound_like_the_first() {
    // Under a bound of 7 bytes the name fits without a space behind its colon, and with one it does not.
    assert_eq!(sse_within(7, "event:a\ndata:1\n\nevent: a\ndata:2\n\n").frames, ["a|1", "too large"]);
}

#[test]
fn names_that_come_again_change_and_go_are_those_of_their_event() {
    frames("event: a\ndata: 1\n\nevent: a\ndata: 2\n\ndata: 3\n\n", &["a|1", "a|2", "message|3"]);
    frames("event: a\ndata: 1\n\nevent: a\nevent: b\ndata: 2\n\n", &["a|1", "b|2"]);
    frames("event: a\ndata: 1\n\nevent: a\n\ndata: 2\n\n", &["a|1", "message|2"]);
    frames("event: b\ndata: 1\n\nevent: bb\ndata: 2\n\nevent: b\ndata: 3\n\n", &["b|1", "bb|2", "b|3"]);
    frames(
        "event: a\ndata: 1\n\nevent: \ndata: 2\n\nevent: \ndata: 3\n\n",
        &["a|1", "message|2", "message|3"],
    );
    frames("event: a\r\ndata: 1\r\n\r\nevent: a\ndata: 2\n\n", &["a|1", "a|2"]);
    frames("data: 0\ndata: 0\nevent: a\n\nevent: a\ndata: 1\n\n", &["a|0\n0", "a|1"]);
    let long = format!("event: {}\ndata: 1\n\n", "n".repeat(200));
    let framed = format!("{}|1", "n".repeat(200));
    frames(long.repeat(2), &[&framed, &framed]);
}

#[test]
fn a_name_or_a_field_that_begins_as_the_one_before_it_is_another() {
    frames(
        "event: delta\ndata: 1\n\nevent: delta\ndata: 2\n\nevent: delta2\ndata: 3\n\nevent: delt\ndata: 4\n\nevent: delta\ndata: 5\n\n",
        &["delta|1", "delta|2", "delta2|3", "delt|4", "delta|5"],
    );
    frames(
        "event: a\ndata: 1\n\nevent: a\rdata: 2\n\nevent: a \ndata: 3\n\nevent: a",
        &["a|1", "a|2", "a |3"],
    );
}
