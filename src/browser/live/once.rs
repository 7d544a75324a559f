//! Reads one response by fetch, whatever is in it.

use super::connection::{Kind, Live, Status};
use super::feed::{Feed, Sink};
use crate::engine::event_source::ReadyState;
use crate::engine::messages::event_source as words;
use crate::engine::session::Next;
use crate::engine::wire::HttpRequest;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Reads one response by fetch, whatever is in it, and does not connect again.
pub fn read_once(request: HttpRequest, sink: Sink, wake: Rc<dyn Fn()>) -> Live {
    let once = Rc::new(Once { feed: Rc::new(Feed::new(sink, wake)), is_open: Cell::new(false) });
    spawn_local(read(Rc::clone(&once), request));
    Live::new(once)
}

struct Once {
    feed: Rc<Feed>,
    is_open: Cell<bool>,
}

impl Kind for Once {
    fn status(&self) -> Status {
        let ready_state = match (self.feed.is_over(), self.is_open.get()) {
            (true, _) => ReadyState::Closed,
            (false, true) => ReadyState::Open,
            (false, false) => ReadyState::Connecting,
        };
        Status { stopped: self.feed.stopped(), ..Status::new(ready_state) }
    }

    fn stop(&self) {
        self.feed.abort();
        self.feed.cancel();
    }
}

async fn read(once: Rc<Once>, request: HttpRequest) {
    let feed = &once.feed;
    feed.tell(|sink, at| sink.requested(&request, at));
    // Closed before this task had its first turn: nothing goes out.
    if feed.is_over() {
        return;
    }
    let read = async {
        let (fetch, head) = feed.open(&request).await?;
        once.is_open.set(true);
        if head.is_redirect() {
            feed.fail(words::REDIRECTED);
        }
        feed.read(fetch, |_, _| Next::More).await
    };
    match read.await {
        // What was broken off since nothing more was wanted is no loss.
        Err(error) if !feed.has_enough() => feed.fail(&error.to_string()),
        Ok(()) | Err(_) => feed.complete(),
    }
}
