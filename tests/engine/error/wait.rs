//! How long a server asks to wait: in its headers, in details that are made for it, in a sentence.

use std::time::Duration;
use tokenfall::engine::error::{retry_after, retry_after_seconds};
use tokenfall::engine::wire::ProviderError;

#[test]
fn a_wait_in_seconds_is_read_and_nonsense_is_none() {
    for (value, expected) in [
        ("7", Some(7_000)),
        (" 1.5 ", Some(1_500)),
        ("0", Some(0)),
        ("604800", Some(604_800_000)),
        ("604801", None),
        ("-1", None),
        ("", None),
        ("soon", None),
        ("NaN", None),
        ("inf", None),
        ("1e300", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ] {
        assert_eq!(retry_after_seconds(value), expected.map(Duration::from_millis), "{value:?}");
    }
}

/// 2026-11-22 21:00:00, as `date -u +%s` has it.
const NOW: u64 = 1_795_381_200;

#[test]
fn a_date_to_wait_for_is_read_in_all_three_forms_of_http() {
    for (value, expected) in [
        ("Sun, 22 Nov 2026 21:00:07 GMT", Some(7)),
        ("Sunday, 22-Nov-26 21:02:00 GMT", Some(120)),
        ("Sun Nov 22 22:00:00 2026", Some(3_600)),
        ("Tue Dec  1 00:00:00 2026", None),
        ("Mon Nov 23 03:00:00 2026", Some(21_600)),
        ("Thu, 26 Nov 2026 21:00:00 GMT", Some(4 * 86_400)),
        // Passed: at once. Two digits name the past where the future would be too far.
        ("Sun, 22 Nov 2026 20:59:59 GMT", Some(0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Thu, 01 Jan 0000 00:00:00 GMT", Some(0)),
        // Further away than anybody waits.
        ("Mon, 29 Feb 2044 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:60 GMT", None),
        // No date.
        ("Sun, 22 Nov 2026", None),
        ("Sun, 22 Nov 2026 24:00:00 GMT", None),
        ("Sun, 32 Nov 2026 21:00:07 GMT", None),
        ("Sun, 22 Ovd 2026 21:00:07 GMT", None),
        ("Sun, 22 N 2026 21:00:07 GMT", None),
        ("Sun, 22 Nov 18446744073709551615 21:00:07 GMT", None),
        ("Sun Nov 22 2026", None),
        (",,,", None),
        ("tomorrow at noon \u{1f4a3}", None),
    ] {
        let wait = retry_after(None, Some(value), None, NOW);
        assert_eq!(wait, expected.map(Duration::from_secs), "{value:?}");
    }
}

#[test]
fn a_date_is_held_against_the_servers_own_clock_where_it_can_be_read() {
    let value = Some("Sun, 22 Nov 2026 21:00:07 GMT");
    let date = Some("Sun, 22 Nov 2026 21:00:00 GMT");
    for skewed in [0, NOW - 86_400, NOW + 86_400, u64::MAX] {
        assert_eq!(retry_after(None, value, date, skewed), Some(Duration::from_secs(7)), "{skewed}");
    }
    assert_eq!(retry_after(None, value, Some("garbage"), NOW), Some(Duration::from_secs(7)));
}

#[test]
fn milliseconds_win_over_seconds_unless_they_are_nonsense() {
    let seconds = Some("7");
    assert_eq!(retry_after(Some("250"), seconds, None, NOW), Some(Duration::from_millis(250)));
    for nonsense in ["", "soon", "-5", "1e3"] {
        assert_eq!(
            retry_after(Some(nonsense), seconds, None, NOW),
            Some(Duration::from_secs(7)),
            "{nonsense:?}"
        );
    }
    assert_eq!(retry_after(None, None, None, NOW), None);
}

#[test]
fn a_delay_inside_the_body_is_read() {
    for (delay, expected) in [("48s", Some(48_000)), ("0.5s", Some(500)), ("soon", None), ("", None)] {
        let body =
            format!(r#"{{"error":{{"code":429,"details":[{{"@type":"x"}},{{"retryDelay":"{delay}"}}]}}}}"#);
        let error = ProviderError::from_body(429, body.as_bytes());
        assert_eq!(error.retry_after, expected.map(Duration::from_millis), "{delay:?}");
    }
}
