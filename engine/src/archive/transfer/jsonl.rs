//! Writes conversations as llama.cpp's web UI exports them (tools/ui/src/lib/services/conversation-transfer.service.ts).
//!
//! One JSON object a line: first `{harness, type: "session", …conversation}`, then a `{type: "message", message}` for each
//! message, the tree told by `parent` and `children`. An unseen root message comes first, as there. What that form has no
//! member for is in a member `tokenfall`, which others pass over: a record without the texts that stand beside it.

use crate::archive::{BlockRecord, ConversationRecord, TurnRecord};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Writes one conversation, a line for each record. Several, one behind the other, are a file too. Deleted turns are left
/// out, and so are the draft, the queue and the profile, which belong to this device.
pub fn export_jsonl(record: &ConversationRecord, turns: &[TurnRecord], out: &mut String) {
    let mut own: Vec<&TurnRecord> = turns.iter().filter(|turn| turn.conversation == record.id).collect();
    own.sort_by_key(|turn| turn.turn);
    let mut kept = BTreeSet::new();
    own.retain(|turn| {
        let is_there = turn.deleted.is_none() && turn.parent.is_none_or(|parent| kept.contains(&parent));
        is_there && kept.insert(turn.turn)
    });
    let id = |turn: u32| format!("{}-{turn}", record.id);
    let (root, system) = (format!("{}-root", record.id), format!("{}-system", record.id));
    let first = if record.system.is_empty() { &root } else { &system };
    let mut children: BTreeMap<Option<u32>, Vec<String>> = BTreeMap::new();
    for turn in &own {
        children.entry(turn.parent).or_default().push(id(turn.turn));
    }
    let own_record = ConversationRecord {
        draft: String::new(),
        pastes: Vec::new(),
        queue: Vec::new(),
        profile: String::new(),
        ..record.clone()
    };
    let session = Session {
        harness: "tokenfall",
        kind: "session",
        id: &record.id,
        name: &record.title,
        last_modified: record.changed,
        curr_node: record.head.filter(|head| kept.contains(head)).map_or_else(String::new, id),
        pinned: record.pinned,
        forked_from: record.forked_from.as_deref(),
        tokenfall: &own_record,
    };
    push_line(out, &session);
    let mut first_turns = children.remove(&None).unwrap_or_default();
    let unseen =
        Message { conv_id: &record.id, timestamp: record.created, role: "system", ..Message::default() };
    let behind =
        if record.system.is_empty() { std::mem::take(&mut first_turns) } else { vec![system.clone()] };
    push_message(out, Message { id: root.clone(), kind: "root", children: behind, ..unseen.clone() });
    if !record.system.is_empty() {
        push_message(
            out,
            Message {
                id: system.clone(),
                kind: "system",
                content: record.system.clone(),
                parent: Some(root.clone()),
                children: first_turns,
                ..unseen
            },
        );
    }
    for turn in own {
        let (content, reasoning) = (turn.words(), turn.text_of("reasoning"));
        let calls = turn.blocks.iter().filter(|block| block.kind == "tool-call" && block.choice == 0);
        let model = turn.answered_by.clone().unwrap_or_else(|| turn.model.clone());
        let message = Message {
            id: id(turn.turn),
            conv_id: &record.id,
            kind: "text",
            timestamp: turn.created,
            role: &turn.role,
            parent: Some(turn.parent.map_or_else(|| first.clone(), id)),
            children: children.remove(&Some(turn.turn)).unwrap_or_default(),
            tool_calls: calls.map(ToolCall::new).collect(),
            model,
            timings: Timings::of(turn),
            tokenfall: Some(without_texts(turn, &content, &reasoning)),
            content,
            reasoning_content: reasoning,
        };
        push_message(out, message);
    }
}

/// Leaves out of a record the text that stands beside it: that of the only block with it.
fn without_texts(turn: &TurnRecord, content: &str, reasoning: &str) -> TurnRecord {
    let mut record = turn.clone();
    for (kind, text) in [("text", content), ("reasoning", reasoning)] {
        if let Some(block) = only_block(&mut record, kind).filter(|block| block.text == text) {
            block.text.clear();
        }
    }
    record
}

/// Puts the texts that stand beside a record into it.
pub(super) fn with_texts(record: &mut TurnRecord, content: &str, reasoning: &str) {
    for (kind, text) in [("text", content), ("reasoning", reasoning)] {
        if let Some(block) = only_block(record, kind).filter(|block| block.text.is_empty()) {
            block.text.push_str(text);
        }
    }
}

/// Returns the block of a kind in the first choice, if there is just one. A refusal beside a blank text is no text.
fn only_block<'a>(record: &'a mut TurnRecord, kind: &str) -> Option<&'a mut BlockRecord> {
    let has_refusal = record.blocks.iter().any(|block| block.kind == "refusal");
    let mut own = record.blocks.iter_mut().filter(|block| block.kind == kind && block.choice == 0);
    match (own.next(), own.next()) {
        (Some(only), None) if kind != "text" || !has_refusal => Some(only),
        (_, _) => None,
    }
}

#[derive(Serialize)]
struct Session<'a> {
    harness: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    #[serde(rename = "lastModified")]
    last_modified: u64,
    #[serde(rename = "currNode")]
    curr_node: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    #[serde(rename = "forkedFromConversationId", skip_serializing_if = "Option::is_none")]
    forked_from: Option<&'a str>,
    tokenfall: &'a ConversationRecord,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    message: Message<'a>,
}

#[derive(Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    id: String,
    conv_id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: u64,
    role: &'a str,
    content: String,
    parent: Option<String>,
    children: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    reasoning_content: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<ToolCall>,
    #[serde(skip_serializing_if = "String::is_empty")]
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<Timings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokenfall: Option<TurnRecord>,
}

/// A call of a tool, as in Chat Completions.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ToolCall {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) function: ToolFunction,
}

/// The function that is called.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ToolFunction {
    pub(super) name: String,
    pub(super) arguments: String,
}

/// llama.cpp's counts of tokens.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Timings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cache_n: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prompt_n: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) predicted_n: Option<f64>,
}

impl ToolCall {
    fn new(block: &BlockRecord) -> ToolCall {
        let tool = block.tool.clone().unwrap_or_default();
        let function = ToolFunction { name: tool.name, arguments: block.text.clone() };
        ToolCall { id: tool.id, kind: "function".to_owned(), function }
    }
}

impl Timings {
    fn of(turn: &TurnRecord) -> Option<Timings> {
        let usage = turn.usage.as_ref()?;
        let cached = usage.cached.unwrap_or_default();
        let count = |count: u64| count as f64;
        Some(Timings {
            cache_n: usage.cached.map(count),
            prompt_n: usage.input.map(|input| count(input.saturating_sub(cached))),
            predicted_n: usage.output.map(count),
        })
    }
}

fn push_message(out: &mut String, message: Message<'_>) {
    push_line(out, &Line { kind: "message", message });
}

#[expect(clippy::expect_used, reason = "only maps whose keys are no text have no JSON form")]
fn push_line(out: &mut String, line: &impl Serialize) {
    out.push_str(&serde_json::to_string(line).expect("a record has a JSON form"));
    out.push('\n');
}
