//! Plays a body through the whole engine, in every cut.

use crate::support::{self, Dice, pieces};
use tokenfall::engine::chat::Turn;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::stamp::Stamp;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::{BlockKind, Dialect};

/// The turn a streamed body makes: the same one whole, byte by byte and cut at random places.
pub(super) fn play(dialect: Dialect, body: &str) -> Turn {
    let whole = play_once(dialect, body);
    let body = body.as_bytes();
    assert_eq!(whole, support::play(dialect, &pieces(body, || 1), End::Closed), "cut byte by byte");
    for seed in 1..=8 {
        let mut dice = Dice::new(seed);
        let cut = pieces(body, || dice.below(40).max(1));
        assert_eq!(whole, support::play(dialect, &cut, End::Closed), "cut at random, seed {seed}");
    }
    whole
}

/// The turn that an answer makes that was not streamed.
pub(super) fn play_whole(dialect: Dialect, body: &str) -> Turn {
    let plan = Plan { dialect, stream: false, title: String::new(), host: "host".to_owned(), local: false };
    let mut session = Session::new(plan, Stamp::ORIGIN);
    let head = Head { status: 200, content_type: "application/json".to_owned(), retry_after: None };
    session.head(head, Stamp::ORIGIN);
    let _ = session.feed(body.as_bytes(), Stamp::ORIGIN);
    session.end(End::Closed, false, Stamp::ORIGIN);
    session.into_turn()
}

/// Events as a server sends them: `data:` lines, each followed by a blank one.
pub(super) use crate::support::sse as events;

/// A turn's blocks in short: kind and text.
pub(super) fn blocks(turn: &Turn) -> Vec<(BlockKind, &str)> {
    turn.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

/// The turn of a streamed body that comes in one piece.
pub(super) fn play_once(dialect: Dialect, body: &str) -> Turn {
    support::play(dialect, &[body.as_bytes()], End::Closed)
}
