//! What stands beside an answer's text is shown as it came from a server that nobody vouches for: without the key that was
//! sent to it, and without characters that nobody sees.

use super::fold::Fold;
use crate::engine::chat::Cause;
use crate::engine::markdown::visible;
use crate::engine::wire::BlockKind;

impl Fold {
    /// Takes the key out of the failure and of what nobody knows, and makes visible there what is not. To be called
    /// whenever the turn becomes final or has a new failure.
    pub(super) fn guard(&mut self) {
        let key = self.plan.key.as_ref();
        let guard = |text: &mut String| {
            if let Some(key) = key {
                *text = key.hidden_in(text);
            }
            let shown = visible(text, true);
            if shown != *text {
                *text = shown.into_owned();
            }
        };
        match self.turn.failure.as_mut().map(|failure| &mut failure.cause) {
            Some(Cause::Provider(error)) => {
                // A web page's lines may end as those of a letter.
                error.raw = error.raw.replace("\r\n", "\n");
                for text in [&mut error.kind, &mut error.code, &mut error.message, &mut error.raw] {
                    guard(text);
                }
            }
            Some(
                Cause::WebPage { excerpt, .. } | Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt },
            ) => guard(excerpt),
            Some(
                Cause::Unreachable
                | Cause::Redirected
                | Cause::Offline
                | Cause::Empty
                | Cause::CutOff
                | Cause::Lost
                | Cause::Silent
                | Cause::TooLarge { .. },
            )
            | None => {}
        }
        if let Some(stop) = &mut self.turn.stop {
            guard(&mut stop.wire);
            guard(&mut stop.detail);
        }
        for unknown in &mut self.turn.unknown {
            guard(&mut unknown.name);
            guard(&mut unknown.raw);
        }
        for block in self.turn.blocks.iter_mut().filter(|block| block.kind == BlockKind::Other) {
            guard(&mut block.text);
        }
    }
}
