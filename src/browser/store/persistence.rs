//! Asks the browser not to clear the page's storage when it runs out of room.

use wasm_bindgen_futures::JsFuture;

/// Asks the browser to keep what is stored (Storage Standard, "persist"), and returns whether it does; `None` where it cannot be asked.
/// Some browsers ask the person.
pub async fn ask_to_persist() -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    JsFuture::from(storage.persist().ok()?).await.ok()?.as_bool()
}
