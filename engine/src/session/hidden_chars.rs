//! Makes hidden characters visible beside an answer's text: failures, stop words and unknown events come from a server
//! that nobody vouches for.

use super::accumulator::Accumulator;
use crate::chat::Cause;
use crate::markdown::visible;
use crate::wire::BlockKind;

impl Accumulator {
    /// Makes hidden characters visible in the failure and in unknown events and blocks. To be called whenever the turn
    /// becomes final or has a new failure.
    pub(super) fn show_hidden(&mut self) {
        match self.turn.failure.as_mut().map(|failure| &mut failure.cause) {
            Some(Cause::Provider(error)) => {
                // A web page's lines may end as those of a letter.
                error.raw = error.raw.replace("\r\n", "\n");
                for text in [&mut error.kind, &mut error.code, &mut error.message, &mut error.raw] {
                    show(text);
                }
            }
            Some(
                Cause::WebPage { excerpt, .. } | Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt },
            ) => show(excerpt),
            Some(
                Cause::Unreachable
                | Cause::Redirected
                | Cause::Offline
                | Cause::Empty
                | Cause::CutOff
                | Cause::Lost
                | Cause::PageClosed
                | Cause::Silent
                | Cause::TooLarge { .. },
            )
            | None => {}
        }
        if let Some(stop) = &mut self.turn.stop {
            show(&mut stop.wire);
            show(&mut stop.detail);
        }
        for unknown in &mut self.turn.unknown {
            show(&mut unknown.name);
            show(&mut unknown.raw);
        }
        for block in self.turn.blocks.iter_mut().filter(|block| block.kind == BlockKind::Other) {
            show(&mut block.text);
        }
    }
}

fn show(text: &mut String) {
    let shown = visible(text, true);
    if shown != *text {
        *text = shown.into_owned();
    }
}
