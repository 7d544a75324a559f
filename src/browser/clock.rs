//! Reads the browser's clock, the page's origin, and the state of network and tab.

use crate::engine::timestamp::Timestamp;

/// Returns the current time, counted from the page's time origin. Monotonic: no change of the wall clock moves it.
pub fn now() -> Timestamp {
    let millis = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Timestamp::from_millis(millis)
}

/// Returns the wall clock, in milliseconds since 1970. It may be wrong, and jump.
pub fn unix_millis() -> u64 {
    js_sys::Date::now() as u64
}

/// Returns the wall clock, in seconds since 1970. It may be wrong, and jump.
pub(super) fn unix_seconds() -> u64 {
    (js_sys::Date::now() / 1_000.0) as u64
}

/// Returns this page's own origin, which a local server may have to be told.
pub fn page_origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Returns the browser's opinion of the network: `true` proves nothing, `false` is reliable.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Returns whether nobody sees the page: animation frames stop then.
pub fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}
