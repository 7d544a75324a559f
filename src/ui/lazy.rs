//! Lazy parts are modules of wasm that are fetched when the page is idle, or when somebody wants what they do.
//!
//! More than half of the page is not needed for its first screen. Each part is a function behind [`lazy_part!`], in the
//! folder that it is about: whatever only such a function calls is in its part (xtask/src/postbuild/split.rs). The first
//! load calls nothing else of them, since whatever it calls is in the first load.

use crate::browser::stylesheet;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
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

/// Reports that a part of the page could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartMissing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for PartMissing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> PartMissing {
        PartMissing
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

/// Calls `show` once the stylesheet of dialogs, menus and the history is there, which nothing that a question needs is drawn by:
/// at once from the second time on.
pub(super) fn with_panel_styles(show: impl FnOnce() + 'static) {
    /// Names the stylesheet as long as it was not asked for. The build writes it; a page that was not built has its rules already.
    const NAME: &str = "meta[name=panel-styles]";
    let document = document();
    let meta = document.query_selector(NAME).ok().flatten();
    let address = meta.as_ref().and_then(|meta| meta.get_attribute("content"));
    let Some(applied) = address.and_then(|address| stylesheet::apply(&document, &address).ok()) else {
        return show();
    };
    spawn_local(async move {
        applied.await;
        // What is asked for meanwhile waits as well.
        if let Some(meta) = meta {
            meta.remove();
        }
        show();
    });
}

/// Returns whether the person has asked the browser to fetch no more than is needed.
pub(super) fn saves_data(window: &Window) -> bool {
    let connection = Reflect::get(&window.navigator(), &"connection".into());
    connection.is_ok_and(|connection| {
        Reflect::get(&connection, &"saveData".into()).is_ok_and(|saves| saves.is_truthy())
    })
}

/// Calls `act` when the page was painted once and has nothing else to do.
pub(super) fn when_idle(window: &Window, act: impl FnOnce() + 'static) {
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

/// Milliseconds behind the first frame after which a page counts as idle, where the browser has no idle callbacks.
const SOON: i32 = 200;
