//! The border between the first load and the rest of the page.
//!
//! What a question, a recording and the settings need is more than half of the page. It is a part of the wasm of its
//! own (feature `split`), which is fetched when the person first touches the page, and has come before the question
//! is typed. The first load asks for it by a [`Wish`], and calls nothing of it by another way: whatever it calls is
//! in the first load.

use super::el::listen;
use super::state::App;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Window;

/// What only the rest of the page can do.
#[derive(Debug)]
pub(super) enum Wish {
    /// Ask this, and empty the composer if it could be sent.
    Ask(String),
    Play,
    Stop,
    NewChat,
    Settings,
}

/// How it stands with the rest of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nobody waits for it.
    Away,
    /// Somebody waits for it.
    Awaited,
    /// It could not be fetched. The next key, press or wish tries again.
    Missing,
    /// It is there.
    There,
}

impl App {
    /// Does it, once what can do it is there.
    pub(super) fn wish(self, wish: Wish) {
        if self.rest.get_untracked() != Rest::There {
            self.rest.set(Rest::Awaited);
        }
        spawn_local(async move {
            let rest = if grant(self, wish).await.is_ok() { Rest::There } else { Rest::Missing };
            if self.rest.get_untracked() != rest {
                self.rest.set(rest);
            }
        });
    }

    /// Fetches the rest of the page at the first sign of a person, so that nobody waits for it.
    pub(super) fn fetch_in_time(self, window: &Window) {
        let begun = StoredValue::new(false);
        for event in ["pointerdown", "keydown", "input"] {
            let fetch = move |_| {
                if !begun.get_value() {
                    begun.set_value(true);
                    spawn_local(async move {
                        // Without it the next sign tries again. Who is about to write should know.
                        let is_there = fetch().await.is_ok();
                        begun.set_value(is_there);
                        if is_there == (self.rest.get_untracked() == Rest::Missing) {
                            self.rest.set(if is_there { Rest::Away } else { Rest::Missing });
                        }
                    });
                }
            };
            listen(window, event, Box::new(fetch));
        }
    }
}

#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(rest, fallible, preload(fetch))]
fn grant(app: App, wish: Wish) -> Result<(), wasm_split_helpers::SplitLoaderError> {
    super::rest::grant(app, wish);
    Ok(())
}

/// Without the split everything is there from the beginning.
#[cfg(not(feature = "split"))]
async fn grant(app: App, wish: Wish) -> Result<(), ()> {
    super::rest::grant(app, wish);
    Ok(())
}

#[cfg(not(feature = "split"))]
async fn fetch() -> Result<(), ()> {
    Ok(())
}
