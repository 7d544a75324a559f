//! Lazy parts: modules of wasm that are fetched when the page is idle, or when somebody wants what they do.
//!
//! More than half of the page is not needed for its first screen. Each part is a function behind [`lazy_part!`], in the
//! folder that it is about: whatever only such a function calls is in its part (xtask/src/postbuild/split.rs). The first
//! load calls nothing else of them, since whatever it calls is in the first load.

use super::chat::perform;
use super::el::listen;
use super::settings::open_settings;
use super::state::App;
use crate::engine::settings::Problem;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Window};

/// Declares a split point: an async function that fetches its part, unless it is there, and calls `$target` in it.
///
/// The first argument is the part's name. Without the feature `split` all of the page is one module, and the function is
/// called at once.
macro_rules! lazy_part {
    ($(#[$doc:meta])* $part:ident, $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) = $target:path) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// When the part could not be fetched. The next call tries again.
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $visibility fn $name($($argument: $type),*) -> Result<(), crate::ui::lazy::PartMissing> {
            $target($($argument),*);
            Ok(())
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        $visibility async fn $name($($argument: $type),*) -> Result<(), crate::ui::lazy::PartMissing> {
            $target($($argument),*);
            Ok(())
        }
    };
}
pub(super) use lazy_part;

/// A part of the page that could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartMissing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for PartMissing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> PartMissing {
        PartMissing
    }
}

/// What the part `chat` does.
#[derive(Debug)]
pub(super) enum Action {
    /// Put into the page what a question will need, before there is one.
    Prepare,
    /// Ask this, and empty the composer if it could be sent.
    Ask(String),
    Play,
    NewChat,
}

/// How far the fetching of a part is, as the page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoadState {
    /// Nobody waits for a part.
    Idle,
    /// Somebody waits for a part.
    Loading,
    /// A part could not be fetched. The next key, press or action tries again.
    Failed,
}

impl App {
    /// Performs an action, once the part that can has loaded.
    pub(super) fn dispatch(self, action: Action) {
        self.load(async move { perform(self, action).await });
    }

    /// Opens the settings, at the field with the problem if there is one, once their part has loaded.
    pub(super) fn show_settings(self, problem: Option<Problem>) {
        self.load(async move { open_settings(self, problem).await });
    }

    fn load(self, part: impl Future<Output = Result<(), PartMissing>> + 'static) {
        let mut part = Box::pin(part);
        // A part that is there has done it now.
        if let Poll::Ready(outcome) = part.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return self.loaded(outcome);
        }
        self.load_state.set(LoadState::Loading);
        spawn_local(async move { self.loaded(part.await) });
    }

    fn loaded(self, outcome: Result<(), PartMissing>) {
        let state = if outcome.is_ok() { LoadState::Idle } else { LoadState::Failed };
        if self.load_state.get_untracked() != state {
            self.load_state.set(state);
        }
    }

    /// Fetches in time what a question needs, so that nobody waits for it: once the page was painted and has nothing else to
    /// do, and else with the first key or press.
    pub(super) fn fetch_in_time(self, window: &Window) {
        let prefetch = StoredValue::new(Prefetch::NotYet);
        for event in ["pointerdown", "keydown", "input"] {
            listen(window, event, Box::new(move |_| self.prefetch(prefetch, Prefetch::Wanted)));
        }
        if !saves_data(window) {
            when_idle(window, move || self.prefetch(prefetch, Prefetch::Ahead));
        }
    }

    fn prefetch(self, prefetch: StoredValue<Prefetch>, why: Prefetch) {
        match (prefetch.get_value(), why) {
            (Prefetch::NotYet, _) => {}
            // Somebody wants now what was fetched ahead: they should know if it does not come.
            (Prefetch::Ahead, Prefetch::Wanted) => return prefetch.set_value(why),
            (Prefetch::Ahead | Prefetch::Wanted | Prefetch::Done, _) => return,
        }
        prefetch.set_value(why);
        spawn_local(async move {
            let is_there = perform(self, Action::Prepare).await.is_ok();
            // Without it the next sign of a person tries again.
            let why = prefetch.get_value();
            prefetch.set_value(if is_there { Prefetch::Done } else { Prefetch::NotYet });
            let is_told = self.load_state.get_untracked() == LoadState::Failed;
            if is_there && is_told {
                self.load_state.set(LoadState::Idle);
            } else if !is_there && !is_told && why == Prefetch::Wanted {
                self.load_state.set(LoadState::Failed);
            }
        });
    }
}

/// Applies the stylesheets of what parts draw. The document has them fetched last and applies none of them by itself, so that
/// the first paint waits for no rule that it does not need.
pub(super) fn apply_waiting_styles() {
    let Ok(links) = document().query_selector_all("link[rel=stylesheet][media='not all']") else { return };
    for link in (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<Element>().ok()) {
        let _ = link.remove_attribute("media");
    }
}

/// Whether what a question needs is being fetched before there is one, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefetch {
    NotYet,
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
