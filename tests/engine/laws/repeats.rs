//! Events that repeat are not parsed again: what comes of them must be what comes of each when it is read whole.

use super::streams::all;
use crate::cuts::cuttings;
use proptest::prelude::*;
use tokenfall::engine::frame::{Event, Frame, NdjsonDecoder, SseDecoder};
use tokenfall::engine::wire::{Deltas, Dialect, Mapper};

/// What each event came to, in order, and what the end added.
type Told = Vec<Result<Vec<String>, usize>>;

/// A stream's deltas. `whole` reads every event whole, as if nothing before it had been like it.
fn told<'a>(dialect: Dialect, whole: bool, chunks: impl IntoIterator<Item = &'a [u8]>) -> Told {
    let mut mapper = Mapper::new(dialect);
    let mut deltas = Deltas::new();
    let mut told = Vec::new();
    let mut tell = |event: &Event<'_>| {
        if whole {
            mapper.forget_repeats();
        }
        deltas.clear();
        let mapped = mapper.map(event, &mut deltas).map_err(|malformed| malformed.at);
        told.push(mapped.map(|()| deltas.iter().map(|delta| format!("{delta:?}")).collect()));
    };
    let (mut sse, mut lines) = (SseDecoder::new(), NdjsonDecoder::new());
    for chunk in chunks {
        sse.push(chunk);
        lines.push(chunk);
        while let Ok(Some(frame)) = if dialect.is_ndjson() { lines.next_frame() } else { sse.next_frame() } {
            if let Frame::Event(event) = frame {
                tell(&event);
            }
        }
    }
    if let Some(event) = if dialect.is_ndjson() { lines.finish() } else { sse.finish() } {
        tell(&event);
    }
    deltas.clear();
    mapper.finish(&mut deltas);
    told.push(Ok(deltas.iter().map(|delta| format!("{delta:?}")).collect()));
    told
}

/// Whether both ways agree, in every cut.
pub(crate) fn assert_same(dialect: Dialect, name: &str, body: &[u8]) {
    let expected = told(dialect, true, [body]);
    for (cut, chunks) in cuttings(body) {
        assert_eq!(told(dialect, false, chunks), expected, "{name}, {cut}");
    }
}

/// The events of a stream, each with the line ends behind it.
fn events(dialect: Dialect, body: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(body).replace("\r\n", "\n").replace('\r', "\n");
    let end = if dialect.is_ndjson() { "\n" } else { "\n\n" };
    text.split_inclusive(end).map(|event| event.as_bytes().to_vec()).collect()
}

/// The event with other characters in one of its strings or numbers, or elsewhere; whatever `at` hits.
fn changed(event: &[u8], at: prop::sample::Index, piece: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(event);
    let starts: Vec<_> = text.match_indices([':', '"']).map(|(found, _)| found + 1).collect();
    if starts.is_empty() {
        return event.to_vec();
    }
    let start = starts[at.index(starts.len())];
    // Up to the next mark, so that a value is replaced rather than made longer.
    let end = text[start..].find(['"', ',', '}', '\n']).map_or(text.len(), |length| start + length);
    [&text[..start], piece, &text[end..]].concat().into_bytes()
}

#[test]
fn every_stream_of_ours_is_mapped_alike() {
    for stream in all() {
        assert_same(stream.dialect, &stream.name, &stream.body);
    }
}

#[test]
fn every_event_of_ours_said_many_times_is_mapped_alike() {
    for stream in all() {
        let often: Vec<u8> =
            events(stream.dialect, &stream.body).iter().flat_map(|event| event.repeat(4)).collect();
        assert_same(stream.dialect, &stream.name, &often);
    }
}

#[test]
fn malformed_utf8_in_events_that_repeat_is_replaced_as_in_any_other() {
    let chat =
        |content: &[u8]| [b"data: {\"choices\":[{\"delta\":{\"content\":\"", content, b"\"}}]}\n\n"].concat();
    let contents: [&[u8]; 8] = [b"a", b"b", b"c", b"\xff", b"d\xe2\x82", b"e", b"\xf0\x9f\x91\xa6", b"\xc3"];
    assert_same(Dialect::ChatCompletions, "in the text", &contents.map(chat).concat());
    let line = |at: &[u8]| [b"{\"created_at\":\"", at, b"\",\"message\":{\"content\":\"a\"}}\n"].concat();
    assert_same(Dialect::Ollama, "in what nobody reads", &contents.map(line).concat());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn events_that_repeat_and_differ_somewhere_are_mapped_alike(
        stream in any::<prop::sample::Index>(),
        order in prop::collection::vec((any::<prop::sample::Index>(), 1usize..4), 1..12),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[a1\\-é\\\\\"{}:, ]{0,4}|\\\\ud83d|\\\\udc66|null|7|\"\""),
            0..8,
        ),
    ) {
        let streams = all();
        let stream = stream.get(&streams);
        let events = events(stream.dialect, &stream.body);
        // The stream's own events first, so that the blocks are open; then some of them again, in any order.
        let mut said: Vec<Vec<u8>> = events.clone();
        said.truncate(events.len().saturating_sub(2));
        for (event, times) in order {
            said.extend(std::iter::repeat_n(event.get(&events).clone(), times));
        }
        for (event, at, piece) in changes {
            let which = event.index(said.len());
            said[which] = changed(&said[which], at, &piece);
        }
        let body = said.concat();
        prop_assert_eq!(
            told(stream.dialect, false, [body.as_slice()]),
            told(stream.dialect, true, [body.as_slice()]),
            "{}", &stream.name
        );
    }
}
