//! Where links lead: in a tab of its own, told nothing of this page, and doubtful ones only once a person said so.

use super::tools::Tool;
use crate::engine::markdown::{Address, Href};
use wasm_bindgen::JsValue;
use web_sys::HtmlAnchorElement;

/// Makes `link` one that leads to `href`, in a tab of its own that is told nothing of this page.
pub(in crate::browser) fn aim(link: &HtmlAnchorElement, href: &str) {
    link.set_href(href);
    link.set_target("_blank");
    link.set_rel("noopener noreferrer nofollow");
    link.set_referrer_policy("no-referrer");
}

/// Makes `link` one that leads to `href`, and shows where that is.
///
/// The host it leads to is in `data-host`, in ASCII as the browser reads the address, for the stylesheet to show: beside
/// a doubtful link always, beside others when they have the focus. A doubtful one is marked with `data-take`: following
/// it is up to [`take`](crate::browser::take), which asks.
pub fn lead(link: &HtmlAnchorElement, href: &Href) -> Result<(), JsValue> {
    aim(link, href.as_str());
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
