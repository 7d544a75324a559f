//! [`Turn`] folds deltas into one message.

use super::block::Block;
use super::failure::Failure;
use super::gate::GuardReport;
use super::moved::{self, Moved};
use crate::wire::{BlockIndex, BlockKind, Citation, Delta, Identity, Role, Stop, StopReason, Unknown, Usage};
use std::ops::Range;

/// The most unknown events that are kept; further ones are counted.
const UNKNOWN_LIMIT: usize = 100;

/// The most alternative answers that become turns of their own, beside the first.
const ALTERNATIVE_LIMIT: usize = 15;
/// The most sources of one turn.
const SOURCE_LIMIT: usize = 100;

/// The state of a turn. A state never silently improves: what was cut stays cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnState {
    /// The request is out; there are no headers yet.
    Sending,
    /// The server has answered; nothing can be shown yet.
    Waiting,
    /// Text is arriving.
    Streaming,
    /// The provider's own end marker was seen.
    Complete,
    /// The person stopped it.
    Stopped,
    /// The transport ended before the protocol did.
    Interrupted,
    /// The provider or the way to it failed.
    Failed,
    /// A limit cut it, most often the one on tokens.
    Truncated,
    /// A filter withheld (the rest of) it.
    Filtered,
    /// The provider paused it, and goes on when asked to.
    Paused,
    /// The provider ended it for a reason that is no good end: see [`Stop::wire`].
    Halted,
}

impl TurnState {
    /// Returns whether nothing more will come.
    pub const fn is_final(self) -> bool {
        match self {
            TurnState::Sending | TurnState::Waiting | TurnState::Streaming => false,
            TurnState::Complete
            | TurnState::Stopped
            | TurnState::Interrupted
            | TurnState::Failed
            | TurnState::Truncated
            | TurnState::Filtered
            | TurnState::Paused
            | TurnState::Halted => true,
        }
    }

    /// Returns whether the model may have had more to say: it was cut off, by whatever.
    pub const fn is_cut_off(self) -> bool {
        match self {
            TurnState::Stopped
            | TurnState::Interrupted
            | TurnState::Failed
            | TurnState::Truncated
            | TurnState::Paused => true,
            TurnState::Sending
            | TurnState::Waiting
            | TurnState::Streaming
            | TurnState::Complete
            | TurnState::Filtered
            | TurnState::Halted => false,
        }
    }

    /// Returns a stable name, used in attributes and files.
    pub const fn name(self) -> &'static str {
        match self {
            TurnState::Sending => "sending",
            TurnState::Waiting => "waiting",
            TurnState::Streaming => "streaming",
            TurnState::Complete => "complete",
            TurnState::Stopped => "stopped",
            TurnState::Interrupted => "interrupted",
            TurnState::Failed => "failed",
            TurnState::Truncated => "truncated",
            TurnState::Filtered => "filtered",
            TurnState::Paused => "paused",
            TurnState::Halted => "halted",
        }
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The speaker.
    pub role: Role,
    /// The state.
    pub state: TurnState,
    /// The blocks, in order of first appearance.
    pub blocks: Vec<Block>,
    /// The response's statements about itself.
    pub identity: Identity,
    /// Token counts, as far as the provider gave them.
    pub usage: Option<Usage>,
    /// The reason for which the model stopped.
    pub stop: Option<Stop>,
    /// The failure, if there was one.
    pub failure: Option<Failure>,
    /// Prompt tokens read and to be read, while the server says so.
    pub progress: Option<(u64, u64)>,
    /// Events that were not understood, the first hundred.
    pub unknown: Vec<Unknown>,
    /// Number of events that were not understood.
    pub unknown_count: u32,
    /// Number of events that could not be read at all.
    pub unreadable_count: u32,
    /// Whether it arrived as one answer rather than as a stream.
    pub whole: bool,
    /// Whether the protocol's own end marker was seen.
    pub ended: bool,
    /// The text that turned out to be reasoning, and the block it was moved to.
    pub moved: Option<Moved>,
    /// A closing tag of reasoning has ended a line of the text: it was judged, and no later one is.
    pub has_closing_tag: bool,
    /// What a guard did with it; `None` without one.
    pub guard: Option<Box<GuardReport>>,
}

impl Turn {
    /// Returns an answer that has yet to come.
    pub fn answer() -> Turn {
        Turn {
            role: Role::Assistant,
            state: TurnState::Sending,
            blocks: Vec::new(),
            identity: Identity::default(),
            usage: None,
            stop: None,
            failure: None,
            progress: None,
            unknown: Vec::new(),
            unknown_count: 0,
            unreadable_count: 0,
            whole: false,
            ended: false,
            moved: None,
            has_closing_tag: false,
            guard: None,
        }
    }

