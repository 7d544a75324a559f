//! The border between the first load and the rest of the page.
//!
//! What a question, a recording and the settings need is more than half of the page. It is a part of the wasm of its
//! own (feature `split`), which is fetched once the page was painted and is idle, or else when the person first touches
//! the page, and has come before the question is typed. The first load asks for it by a [`Wish`], and calls nothing of it by another way: whatever it calls is
//! in the first load.

use super::el::listen;
use super::state::App;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

/// What only the rest of the page can do.
#[derive(Debug)]
pub(super) enum Wish {
    /// Put into the page what a question will need, before there is one.
    Prepare,
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

    /// Fetches the rest of the page in time, so that nobody waits for it: once the page was painted and has nothing else
    /// to do, and else with the first key or press.
    pub(super) fn fetch_in_time(self, window: &Window) {
        let fetching = StoredValue::new(Fetching::No);
        for event in ["pointerdown", "keydown", "input"] {
            listen(window, event, Box::new(move |_| self.begin_fetch(fetching, Fetching::Wanted)));
        }
        if !saves_data(window) {
            when_idle(window, move || self.begin_fetch(fetching, Fetching::Ahead));
        }
    }

    fn begin_fetch(self, fetching: StoredValue<Fetching>, why: Fetching) {
        match (fetching.get_value(), why) {
            (Fetching::No, _) => {}
            // Somebody wants now what was fetched ahead: they should know if it does not come.
            (Fetching::Ahead, Fetching::Wanted) => return fetching.set_value(why),
            (Fetching::Ahead | Fetching::Wanted | Fetching::Done, _) => return,
        }
        fetching.set_value(why);
        spawn_local(async move {
            let is_there = grant(self, Wish::Prepare).await.is_ok();
            // Without it the next sign of a person tries again.
            let why = fetching.get_value();
            fetching.set_value(if is_there { Fetching::Done } else { Fetching::No });
            let is_told = self.rest.get_untracked() == Rest::Missing;
            if is_there && is_told {
                self.rest.set(Rest::Away);
            } else if !is_there && !is_told && why == Fetching::Wanted {
                self.rest.set(Rest::Missing);
            }
        });
    }
}

/// Whether the rest of the page is being fetched, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fetching {
    No,
    /// Nobody has asked for it yet, and nobody is told if it fails.
    Ahead,
    /// A person has touched the page.
    Wanted,
    Done,
}

/// Whether the person has asked the browser to fetch no more than is needed.
fn saves_data(window: &Window) -> bool {
    let connection = Reflect::get(&window.navigator(), &"connection".into());
    connection.is_ok_and(|connection| {
        Reflect::get(&connection, &"saveData".into()).is_ok_and(|saves| saves.is_truthy())
    })
}

/// Calls `act` when the page was painted once and has nothing else to do.
fn when_idle(window: &Window, act: impl FnOnce() + 'static) {
    let idle = window.clone();
    let painted = Closure::once_into_js(move || {
        let act = Closure::once_into_js(act);
        let act = act.unchecked_ref();
        // WebKit has no idle callbacks.
        if idle.request_idle_callback(act).is_err() {
            let _ = idle.set_timeout_with_callback_and_timeout_and_arguments_0(act, SOON);
        }
    });
    let _ = window.request_animation_frame(painted.unchecked_ref());
}

/// Milliseconds behind the first frame after which a page counts as idle where the browser does not tell.
const SOON: i32 = 200;

#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(rest, fallible)]
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
