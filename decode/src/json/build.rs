//! [`Json`]: a value that is put together here and written out, for requests and stored records.

use super::{Kind, Text, Value};

/// A JSON value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// JSON text as it will be written: a number, a string in its quotes, a literal.
    Raw(String),
    /// An array.
    Array(Vec<Json>),
    /// Members in their order. Names are stored as they read, without escapes.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object without members.
    pub fn object() -> Json {
        Json::Object(Vec::new())
    }

    /// A string.
    pub fn text(text: &str) -> Json {
        let mut out = String::with_capacity(text.len() + 2);
        push_text(&mut out, text);
        Json::Raw(out)
    }

    /// A whole number.
    pub fn number(number: u64) -> Json {
        Json::Raw(number.to_string())
    }

    /// `true` or `false`.
    pub fn bool(is: bool) -> Json {
        Json::Raw(if is { "true" } else { "false" }.to_owned())
    }

    /// `null`.
    pub fn null() -> Json {
        Json::Raw("null".to_owned())
    }

    /// A value that was read. Its depth is bounded by the reader's limit.
    pub fn from_value(value: Value<'_>) -> Json {
        match value.token().kind {
            Kind::Object => Json::Object(
                value
                    .members()
                    .map(|(name, member)| {
                        (Text::new(name, 0, true).decode().into_owned(), Json::from_value(member))
                    })
                    .collect(),
            ),
            Kind::Array => Json::Array(value.items().map(Json::from_value).collect()),
            // Written anew: the reader lets control characters through that nobody else accepts.
            Kind::Plain | Kind::Escaped => {
                value.as_text().map_or_else(Json::null, |text| Json::text(&text.decode()))
            }
            Kind::Number | Kind::True | Kind::False | Kind::Null => Json::Raw(value.raw().to_owned()),
        }
    }

    /// This object with one more member, behind the others. The name must be new; anything but an object stays as it
    /// is.
    #[must_use]
    pub fn with(mut self, name: &str, value: Json) -> Json {
        self.add(name, value);
        self
    }

    /// Adds a member behind the others. The name must be new; anything but an object stays as it is.
    pub fn add(&mut self, name: &str, value: Json) {
        if let Json::Object(members) = self {
            members.push((name.to_owned(), value));
        }
    }

    /// Merges `changes` into this object: objects are merged member by member, anything else replaces, `null` removes.
    ///
    /// Each change looks through the members here: a request has a dozen, and a person types a few more.
    pub fn merge(&mut self, changes: &Json) {
        let (Json::Object(members), Json::Object(changes)) = (self, changes) else { return };
        for (name, change) in changes {
            let old = members.iter().position(|(other, _)| other == name);
            match (old, change) {
                (Some(at), Json::Raw(text)) if text == "null" => {
                    members.remove(at);
                }
                (None, Json::Raw(text)) if text == "null" => {}
                (Some(at), Json::Object(_)) if matches!(members[at].1, Json::Object(_)) => {
                    members[at].1.merge(change);
                }
                (Some(at), _) => members[at].1 = change.clone(),
                (None, _) => members.push((name.clone(), change.clone())),
            }
        }
    }

    /// Writes the value behind `out`, without white space.
    pub fn write(&self, out: &mut String) {
        match self {
            Json::Raw(text) => out.push_str(text),
            Json::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    push_text(out, name);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// The value as text, without white space.
    pub fn into_text(self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(if letter < '\u{10}' { '0' } else { '1' });
                out.push(char::from(b"0123456789abcdef"[letter as usize % 16]));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}
