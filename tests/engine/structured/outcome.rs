//! Tests of what a model is told at the end.

use super::{outcome, schema};
use tokenfall::engine::structured::{Outcome, ask_again, instructions};

#[test]
fn the_question_behind_a_bad_answer_names_what_was_wrong() {
    let schema = schema(r#"{"type": "object", "required": ["b"], "properties": {"a": {"type": "integer"}}}"#);
    let asked = ask_again(&outcome(Some(&schema), r#"{"a": "x"}"#));
    assert!(
        asked.contains("- “b” is missing.\n") && asked.contains("- /a: This must be a whole number.\n"),
        "{asked}"
    );
    let asked = ask_again(&outcome(Some(&schema), "{\"a\": 1,}"));
    assert!(asked.contains("Line 1, column 9"), "{asked}");
    assert!(ask_again(&Outcome::Incomplete).contains("broke off"));
    assert!(ask_again(&Outcome::Empty).contains("empty"));
    assert_eq!(ask_again(&Outcome::Valid), "");
    assert!(instructions(&schema).ends_with(schema.text()));
}
