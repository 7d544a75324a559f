//! Words for structured output: schemas that are none, values that a schema does not allow, and what a model is told.

/// What the answer to be asked again was when it broke off.
pub const ASK_AGAIN_INCOMPLETE: &str = "Your answer broke off before its JSON was complete. Answer again with the complete JSON value and nothing else.";
/// What is asked again of a model that gave no text.
pub const ASK_AGAIN_EMPTY: &str =
    "Your answer was empty. Answer again with a JSON value that follows the schema, and nothing else.";

/// A fault with its place.
#[must_use]
pub fn fault_at(pointer: &str, words: &str) -> String {
    if pointer.is_empty() { words.to_owned() } else { format!("{pointer}: {words}") }
}

/// A problem with a place in a text.
#[must_use]
pub fn problem_in_text(line: usize, column: usize, words: &str) -> String {
    format!("Line {line}, column {column}: {words}")
}

/// The instructions for a server that cannot be asked for a schema otherwise.
#[must_use]
pub fn instructions(schema: &str) -> String {
    format!(
        "Answer with one JSON value that follows this JSON Schema, and with nothing else: no words before or behind it, and no code fence.\n\n{schema}"
    )
}

/// The question behind JSON that the schema does not allow.
#[must_use]
pub fn ask_again_invalid(faults: &[String], more: usize) -> String {
    let lines: String = faults.iter().map(|fault| format!("- {fault}\n")).collect();
    let rest = if more == 0 { String::new() } else { format!("- and {more} more\n") };
    format!(
        "Your JSON does not follow the schema:\n{lines}{rest}Answer again with the whole corrected JSON value and nothing else."
    )
}

/// The question behind an answer that is no JSON.
#[must_use]
pub fn ask_again_no_json(problem: &str) -> String {
    format!(
        "Your answer is no JSON. {problem} Answer again with one JSON value that follows the schema, and nothing else."
    )
}

/// The names of types, as schemas have them.
pub const OBJECT_TYPE: &str = "object";
/// See [`OBJECT_TYPE`].
pub const ARRAY_TYPE: &str = "array";

/// Something begins no value.
pub const NO_VALUE: &str =
    "A value must stand here: a text in double quotes, a number, true, false, null, { or [.";
/// Something is no member's name.
pub const NO_NAME: &str = "A name in double quotes must stand here.";
/// Something stands in place of a colon.
pub const NO_COLON: &str = "A colon must stand here, behind the name.";
/// Something stands in place of a comma.
pub const NO_COMMA: &str = "A comma or the closing bracket must stand here.";
/// A comma is the last thing in a container.
pub const TRAILING_COMMA: &str = "A comma must not stand before the closing bracket.";
/// Quotation marks are of another kind.
pub const OTHER_QUOTES: &str = "Names and texts stand in double quotes.";
/// A word such as `NaN` or `None`.
pub const UNKNOWN_WORD: &str = "JSON has no such word: only true, false and null, in small letters.";
/// A number has a form such as `01` or `+1`.
pub const NO_NUMBER: &str = "JSON has no number of this form.";
/// A backslash is followed by something else than an escape.
pub const NO_ESCAPE: &str = "JSON has no such escape.";
/// A line break stands in a text.
pub const CONTROL_CHARACTER: &str =
    "A line break, a tab or another control character must be written as an escape here, such as \\n.";
/// A container is too deep.
pub const TOO_DEEP: &str = "This is more than 128 levels deep, which is not read.";
/// Something follows the end.
pub const BEHIND_THE_END: &str = "Nothing may follow here.";
/// Words and no JSON.
pub const NO_JSON_INSIDE: &str = "There is no JSON in this text.";

/// A schema is no object.
pub const NO_SCHEMA: &str = "A schema is an object, such as {\"type\": \"object\"}.";
/// A schema is longer than it may be.
pub const SCHEMA_TOO_LONG: &str = "This is longer than 1 MB, which is not read.";
/// A `$ref` leads to another document.
pub const REMOTE_REFERENCE: &str =
    "This leads to another document, and nothing is fetched. Put what is meant into $defs of this schema.";
/// A `$ref` leads nowhere.
pub const REFERENCE_LOST: &str = "This leads to nothing in the schema.";
/// A pattern is none.
const NO_PATTERN: &str = "This is no regular expression.";
/// A pattern has look-around or back-references.
const LOOK_AROUND: &str =
    "This pattern looks around or back, which cannot be done in linear time. Write it without that.";

/// Why a pattern cannot be used.
#[must_use]
pub const fn bad_pattern(looks_around: bool) -> &'static str {
    if looks_around { LOOK_AROUND } else { NO_PATTERN }
}

