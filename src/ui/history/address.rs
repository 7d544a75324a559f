//! The fragment of the page's address names the conversation on show, so that the browser's Back, links and a reload work.

use crate::ui::state::HistoryState;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Returns the id of the conversation that the address names; `None` for a new one.
pub(super) fn named() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    let id = fragment.strip_prefix(HistoryState::FRAGMENT)?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// Returns the address of a conversation within the page.
pub(super) fn of(id: &str) -> String {
    format!("{}{id}", HistoryState::FRAGMENT)
}

/// Names the conversation on show in the address: `None` for a new one. A step for Back is made where another one was named.
pub(super) fn name(id: Option<&str>, is_step: bool) {
    if named().as_deref() == id {
        return;
    }
    let location = window().location();
    let Ok(history) = window().history() else { return };
    // Without a fragment the address is that of the page itself.
    let address = id.map_or_else(|| location.pathname().unwrap_or_default(), of);
    let named = if is_step {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
    // In a sandboxed frame an address cannot be changed: the page goes on with the old one.
    let _ = named;
}
