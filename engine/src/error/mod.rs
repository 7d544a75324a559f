//! [`Category`] classifies the failures of a request, whoever reports them.
//!
//! Providers have five vocabularies for errors. They are classified once, here, and everything later (what the person is
//! told, what may be tried again) follows from the category. The provider's own words are kept beside it, never parsed again.

mod wait;

pub use wait::{retry_after, retry_after_seconds, retry_after_sentence};

use std::time::Duration;

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// The key is missing, wrong or expired.
    Authentication,
    /// The key is good, but not for this.
    Permission,
    /// The account has no credit, or met a quota that waiting does not refill.
    Billing,
    /// The model or the address does not exist.
    NotFound,
    /// The conversation is longer than the model or server takes.
    TooLong,
    /// The request is malformed or asks for what the model cannot do.
    InvalidRequest,
    /// Too many requests: later it works.
    RateLimit,
    /// The server has too much to do or is still loading.
    Overloaded,
    /// The server failed.
    Server,
    /// The server waited too long for something.
    Timeout,
    /// A filter withheld the prompt or the answer.
    Filtered,
    /// Anything else.
    Other,
}

/// The words that say it, in whatever place: a kind, a code or a sentence.
const BILLING: [&str; 5] = [
    "insufficient_quota",
    "insufficient credit",
    "insufficient balance",
    "credit balance is too low",
    "credits are depleted",
];
const AUTHENTICATION: [&str; 7] = [
    "api_key_invalid",
    "invalid_api_key",
    "api key not valid",
    "authentication_error",
    "unauthenticated",
    "invalid api key",
    "incorrect api key",
];
const TOO_LONG: [&str; 11] = [
    "context_length_exceeded",
    "exceed_context_size",
    "context window",
    "maximum context length",
    "prompt is too long",
    "request_too_large",
    "context size",
    // Anthropic, where the question and the longest answer together are too long.
    "exceed context limit",
    // vLLM, in two of its versions.
    "longer than the maximum model length",
    "the model's context length is only",
    // OpenAI and Groq: one question is more than a whole minute allows, which no wait mends, though they call it a rate.
    "request too large for",
];
/// Gemini's sentence; the first half alone may be said of a rate, the second of an answer's length.
const TOO_LONG_TOGETHER: [&str; 2] = ["input token count", "exceeds the maximum number of tokens"];
const FILTERED: [&str; 4] = ["content_filter", "content_policy", "prohibited_content", "policy_violation"];
const RATE_LIMIT: [&str; 4] = ["rate_limit", "rate limit", "resource_exhausted", "too many requests"];
/// Words that in a sentence may also be the advertisement below a rate limit.
const PERHAPS_BILLING: [&str; 2] = ["billing", "exceeded your current quota, please check your plan"];

impl Category {
    /// Classifies by HTTP status and by the provider's own words, which win where they are more exact: a 429 may be an
    /// empty account, a 400 a wrong key (Gemini). Kind and code are more exact than the sentence, which may speak of
    /// bills below any rate limit (OpenAI, Gemini, Groq). `wait` is a delay that the body names: what it is said of passes.
    pub fn classify(
        status: Option<u16>,
        kind: &str,
        code: &str,
        message: &str,
        wait: Option<Duration>,
    ) -> Category {
        let names = [kind, code].map(str::to_ascii_lowercase);
        let message = message.to_ascii_lowercase();
        let is_named = |words: &[&str]| words.iter().any(|word| names.iter().any(|name| name.contains(word)));
        let is_told = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let say = |words: &[&str]| is_named(words) || is_told(words);
        if say(&BILLING) || is_named(&["billing"]) {
            return Category::Billing;
        }
        if say(&AUTHENTICATION) {
            return Category::Authentication;
        }
        if say(&TOO_LONG) || TOO_LONG_TOGETHER.iter().all(|words| message.contains(words)) {
            return Category::TooLong;
        }
        // OpenAI's kinds of rate limit are what there is too much of.
        if is_named(&RATE_LIMIT) || names.iter().any(|name| name == "requests" || name == "tokens") {
            return Category::RateLimit;
        }
        if is_told(&PERHAPS_BILLING) && wait.is_none() && !is_told(&RATE_LIMIT) {
            return Category::Billing;
        }
        if say(&FILTERED) {
            return Category::Filtered;
        }
        // In the sentence of a refusal "unavailable" may be said of a model that this account never gets.
        let is_refusal = status.is_some_and(|status| status < 500);
        if say(&["overloaded", "loading model"])
            || is_named(&["unavailable"])
            || (!is_refusal && is_told(&["unavailable"]))
        {
            return Category::Overloaded;
        }
        if is_told(&RATE_LIMIT) {
            return Category::RateLimit;
        }
        match status {
            Some(401) => Category::Authentication,
            Some(402) => Category::Billing,
            Some(403) => Category::Permission,
            Some(404) => Category::NotFound,
            Some(408 | 504 | 524) => Category::Timeout,
            Some(413) => Category::TooLong,
            Some(429) => Category::RateLimit,
            Some(503 | 529) => Category::Overloaded,
            Some(400..=499) => Category::InvalidRequest,
            Some(500..=599) => Category::Server,
            _ if say(&["invalid_request", "invalid_argument"]) => Category::InvalidRequest,
            _ if say(&["server_error", "api_error", "internal"]) => Category::Server,
            // LM Studio, with status 200.
            _ if is_told(&["unexpected endpoint"]) => Category::NotFound,
            _ if say(&["timeout", "deadline"]) => Category::Timeout,
            _ => Category::Other,
        }
    }
}