/// A text is no JSON, with the reader's reason.
#[must_use]
pub fn no_json(reason: &str) -> String {
    format!("This is no JSON: {reason}.")
}

/// A name stands twice in an object.
#[must_use]
pub fn name_twice(name: &str) -> String {
    format!("The name “{name}” stands twice here, and readers differ in which of the two they take.")
}

/// No item is as one has to be.
pub const NO_SUCH_ITEM: &str = "The list has not the items that it must contain, or too many of them.";
/// A value that is not to be there.
pub const NOT_ALLOWED: &str = "This is not allowed here.";
/// Items that no part of the schema speaks of.
pub const UNKNOWN_ITEMS: &str = "The list has items that are not allowed.";
/// More than one alternative fits.
pub const SEVERAL_ALTERNATIVES: &str = "More than one of the alternatives fits, and only one may.";
/// A pattern could not be tried.
pub const PATTERN_FAILED: &str = "A pattern of the schema could not be tried on this.";
/// A form that `not` forbids.
pub const FORBIDDEN_FORM: &str = "This has the form that is forbidden here.";
/// Two items are equal.
pub const ITEMS_REPEATED: &str = "Two items of the list are equal, and none may be.";

/// Members that are not allowed.
#[must_use]
pub fn unknown_members(names: &[String]) -> String {
    let names: Vec<String> = names.iter().take(10).map(|name| format!("“{name}”")).collect();
    format!("Not allowed here: {}.", names.join(", "))
}

/// A member that is missing.
#[must_use]
pub fn member_missing(name: &str) -> String {
    format!("“{name}” is missing.")
}

/// None of several alternatives fits.
#[must_use]
pub fn no_alternative(count: usize) -> String {
    format!("This fits none of the {count} alternatives.")
}

/// A value that is to be a certain one.
#[must_use]
pub fn not_the_constant(value: &str) -> String {
    format!("This must be {value}.")
}

/// A value that is to be one of some.
#[must_use]
pub fn none_of(values: &[String]) -> String {
    let more = values.len().saturating_sub(20);
    let told: Vec<&str> = values.iter().take(20).map(String::as_str).collect();
    let rest = if more == 0 { String::new() } else { format!(" or {more} others") };
    format!("This must be one of {}{rest}.", told.join(", "))
}

/// A text that is to have a format.
#[must_use]
pub fn not_in_format(name: &str) -> String {
    format!("This is not in the format “{name}”.")
}

/// A text that is to match a pattern.
#[must_use]
pub fn not_by_pattern(pattern: &str) -> String {
    format!("This does not match the pattern {pattern}")
}

/// A number that is too large.
#[must_use]
pub fn too_large(limit: &str) -> String {
    format!("This must be {limit} at most.")
}

/// A number that is too small.
#[must_use]
pub fn too_small(limit: &str) -> String {
    format!("This must be {limit} at least.")
}

/// A number that is not below its limit.
#[must_use]
pub fn not_below(limit: &str) -> String {
    format!("This must be less than {limit}.")
}

/// A number that is not above its limit.
#[must_use]
pub fn not_above(limit: &str) -> String {
    format!("This must be more than {limit}.")
}

/// A number that is no multiple.
#[must_use]
pub fn no_multiple(of: &str) -> String {
    format!("This must be a multiple of {of}.")
}

/// A text that is too long.
#[must_use]
pub fn too_long(limit: u64) -> String {
    format!("This must have {limit} characters at most.")
}

/// A text that is too short.
#[must_use]
pub fn too_short(limit: u64) -> String {
    format!("This must have {limit} characters at least.")
}

/// A list with too many items.
#[must_use]
pub fn too_many_items(limit: u64) -> String {
    format!("The list must have {limit} items at most.")
}

/// A list with too few items.
#[must_use]
pub fn too_few_items(limit: u64) -> String {
    format!("The list must have {limit} items at least.")
}

/// An object with too many members.
#[must_use]
pub fn too_many_members(limit: u64) -> String {
    format!("The object must have {limit} members at most.")
}

/// An object with too few members.
#[must_use]
pub fn too_few_members(limit: u64) -> String {
    format!("The object must have {limit} members at least.")
}

/// An object with a name that is not allowed.
#[must_use]
pub fn bad_name(reason: &str) -> String {
    format!("A name of this object is not allowed: {reason}")
}

/// A value of another type.
#[must_use]
pub fn not_of_type(names: &[&str]) -> String {
    format!("This must be {}.", names.join(" or "))
}

/// A type, with its article.
#[must_use]
pub fn type_name(name: &str) -> &'static str {
    match name {
        "array" => "a list",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "null" => "null",
        "number" => "a number",
        "object" => "an object",
        _ => "a text",
    }
}
