//! Any bytes as an answer in any protocol: no panic, a final state at the end, and the same turn however they were cut.
//! And the same deltas whether events that repeat are parsed or not.
//!
//! The first byte picks the protocol, whether a stream was asked for, and the label of the body; the second seeds the
//! cuts, the end and how often each event is said; the rest is the body.
#![no_main]

mod cuts;

use cuts::Cuts;
use libfuzzer_sys::fuzz_target;
use tokenfall::engine::chat::Turn;
use tokenfall::engine::frame::{Event, Frame, NdjsonDecoder, SseDecoder};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{Deltas, Dialect, Mapper};

fn dialect(choice: u8) -> Dialect {
    Dialect::ALL[usize::from(choice) % Dialect::ALL.len()]
}

fn turn<'a>(choice: u8, how: End, chunks: impl Iterator<Item = &'a [u8]>) -> Turn {
    let dialect = dialect(choice);
    let choice = usize::from(choice) / Dialect::ALL.len();
    let stream = choice % 8 != 0;
    let (status, content_type) = match choice % 8 {
        0 => (200, "application/json"),
        1 => (200, ""),
        2 => (500, "application/json"),
        _ if dialect.is_ndjson() => (200, "application/x-ndjson"),
        _ => (200, "text/event-stream"),
    };
    let mut session = Session::new(Plan::for_tape(&Tape::new(dialect, stream, "fuzz")), Timestamp::ORIGIN);
    let head = Head { status, content_type: content_type.into(), ..Head::default() };
    session.head(head, Timestamp::from_micros(1));
    for chunk in chunks {
        let _ = session.feed(chunk, Timestamp::from_micros(2));
    }
    session.end(how, false, Timestamp::from_micros(3));
    assert!(session.turn().state.is_final());
    session.into_turn()
}

/// The events of a body, each said so many times, go to two mappers, of which one reads every event whole.
fn assert_repeats_change_nothing(dialect: Dialect, times: usize, body: &[u8]) {
    let (mut mapper, mut reader) = (Mapper::new(dialect), Mapper::new(dialect));
    let (mut mapped, mut read) = (Deltas::new(), Deltas::new());
    let mut tell = |event: Event<'_>| {
        for _ in 0..times {
            reader.forget_repeats();
            let results = [mapper.map(&event, &mut mapped), reader.map(&event, &mut read)];
            assert_eq!(results[0], results[1], "{event:?}");
            assert!(mapped.iter().eq(read.iter()), "{event:?}: {mapped:?}, not {read:?}");
            mapped.clear();
            read.clear();
        }
    };
    let (mut sse, mut lines) = (SseDecoder::new(), NdjsonDecoder::new());
    sse.push(body);
    lines.push(body);
    while let Ok(Some(frame)) = if dialect.is_ndjson() { lines.next_frame() } else { sse.next_frame() } {
        if let Frame::Event(event) = frame {
            tell(event);
        }
    }
    if let Some(event) = if dialect.is_ndjson() { lines.finish() } else { sse.finish() } {
        tell(event);
    }
    mapper.finish(&mut mapped);
    reader.finish(&mut read);
    assert!(mapped.iter().eq(read.iter()), "at the end");
}

fuzz_target!(|input: &[u8]| {
    let [choice, seed, body @ ..] = input else { return };
    let how = [End::Closed, End::Lost, End::Cancelled, End::Closed][usize::from(seed & 3)];
    let whole = turn(*choice, how, std::iter::once(body));
    let cut = turn(*choice, how, Cuts::new(body, *seed, 1, 17));
    assert_eq!(whole, cut);
    assert_repeats_change_nothing(dialect(*choice), 1 + usize::from(seed >> 2) % 4, body);
});
