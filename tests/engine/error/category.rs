//! What an error is told as, by its status and the provider's own words.

use std::time::Duration;
use tokenfall::engine::error::Category::{self, *};
use tokenfall::engine::wire::ProviderError;

#[test]
fn statuses_without_words_have_their_categories() {
    for (status, category) in [
        (400, InvalidRequest),
        (401, Authentication),
        (402, Billing),
        (403, Permission),
        (404, NotFound),
        (408, Timeout),
        (413, TooLong),
        (429, RateLimit),
        (500, Server),
        (503, Overloaded),
        (504, Timeout),
        (524, Timeout),
        (529, Overloaded),
        (302, Other),
    ] {
        assert_eq!(Category::classify(Some(status), "", "", "", None), category, "{status}");
    }
}

#[test]
fn an_empty_account_is_no_rate_limit() {
    let quota = "You exceeded your current quota, please check your plan and billing details.";
    for (status, kind, code, message) in [
        (Some(429), "insufficient_quota", "", ""),
        (Some(429), "insufficient_quota", "insufficient_quota", quota),
        (Some(429), "insufficient_quota", "", "Rate limit reached. Please try again in 20s."),
        (Some(429), "billing_not_active", "billing_not_active", "Your account is not active."),
        (Some(429), "", "", quota),
        (Some(402), "unknown_error", "invalid_request_error", "Insufficient Balance"),
        (Some(402), "billing_error", "", ""),
        (
            Some(400),
            "invalid_request_error",
            "",
            "Your credit balance is too low. Please go to Plans & Billing.",
        ),
        // Gemini has the same word for a rate limit and for credit that is used up.
        (Some(429), "RESOURCE_EXHAUSTED", "429", "Your prepayment credits are depleted. See billing."),
    ] {
        let found = Category::classify(status, kind, code, message, None);
        assert_eq!(found, Billing, "{kind} {code} {message}");
    }
}

#[test]
fn a_rate_limit_that_advertises_a_bill_is_no_empty_account() {
    let limit = "Rate limit reached for gpt-4o in organization org-1 on requests per min (RPM): Limit 3, Used 3, \
                 Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn \
                 more. You can increase your rate limit by adding a payment method to your account at \
                 https://platform.openai.com/account/billing.";
    let quota = "You exceeded your current quota, please check your plan and billing details.";
    for (kind, code, message) in [
        ("requests", "rate_limit_exceeded", limit),
        ("tokens", "rate_limit_exceeded", limit),
        ("tokens", "", "Too fast. See https://platform.openai.com/account/billing."),
        ("", "", limit),
        ("RESOURCE_EXHAUSTED", "429", quota),
    ] {
        let found = Category::classify(Some(429), kind, code, message, None);
        assert_eq!(found, RateLimit, "{kind} {code} {message}");
    }
}

#[test]
fn a_quota_whose_body_names_a_wait_passes() {
    let body = r#"{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"38s"}]}}"#;
    let error = ProviderError::from_body(429, body.as_bytes());
    assert_eq!((error.category, error.retry_after), (RateLimit, Some(Duration::from_secs(38))));
    let error = ProviderError::from_body(429, body.replace("38s", "").as_bytes());
    assert_eq!((error.category, error.retry_after), (Billing, None));
}

#[test]
fn a_model_that_is_unavailable_to_an_account_is_no_busy_server() {
    let message = "Model x is unavailable for your account tier";
    for (status, kind, expected) in [
        (Some(404), "", NotFound),
        (Some(403), "", Permission),
        (Some(400), "", InvalidRequest),
        (Some(500), "", Overloaded),
        (None, "", Overloaded),
        (Some(429), "UNAVAILABLE", Overloaded),
    ] {
        let found = Category::classify(status, kind, "", message, None);
        assert_eq!(found, expected, "{status:?} {kind}");
    }
}

#[test]
fn a_conversation_that_is_too_long_is_told_so_in_every_providers_words() {
    for (status, kind, code, message) in [
        (
            400,
            "INVALID_ARGUMENT",
            "400",
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        ),
        (
            400,
            "invalid_request_error",
            "",
            "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or \
             `max_tokens` and try again",
        ),
        (
            400,
            "BadRequestError",
            "400",
            "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        ),
        (
            400,
            "BadRequestError",
            "400",
            "You passed 40961 input tokens and requested 0 output tokens. However, the model's context length is only \
             40960 tokens.",
        ),
        (
            413,
            "tokens",
            "rate_limit_exceeded",
            "Request too large for model `llama` on tokens per minute (TPM): Limit 6000, Requested 12328, please \
             reduce your message size and try again. Upgrade at https://console.groq.com/settings/billing",
        ),
        (
            429,
            "tokens",
            "rate_limit_exceeded",
            "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 31538.",
        ),
    ] {
        let found = Category::classify(Some(status), kind, code, message, None);
        assert_eq!(found, TooLong, "{message}");
    }
}

#[test]
fn an_answers_limit_that_is_too_large_is_no_long_conversation() {
    for message in [
        "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens",
        "max_tokens is too large: 5000. This model supports at most 4096 completion tokens",
        "max_tokens exceeds the maximum number of tokens allowed (4096)",
    ] {
        let found = Category::classify(Some(400), "invalid_request_error", "", message, None);
        assert_eq!(found, InvalidRequest, "{message}");
    }
    let rate = "Quota exceeded for the input token count of this minute";
    assert_eq!(Category::classify(Some(429), "RESOURCE_EXHAUSTED", "429", rate, None), RateLimit);
}
