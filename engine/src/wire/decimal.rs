//! [`Decimal`] keeps a number as a person typed it.

use crate::messages::problems as words;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

/// The most digits that are stored: so many a number of the browser's holds, whatever they are (IEEE 754, binary64).
const DIGITS: usize = 15;
/// The least number with more digits than that.
const MOST: f64 = 1e15;
/// The most digits behind the point: the largest power of ten that is exact.
const PLACES: u32 = 22;

/// A number that is not negative, kept as it was typed: it is only ever sent on, never reckoned with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// Takes digits with or without a point, `0.7`, `1` or `.5`, of at most 32 characters.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > 32 || part.is_empty() || text.is_empty() || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        // JSON wants a digit before the point, and no nought before another digit.
        let whole = whole.trim_start_matches('0');
        let nought = if whole.is_empty() { "0" } else { "" };
        let rest = text.find('.').map_or("", |at| &text[at..]);
        Some(Decimal([nought, whole, rest].concat()))
    }

    /// Returns the number as JSON and people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value, of the first [`DIGITS`] digits: exact, since an integer and a power of ten that are both exact are
    /// rounded once. What is beyond [`PLACES`] behind the point is nought.
    fn value(&self) -> f64 {
        let (mut digits, mut count, mut places, mut zeros) = (0_u64, 0, 0, 0);
        let mut is_behind = false;
        for byte in self.0.bytes() {
            match byte {
                b'.' => is_behind = true,
                _ if count < DIGITS && places < PLACES => {
                    digits = digits * 10 + u64::from(byte - b'0');
                    count += usize::from(digits > 0);
                    places += u32::from(is_behind);
                }
                _ => zeros += u32::from(!is_behind),
            }
        }
        digits as f64 * power_of_ten(zeros) / power_of_ten(places)
    }

    /// Writes a value with as many digits as it needs, and no more than [`DIGITS`].
    fn of(value: f64) -> Decimal {
        let (mut whole, mut zeros) = (value, 0);
        while whole >= MOST {
            whole /= 10.0;
            zeros += 1;
        }
        let rounded = |places| (whole * power_of_ten(places) + 0.5) as u64;
        let mut places = 0;
        while rounded(places) as f64 / power_of_ten(places) != whole
            && places < PLACES
            && whole * power_of_ten(places + 1) < MOST
        {
            places += 1;
        }
        let digits = format!("{:0>width$}", rounded(places), width = places as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - places as usize);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        Decimal([whole, &"0".repeat(zeros), point, part].concat())
    }

    /// Writes the number into a request, digit by digit as it was typed: `serialize_with` for an optional one.
    pub(super) fn as_typed<S: Serializer>(
        number: &Option<&Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let number = number.map(|number| RawValue::from_string(number.0.clone())).transpose();
        number.map_err(ser::Error::custom)?.serialize(serializer)
    }
}

/// Returns a power of ten, which is exact up to [`PLACES`].
fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// Writes a number: settings are stored by the browser's JSON, which has no other. It keeps the value to fifteen digits, not
/// noughts at its end. The standard library's conversions, which know all numbers, would be 7 KB of what a question needs.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if number.is_finite() && number >= 0.0 {
            Ok(Decimal::of(number))
        } else {
            Err(de::Error::custom(words::NEGATIVE))
        }
    }
}
