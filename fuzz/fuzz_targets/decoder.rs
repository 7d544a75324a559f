//! Any bytes, cut anywhere, give the same frames as the bytes in one piece, and cost no more than linear work.
//!
//! The first byte chooses the decoder and a bound, the second seeds the cuts, the rest is the body.
#![no_main]

mod cuts;

use cuts::Cuts;
use libfuzzer_sys::fuzz_target;
use tokenfall::engine::frame::{Event, Frame, FrameTooLarge, NdjsonDecoder, SseDecoder};

/// A frame that owns its text: a flag for what it is, its name, data, id, and whether it was terminated.
type Owned = (bool, String, String, String, bool);

fn event(event: Event<'_>) -> Owned {
    (true, event.name.into(), event.text().into(), event.last_event_id.into(), event.terminated)
}

fn owned(frame: Frame<'_>) -> Owned {
    match frame {
        Frame::Event(lent) => event(lent),
        Frame::Comment(text) => (false, String::new(), text.into(), String::new(), true),
    }
}

/// All frames of the chunks, and the error that ended them.
fn decode<'a>(ndjson: bool, limit: usize, chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<Owned>, bool) {
    let mut sse = SseDecoder::with_limit(limit);
    let mut lines = NdjsonDecoder::with_limit(limit);
    let mut frames = Vec::new();
    let mut bytes = 0;
    for chunk in chunks {
        bytes += chunk.len() as u64;
        if ndjson {
            lines.push(chunk)
        } else {
            sse.push(chunk)
        }
        loop {
            match if ndjson { lines.next_frame() } else { sse.next_frame() } {
                Ok(Some(frame)) => frames.push(owned(frame)),
                Ok(None) => break,
                Err(FrameTooLarge { .. }) => return (frames, true),
            }
        }
    }
    frames.extend(if ndjson { lines.finish() } else { sse.finish() }.map(event));
    // Each byte is copied in once, searched once, and moved at most once on average.
    let work = if ndjson { lines.work() } else { sse.work() };
    assert!(work <= 3 * bytes, "{work} bytes of work for {bytes} bytes");
    (frames, false)
}

fuzz_target!(|input: &[u8]| {
    let [choice, seed, body @ ..] = input else { return };
    let ndjson = choice & 1 == 1;
    let limit = if choice & 2 == 2 { usize::from(choice >> 2) } else { 1 << 20 };
    let whole = decode(ndjson, limit, std::iter::once(body));
    assert_eq!(whole, decode(ndjson, limit, Cuts::new(body, *seed, 0, 7)), "cut at random");
    assert_eq!(whole, decode(ndjson, limit, body.chunks(1)), "byte by byte");
});
