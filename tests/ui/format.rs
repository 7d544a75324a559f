//! How figures read.

use std::time::Duration;
use tokenfall::ui::components::{count, millis, rate, seconds};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_duration_never_reads_longer_than_it_was() {
    for (millis, words) in [
        (0, "0.00 s"),
        (9, "0.00 s"),
        (219, "0.21 s"),
        (9_999, "9.99 s"),
        (10_000, "10.0 s"),
        (59_999, "59.9 s"),
        (60_000, "1 min 00 s"),
        (125_900, "2 min 05 s"),
    ] {
        assert_eq!(seconds(Duration::from_millis(millis)), words);
    }
}

#[wasm_bindgen_test]
fn a_short_duration_keeps_a_tenth_below_a_hundred_milliseconds() {
    for (micros, words) in [
        (0, "0.0 ms"),
        (4_499, "4.4 ms"),
        (99_999, "99.9 ms"),
        (100_000, "100 ms"),
        (9_999_999, "9,999 ms"),
        (10_000_000, "10.0 s"),
    ] {
        assert_eq!(millis(Duration::from_micros(micros)), words);
    }
}

#[wasm_bindgen_test]
fn a_rate_keeps_one_decimal_until_it_has_three_digits() {
    for (per_second, words) in
        [(0.0, "0.0"), (31.44, "31.4"), (9.96, "10.0"), (99.96, "100"), (1_234.5, "1,235"), (f64::NAN, "0.0")]
    {
        assert_eq!(rate(per_second), words);
    }
}

#[wasm_bindgen_test]
fn thousands_are_set_apart_but_not_before_the_first_digit() {
    for (number, words) in
        [(0, "0"), (999, "999"), (1_000, "1,000"), (123_456, "123,456"), (1_234_567, "1,234,567")]
    {
        assert_eq!(count(number), words);
    }
}
