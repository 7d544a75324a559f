//! [`Delta`] is the one vocabulary that every provider's events are mapped to.
//!
//! A mapper writes into [`Deltas`], a vector that is used again for each event; its readers borrow from it. Text
//! fragments lie one behind the other in a single string, so that a delta costs no allocation.

use super::error::ProviderError;

/// Index of the block that a delta is about: given by the mapper, dense, in order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockIndex(pub u32);

/// The kind of a block's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The visible answer.
    Text,
    /// Thinking shown by the provider, whole or as a summary.
    Reasoning,
    /// The model's own refusal, in words.
    Refusal,
    /// A call of a tool; its text is the arguments as they were streamed (JSON, perhaps cut).
    ToolCall,
    /// What the person said while the answer was being written. It stands in the answer, in the order in which both spoke.
    Said,
    /// Something that is not text and was sent whole: a tool's result, an image, a compaction. Its text is the raw JSON.
    Other,
}

/// One normalised change, borrowed from [`Deltas`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Delta<'a> {
    /// The response named itself or its model. A later one overrides what it names.
    Identity(&'a Identity),
    /// A block begins. Every block is opened before anything else is said of it.
    Open {
        /// The new block.
        block: BlockIndex,
        /// The kind of its text.
        kind: BlockKind,
        /// Index of the alternative answer that it belongs to (`n` > 1); 0 is the one that is shown.
        choice: u32,
    },
    /// Text to append to a block. Never empty.
    Fragment {
        /// The block to append to.
        block: BlockIndex,
        /// The block's kind, repeated so that a reader needs no table.
        kind: BlockKind,
        /// The text to append.
        text: &'a str,
    },
    /// The whole text of a block as the provider states it at the end; it wins over the fragments where they differ.
    Snapshot {
        /// The block.
        block: BlockIndex,
        /// The block's kind.
        kind: BlockKind,
        /// The block's whole text.
        text: &'a str,
    },
    /// The call of a tool-call block. Set, not appended; empty fields leave what is known.
    Tool(&'a ToolIdentity),
    /// A source, attached to a block.
    Citation(&'a Citation),
    /// Something opaque that has to travel back with the block (a signature, encrypted reasoning).
    Opaque(&'a Opaque),
    /// A block is complete.
    Close(BlockIndex),
    /// Token counts so far. Counters that are `None` leave what is known.
    Usage(&'a Usage),
    /// The reason for which the model stopped.
    Stop(&'a Stop),
    /// The provider says that it failed. What came before stays.
    Error(&'a ProviderError),
    /// A sign of life and nothing else: a ping or a comment.
    KeepAlive,
    /// The server is reading the prompt: `done` of `total` tokens.
    Progress {
        /// Tokens read.
        done: u64,
        /// Tokens to read.
        total: u64,
    },
    /// An event or value this program does not know, kept as it came.
    Unknown(&'a Unknown),
    /// The protocol's own end marker: only now is the answer whole.
    End,
}

/// A response's statements about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The provider's id of the response.
    pub id: Option<String>,
    /// The model that really answers, which may differ from the one asked for.
    pub model: Option<String>,
}

/// The tool that a tool-call block calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolIdentity {
    /// The block.
    pub block: BlockIndex,
    /// The id that the tool's result must name; empty if not (yet) sent.
    pub id: String,
    /// The tool's name; empty if not (yet) sent.
    pub name: String,
    /// The provider's word for this sort of call: `function`, `custom`, `server_tool_use`, `web_search_call` …
    pub kind: String,
}

/// A source given by the provider for (a part of) a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The block it belongs to.
    pub block: BlockIndex,
    /// The title, or empty.
    pub title: String,
    /// The address as sent, or empty. Untrusted: checked before it becomes a link.
    pub url: String,
    /// The quoted text, or empty.
    pub quote: String,
    /// The provider's whole record.
    pub raw: String,
}

/// Opaque data that belongs to a block and must be sent back unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opaque {
    /// The block.
    pub block: BlockIndex,
    /// The provider's name for it: `signature`, `encrypted_content`, `thoughtSignature`, `reasoning_details` …
    pub name: &'static str,
    /// The value as sent.
    pub value: String,
}

/// Token counts in one meaning for all providers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// All tokens of the prompt, cached ones included.
    pub input: Option<u64>,
    /// The part of them that was read from a cache.
    pub cached: Option<u64>,
    /// All tokens of the answer, reasoning included.
    pub output: Option<u64>,
    /// The part of them that was spent on reasoning.
    pub reasoning: Option<u64>,
    /// The provider's own record, verbatim.
    pub raw: String,
}

impl Usage {
    /// Takes over every counter that `newer` knows: providers send running totals.
    pub fn merge(&mut self, newer: &Usage) {
        self.input = newer.input.or(self.input);
        self.cached = newer.cached.or(self.cached);
        self.output = newer.output.or(self.output);
        self.reasoning = newer.reasoning.or(self.reasoning);
        if !newer.raw.is_empty() {
            self.raw.clone_from(&newer.raw);
        }
    }
}

/// The reason for which a model stopped, in words common to all providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The model had said everything.
    Finished,
    /// The limit on output tokens was reached.
    Length,
    /// The context window is full.
    ContextFull,
    /// A stop sequence came up.
    StopSequence,
    /// The model wants tools to be called.
    ToolCalls,
    /// A filter or the model itself withheld (the rest of) the answer.
    Filtered,
    /// The provider paused a long turn that can be continued.
    Paused,
    /// The provider was told to cancel.
    Cancelled,
    /// The model did not manage to write a call of a tool.
    Malformed,
    /// The provider failed.
    Failed,
    /// A word this program does not know, so perhaps no good end; see [`Stop::wire`].
    Other,
}

/// The stop as the provider put it, and as we understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Our reading.
    pub reason: StopReason,
    /// The provider's own word.
    pub wire: String,
    /// The provider's sentence about it; empty if there is none.
    pub detail: String,
}

