//! What several tests need: a stream fed to a session in pieces, and always the same answer from it.

use tokenfall::engine::chat::{Server, Turn};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{BlockKind, Dialect, StopReason};

/// Pseudo-random numbers, the same for the same seed (xorshift64*).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice that always fall in the same way.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}

/// The pieces of a body when each is at most as long as `next` says.
pub(crate) fn pieces(body: &[u8], mut next: impl FnMut() -> usize) -> Vec<&[u8]> {
    let mut rest = body;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(next().clamp(1, rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// The turn that comes of a body in these pieces, with status 200 and the content type its protocol has.
pub(crate) fn play(dialect: Dialect, pieces: &[&[u8]], end: End) -> Turn {
    let content_type = if dialect.is_ndjson() { "application/x-ndjson" } else { "text/event-stream" };
    play_as(dialect, content_type, pieces, end)
}

/// The same with a content type of one's own.
pub(crate) fn play_as(dialect: Dialect, content_type: &str, pieces: &[&[u8]], end: End) -> Turn {
    let plan = Plan::new(dialect, true, "", Server::default(), None);
    let mut session = Session::new(plan, Timestamp::ORIGIN);
    let head = Head { status: 200, content_type: content_type.to_owned(), ..Head::default() };
    session.head(head, Timestamp::ORIGIN);
    for piece in pieces {
        let _ = session.feed(piece, Timestamp::ORIGIN);
    }
    session.end(end, false, Timestamp::ORIGIN);
    session.into_turn()
}

/// The turn that comes of a whole stream, of the same one byte by byte and of the same at random cuts: one turn.
pub(crate) fn turn_of(dialect: Dialect, body: impl AsRef<[u8]>) -> Turn {
    let body = body.as_ref();
    let whole = play(dialect, &[body], End::Closed);
    assert_eq!(play(dialect, &pieces(body, || 1), End::Closed), whole, "byte by byte");
    for seed in 1..=6 {
        let mut dice = Dice::new(seed);
        let cut = pieces(body, || 1 + dice.below(97));
        assert_eq!(play(dialect, &cut, End::Closed), whole, "random cuts, seed {seed}");
    }
    whole
}

/// Why a turn stopped: our word and the provider's.
pub(crate) fn stop(turn: &Turn) -> (StopReason, &str) {
    turn.stop.as_ref().map_or((StopReason::Other, "no stop at all"), |stop| (stop.reason, &stop.wire))
}

/// A turn's blocks in short: kind and text.
pub(crate) fn blocks(turn: &Turn) -> Vec<(BlockKind, &str)> {
    turn.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

/// An SSE body of these events without names.
pub(crate) fn sse(events: &[&str]) -> String {
    events.iter().map(|data| format!("data: {data}\n\n")).collect()
}

/// The calls of a turn as (id, name, arguments, kind).
pub(crate) fn calls(turn: &Turn) -> Vec<(String, String, String, String)> {
    turn.blocks_of(BlockKind::ToolCall)
        .map(|block| match &block.tool {
            Some(tool) => (tool.id.clone(), tool.name.clone(), block.text.clone(), tool.kind.clone()),
            None => (String::new(), String::new(), block.text.clone(), String::new()),
        })
        .collect()
}
