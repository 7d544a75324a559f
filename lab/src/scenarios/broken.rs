//! Streams that begin well and do not come to a good end.

use std::time::Duration;

use super::{always, chat::Chat};
use crate::script::{Answer, End, Framing, Scenario};

/// What is readable of every stream cut in the middle of an event.
pub const CUT_EVENT_TEXT: &str = "The first half is here and the second ";

/// What is readable of the stream that is cut inside the four bytes of an emoji.
pub const CUT_UTF8_TEXT: &str = "A smile was coming ";

/// What is readable of the streams that fall silent.
pub const STALL_TEXT: &str = "So far so good";

const GAP: Duration = Duration::from_millis(30);

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        always("cut-mid-event", "Closed inside an event, without the last chunk", cut_event()),
        always(
            "cut-mid-event-clean",
            "Closed inside an event, and the connection says that all is well",
            cut_event().framed(Framing::UntilClose),
        ),
        always("reset-mid-event", "The connection is reset inside an event", cut_event().ending(End::Reset)),
        always("cut-mid-utf8", "Cut inside the four bytes of an emoji", cut_utf8()),
        always(
            "cut-mid-utf8-clean",
            "Cut inside the four bytes of an emoji, with a clean end of the body",
            cut_utf8().framed(Framing::UntilClose),
        ),
        always(
            "no-done",
            "A clean end without a finish reason and without [DONE]",
            Chat::begin().words(CUT_EVENT_TEXT).every(GAP),
        ),
        always(
            "no-done-but-finished",
            "A finish reason, but no [DONE]: complete all the same",
            Chat::begin().words(CUT_EVENT_TEXT).finish("stop").every(GAP),
        ),
        always(
            "error-midstream",
            "An error event after some text, with status 200",
            Chat::begin()
                .words(STALL_TEXT)
                .raw("data: {\"error\":{\"message\":\"The engine stopped by itself.\",\"type\":\"server_error\",\"code\":500}}\n\n")
                .done()
                .every(GAP),
        ),
        always(
            "error-late",
            "An error event after some seconds of text",
            Chat::begin()
                .words(STALL_TEXT)
                .raw("data: {\"error\":{\"message\":\"The engine stopped by itself.\",\"type\":\"server_error\",\"code\":500}}\n\n")
                .done()
                .every(Duration::from_millis(800)),
        ),
        always(
            "stall-midstream",
            "Some text, then silence on an open connection",
            Chat::begin().words(STALL_TEXT).every(GAP).ending(End::Hold),
        ),
        always(
            "thinking-then-hold",
            "Some reasoning, then silence on an open connection",
            Chat::begin().reasoning(STALL_TEXT).every(GAP).ending(End::Hold),
        ),
        always(
            "pings-then-hold",
            "Five keep-alive comments, then silence",
            Chat::default().ping().ping().ping().ping().ping().every(Duration::from_millis(200)).ending(End::Hold),
        ),
    ]
}

fn cut_event() -> Answer {
    let readable = Chat::begin().words(CUT_EVENT_TEXT);
    let all = readable.clone().words("is missing.").finish("stop").done();
    // Forty bytes into the event that follows: inside its JSON.
    let at = readable.joined().len() + 40;
    all.every(GAP).cut_at(at)
}

fn cut_utf8() -> Answer {
    let readable = Chat::begin().words(CUT_UTF8_TEXT);
    let all = readable.clone().text("😀 and more").finish("stop").done();
    let bytes = all.joined();
    // Two of the four bytes are on the wire.
    let at = bytes.find('😀').unwrap_or(bytes.len()) + 2;
    all.every(GAP).cut_at(at)
}
