//! Plays a body through the whole engine, in every cut.

use tokenfall::engine::chat::Turn;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::stamp::Stamp;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::{BlockKind, Dialect};

/// The turn a streamed body makes: the same one whole, byte by byte and cut at random places.
pub(super) fn play(dialect: Dialect, body: &str) -> Turn {
    let content_type = content_type(dialect);
    let body = body.as_bytes();
    let whole = feed(dialect, true, content_type, std::iter::once(body));
    assert_eq!(whole, feed(dialect, true, content_type, body.chunks(1)), "cut byte by byte");
    for seed in 1..=8 {
        let mut random = Random(seed);
        let mut rest = body;
        let cuts = std::iter::from_fn(|| {
            let (chunk, after) = rest.split_at_checked(random.below(40).max(1)).unwrap_or((rest, &[]));
            rest = after;
            (!chunk.is_empty()).then_some(chunk)
        });
        assert_eq!(whole, feed(dialect, true, content_type, cuts), "cut at random, seed {seed}");
    }
    whole
}

/// The turn that an answer makes that was not streamed.
pub(super) fn play_whole(dialect: Dialect, body: &str) -> Turn {
    feed(dialect, false, "application/json", std::iter::once(body.as_bytes()))
}

/// Events as a server sends them: `data:` lines, each followed by a blank one.
pub(super) fn events(data: &[&str]) -> String {
    data.iter().map(|data| format!("data: {data}\n\n")).collect()
}

/// A turn's blocks in short: kind and text.
pub(super) fn blocks(turn: &Turn) -> Vec<(BlockKind, &str)> {
    turn.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

/// The turn of a streamed body that comes in one piece.
pub(super) fn play_once(dialect: Dialect, body: &str) -> Turn {
    feed(dialect, true, content_type(dialect), std::iter::once(body.as_bytes()))
}

fn content_type(dialect: Dialect) -> &'static str {
    if dialect.is_ndjson() { "application/x-ndjson" } else { "text/event-stream" }
}

fn feed<'a>(
    dialect: Dialect,
    stream: bool,
    content_type: &str,
    chunks: impl Iterator<Item = &'a [u8]>,
) -> Turn {
    let plan = Plan { dialect, stream, title: String::new(), host: "host".to_owned(), local: false };
    let mut session = Session::new(plan, Stamp::ORIGIN);
    let head = Head { status: 200, content_type: content_type.to_owned(), retry_after: None };
    session.head(head, Stamp::ORIGIN);
    for chunk in chunks {
        let _ = session.feed(chunk, Stamp::ORIGIN);
    }
    session.end(End::Closed, false, Stamp::ORIGIN);
    session.into_turn()
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}
