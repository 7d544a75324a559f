//! [`Loader`] waits for lazy parts and tells the page how far they are.

use leptos::prelude::*;
use leptos::task::spawn_local;
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
}

impl Default for Loader {
    fn default() -> Loader {
        Loader { state: RwSignal::new(LoadState::Idle) }
    }
}

impl Loader {
    /// Waits for what a part does, and sets the state while it is being fetched and where it cannot be.
    pub fn load<E: 'static>(self, part: impl Future<Output = Result<(), E>> + 'static) {
        let mut part = Box::pin(part);
        // A part that is there has done it now.
        if let Poll::Ready(outcome) = part.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return self.finish(outcome.is_ok());
        }
        self.state.set(LoadState::Loading);
        spawn_local(async move { self.finish(part.await.is_ok()) });
    }

    /// Sets the state once a part is there or could not be fetched.
    pub fn finish(self, is_there: bool) {
        let state = if is_there { LoadState::Idle } else { LoadState::Failed };
        if self.state.get_untracked() != state {
            self.state.set(state);
        }
    }
}
