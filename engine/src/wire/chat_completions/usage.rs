//! Reads the token counts of Chat Completions in the one meaning of [`Usage`].

use crate::json::Value;
use crate::wire::Usage;

/// Reads a `usage` object.
pub(super) fn read(usage: Value<'_>) -> Usage {
    let inner = |object: &str, name: &str| usage.get(object).and_then(|details| details.number(name));
    let input = usage.number("prompt_tokens");
    let mut output = usage.number("completion_tokens");
    let reasoning =
        inner("completion_tokens_details", "reasoning_tokens").or_else(|| usage.number("reasoning_tokens"));
    // xAI leaves reasoning out of its completion tokens; only the total tells.
    if let (Some(prompt), Some(completion), Some(thought), Some(total)) =
        (input, output, reasoning, usage.number("total_tokens"))
        && prompt.checked_add(completion).and_then(|sum| sum.checked_add(thought)) == Some(total)
    {
        output = Some(completion + thought);
    }
    let cached = inner("prompt_tokens_details", "cached_tokens")
        .or_else(|| usage.number("prompt_cache_hit_tokens"))
        .or_else(|| usage.number("cached_tokens"));
    Usage { input, cached, output, reasoning, raw: usage.raw().to_owned() }
}

/// Reads llama.cpp's `timings`, which come whether or not usage was asked for.
pub(super) fn from_timings(timings: Value<'_>) -> Usage {
    let cached = timings.number("cache_n");
    let input = timings.number("prompt_n").map(|read| read.saturating_add(cached.unwrap_or(0)));
    Usage {
        input,
        cached,
        output: timings.number("predicted_n"),
        reasoning: None,
        raw: timings.raw().to_owned(),
    }
}
