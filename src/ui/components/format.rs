//! Formats figures for people, in integer arithmetic: the formatting of floats would bring code of its own into the page.

use std::time::Duration;

/// Formats a duration: `0.21 s`, `12.3 s`, `2 min 05 s`. It is cut, never rounded up: nothing reads longer than it was.
pub fn seconds(duration: Duration) -> String {
    // Numbers of 128 bits, as `Duration` counts, would bring their own division and figures.
    let millis = duration.as_millis() as u64;
    match millis {
        0..10_000 => format!("{}.{:02} s", millis / 1_000, millis % 1_000 / 10),
        10_000..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {:02} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}

/// Formats a short duration: `4.4 ms`, `210 ms`, from ten seconds on as [`seconds`] does. It is cut, never rounded up.
pub fn millis(duration: Duration) -> String {
    let micros = duration.as_micros() as u64;
    match micros {
        0..100_000 => format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100),
        100_000..10_000_000 => format!("{} ms", count(micros / 1_000)),
        _ => seconds(duration),
    }
}

/// Formats a rate with one decimal, `31.4`; from a hundred on without.
pub fn rate(per_second: f64) -> String {
    // The cast saturates: a rate beyond 2⁶⁴ is no rate.
    let tenths = (per_second * 10.0).round() as u64;
    if tenths >= 1_000 { count(tenths.div_ceil(10)) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Formats a count with its thousands apart: `2,048`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
