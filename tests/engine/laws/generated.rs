//! Streams that nobody wrote: whatever their bytes and however they are cut, the decoders and the session agree.

use super::play;
use proptest::prelude::*;
use tokenfall::engine::frame::{Frame, NdjsonDecoder, SseDecoder};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

/// Lines of event streams, good, odd and broken, with every line end.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        1 => prop::sample::select(vec!["data: {\"a\":[1]}", "data:{} ", "data: [{}", "data:\t{", "data: }"])
            .prop_map(|line| line.as_bytes().to_vec()),
        4 => "data: ?[a-zé👦{}\":,\\[\\]]{0,12}".prop_map(String::into_bytes),
        1 => prop::sample::select(vec![&b"data"[..], b"data:", b": c", b":", b"id: 1", b"id: a\0", b"id", b"event: e"])
            .prop_map(<[u8]>::to_vec),
        1 => prop::sample::select(vec![&b"retry: 5"[..], b"x: y", b"{\"error\":1}", b"\xef\xbb\xbf", b"data: [DONE]"])
            .prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..10),
    ];
    let end = prop::sample::select(vec!["\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\r\r"]);
    prop::collection::vec((line, end), 0..20).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end.as_bytes().to_vec()]).flatten().collect()
    })
}

/// The pieces of a body when cut behind each of these lengths in turn.
fn cut<'a>(body: &'a [u8], lengths: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = body;
    let mut pieces = Vec::new();
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, behind) = rest.split_at((*length).min(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

fn frame(frame: Frame<'_>) -> String {
    format!("{frame:?}")
}

fn sse(chunks: &[&[u8]]) -> (Vec<String>, String, Option<std::time::Duration>, Vec<u8>) {
    let mut decoder = SseDecoder::new();
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        while let Ok(Some(lent)) = decoder.next_frame() {
            frames.push(frame(lent));
        }
    }
    frames.extend(decoder.finish().map(|event| frame(Frame::Event(event))));
    (frames, decoder.last_event_id().to_owned(), decoder.retry(), decoder.stray().to_vec())
}

fn ndjson(chunks: &[&[u8]]) -> Vec<String> {
    let mut decoder = NdjsonDecoder::new();
    let mut frames = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        while let Ok(Some(lent)) = decoder.next_frame() {
            frames.push(frame(lent));
        }
    }
    frames.extend(decoder.finish().map(|event| frame(Frame::Event(event))));
    frames
}

/// The standard's grammar, written as plainly as possible: the whole text at once, no bound, nothing streamed. One rule
/// is ours: an object on one line of data ends where the next line of data begins an object or a list.
fn by_the_book(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut name, mut data, mut events) = (String::new(), String::new(), Vec::new());
    let mut is_one_line = false;
    let white = |c: char| c.is_ascii_whitespace();
    let is_object =
        |data: &str| data.trim_matches(white).starts_with('{') && data.trim_matches(white).ends_with('}');
    // What stands behind the last line end is no line.
    for line in text.split('\n').take(text.matches('\n').count()) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            _ if line.is_empty() => {
                if let Some(whole) = data.strip_suffix('\n') {
                    let kind = if name.is_empty() { "message" } else { &name };
                    events.push((kind.to_owned(), whole.to_owned()));
                }
                (name, data) = (String::new(), String::new());
            }
            "data"
                if is_one_line && is_object(&data) && value.trim_matches(white).starts_with(['{', '[']) =>
            {
                let kind = if name.is_empty() { "message" } else { &name };
                events.push((kind.to_owned(), data.trim_end_matches('\n').to_owned()));
                data = format!("{value}\n");
            }
            "data" => {
                is_one_line = data.is_empty();
                data = data + value + "\n";
            }
            // A comment.
            "" => is_one_line = false,
            "event" => (name, is_one_line) = (value.to_owned(), false),
            _ => {}
        }
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_chunking_of_a_stream_gives_the_same_frames(
        body in streams(), lengths in prop::collection::vec(1usize..9, 1..6),
    ) {
        let pieces = cut(&body, &lengths);
        prop_assert_eq!(sse(&pieces), sse(&[&body]));
        prop_assert_eq!(ndjson(&pieces), ndjson(&[&body]));
    }

    #[test]
    fn events_are_those_of_the_standard_read_slowly(body in streams()) {
        let mut decoder = SseDecoder::new();
        let mut events = Vec::new();
        decoder.push(&body);
        while let Ok(Some(lent)) = decoder.next_frame() {
            if let Frame::Event(event) = lent {
                events.push((event.name.to_owned(), event.text().into_owned()));
            }
        }
        prop_assert_eq!(events, by_the_book(&body));
    }

    #[test]
    fn any_chunking_of_any_stream_gives_the_same_turn_in_every_protocol(
        body in streams(), lengths in prop::collection::vec(1usize..9, 1..6), lost in any::<bool>(),
    ) {
        let end = if lost { End::Lost } else { End::Closed };
        for dialect in Dialect::ALL {
            let whole = play(dialect, end, [body.as_slice()]);
            prop_assert!(whole.state.is_final());
            prop_assert_eq!(play(dialect, end, cut(&body, &lengths)), whole);
        }
    }
}
