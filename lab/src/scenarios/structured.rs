//! Answers that are to be JSON by a schema: one that follows it, and ways in which models do not.

use std::{fmt::Write as _, time::Duration};

use super::{always, chat::Chat};
use crate::script::Scenario;

/// The schema that these answers are asked with.
pub const JSON_SCHEMA: &str = r#"{"type":"object","properties":{"title":{"type":"string"},"year":{"type":"integer"},
"is_recommended":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string"}}},
"required":["title","year","is_recommended","tags"],"additionalProperties":false}"#;

/// An answer that follows it.
pub const JSON_TEXT: &str = r#"{
  "title": "A Wizard of <b>Earthsea</b>",
  "year": 1968,
  "is_recommended": true,
  "tags": ["islands", "names", "a shadow that follows the one who called it"]
}"#;

/// The same with a word that only who reads JSON sees.
const JSON_ESCAPED: &str = r#"{"title": "A W\u0069z\u0061rd of Earthsea", "year": 1968, "is_recommended": true, "tags": ["w\u0069zards"]}"#;

/// An answer whose second value is of another type.
pub const JSON_WRONG: &str = r#"{"title": "Earthsea", "year": "nineteen sixty-eight", "is_recommended": true, "tags": ["islands", "names"]}"#;

/// Words of a model that was to answer with JSON.
pub const JSON_NONE: &str = "I would rather tell you in my own words: it is a fine book.";

/// A schema for a list of objects.
pub const JSON_LIST_SCHEMA: &str = r#"{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"text":{"type":"string"}}}}"#;

/// The items of `json-big`: about 1 MB.
const JSON_BIG_ITEMS: usize = 8_000;

pub(super) fn scenarios() -> Vec<Scenario> {
    let slowly =
        |text: &str| Chat::begin().words(text).finish("stop").done().every(Duration::from_millis(30));
    let fenced = format!("Here is the JSON:\n\n```json\n{JSON_TEXT}\n```\n\nTell me if you need more.");
    let cut = JSON_TEXT.split_at(JSON_TEXT.len() - 30).0;
    let cut = Chat::begin().words(cut).finish("length").done().every(Duration::from_millis(10));
    vec![
        always("json", "JSON that follows the schema, word by word", slowly(JSON_TEXT)),
        always("json-wrong", "JSON whose second value is wrong", slowly(JSON_WRONG)),
        always("json-escaped", "JSON with a word whose letters are escaped", slowly(JSON_ESCAPED)),
        always("json-fenced", "JSON in a fence, with words around it", slowly(&fenced)),
        always("json-cut", "JSON that ends in a string, since the limit was reached", cut),
        always("json-none", "Words in the place of JSON", slowly(JSON_NONE)),
        always("json-big", "1 MB of JSON, a list of objects, as fast as it goes", {
            let answer = big()
                .as_bytes()
                .chunks(4 << 10)
                .fold(Chat::begin(), |chat, piece| chat.text(&String::from_utf8_lossy(piece)));
            answer.finish("stop").done().every(Duration::from_millis(4))
        }),
    ]
}

/// A list of objects; ASCII, so that it can be cut anywhere.
fn big() -> String {
    let mut text = String::from("[");
    for id in 0..JSON_BIG_ITEMS {
        let comma = if id == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            r#"{comma}{{"id": {id}, "text": "Item {id} of a long list, with some words to give it its length", "tags": ["one", "two", "three"], "more": {{"a": true}}}}"#
        );
    }
    text.push(']');
    text
}
