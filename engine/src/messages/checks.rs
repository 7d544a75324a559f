//! Words for what answers are checked by, where they cannot be.

/// Stored rules that cannot be read.
pub const UNREADABLE_RULES: &str =
    "The rules for what is shown cannot be read, so no question is sent. Open them, and save them anew.";
/// What checks answers could not be fetched.
pub const CHECKS_NOT_FETCHED: &str = "What checks answers before they are shown could not be loaded, so no question is sent. Check the connection and try again.";
/// The name of the rule that holds an answer until it follows its schema.
pub const SCHEMA_RULE: &str = "JSON by the schema";
/// Why a judge gave no verdict: its server is gone.
pub const JUDGE_WITHOUT_SERVER: &str = "the judge's server is not set up any more";

/// Says what is wrong with a rule.
#[must_use]
pub fn unusable_rule(problem: &str) -> String {
    format!("A rule for what is shown cannot be used, so no question is sent. {problem}")
}

/// Says what is wrong with a schema.
#[must_use]
pub fn unusable_schema(problem: &str) -> String {
    format!("The schema cannot be used, so no question is sent. {problem}")
}

/// Says why a judge could not be asked.
#[must_use]
pub fn judge_not_asked(problem: &str) -> String {
    format!("the judge could not be asked: {problem}")
}

/// Says that a judge did not answer in time.
#[must_use]
pub fn judge_too_late(seconds: u32) -> String {
    format!("the judge did not answer within {seconds} s")
}

/// Says how a judge's answer ended, where it did not end well.
#[must_use]
pub fn judge_failed(end: &str) -> String {
    format!("the judge failed: {end}")
}
