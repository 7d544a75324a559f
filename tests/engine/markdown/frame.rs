//! A frame is bounded in nodes as well as in bytes.

use super::recorder::Recorder;
use tokenfall::engine::markdown::{Renderer, in_one_frame};

const MOST_BYTES: usize = 32 * 1024;

/// The most steps that one frame gives the sink while `text`, which came at once, is drawn.
fn most_calls(text: &str) -> usize {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let (mut rest, mut most) = (text, 0);
    while !rest.is_empty() {
        let length = in_one_frame(rest, MOST_BYTES);
        assert!(0 < length && length <= MOST_BYTES, "{length}");
        renderer.push(&rest[..length]);
        let before = sink.calls;
        while !renderer.flush(&mut sink) && sink.calls == before {
            // A flood rests every second frame, and a long end waits for more text.
            if !renderer.flush(&mut sink) {
                break;
            }
        }
        most = most.max(sink.calls - before);
        rest = &rest[length..];
    }
    most
}

#[test]
fn a_burst_of_many_small_blocks_is_drawn_in_bounded_steps() {
    let wide = format!(
        "{}|\n{}|\n{}",
        "|h".repeat(190),
        "|-".repeat(190),
        format!("{}|\n", "|x".repeat(190)).repeat(60)
    );
    for text in ["- a\n".repeat(20_000), "a\n\n".repeat(20_000), "# a\n".repeat(20_000), wide] {
        let calls = most_calls(&text);
        assert!(calls < 12_000, "{calls} sink calls in one frame of {:?}", &text[..20]);
    }
}

#[test]
fn a_burst_of_prose_is_cut_by_bytes_alone() {
    let text = "some words that go on for long ".repeat(4_000);
    assert_eq!(in_one_frame(&text, MOST_BYTES), MOST_BYTES);
    assert_eq!(in_one_frame("é", 1), 0, "a caller that has so little room takes it in the next frame");
    assert_eq!(in_one_frame("", MOST_BYTES), 0);
}
