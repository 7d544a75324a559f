//! [`Text`] lends a JSON string as it stands in the event, and decodes it when someone wants it.

use std::borrow::Cow;

/// The first half of a surrogate pair whose second half is expected in the next fragment of the same text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carry(Option<u16>);

impl Carry {
    /// Ends the fragments: a half that is still alone becomes U+FFFD.
    pub fn finish(&mut self, out: &mut String) {
        if self.0.take().is_some() {
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }
}

/// A JSON string, not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a str,
    start: usize,
    escaped: bool,
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        if self.escaped { self.decode() == other } else { self.raw == other }
    }
}

impl<'a> Text<'a> {
    pub(super) fn new(raw: &'a str, start: usize, escaped: bool) -> Text<'a> {
        Text { raw, start, escaped }
    }

    /// Returns its offset in the document in bytes, behind its quote.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Returns whether the string has no characters.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// Returns whether appending it may add nothing: it is empty, or no more than the first half of a surrogate pair.
    pub fn may_be_silent(&self) -> bool {
        matches!(
            self.raw.as_bytes(),
            [] | [b'\\', b'u', b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B', _, _]
        )
    }

    /// Returns the string as the event has it, with its escapes.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Returns the string as the event has it, if it needs no decoding. Names and types never do.
    pub fn plain(&self) -> Option<&'a str> {
        (!self.escaped).then_some(self.raw)
    }

    /// Returns the decoded string. A lone surrogate becomes U+FFFD.
    pub fn decode(&self) -> Cow<'a, str> {
        match self.plain() {
            Some(text) => Cow::Borrowed(text),
            None => {
                let mut out = String::with_capacity(self.raw.len());
                let mut carry = Carry::default();
                self.push_to(&mut out, &mut carry);
                carry.finish(&mut out);
                Cow::Owned(out)
            }
        }
    }

    /// Appends the decoded string to `out`; half a surrogate pair at its end waits in `carry` for the next fragment.
    pub fn push_to(&self, out: &mut String, carry: &mut Carry) {
        if self.raw.is_empty() {
            return;
        }
        if !self.escaped {
            carry.finish(out);
            out.push_str(self.raw);
            return;
        }
        let mut rest = self.raw;
        while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
            if at > 0 {
                carry.finish(out);
                out.push_str(&rest[..at]);
            }
            // The parser has seen that each backslash begins a whole escape.
            let escape = &rest.as_bytes()[at + 1..];
            let length = if escape[0] == b'u' {
                push_unit(hex(&escape[1..5]), out, carry);
                6
            } else {
                carry.finish(out);
                out.push(match escape[0] {
                    b'b' => '\u{8}',
                    b'f' => '\u{c}',
                    b'n' => '\n',
                    b'r' => '\r',
                    b't' => '\t',
                    other => char::from(other),
                });
                2
            };
            rest = &rest[at + length..];
        }
        if !rest.is_empty() {
            carry.finish(out);
            out.push_str(rest);
        }
    }
}

fn push_unit(unit: u16, out: &mut String, carry: &mut Carry) {
    match unit {
        0xd800..=0xdbff => {
            carry.finish(out);
            carry.0 = Some(unit);
        }
        0xdc00..=0xdfff => {
            let pair = carry
                .0
                .take()
                .map(|high| 0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00));
            out.push(pair.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        _ => {
            carry.finish(out);
            out.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
}

fn hex(digits: &[u8]) -> u16 {
    digits.iter().fold(0, |sum, digit| {
        (sum << 4) | u16::from(if digit.is_ascii_digit() { digit - b'0' } else { (digit | 0x20) - b'a' + 10 })
    })
}
