//! The sentence that says whether it streams: nothing is claimed that is not known.

use super::{head, ms, watch};
use tokenfall::engine::session::Receiver;
use tokenfall::engine::tape::End;
use tokenfall::engine::watch::{Kind, Watch};

/// Watches pieces at these times, and what is told at the end, or while it runs.
fn verdict(kind: Kind, pieces: &[(u64, &str)], ends_at: Option<u64>) -> String {
    let mut watch = watch(kind);
    watch.head(head(200, "text/event-stream"), ms(1));
    for (at, piece) in pieces {
        let _ = watch.feed(piece.as_bytes(), ms(*at));
    }
    if let Some(at) = ends_at {
        watch.end(End::Closed, false, ms(at));
    }
    watch.verdict(ms(60_000))
}

fn begins(sentence: &str, with: &str) {
    assert!(sentence.starts_with(with), "{sentence}");
}

#[test]
fn pieces_over_time_stream_and_the_figures_are_told() {
    let pieces = [(200, "data: 1\n\n"), (700, "data: 2\n\n"), (2_200, "data: 3\n\n")];
    assert_eq!(
        verdict(Kind::Events, &pieces, Some(2_300)),
        "It streams: the first byte after 0.2 s, then 3 pieces with 3 events over 2.0 s; the longest gap was 1.5 s."
    );
}

#[test]
fn one_piece_behind_a_wait_does_not_stream_and_one_at_once_cannot_be_told() {
    let two = "data: 1\n\ndata: 2\n\n";
    begins(
        &verdict(Kind::Events, &[(3_000, two)], Some(3_001)),
        "It does not stream: 18 bytes with 2 events came in one piece, after 3.0 s.",
    );
    begins(
        &verdict(Kind::Events, &[(3_000, &two[..9]), (3_010, &two[9..])], Some(3_011)),
        "It does not stream",
    );
    begins(
        &verdict(Kind::Events, &[(50, two)], Some(51)),
        "18 bytes with 2 events came at once, all within 50 ms: too fast",
    );
    begins(
        &verdict(Kind::Events, &[(3_000, "data: 1\n\n")], Some(3_001)),
        "9 bytes came in one piece, after 3.0 s: too little to tell",
    );
    begins(&verdict(Kind::Events, &[(3_000, two)], None), "So far 18 bytes in one piece");
}

#[test]
fn nothing_is_nothing() {
    begins(&verdict(Kind::Events, &[], None), "Nothing has come yet");
    begins(&verdict(Kind::Events, &[], Some(10)), "Nothing came");
    begins(&verdict(Kind::Events, &[(5, "")], Some(10)), "Nothing came");
}

#[test]
fn pieces_of_one_size_with_many_events_each_are_a_buffer_and_events_of_one_size_are_none() {
    let full = format!("data: {}\n\n", "x".repeat(248)).repeat(16);
    assert_eq!(full.len(), 4_096);
    let pieces: Vec<_> =
        (1..=4).map(|at| (at * 2_000, full.as_str())).chain([(8_100, "data: end\n\n")]).collect();
    begins(
        &verdict(Kind::Events, &pieces, Some(8_200)),
        "It seems to be buffered: 5 pieces of about 4.0 KB, one each 2.0 s, the first after 2.0 s.",
    );
    let one = format!("data: {}\n\n", "x".repeat(992));
    let pieces: Vec<_> = (1..=6).map(|at| (at * 1_000, one.as_str())).collect();
    begins(&verdict(Kind::Events, &pieces, Some(7_000)), "It streams");
}

#[test]
fn the_browsers_event_source_and_sockets_claim_nothing_about_bytes() {
    let mut events = watch(Kind::EventSource);
    let _ = events.event("message", "1", "", ms(100));
    let _ = events.event("message", "2", "", ms(1_100));
    begins(
        &events.verdict(ms(2_000)),
        "2 events came, the first after 0.1 s, over 1.0 s; the longest gap was 1.0 s. The browser's EventSource shows events, no bytes",
    );
    let mut socket: Watch = watch(Kind::Socket);
    socket.opened("", ms(10));
    let _ = socket.message("1", ms(300));
    begins(&socket.verdict(ms(2_000)), "1 message came, the first after 0.3 s");
}
