//! Reads the words for a stop, of all protocols in one table: servers borrow each other's, in any case and with any
//! separators.

use super::StopReason;

const FINISHED: &[&str] = &[
    "stop",
    "eos",
    "eostoken",
    "endturn",
    "endofturn",
    "complete",
    "completed",
    "finished",
    "done",
    "success",
];
const LENGTH: &[&str] = &[
    "length",
    "maxtokens",
    "maxoutputtokens",
    "maxcompletiontokens",
    "maxnewtokens",
    "maxlength",
    "maxtoolcalls",
    "maxmessages",
    "tokenlimit",
    "budgetexceeded",
    "incomplete",
];
const CONTEXT_FULL: &[&str] = &[
    "modellength",
    "modelcontextwindowexceeded",
    "contextwindowexceeded",
    "contextlengthexceeded",
    "contextlength",
    "errorlimit",
];
const STOP_SEQUENCE: &[&str] = &["stopsequence", "stopword"];
const TOOL_CALLS: &[&str] =
    &["toolcalls", "toolcall", "functioncall", "functioncalls", "tooluse", "requiresaction"];
const FILTERED: &[&str] = &[
    "contentfilter",
    "contentfiltered",
    "filtered",
    "refusal",
    "sensitive",
    "safety",
    "recitation",
    "language",
    "blocklist",
    "prohibitedcontent",
    "spii",
    "imagesafety",
    "imageprohibitedcontent",
    "imagerecitation",
    "modelarmor",
    "errortoxic",
    "guardrailintervened",
];
const PAUSED: &[&str] = &["pauseturn", "compaction", "continuation", "requirescontinuation"];
const CANCELLED: &[&str] = &["cancelled", "canceled", "usercancel"];
const MALFORMED: &[&str] = &[
    "malformedfunctioncall",
    "malformedtoolcall",
    "unexpectedtoolcall",
    "toomanytoolcalls",
    "functioncallfilter",
];
/// OpenRouter's and Mistral's, DeepSeek's, Z.ai's, Cohere's.
const FAILED: &[&str] = &["error", "insufficientsystemresource", "networkerror", "timeout", "failed"];

/// Reads a stop's word. One that is in no list is [`StopReason::Other`], which a person is told of: an abnormal end
/// under a new name must not pass for a good one.
pub(super) fn reason(word: &str) -> StopReason {
    // Gemini's copy of OpenAI's protocol has its own word behind the borrowed one: `content_filter: SAFETY`.
    let head = word.split_once(':').map_or(word, |(head, _)| head);
    let plain: String =
        head.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).take(64).collect();
    let table = [
        (FINISHED, StopReason::Finished),
        (LENGTH, StopReason::Length),
        (CONTEXT_FULL, StopReason::ContextFull),
        (STOP_SEQUENCE, StopReason::StopSequence),
        (TOOL_CALLS, StopReason::ToolCalls),
        (FILTERED, StopReason::Filtered),
        (PAUSED, StopReason::Paused),
        (CANCELLED, StopReason::Cancelled),
        (MALFORMED, StopReason::Malformed),
        (FAILED, StopReason::Failed),
    ];
    let found = table.into_iter().find(|(words, _)| words.contains(&plain.as_str()));
    found.map_or(StopReason::Other, |(_, reason)| reason)
}

/// Returns the same where the word for a good end is also said when tools are to be called.
pub(super) fn reason_after_calls(word: &str, called: bool) -> StopReason {
    let reason = reason(word);
    if called && reason == StopReason::Finished { StopReason::ToolCalls } else { reason }
}
