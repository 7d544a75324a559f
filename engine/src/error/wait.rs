//! Reads the wait that a server asks for, in its headers (RFC 9110 §10.2.3 and §5.6.7) or in a sentence.

use std::iter;
use std::time::Duration;

const DAY: u64 = 86_400;
/// A longer wait is cut to this one: it still says not to ask again soon.
const LONGEST: Duration = Duration::from_secs(30 * DAY);
const MONTHS: [&[u8]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
/// Words in front of a delay in a sentence: OpenAI's and Groq's, Gemini's, Azure's.
const INVITATIONS: [&str; 3] = ["try again in ", "retry in ", "retry after "];

/// Returns the wait that a response's headers ask for: `retry-after-ms`, which is exact, before `Retry-After` in
/// seconds or as a date.
///
/// A date is held against the response's own `Date`, where script may read it, and else against `now`, the local clock
/// in seconds since 1970. One that has passed is a wait of nought; nonsense is none.
pub fn retry_after(
    millis: Option<&str>,
    value: Option<&str>,
    date: Option<&str>,
    now: u64,
) -> Option<Duration> {
    if let Some(millis) = millis.and_then(decimal) {
        return Some((millis / 1_000).min(LONGEST));
    }
    let value = value?;
    retry_after_seconds(value).or_else(|| {
        let now = date.and_then(|date| http_date(date, now)).unwrap_or(now);
        let wait = http_date(value, now)?.saturating_sub(now);
        Some(Duration::from_secs(wait).min(LONGEST))
    })
}

/// Returns a wait in seconds, whole or decimal. Dates and nonsense give `None`.
pub fn retry_after_seconds(value: &str) -> Option<Duration> {
    Some(decimal(value)?.min(LONGEST))
}

/// Returns the wait that a sentence asks for: "Please try again in 1m30.5s." A time without a unit is none.
pub fn retry_after_sentence(sentence: &str) -> Option<Duration> {
    let sentence = sentence.to_ascii_lowercase();
    INVITATIONS.iter().find_map(|words| {
        sentence.match_indices(words).find_map(|(at, _)| with_units(&sentence[at + words.len()..]))
    })
}

/// Returns the sum of the numbers with units that a text begins with.
fn with_units(mut text: &str) -> Option<Duration> {
    let mut sum = None;
    loop {
        text = text.trim_start_matches(' ');
        let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let unit = number.trim_start_matches(' ');
        let rest = unit.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let wait = decimal(&text[..text.len() - number.len()]).and_then(|wait| {
            Some(match &unit[..unit.len() - rest.len()] {
                "ms" => wait / 1_000,
                "s" | "sec" | "second" | "seconds" => wait,
                "m" | "min" | "minute" | "minutes" => wait.saturating_mul(60),
                "h" | "hour" | "hours" => wait.saturating_mul(3_600),
                "d" | "day" | "days" => wait.saturating_mul(DAY as u32),
                _ => return None,
            })
        });
        let Some(wait) = wait else { return sum };
        sum = Some(wait.saturating_add(sum.unwrap_or_default()).min(LONGEST));
        text = rest;
    }
}

/// Returns a number of seconds, whole or decimal; one too large for us is the largest.
fn decimal(text: &str) -> Option<Duration> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos = part.bytes().chain(iter::repeat(b'0')).take(9);
    let nanos = nanos.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some(Duration::new(whole.parse().unwrap_or(u64::MAX), nanos))
}

/// Returns a date of HTTP as seconds since 1970, in any of its three forms: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday,
/// 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. They differ in whether the month or the day comes first;
/// what is neither a month nor a number is the weekday or the zone, which is always GMT.
fn http_date(text: &str, now: u64) -> Option<u64> {
    let mut numbers = [0; 5];
    let mut count = 0;
    let mut found = None;
    for word in text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()) {
        if word.first().is_some_and(u8::is_ascii_digit) {
            *numbers.get_mut(count)? = number(word)?;
            count += 1;
        } else if let Some(month) = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word)) {
            found = Some((month as u64, count == 0));
        }
    }
    let (month, is_month_first) = found.filter(|_| count == numbers.len())?;
    let [day, a, b, c, d] = numbers;
    let (year, hour, minute, second) = if is_month_first { (d, a, b, c) } else { (a, b, c, d) };
    if day > 31 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let at = |year| days(year, month, day) * DAY + hour * 3_600 + minute * 60 + second;
    // Two digits name the year that is at most fifty years ahead.
    const FIFTY_YEARS: u64 = 50 * 36_525 * DAY / 100;
    let in_full = if year < 100 { 2_000 + year } else { year };
    Some(at(if year < 100 && at(in_full) > now.saturating_add(FIFTY_YEARS) { 1_900 + year } else { in_full }))
}

/// Days from 1970-01-01 to a date; the month counts from nought. The year begins in March here, so that the day that
/// is sometimes there comes last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month < 2 { (year.saturating_sub(1), month + 10) } else { (year, month - 2) };
    let leap_days = year / 4 - year / 100 + year / 400;
    (year * 365 + leap_days + (month * 153 + 2) / 5 + day).saturating_sub(719_469)
}

/// Returns a number of at most four digits.
fn number(word: &[u8]) -> Option<u64> {
    (word.len() <= 4 && word.iter().all(u8::is_ascii_digit))
        .then(|| word.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
}
