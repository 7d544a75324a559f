//! Newline-delimited JSON.

use super::ndjson_within;

#[track_caller]
fn lines(body: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(ndjson_within(1 << 20, body), expected);
}

#[test]
fn each_line_is_a_frame_wherever_the_network_cuts_it() {
    lines("{\"a\":1}\n{\"b\":2}\n", &["message|{\"a\":1}", "message|{\"b\":2}"]);
}

#[test]
fn crlf_and_blank_lines_and_white_space_around_make_no_difference() {
    lines("\n {\"a\":1} \r\n\r\n  \t\n{\"b\":2}\r\n", &["message|{\"a\":1}", "message|{\"b\":2}"]);
}

#[test]
fn a_lone_cr_is_white_space_and_ends_no_line() {
    lines("{\"a\":\r1}\n", &["message|{\"a\":\r1}"]);
}

#[test]
fn the_last_line_may_lack_its_end_and_is_marked() {
    lines("{\"a\":1}\n{\"b\":", &["message|{\"a\":1}", "message|{\"b\":…"]);
    lines("{\"a\":1}\n  ", &["message|{\"a\":1}"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_json() {
    lines("\u{feff}{\"a\":1}\n", &["message|{\"a\":1}"]);
}

#[test]
fn utf8_survives_every_cut_and_what_is_none_is_replaced() {
    lines("{\"a\":\"ß👦\"}\n", &["message|{\"a\":\"ß👦\"}"]);
    lines(b"{\"a\":\"\xff\"}\n", &["message|{\"a\":\"\u{fffd}\"}"]);
}

#[test]
fn what_looks_like_an_event_stream_is_handed_out_as_it_stands() {
    lines("data: {}\n\n", &["message|data: {}"]);
}

#[test]
fn a_line_over_the_bound_is_refused_and_nothing_before_it_is_lost() {
    let body = format!("1\n{}\n2\n", "x".repeat(100));
    assert_eq!(ndjson_within(50, body), ["message|1", "too large"]);
    assert_eq!(ndjson_within(50, format!("1\n{}", " ".repeat(100))), ["message|1", "too large"]);
}
