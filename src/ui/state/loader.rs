//! [`Loader`] waits for lazy parts and tells the page how far they are.

use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Tells how far the fetching of a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// Nobody waits for a part.
    Idle,
    /// Somebody waits for a part.
    Loading,
    /// A part could not be fetched. The next key, press or action tries again.
    Failed,
}

/// Waits for lazy parts that somebody wants.
#[derive(Clone, Copy, Debug)]
pub struct Loader {
    /// The state of the last one.
    pub state: RwSignal<LoadState>,
    waiting: StoredValue<u32>,
}

impl Default for Loader {
    fn default() -> Loader {
        Loader { state: RwSignal::new(LoadState::Idle), waiting: StoredValue::new(0) }
    }
}

impl Loader {
    /// Waits for what a part does, and sets the state while it is being fetched and where it cannot be.
    pub fn load<E: 'static>(self, part: impl Future<Output = Result<(), E>> + 'static) {
        self.wait(Box::pin(async move { part.await.is_ok() }));
    }

    fn wait(self, mut part: Pin<Box<dyn Future<Output = bool>>>) {
        // A part that is there has done it now.
        if let Poll::Ready(is_there) = part.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return self.finish(is_there);
        }
        self.waiting.update_value(|waiting| *waiting += 1);
        self.state.set(LoadState::Loading);
        spawn_local(async move {
            let is_there = part.await;
            self.waiting.update_value(|waiting| *waiting -= 1);
            self.finish(is_there);
        });
    }

    /// Sets the state once a part is there or could not be fetched.
    pub fn finish(self, is_there: bool) {
        let state = match is_there {
            false => LoadState::Failed,
            true if self.waiting.get_value() > 0 => LoadState::Loading,
            true => LoadState::Idle,
        };
        if self.state.get_untracked() != state {
            self.state.set(state);
        }
    }
}
