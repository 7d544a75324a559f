//! [`Category`]: one closed list for what can go wrong with a request, whoever says it.
//!
//! Providers have five vocabularies for errors. They are classified once, here, and everything later (what the person is
//! told, what may be tried again) follows from the category. The provider's own words are kept beside it, never parsed again.

mod wait;

pub use wait::{retry_after, retry_after_seconds};

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// The key is missing, wrong or expired.
    Authentication,
    /// The key is good, but not for this.
    Permission,
    /// No credit, or a quota that waiting does not refill.
    Billing,
    /// No such model or address.
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

impl Category {
    /// Classifies by HTTP status and by the provider's own words, which win where they are more exact: a 429 may be an
    /// empty account, a 400 a wrong key (Gemini).
    pub fn classify(status: Option<u16>, kind: &str, code: &str, message: &str) -> Category {
        let words = [kind, code, message].map(str::to_ascii_lowercase);
        let say =
            |needles: &[&str]| needles.iter().any(|needle| words.iter().any(|word| word.contains(needle)));
        if say(&[
            "insufficient_quota",
            "billing",
            "insufficient credit",
            "insufficient balance",
            "exceeded your current quota, please check your plan",
        ]) {
            return Category::Billing;
        }
        if say(&[
            "api_key_invalid",
            "invalid_api_key",
            "api key not valid",
            "authentication_error",
            "unauthenticated",
            "invalid api key",
            "incorrect api key",
        ]) {
            return Category::Authentication;
        }
        if say(&[
            "context_length_exceeded",
            "exceed_context_size",
            "context window",
            "maximum context length",
            "prompt is too long",
            "request_too_large",
            "context size",
        ]) {
            return Category::TooLong;
        }
        if say(&["content_filter", "content_policy", "prohibited_content", "policy_violation"]) {
            return Category::Filtered;
        }
        if say(&["overloaded", "loading model", "unavailable"]) {
            return Category::Overloaded;
        }
        if say(&["rate_limit", "rate limit", "resource_exhausted", "too many requests"]) {
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
            _ if say(&["timeout", "deadline"]) => Category::Timeout,
            _ => Category::Other,
        }
    }
}
