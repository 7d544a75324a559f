//! Tests of the decoders: the event-stream grammar of the HTML standard, NDJSON, bounds and work.

mod ndjson;
mod sse;
mod work;

use crate::cuts::cuttings;
use tokenfall::engine::frame::{Event, Frame, NdjsonDecoder, SseDecoder};

/// What a body gave, as text that is easy to compare: one line for each frame.
///
/// `name|data` for an event, `name#id|data` if an id is in force, `…` behind one that was not terminated, `:text` for a
/// comment, `too large` for the error.
#[derive(Debug, PartialEq, Eq)]
struct Decoded {
    frames: Vec<String>,
    id: String,
    retry: Option<u64>,
    stray: String,
}

fn event(event: Event<'_>) -> String {
    let id = if event.last_event_id.is_empty() { String::new() } else { format!("#{}", event.last_event_id) };
    format!("{}{id}|{}{}", event.name, event.text(), if event.terminated { "" } else { "…" })
}

fn line(frame: Frame<'_>) -> String {
    match frame {
        Frame::Event(lent) => event(lent),
        Frame::Comment(text) => format!(":{text}"),
    }
}

fn decode_sse(limit: usize, chunks: &[&[u8]]) -> Decoded {
    let mut decoder = SseDecoder::with_limit(limit);
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => frames.push(line(frame)),
                Ok(None) => break,
                Err(error) => {
                    frames.push("too large".to_owned());
                    assert_eq!(decoder.next_frame(), Err(error), "nothing more behind the error");
                    assert_eq!(decoder.finish(), None, "nothing at the end either");
                    return Decoded { frames, id: String::new(), retry: None, stray: String::new() };
                }
            }
        }
    }
    frames.extend(decoder.finish().map(event));
    Decoded {
        frames,
        id: decoder.last_event_id().to_owned(),
        retry: decoder.retry().map(|time| u64::try_from(time.as_millis()).unwrap()),
        stray: String::from_utf8_lossy(decoder.stray()).into_owned(),
    }
}

/// Decodes a body however it may be cut, and gives the one result there must be.
fn sse(body: impl AsRef<[u8]>) -> Decoded {
    sse_within(1 << 20, body)
}

fn sse_within(limit: usize, body: impl AsRef<[u8]>) -> Decoded {
    let body = body.as_ref();
    let whole = decode_sse(limit, &[body]);
    for (name, chunks) in cuttings(body) {
        assert_eq!(decode_sse(limit, &chunks), whole, "{name}");
    }
    whole
}

fn decode_ndjson(limit: usize, chunks: &[&[u8]]) -> Vec<String> {
    let mut decoder = NdjsonDecoder::with_limit(limit);
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => frames.push(line(frame)),
                Ok(None) => break,
                Err(_) => {
                    frames.push("too large".to_owned());
                    return frames;
                }
            }
        }
    }
    frames.extend(decoder.finish().map(event));
    frames
}

fn ndjson_within(limit: usize, body: impl AsRef<[u8]>) -> Vec<String> {
    let body = body.as_ref();
    let whole = decode_ndjson(limit, &[body]);
    for (name, chunks) in cuttings(body) {
        assert_eq!(decode_ndjson(limit, &chunks), whole, "{name}");
    }
    whole
}
