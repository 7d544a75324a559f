//! Scans strings and numbers: their one grammar, shared by the parser and the event template.
//!
//! Each gives the place behind the last byte that was good, as `Err` where something else had to stand there.

/// Returns the end of the string whose first character, behind the quote, is at `at`: the place of its closing quote,
/// and whether it holds escapes. Control characters are let through: a stray tab is no reason to lose an answer.
#[inline(always)]
pub(super) fn string(bytes: &[u8], mut at: usize) -> Result<(usize, bool), usize> {
    let mut escaped = false;
    loop {
        at += quote_or_backslash(&bytes[at..]).ok_or(at)?;
        if bytes[at] == b'"' {
            return Ok((at, escaped));
        }
        escaped = true;
        match bytes.get(at + 1).ok_or(at)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
            b'u' => {
                let digits = bytes.get(at + 2..at + 6).ok_or(at)?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return Err(at);
                }
                at += 6;
            }
            _ => return Err(at),
        }
    }
}

/// Returns the place behind the number that begins at `at`.
#[inline(always)]
pub(super) fn number(bytes: &[u8], mut at: usize) -> Result<usize, usize> {
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(bytes, at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = digits(bytes, at)?;
    }
    Ok(at)
}

fn digits(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let mut end = at;
    while let Some(b'0'..=b'9') = bytes.get(end) {
        end += 1;
    }
    if end > at { Ok(end) } else { Err(at) }
}

/// Returns the place at which the string ends, or its first escape begins. Most strings are keys of a dozen bytes, for
/// which eight bytes at a time are faster than setting up a vector search; a few are images of megabytes, for which
/// they are not.
#[inline(always)]
fn quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 32;
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        let found = bytes_equal(word, b'"') | bytes_equal(word, b'\\');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
        if at == SHORT {
            return memchr::memchr2(b'"', b'\\', &bytes[SHORT..]).map(|found| SHORT + found);
        }
    }
    let rest = bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(at + rest)
}

/// Sets the highest bit of each byte that equals `wanted`. Bits above the lowest one set may be wrong: a borrow runs
/// upwards.
#[inline(always)]
fn bytes_equal(word: u64, wanted: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    let zero_where_equal = word ^ (ONES * wanted as u64);
    zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & HIGHEST
}