    /// Creates a question of the person's.
    pub fn question(text: &str) -> Turn {
        let block = Block { text: text.to_owned(), closed: true, ..Block::new(BlockKind::Text, 0) };
        Turn {
            role: Role::User,
            state: TurnState::Complete,
            blocks: vec![block],
            ended: true,
            ..Turn::answer()
        }
    }

    /// Takes in one delta. Deltas for a block that was never opened are kept in a new one rather than lost.
    pub fn apply(&mut self, delta: &Delta<'_>) {
        match *delta {
            Delta::Open { block, kind, choice } => {
                let target = self.block(block, kind);
                target.kind = kind;
                target.choice = choice;
            }
            Delta::Fragment { block, kind, text } => {
                let at = self.place(block, kind);
                let text = self.moved.as_ref().map_or(text, |moved| moved.added(at, text, &self.blocks[at]));
                self.blocks[at].text.push_str(text);
                if kind == BlockKind::Text && !self.has_closing_tag {
                    self.move_reasoning(at, text.len());
                }
            }
            Delta::Snapshot { block, kind, text } => {
                let at = self.place(block, kind);
                let text = self.moved.as_ref().map_or(text, |moved| moved.rest(at, text));
                let length = text.len();
                self.blocks[at].settle(text);
                if kind == BlockKind::Text && !self.has_closing_tag {
                    self.move_reasoning(at, length);
                }
            }
            Delta::Close(block) => self.block(block, BlockKind::Other).closed = true,
            Delta::Tool(tool) => {
                let target = &mut self.block(tool.block, BlockKind::ToolCall).tool;
                match target {
                    Some(known) => {
                        for (old, new) in [
                            (&mut known.id, &tool.id),
                            (&mut known.name, &tool.name),
                            (&mut known.kind, &tool.kind),
                        ] {
                            if !new.is_empty() {
                                old.clone_from(new);
                            }
                        }
                    }
                    None => *target = Some(tool.clone()),
                }
            }
            Delta::Citation(citation) => {
                self.block(citation.block, BlockKind::Text).citations.push(citation.clone());
            }
            Delta::Opaque(opaque) => self.block(opaque.block, BlockKind::Other).opaque.push(opaque.clone()),
            Delta::Identity(identity) => {
                for (old, new) in
                    [(&mut self.identity.id, &identity.id), (&mut self.identity.model, &identity.model)]
                {
                    if new.is_some() {
                        old.clone_from(new);
                    }
                }
            }
            Delta::Usage(usage) => match &mut self.usage {
                Some(known) => known.merge(usage),
                None => self.usage = Some(usage.clone()),
            },
            Delta::Stop(stop) => self.stop = Some(stop.clone()),
            Delta::Progress { done, total } => self.progress = Some((done, total)),
            Delta::Unknown(unknown) => {
                self.unknown_count += 1;
                if self.unknown.len() < UNKNOWN_LIMIT {
                    self.unknown.push(unknown.clone());
                }
            }
            Delta::End => self.ended = true,
            // Failures are the session's to judge; signs of life leave no trace in a turn.
            Delta::Error(_) | Delta::KeepAlive => {}
        }
    }

    /// Puts `mask` in the place of a part of a block's text that must not be shown. Both have the same length.
    pub fn cover(&mut self, block: BlockIndex, place: Range<usize>, mask: &str) {
        if let Some(block) = self.blocks.get_mut(block.0 as usize) {
            block.text.replace_range(place, mask);
            block.revision += 1;
        }
    }

    /// Returns the visible answer: the text blocks of the first choice, one behind the other.
    pub fn text(&self) -> String {
        self.joined(BlockKind::Text)
    }

    /// Returns the reasoning that was shown.
    pub fn reasoning(&self) -> String {
        self.joined(BlockKind::Reasoning)
    }

    /// Returns the refusal, if there is one.
    pub fn refusal(&self) -> String {
        self.joined(BlockKind::Refusal)
    }

    /// Returns the visible text, and where there is none the refusal.
    pub fn words(&self) -> String {
        let text = self.text();
        if text.trim().is_empty() { self.refusal() } else { text }
    }

    /// Returns who said what, in order: the words of the turn, between them what the person said while it was being written.
    pub fn spoken(&self) -> Vec<(Role, String)> {
        if self.blocks_of(BlockKind::Said).next().is_none() {
            return vec![(self.role, self.words())];
        }
        let mut spoken: Vec<(Role, String)> = Vec::new();
        for block in self.blocks.iter().filter(|block| block.choice == 0) {
            let role = match block.kind {
                BlockKind::Text | BlockKind::Refusal => self.role,
                BlockKind::Said => Role::User,
                BlockKind::Reasoning | BlockKind::ToolCall | BlockKind::Other => continue,
            };
            match spoken.last_mut().filter(|(last, _)| *last == role && role != Role::User) {
                Some((_, text)) => text.push_str(&block.text),
                None => spoken.push((role, block.text.clone())),
            }
        }
        spoken
    }

