//! Where links lead: in a tab of its own, told nothing of this page, and doubtful ones only once a person said so.

use super::tools::Tool;
use crate::engine::markdown::{Address, Href};
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlAnchorElement, Url};

/// Where a doubtful link leads: it has no `href` before somebody has said that it is to be followed, since browsers
/// connect to the host of a link as soon as it is pressed.
const HELD: &str = "data-href";

/// Makes `link` one that leads to `href`, in a tab of its own that is told nothing of this page.
pub(in crate::browser) fn aim(link: &HtmlAnchorElement, href: &str) {
    link.set_href(href);
    link.set_target("_blank");
    link.set_rel("noopener noreferrer nofollow");
    link.set_referrer_policy("no-referrer");
}

/// Where `link` leads, asked about or not; none when it is no link of the sink's.
pub(in crate::browser) fn destination(link: &Element) -> Option<String> {
    link.get_attribute(HELD).or_else(|| link.get_attribute("href"))
}

/// Makes `link` one that leads to `href`, and shows where that is. False, and it leads nowhere, when the browser cannot
/// read the address.
///
/// The host it leads to is in `data-host`, in ASCII as the browser reads the address, for the stylesheet to show: beside
/// a doubtful link always, beside others when they have the focus. A doubtful one is marked with `data-take`: following
/// it is up to [`take`](crate::browser::take), which asks.
///
/// # Errors
/// When the document is gone.
pub fn lead(link: &HtmlAnchorElement, href: &Href) -> Result<bool, JsValue> {
    let Ok(address) = Url::new(href.as_str()).map(|address| address.href()) else { return Ok(false) };
    let read = Address::of(&address);
    link.set_title(&address);
    if !read.host.is_empty() {
        link.set_attribute("data-host", read.host)?;
    }
    if read.doubt().is_some() {
        link.set_attribute(HELD, href.as_str())?;
        link.set_attribute("role", "link")?;
        link.set_attribute("tabindex", "0")?;
        link.set_attribute(Tool::TAKEN, "open")?;
    } else {
        aim(link, href.as_str());
    }
    Ok(true)
}
