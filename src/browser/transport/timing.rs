//! Reads the browser's own times of a request (W3C Resource Timing).

use crate::engine::tape::Timing;
use crate::engine::timestamp::Timestamp;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Returns the phases of the request to `url` that went out at `started`, as times since `origin`; `None` where the browser
/// keeps none (it keeps 250 for a page). To be called when the body is over. A server of another origin shows no more than the
/// beginning and the end, unless it sends `timing-allow-origin`.
pub(in crate::browser) fn timing(url: &str, started: Timestamp, origin: Timestamp) -> Option<Timing> {
    let performance = web_sys::window()?.performance()?;
    let entry = performance.get_entries_by_name_with_entry_type(url, "resource").pop();
    let member = |name: &str| Reflect::get(&entry, &JsValue::from_str(name)).ok();
    // What did not happen, or is not told, is 0.
    let number = |name: &str| member(name)?.as_f64().filter(|number| *number > 0.0);
    let time = |name: &str| {
        number(name).map(|millis| Timestamp::from_millis(millis).micros().saturating_sub(origin.micros()))
    };
    let size = |name: &str| number(name).map(|bytes| bytes as u64);
    // The last one of that address may be of a request before.
    if Timestamp::from_millis(number("startTime")?) < started {
        return None;
    }
    Some(Timing {
        fetch_start: time("fetchStart"),
        domain_lookup_start: time("domainLookupStart"),
        domain_lookup_end: time("domainLookupEnd"),
        connect_start: time("connectStart"),
        secure_connection_start: time("secureConnectionStart"),
        connect_end: time("connectEnd"),
        request_start: time("requestStart"),
        response_start: time("responseStart"),
        response_end: time("responseEnd"),
        transfer_size: size("transferSize"),
        encoded_body_size: size("encodedBodySize"),
        decoded_body_size: size("decodedBodySize"),
        next_hop_protocol: member("nextHopProtocol")
            .and_then(|name| name.as_string())
            .filter(|name| !name.is_empty()),
    })
}