    /// Returns the blocks of one kind in the first choice.
    pub fn blocks_of(&self, kind: BlockKind) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind == kind && block.choice == 0)
    }

    /// Returns the other answers where several were asked for (`n` > 1), each as a turn of its own; at most fifteen.
    pub fn alternatives(&self) -> Vec<Turn> {
        let mut choices: Vec<u32> = Vec::new();
        for choice in self.blocks.iter().map(|block| block.choice).filter(|choice| *choice > 0) {
            if choices.len() < ALTERNATIVE_LIMIT && !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        choices
            .into_iter()
            .map(|choice| {
                let blocks = self.blocks.iter().filter(|block| block.choice == choice);
                let blocks = blocks.map(|block| Block { choice: 0, ..block.clone() }).collect();
                Turn { blocks, unknown: Vec::new(), ..self.clone() }
            })
            .collect()
    }

    /// Returns the sources of the answer: each address or title once, at most a hundred.
    pub fn sources(&self) -> Vec<&Citation> {
        let name = |citation: &Citation| {
            if citation.url.is_empty() { citation.title.clone() } else { citation.url.clone() }
        };
        let mut sources: Vec<&Citation> = Vec::new();
        let shown = self.blocks.iter().filter(|block| block.choice == 0);
        for citation in shown.flat_map(|block| &block.citations) {
            let is_known = || sources.iter().any(|known| name(known) == name(citation));
            if sources.len() < SOURCE_LIMIT && !name(citation).is_empty() && !is_known() {
                sources.push(citation);
            }
        }
        sources
    }

    /// Returns whether anything a person could read has arrived.
    pub fn has_content(&self) -> bool {
        let is_content = |block: &Block| !block.text.is_empty() && block.kind != BlockKind::Said;
        self.blocks.iter().any(|block| is_content(block) || block.kind == BlockKind::ToolCall)
    }

    /// Returns whether it has nothing at all to show: no word, no call, no source, nothing kept as it came.
    pub fn is_blank(&self) -> bool {
        let is_blank = |block: &Block| {
            let is_empty = block.text.trim().is_empty() || block.kind == BlockKind::Said;
            block.kind != BlockKind::ToolCall && is_empty && block.citations.is_empty()
        };
        self.unknown_count == 0 && self.blocks.iter().all(is_blank)
    }

    /// Returns the final state that follows from the stop and the end marker, were the transport to end now.
    pub fn resting_state(&self) -> TurnState {
        if !self.ended {
            return TurnState::Interrupted;
        }
        match self.stop.as_ref().map(|stop| stop.reason) {
            Some(StopReason::Length | StopReason::ContextFull) => TurnState::Truncated,
            Some(StopReason::Filtered) => TurnState::Filtered,
            Some(StopReason::Cancelled) => TurnState::Stopped,
            Some(StopReason::Paused) => TurnState::Paused,
            Some(StopReason::Malformed | StopReason::Failed | StopReason::Other) => TurnState::Halted,
            Some(StopReason::Finished | StopReason::StopSequence | StopReason::ToolCalls) | None => {
                TurnState::Complete
            }
        }
    }

    /// Moves what turned out to be reasoning, if the last `new` bytes of that block end a line with a closing tag.
    fn move_reasoning(&mut self, at: usize, new: usize) {
        let text = &self.blocks[at].text;
        let Some(line) = moved::closing_line(text, text.len() - new) else { return };
        // The first one tells: behind it the text is known to be about such tags, or to have none.
        self.has_closing_tag = true;
        self.moved = moved::take_reasoning(&mut self.blocks, at, line);
    }

    fn joined(&self, kind: BlockKind) -> String {
        self.blocks_of(kind).map(|block| block.text.as_str()).collect()
    }

    fn block(&mut self, index: BlockIndex, kind: BlockKind) -> &mut Block {
        let at = self.place(index, kind);
        &mut self.blocks[at]
    }

    /// Returns the place of the block that the provider counts so.
    pub(crate) fn place_of(&self, index: BlockIndex) -> usize {
        self.moved.as_ref().map_or(index.0 as usize, |moved| moved.place(index))
    }

    /// Returns the place of a block, which is made if it is not there.
    fn place(&mut self, index: BlockIndex, kind: BlockKind) -> usize {
        let at = self.place_of(index);
        while self.blocks.len() <= at {
            self.blocks.push(Block::new(kind, 0));
        }
        at
    }
}