/// An event kept because it is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The event's or value's own name for itself; may be empty.
    pub name: String,
    /// It, verbatim.
    pub raw: String,
}

/// A list of deltas, filled by a mapper and emptied by its reader.
#[derive(Debug, Default)]
pub struct Deltas {
    entries: Vec<Entry>,
    text: String,
}

#[derive(Debug)]
enum Entry {
    Open { block: BlockIndex, kind: BlockKind, choice: u32 },
    Fragment { block: BlockIndex, kind: BlockKind, start: usize, end: usize },
    Snapshot { block: BlockIndex, kind: BlockKind, start: usize, end: usize },
    Close(BlockIndex),
    KeepAlive,
    Progress { done: u64, total: u64 },
    End,
    Rare(Box<Rare>),
}

/// A delta that comes a few times in a response and may cost an allocation.
#[derive(Debug)]
enum Rare {
    Identity(Identity),
    Tool(ToolIdentity),
    Citation(Citation),
    Opaque(Opaque),
    Usage(Usage),
    Stop(Stop),
    Error(ProviderError),
    Unknown(Unknown),
}

impl Deltas {
    /// Creates an empty list.
    pub fn new() -> Deltas {
        Deltas::default()
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.text.clear();
    }

    /// Returns whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns how many deltas there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the deltas in their order.
    pub fn iter(&self) -> impl Iterator<Item = Delta<'_>> {
        self.entries.iter().map(|entry| match *entry {
            Entry::Open { block, kind, choice } => Delta::Open { block, kind, choice },
            Entry::Fragment { block, kind, start, end } => {
                Delta::Fragment { block, kind, text: &self.text[start..end] }
            }
            Entry::Snapshot { block, kind, start, end } => {
                Delta::Snapshot { block, kind, text: &self.text[start..end] }
            }
            Entry::Close(block) => Delta::Close(block),
            Entry::KeepAlive => Delta::KeepAlive,
            Entry::Progress { done, total } => Delta::Progress { done, total },
            Entry::End => Delta::End,
            Entry::Rare(ref rare) => match &**rare {
                Rare::Identity(identity) => Delta::Identity(identity),
                Rare::Tool(tool) => Delta::Tool(tool),
                Rare::Citation(citation) => Delta::Citation(citation),
                Rare::Opaque(opaque) => Delta::Opaque(opaque),
                Rare::Usage(usage) => Delta::Usage(usage),
                Rare::Stop(stop) => Delta::Stop(stop),
                Rare::Error(error) => Delta::Error(error),
                Rare::Unknown(unknown) => Delta::Unknown(unknown),
            },
        })
    }

    /// Adds the beginning of a block.
    pub fn open(&mut self, block: BlockIndex, kind: BlockKind, choice: u32) {
        self.entries.push(Entry::Open { block, kind, choice });
    }

    /// Adds text to append, written by `write` straight into the list's own string. Nothing written, nothing added.
    pub fn fragment(&mut self, block: BlockIndex, kind: BlockKind, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        if end > start {
            self.entries.push(Entry::Fragment { block, kind, start, end });
        }
    }

    /// Adds the whole text of a block, written by `write`.
    pub fn snapshot(&mut self, block: BlockIndex, kind: BlockKind, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        self.entries.push(Entry::Snapshot { block, kind, start, end });
    }

    /// Adds the end of a block.
    pub fn close(&mut self, block: BlockIndex) {
        self.entries.push(Entry::Close(block));
    }

    /// Adds a sign of life.
    pub fn keep_alive(&mut self) {
        self.entries.push(Entry::KeepAlive);
    }

    /// Progress in reading the prompt.
    pub fn progress(&mut self, done: u64, total: u64) {
        self.entries.push(Entry::Progress { done, total });
    }

    /// Adds the protocol's own end marker.
    pub fn end(&mut self) {
        self.entries.push(Entry::End);
    }

    /// Adds the response's id or model.
    pub fn identity(&mut self, identity: Identity) {
        self.rare(Rare::Identity(identity));
    }

    /// Adds the call of a tool-call block.
    pub fn tool(&mut self, tool: ToolIdentity) {
        self.rare(Rare::Tool(tool));
    }

    /// Adds a source.
    pub fn citation(&mut self, citation: Citation) {
        self.rare(Rare::Citation(citation));
    }

    /// Adds opaque data of a block.
    pub fn opaque(&mut self, opaque: Opaque) {
        self.rare(Rare::Opaque(opaque));
    }

    /// Adds token counts.
    pub fn usage(&mut self, usage: Usage) {
        self.rare(Rare::Usage(usage));
    }

    /// Adds the reason for which the model stopped.
    pub fn stop(&mut self, reason: StopReason, wire: &str) {
        self.stop_because(reason, wire, String::new());
    }

    /// Adds the reason for which the model stopped, with the provider's sentence about it.
    pub fn stop_because(&mut self, reason: StopReason, wire: &str, detail: String) {
        self.rare(Rare::Stop(Stop { reason, wire: wire.to_owned(), detail }));
    }

    /// Adds the provider's error.
    pub fn error(&mut self, error: ProviderError) {
        self.rare(Rare::Error(error));
    }

    /// Adds an event that was not understood.
    pub fn unknown(&mut self, name: &str, raw: &str) {
        self.rare(Rare::Unknown(Unknown { name: name.to_owned(), raw: raw.to_owned() }));
    }

    fn rare(&mut self, rare: Rare) {
        self.entries.push(Entry::Rare(Box::new(rare)));
    }
}
