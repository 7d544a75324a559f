//! What a bad network may do to a stream: cut it anywhere, or change bytes of it.

use super::play;
use super::streams::{Stream, all};
use proptest::prelude::*;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

/// The one stream whose provider takes text back in the end.
const TAKES_TEXT_BACK: &str = "responses/final-text-is-another.sse";

/// Whether each block of the cut turn is how the whole one began.
fn is_prefix(cut: &Turn, whole: &Turn) -> bool {
    cut.blocks.len() <= whole.blocks.len()
        && cut
            .blocks
            .iter()
            .zip(&whole.blocks)
            .all(|(cut, whole)| cut.kind == whole.kind && whole.text.starts_with(&cut.text))
}

fn assert_cut(stream: &Stream, whole: &Turn, at: usize, end: End) {
    let cut = play(stream.dialect, end, [&stream.body[..at]]);
    let name = &stream.name;
    assert!(cut.state.is_final(), "{name} cut at {at}");
    if name != TAKES_TEXT_BACK {
        assert!(is_prefix(&cut, whole), "{name} cut at {at}: {cut:#?}");
    }
    // Stopped: the server's own word for an answer that somebody else has stopped.
    let is_good = matches!(cut.state, TurnState::Complete | TurnState::Truncated | TurnState::Stopped);
    assert_eq!(
        is_good,
        cut.ended && cut.failure.is_none(),
        "{name} cut at {at}: good without the end marker"
    );
    // Plain text has no end marker: what the transport calls complete is.
    let is_marked = stream.dialect != Dialect::PlainText;
    assert!(is_marked || !is_good || end == End::Closed, "{name} cut at {at}: good but lost");
    if is_good && is_marked {
        assert_eq!(
            (cut.state, cut.text()),
            (whole.state, whole.text()),
            "{name} cut at {at}: good but not whole"
        );
    }
}

#[test]
fn every_cut_gives_a_beginning_of_the_text_and_is_complete_only_with_the_end_marker() {
    for stream in all() {
        // One protocol has no end marker: its answer is whole at any finish reason, even if another one follows.
        if stream.name == "gemini/text-behind-the-first-finish.sse" {
            continue;
        }
        let whole = play(stream.dialect, End::Closed, [stream.body.as_slice()]);
        for at in 0..stream.body.len() {
            assert_cut(&stream, &whole, at, End::Closed);
            assert_cut(&stream, &whole, at, End::Lost);
        }
    }
}

#[test]
fn a_stop_at_any_byte_is_stopped_or_what_the_protocol_had_said_before() {
    for stream in all() {
        let whole = play(stream.dialect, End::Closed, [stream.body.as_slice()]);
        for at in 0..stream.body.len() {
            let stopped = play(stream.dialect, End::Cancelled, [&stream.body[..at]]);
            assert!(
                stopped.state == TurnState::Stopped || stopped.state == whole.state,
                "{} stopped at {at}: {:?}",
                stream.name,
                stopped.state
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn changed_bytes_never_panic_nor_lose_the_text_before_them(
        stream in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        length in 1usize..50,
    ) {
        let streams = all();
        let stream = stream.get(&streams);
        let mut body = stream.body.clone();
        let mut first = body.len();
        for (at, byte) in flips {
            let at = at.index(body.len());
            if body[at] != byte {
                body[at] = byte;
                first = first.min(at);
            }
        }
        let damaged = play(stream.dialect, End::Closed, [body.as_slice()]);
        prop_assert_eq!(&play(stream.dialect, End::Closed, body.chunks(length)), &damaged, "in chunks");
        // A closing statement behind the damage may take text back, as it may without damage.
        if stream.name.starts_with("responses/") {
            return Ok(());
        }
        // What a body cut before the damage says, up to its last whole line, is said by the damaged one as well.
        let line = body[..first].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        let before = play(stream.dialect, End::Cancelled, [&stream.body[..line]]);
        for (kept, block) in before.blocks.iter().zip(&damaged.blocks) {
            let kept = kept.text.strip_suffix('\u{fffd}').unwrap_or(&kept.text);
            prop_assert!(block.text.starts_with(kept), "{}: {:?} of {:?}", stream.name, block.text, kept);
        }
        prop_assert!(damaged.blocks.len() >= before.blocks.len());
    }
}
