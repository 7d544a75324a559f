//! [`Decimal`] keeps a number as a person typed it.

use crate::messages::problems as words;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

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

    /// Writes the number into a request, digit by digit as it was typed: `serialize_with` for an optional one.
    pub(super) fn as_typed<S: Serializer>(
        number: &Option<&Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let number = number.map(|number| RawValue::from_string(number.0.clone())).transpose();
        number.map_err(ser::Error::custom)?.serialize(serializer)
    }
}

/// Writes a number: settings are stored by the browser's JSON, which has no other. It keeps the value, not noughts at
/// its end.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse() {
            Ok(number) => serializer.serialize_f64(number),
            Err(_) => Err(ser::Error::custom(words::NO_NUMBER)),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if number.is_finite() && number >= 0.0 {
            Ok(Decimal(number.to_string()))
        } else {
            Err(de::Error::custom(words::NEGATIVE))
        }
    }
}
