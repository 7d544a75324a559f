//! Any bytes as an answer in any protocol: no panic, a final state at the end, and the same turn however they were cut.
//!
//! The first byte picks the protocol, whether a stream was asked for, and the label of the body; the second seeds the
//! cuts and the end; the rest is the body.
#![no_main]

mod cuts;

use cuts::Cuts;
use libfuzzer_sys::fuzz_target;
use tokenfall::engine::chat::Turn;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::stamp::Stamp;
use tokenfall::engine::tape::{End, Head, Tape};
use tokenfall::engine::wire::Dialect;

fn turn<'a>(choice: u8, how: End, chunks: impl Iterator<Item = &'a [u8]>) -> Turn {
    let dialect = Dialect::ALL[usize::from(choice) % Dialect::ALL.len()];
    let choice = usize::from(choice) / Dialect::ALL.len();
    let stream = choice % 8 != 0;
    let (status, content_type) = match choice % 8 {
        0 => (200, "application/json"),
        1 => (200, ""),
        2 => (500, "application/json"),
        _ if dialect.is_ndjson() => (200, "application/x-ndjson"),
        _ => (200, "text/event-stream"),
    };
    let mut session = Session::new(Plan::for_tape(&Tape::new(dialect, stream, "fuzz")), Stamp::ORIGIN);
    let head = Head { status, content_type: content_type.into(), retry_after: None };
    session.head(head, Stamp::from_micros(1));
    for chunk in chunks {
        let _ = session.feed(chunk, Stamp::from_micros(2));
    }
    session.end(how, false, Stamp::from_micros(3));
    assert!(session.turn().state.is_final());
    session.into_turn()
}

fuzz_target!(|input: &[u8]| {
    let [choice, seed, body @ ..] = input else { return };
    let how = [End::Closed, End::Lost, End::Cancelled, End::Closed][usize::from(seed & 3)];
    let whole = turn(*choice, how, std::iter::once(body));
    let cut = turn(*choice, how, Cuts::new(body, *seed, 1, 17));
    assert_eq!(whole, cut);
});
