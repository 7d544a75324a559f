//! Records of a turn's parts: blocks, stops, counts, what was not understood.

use super::{exact, is_default};
use crate::chat::Block;
use crate::wire::{BlockIndex, BlockKind, Citation, Opaque, Stop, StopReason, ToolIdentity, Unknown, Usage};
use serde::{Deserialize, Serialize};

/// The names that providers give to what must travel back; one that is not among them is not restored.
const OPAQUE_NAMES: [&str; 7] = [
    "signature",
    "redacted_thinking",
    "thoughtSignature",
    "encrypted_content",
    "encryptedValue",
    "reasoning_encrypted",
    "reasoning_details",
];

/// Gives stored names to the variants of an enum, both ways.
macro_rules! names {
    ($of:ident, $from:ident, $type:ty { $($variant:path => $name:literal),* $(,)? }) => {
        pub(in crate::archive) fn $of(value: $type) -> &'static str {
            match value {
                $($variant => $name,)*
            }
        }

        pub(in crate::archive) fn $from(name: &str) -> Option<$type> {
            match name {
                $($name => Some($variant),)*
                _ => None,
            }
        }
    };
}
pub(super) use names;

names!(kind_name, kind_of, BlockKind {
    BlockKind::Text => "text",
    BlockKind::Reasoning => "reasoning",
    BlockKind::Refusal => "refusal",
    BlockKind::ToolCall => "tool-call",
    BlockKind::Said => "said",
    BlockKind::Other => "other",
});

names!(reason_name, reason_of, StopReason {
    StopReason::Finished => "finished",
    StopReason::Length => "length",
    StopReason::ContextFull => "context-full",
    StopReason::StopSequence => "stop-sequence",
    StopReason::ToolCalls => "tool-calls",
    StopReason::Filtered => "filtered",
    StopReason::Paused => "paused",
    StopReason::Cancelled => "cancelled",
    StopReason::Malformed => "malformed",
    StopReason::Failed => "failed",
    StopReason::Other => "other",
});

/// A block of a turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlockRecord {
    /// `text`, `reasoning`, `refusal`, `tool-call` or `other`; an unknown one counts as `other`.
    pub kind: String,
    /// Its text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Index of the alternative answer that it belongs to.
    #[serde(skip_serializing_if = "is_default")]
    pub choice: u32,
    /// Whether it is complete.
    #[serde(skip_serializing_if = "is_default")]
    pub closed: bool,
    /// The tool that is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<ToolRecord>,
    /// Its sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CitationRecord>,
    /// What must travel back with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opaque: Vec<OpaqueRecord>,
}

/// The tool that a block calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToolRecord {
    /// The call's id.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The provider's word for this sort of call.
    pub kind: String,
}

/// A source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CitationRecord {
    /// Its title.
    pub title: String,
    /// Its address, unchecked.
    pub url: String,
    /// The quoted text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The provider's whole record.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub raw: String,
}

/// Opaque data of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpaqueRecord {
    /// The provider's name for it.
    pub name: String,
    /// The value as sent.
    pub value: String,
}

/// Token counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageRecord {
    /// Tokens of the prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<u64>,
    /// The part of them that was read from a cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached: Option<u64>,
    /// Tokens of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<u64>,
    /// The part of them that was spent on reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<u64>,
    /// The provider's own record.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub raw: String,
}

/// The reason for which the model stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StopRecord {
    /// Our reading; an unknown one counts as `other`.
    pub reason: String,
    /// The provider's own word.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wire: String,
    /// The provider's sentence about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// An event that was not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnknownRecord {
    /// Its own name for itself.
    pub name: String,
    /// It, verbatim.
    pub raw: String,
}

impl BlockRecord {
    pub(super) fn new(block: &Block) -> BlockRecord {
        let citation = |citation: &Citation| CitationRecord {
            title: citation.title.clone(),
            url: citation.url.clone(),
            quote: citation.quote.clone(),
            raw: citation.raw.clone(),
        };
        let opaque =
            |opaque: &Opaque| OpaqueRecord { name: opaque.name.to_owned(), value: opaque.value.clone() };
        BlockRecord {
            kind: kind_name(block.kind).to_owned(),
            text: block.text.clone(),
            choice: block.choice,
            closed: block.closed,
            tool: block.tool.as_ref().map(|tool| ToolRecord {
                id: tool.id.clone(),
                name: tool.name.clone(),
                kind: tool.kind.clone(),
            }),
            citations: block.citations.iter().map(citation).collect(),
            opaque: block.opaque.iter().map(opaque).collect(),
        }
    }

    /// Returns the block at that place of its turn.
    pub(super) fn into_block(self, place: usize) -> Block {
        let block = BlockIndex(place as u32);
        let citations = self.citations.into_iter();
        let opaque = self.opaque.into_iter().filter_map(|opaque| {
            let name = OPAQUE_NAMES.into_iter().find(|name| *name == opaque.name)?;
            Some(Opaque { block, name, value: opaque.value })
        });
        Block {
            text: self.text,
            closed: self.closed,
            tool: self.tool.map(|tool| ToolIdentity { block, id: tool.id, name: tool.name, kind: tool.kind }),
            citations: citations
                .map(|citation| Citation {
                    block,
                    title: citation.title,
                    url: citation.url,
                    quote: citation.quote,
                    raw: citation.raw,
                })
                .collect(),
            opaque: opaque.collect(),
            ..Block::new(kind_of(&self.kind).unwrap_or(BlockKind::Other), self.choice)
        }
    }
}

impl UsageRecord {
    pub(super) fn new(usage: &Usage) -> UsageRecord {
        UsageRecord {
            input: usage.input.map(exact),
            cached: usage.cached.map(exact),
            output: usage.output.map(exact),
            reasoning: usage.reasoning.map(exact),
            raw: usage.raw.clone(),
        }
    }

    pub(super) fn into_usage(self) -> Usage {
        let UsageRecord { input, cached, output, reasoning, raw } = self;
        Usage { input, cached, output, reasoning, raw }
    }
}

impl StopRecord {
    pub(super) fn new(stop: &Stop) -> StopRecord {
        StopRecord {
            reason: reason_name(stop.reason).to_owned(),
            wire: stop.wire.clone(),
            detail: stop.detail.clone(),
        }
    }

    pub(super) fn into_stop(self) -> Stop {
        let reason = reason_of(&self.reason).unwrap_or(StopReason::Other);
        Stop { reason, wire: self.wire, detail: self.detail }
    }
}

impl UnknownRecord {
    pub(super) fn new(unknown: &Unknown) -> UnknownRecord {
        UnknownRecord { name: unknown.name.clone(), raw: unknown.raw.clone() }
    }

    pub(super) fn into_unknown(self) -> Unknown {
        Unknown { name: self.name, raw: self.raw }
    }
}
