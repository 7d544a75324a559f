//! [`Value`] walks the tokens of a parsed document.

use super::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// A string without escapes.
    Plain,
    /// A string with at least one backslash.
    Escaped,
    Number,
    True,
    False,
    Null,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Index of the token behind this value and all it contains.
    pub(super) next: u32,
}

/// A value inside a parsed [`Document`](super::Document). Cheap to copy.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.raw())
    }
}

impl<'a> Value<'a> {
    pub(super) fn token(&self) -> Token {
        self.tokens[self.at]
    }

    /// Returns the text of this value as it stood in the event.
    pub fn raw(&self) -> &'a str {
        let token = self.token();
        // Strings are stored without their quotes.
        let quote = usize::from(matches!(token.kind, Kind::Plain | Kind::Escaped));
        &self.source[token.start as usize - quote..token.end as usize + quote]
    }

    /// Returns the member of that name, if this is an object that has one; the first, should the name stand twice.
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        self.members().find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Returns the member of that name, if it is there and not `null`.
    pub fn present(&self, name: &str) -> Option<Value<'a>> {
        self.get(name).filter(|value| !value.is_null())
    }

    /// Returns the member of that name as text, if it is a string.
    pub fn text(&self, name: &str) -> Option<Text<'a>> {
        self.get(name)?.as_text()
    }

    /// Returns the member of that name, decoded; empty if it is no string.
    pub fn string(&self, name: &str) -> String {
        self.text(name).map(|text| text.decode().into_owned()).unwrap_or_default()
    }

    /// Returns the member of that name as a whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    /// Returns the members of an object in their order; nothing for any other value. Keys with escapes are given as
    /// written.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a> {
        let value = *self;
        let end = if matches!(value.token().kind, Kind::Object) { value.token().next as usize } else { 0 };
        let mut at = value.at + 1;
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let key = value.tokens[at];
            let member = Value { at: at + 1, ..value };
            at = member.token().next as usize;
            Some((&value.source[key.start as usize..key.end as usize], member))
        })
    }

    /// Returns the elements of an array; nothing for any other value.
    pub fn items(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let value = *self;
        let end = if matches!(value.token().kind, Kind::Array) { value.token().next as usize } else { 0 };
        let mut at = value.at + 1;
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let item = Value { at, ..value };
            at = item.token().next as usize;
            Some(item)
        })
    }

    /// Returns the string, if it is one.
    pub fn as_text(&self) -> Option<Text<'a>> {
        let token = self.token();
        match token.kind {
            Kind::Plain | Kind::Escaped => {
                let raw = &self.source[token.start as usize..token.end as usize];
                Some(Text::new(raw, token.start as usize, matches!(token.kind, Kind::Escaped)))
            }
            Kind::Object | Kind::Array | Kind::Number | Kind::True | Kind::False | Kind::Null => None,
        }
    }

    /// Returns the string, if it is one that needs no decoding, else empty: for event types and other names to match
    /// on.
    pub fn word(&self) -> &'a str {
        self.as_text().and_then(|text| text.plain()).unwrap_or_default()
    }

    /// Returns whether this is a number.
    pub fn is_number(&self) -> bool {
        matches!(self.token().kind, Kind::Number)
    }

    /// Returns the number, if it is a whole one that is not negative. `12.0` counts: some servers write counters so.
    pub fn as_u64(&self) -> Option<u64> {
        if !matches!(self.token().kind, Kind::Number) {
            return None;
        }
        self.raw().parse().ok().or_else(|| whole(self.raw()))
    }

    /// Returns which of `true` and `false` this is, if it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self.token().kind {
            Kind::True => Some(true),
            Kind::False => Some(false),
            Kind::Object | Kind::Array | Kind::Plain | Kind::Escaped | Kind::Number | Kind::Null => None,
        }
    }

    /// Returns whether this is the literal `true`.
    pub fn is_true(&self) -> bool {
        matches!(self.token().kind, Kind::True)
    }

    /// Returns whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.token().kind, Kind::Null)
    }

    /// Returns whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.token().kind, Kind::Object)
    }

    /// Returns whether this is an array.
    pub fn is_array(&self) -> bool {
        matches!(self.token().kind, Kind::Array)
    }

    /// Returns whether JavaScript would take it for true: anything but `null`, `false`, `0` and the empty string.
    /// Servers put `"error": null` or `"error": ""` beside real content.
    pub fn is_truthy(&self) -> bool {
        match self.token().kind {
            Kind::Null | Kind::False => false,
            Kind::Plain | Kind::Escaped => self.token().start < self.token().end,
            Kind::Number => {
                let figures = self.raw().bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
                figures.into_iter().any(|byte| matches!(byte, b'1'..=b'9'))
            }
            Kind::True | Kind::Object | Kind::Array => true,
        }
    }
}

/// Returns a whole number that is written with a point or an exponent, up to 9·10¹⁵. In whole numbers throughout:
/// reading floats would bring tables of 10 KB that do not compress.
fn whole(raw: &str) -> Option<u64> {
    const LIMIT: u64 = 9_000_000_000_000_000;
    let (figures, exponent) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
    let (before, behind) = figures.split_once('.').unwrap_or((figures, ""));
    let behind = behind.trim_end_matches('0');
    let mut number = 0_u64;
    for digit in before.bytes().chain(behind.bytes()).filter(u8::is_ascii_digit) {
        number = number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    if number == 0 {
        return Some(0);
    }
    // `+5` parses as 5.
    let mut places = exponent.parse::<i64>().ok()?.checked_sub(behind.len() as i64)?;
    while places < 0 && number.is_multiple_of(10) {
        number /= 10;
        places += 1;
    }
    for _ in 0..places.min(16) {
        number = number.checked_mul(10)?;
    }
    (places >= 0 && number < LIMIT && !raw.starts_with('-')).then_some(number)
}
