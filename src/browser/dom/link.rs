//! Where links lead: in a tab of its own, told nothing of this page, and doubtful ones only once a person said so.

use super::tools::Tool;
use crate::engine::markdown::{Address, Href};
use wasm_bindgen::JsValue;
use web_sys::HtmlAnchorElement;

/// Makes `link` one that leads to `href`.
///
/// The host it leads to is in `data-host`, in ASCII as the browser reads the address, for the stylesheet to show: beside
/// a doubtful link always, beside others when they have the focus. A doubtful one is marked with `data-take`: following
/// it is up to [`take`](crate::browser::take), which asks.
pub fn lead(link: &HtmlAnchorElement, href: &Href) -> Result<(), JsValue> {
    link.set_href(href.as_str());
    link.set_target("_blank");
    link.set_rel("noopener noreferrer nofollow");
    link.set_referrer_policy("no-referrer");
    let read = link.href();
    let address = Address::of(&read);
    link.set_title(&read);
    if !address.host.is_empty() {
        link.set_attribute("data-host", address.host)?;
    }
    if address.doubt().is_some() {
        link.set_attribute(Tool::TAKEN, "open")?;
    }
    Ok(())
}
