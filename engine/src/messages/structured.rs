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
