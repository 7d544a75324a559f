//! Lists the names that servers give to the same member, whatever protocol they copy.

use crate::json::Value;

/// Members that hold reasoning, in the order in which they are believed where several repeat the same text.
pub(super) const REASONING: [&str; 8] = [
    "reasoning_content",
    "reasoning",
    "reasoning_text",
    "thinking",
    "thinking_content",
    "thought",
    "thoughts",
    "reasoning_summary",
];

/// Members of a message that are no part of what it says.
const SILENT: [&str; 18] = [
    "role",
    "name",
    "id",
    "type",
    "object",
    "status",
    "model",
    "index",
    "created",
    "created_at",
    "provider",
    "channel",
    "signature",
    "reasoning_signature",
    "thinking_signature",
    "item_id",
    "message_id",
    "finish_reason",
];

/// Returns whether a member that no rule reads holds text, which must not be lost without a trace.
pub(super) fn holds_text(name: &str, value: Value<'_>) -> bool {
    let is_said = |value: Value<'_>| value.as_text().is_some_and(|text| !text.is_empty());
    let holds = |object: Value<'_>| {
        ["text", "content", "transcript"].iter().any(|name| object.get(name).is_some_and(is_said))
    };
    !SILENT.contains(&name)
        && (is_said(value) || holds(value) || value.items().any(|item| is_said(item) || holds(item)))
}
