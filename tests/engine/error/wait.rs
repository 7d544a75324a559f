//! How long a server asks to wait: in its headers, in details that are made for it, in a sentence.

use std::time::Duration;
use tokenfall::engine::error::{retry_after, retry_after_seconds, retry_after_sentence};
use tokenfall::engine::wire::ProviderError;

/// The longest wait that is told apart from longer ones, in seconds.
const MONTH: u64 = 30 * 86_400;

#[test]
fn a_wait_in_seconds_is_read_and_nonsense_is_none() {
    for (value, expected) in [
        ("7", Some(7_000)),
        (" 1.5 ", Some(1_500)),
        ("0", Some(0)),
        ("604801", Some(604_801_000)),
        ("2592000", Some(MONTH * 1_000)),
        ("-1", None),
        ("", None),
        ("soon", None),
        ("NaN", None),
        ("inf", None),
        ("1e300", None),
        (".", None),
        (".5", None),
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
        ("Tue Dec  1 00:00:00 2026", Some(8 * 86_400 + 3 * 3_600)),
        ("Mon Nov 23 03:00:00 2026", Some(21_600)),
        ("Thu, 26 Nov 2026 21:00:00 GMT", Some(4 * 86_400)),
        // Passed: at once. Two digits name the past where the future would be too far.
        ("Sun, 22 Nov 2026 20:59:59 GMT", Some(0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Thu, 01 Jan 0000 00:00:00 GMT", Some(0)),
        // Further away than anybody waits.
        ("Mon, 29 Feb 2044 00:00:00 GMT", Some(MONTH)),
        ("Fri, 31 Dec 9999 23:59:60 GMT", Some(MONTH)),
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

#[test]
fn a_wait_beyond_the_longest_does_not_become_no_wait() {
    let longest = Some(Duration::from_secs(MONTH));
    for seconds in ["2592001", "99999999999", "18446744073709551615", "99999999999999999999999999.9"] {
        assert_eq!(retry_after(None, Some(seconds), None, NOW), longest, "{seconds}");
        assert_eq!(retry_after(Some(&format!("{seconds}000")), None, None, NOW), longest, "{seconds}");
        assert_eq!(retry_after_sentence(&format!("retry in {seconds}s")), longest, "{seconds}");
    }
}

#[test]
fn a_wait_that_only_a_sentence_names_is_read() {
    for (sentence, millis) in [
        ("Rate limit reached. Please try again in 20s. Visit https://x to learn more.", Some(20_000)),
        ("Please try again in 1m30.5s.", Some(90_500)),
        ("Please try again in 6ms. Contact us.", Some(6)),
        ("Please try again in 7h12m0s", Some(25_920_000)),
        ("Please retry in 38.2s.", Some(38_200)),
        ("exceeded call rate limit. Please retry after 20 seconds.", Some(20_000)),
        ("TRY AGAIN IN 2 MINUTES", Some(120_000)),
        ("Try again in 1 day", Some(86_400_000)),
        ("Try again in a moment, or try again in 5 s", Some(5_000)),
        ("Please try again in 20s 3 requests left", Some(20_000)),
        ("Try again in 20", None),
        ("Try again in 20 requests", None),
        ("Try again in -5s", None),
        ("Try again in 1.2.3s", None),
        ("Try again in .", None),
        ("Try again in ", None),
        ("Took 20s, no", None),
        ("", None),
    ] {
        let expected = millis.map(Duration::from_millis);
        assert_eq!(retry_after_sentence(sentence), expected, "{sentence:?}");
        let error = ProviderError::from_body(429, format!(r#"{{"error":"{sentence}"}}"#).as_bytes());
        assert_eq!(error.retry_after, expected, "{sentence:?}");
    }
}

#[test]
fn details_that_name_a_delay_win_over_the_sentence() {
    let body = r#"{"error":{"message":"Please retry in 38.2s.","details":[{"retryDelay":"39s"}]}}"#;
    let wait = |body: &str| ProviderError::from_body(429, body.as_bytes()).retry_after;
    assert_eq!(wait(body), Some(Duration::from_secs(39)));
    assert_eq!(wait(&body.replace("39s", "soon")), Some(Duration::from_millis(38_200)));
}
