//! A piece of text makes a bounded number of steps: the page counts them between two pieces and draws the rest in the next
//! frame.

use super::recorder::Recorder;
use tokenfall::engine::markdown::Renderer;

/// Bytes that the page gives the renderer at once.
const PIECE: usize = 2 << 10;

/// The most steps that one piece gives the sink while `text`, which came at once, is drawn.
fn most_calls(text: &str) -> usize {
    let mut sink = Recorder::default();
    let mut renderer = Renderer::new();
    let mut most = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
        let before = sink.calls;
        renderer.push(piece);
        renderer.flush(&mut sink);
        most = most.max(sink.calls - before);
        rest = behind;
    }
    let before = sink.calls;
    renderer.finish(&mut sink);
    most.max(sink.calls - before)
}

#[test]
fn a_piece_of_many_small_blocks_marks_or_cells_makes_a_bounded_number_of_steps() {
    let wide = format!("{}|\n{}|\n", "|h".repeat(190), "|-".repeat(190));
    let filled = |columns, rows| {
        format!("{}|\n{}|\n{}\n", "|h".repeat(columns), "|-".repeat(columns), "|x\n".repeat(rows))
    };
    let rows = format!("{}|\n", "|x".repeat(190)).repeat(60);
    for text in [
        "- a\n".repeat(20_000),
        "a\n\n".repeat(20_000),
        "# a\n".repeat(20_000),
        "*a* ".repeat(5_000),
        "- > - a\n\n".repeat(5_000),
        wide + &rows,
        filled(100, 5_000),
        filled(27, 60).repeat(20),
        format!("{}|\n{}|\n{}", "|h".repeat(1_000), "|-".repeat(1_000), "|x\n".repeat(5_000)),
    ] {
        let calls = most_calls(&text);
        // Half of the pieces of a flood wait for the next.
        assert!(calls < 6 * PIECE, "{calls} sink calls for a piece of {:?}", &text[..20]);
    }
}
