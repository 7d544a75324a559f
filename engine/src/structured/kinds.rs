//! Puts what the kept crate finds into plain words.

use crate::messages::structured as words;
use jsonschema::error::TypeKind;
use jsonschema::error::ValidationErrorKind as Found;
use serde_json::Value;

/// The most characters of a value that are told.
const VALUE_LIMIT: usize = 200;

/// Returns what was found as a sentence.
pub(super) fn in_words(found: &Found) -> String {
    match found {
        Found::AdditionalItems { limit } => words::too_many_items(*limit as u64),
        Found::AdditionalProperties { unexpected } | Found::UnevaluatedProperties { unexpected } => {
            words::unknown_members(unexpected)
        }
        Found::UnevaluatedItems { .. } => words::UNKNOWN_ITEMS.to_owned(),
        Found::AnyOf { context } | Found::OneOfNotValid { context } => words::no_alternative(context.len()),
        Found::OneOfMultipleValid { .. } => words::SEVERAL_ALTERNATIVES.to_owned(),
        Found::BacktrackLimitExceeded { .. } | Found::RegexEngineFailure { .. } => {
            words::PATTERN_FAILED.to_owned()
        }
        Found::Constant { expected_value } => words::not_the_constant(&short(expected_value)),
        Found::Contains => words::NO_SUCH_ITEM.to_owned(),
        Found::ContentEncoding { content_encoding: name }
        | Found::ContentMediaType { content_media_type: name }
        | Found::Format { format: name } => words::not_in_format(name),
        Found::Custom { message, .. } => message.clone(),
        Found::Enum { options } => words::none_of(&list(options)),
        Found::ExclusiveMaximum { limit } => words::not_below(&short(limit)),
        Found::ExclusiveMinimum { limit } => words::not_above(&short(limit)),
        Found::FalseSchema => words::NOT_ALLOWED.to_owned(),
        Found::FromUtf8 { .. } => words::not_in_format("UTF-8"),
        Found::MaxItems { limit } => words::too_many_items(*limit),
        Found::Maximum { limit } => words::too_large(&short(limit)),
        Found::MaxLength { limit } => words::too_long(*limit),
        Found::MaxProperties { limit } => words::too_many_members(*limit),
        Found::MinItems { limit } => words::too_few_items(*limit),
        Found::Minimum { limit } => words::too_small(&short(limit)),
        Found::MinLength { limit } => words::too_short(*limit),
        Found::MinProperties { limit } => words::too_few_members(*limit),
        Found::MultipleOf { multiple_of } => words::no_multiple(&short(multiple_of)),
        Found::Not { .. } => words::FORBIDDEN_FORM.to_owned(),
        Found::Pattern { pattern } => words::not_by_pattern(pattern),
        Found::PropertyNames { error } => words::bad_name(&in_words(error.kind())),
        Found::Required { property } => words::member_missing(property.as_str().unwrap_or_default()),
        Found::Type { kind } => words::not_of_type(&types(kind)),
        Found::UniqueItems => words::ITEMS_REPEATED.to_owned(),
        Found::Referencing(_) => words::REFERENCE_LOST.to_owned(),
    }
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(kind) => vec![words::type_name(kind.as_str())],
        TypeKind::Multiple(kinds) => kinds.iter().map(|kind| words::type_name(kind.as_str())).collect(),
    }
}

fn list(options: &Value) -> Vec<String> {
    options.as_array().map(|options| options.iter().map(short).collect()).unwrap_or_default()
}

/// Returns a value as JSON, cut where it is long.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(VALUE_LIMIT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
