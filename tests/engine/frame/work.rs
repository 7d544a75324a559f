//! What decoding costs: work that is linear in the bytes, and no memory that is new for each frame.
//!
//! Work is counted by the decoders themselves in debug builds (bytes searched, copied and moved), never timed.

use crate::cuts::random;
use tokenfall::engine::frame::{Frame, NdjsonDecoder, SseDecoder};

/// Each byte is copied in once, searched once and moved at most once on average.
#[cfg(debug_assertions)]
fn assert_linear(work: u64, bytes: usize) {
    let bytes = bytes as u64;
    assert!((bytes..=3 * bytes).contains(&work), "{work} bytes of work for {bytes} bytes");
}

#[cfg(debug_assertions)]
fn sse_work(chunks: &[&[u8]]) -> u64 {
    let mut decoder = SseDecoder::new();
    for chunk in chunks {
        decoder.push(chunk);
        while let Ok(Some(_)) = decoder.next_frame() {}
    }
    decoder.work()
}

#[cfg(debug_assertions)]
#[test]
fn one_large_event_in_single_bytes_is_linear() {
    let body = format!("data: {}\n\n", "x".repeat(500_000));
    assert_linear(sse_work(&body.as_bytes().chunks(1).collect::<Vec<_>>()), body.len());
}

#[cfg(debug_assertions)]
#[test]
fn many_small_events_are_linear_in_one_chunk_in_many_and_in_bytes() {
    let body = "data: {\"a\":1}\r\n\r\n".repeat(20_000);
    let body = body.as_bytes();
    assert_linear(sse_work(&[body]), body.len());
    assert_linear(sse_work(&random(body, 1, 40)), body.len());
    assert_linear(sse_work(&body.chunks(1).collect::<Vec<_>>()), body.len());
}

#[cfg(debug_assertions)]
#[test]
fn an_event_of_many_lines_with_comments_between_is_linear() {
    let body = format!("{}\n", "data: a\n: c\n".repeat(50_000));
    assert_linear(sse_work(&random(body.as_bytes(), 2, 7)), body.len());
}

#[cfg(debug_assertions)]
#[test]
fn an_endless_comment_and_endless_stray_lines_are_linear() {
    let comment = format!(":{}", "c".repeat(500_000));
    assert_linear(sse_work(&comment.as_bytes().chunks(1).collect::<Vec<_>>()), comment.len());
    let stray = "x\n".repeat(200_000);
    assert_linear(sse_work(&stray.as_bytes().chunks(1).collect::<Vec<_>>()), stray.len());
}

#[cfg(debug_assertions)]
#[test]
fn a_long_line_of_ndjson_in_single_bytes_is_linear() {
    let body = format!("{{\"a\":\"{}\"}}\n", "x".repeat(500_000));
    let mut decoder = NdjsonDecoder::new();
    for byte in body.as_bytes().chunks(1) {
        decoder.push(byte);
        while let Ok(Some(_)) = decoder.next_frame() {}
    }
    assert_linear(decoder.work(), body.len());
}

#[test]
fn frames_on_the_usual_path_lie_in_the_decoders_own_buffer_which_is_used_again() {
    let mut decoder = SseDecoder::new();
    let mut places = std::collections::HashSet::new();
    for _ in 0..10_000 {
        decoder.push(b"event: delta\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        let Ok(Some(Frame::Event(event))) = decoder.next_frame() else { panic!("an event") };
        places.insert((event.data.as_ptr() as usize, event.name.as_ptr() as usize));
        assert_eq!(decoder.next_frame(), Ok(None));
    }
    assert_eq!(places.len(), 1, "the text of each frame stands at the same address");
}

#[test]
fn a_frame_of_a_long_stream_lies_within_a_buffer_no_larger_than_two_chunks() {
    let body = "data: {\"a\":1}\n\n".repeat(50_000);
    let mut decoder = SseDecoder::new();
    let mut places: Vec<usize> = Vec::new();
    for chunk in random(body.as_bytes(), 3, 1_000).into_iter().skip(5) {
        decoder.push(chunk);
        while let Ok(Some(Frame::Event(event))) = decoder.next_frame() {
            places.push(event.data.as_ptr() as usize);
        }
    }
    // The buffer settles at one place once it has grown to what it needs.
    let settled = &places[places.len() / 2..];
    let spread = settled.iter().max().unwrap() - settled.iter().min().unwrap();
    assert!(spread <= 4_096, "{spread}");
}
