//! Links open in a tab of their own, which is told nothing of this page; doubtful ones only once a person said so.

use super::toolbar::Tool;
use crate::engine::markdown::{Address, Href, LinkRisk, names_another_host};
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlAnchorElement, Url};

/// Attribute that holds a doubtful link's address: it has no `href` before somebody has said that it is to be followed,
/// since browsers connect to the host of a link as soon as it is pressed.
const HELD: &str = "data-href";

/// Makes `link` one that leads to `href`, in a tab of its own that is told nothing of this page.
pub(in crate::browser) fn aim(link: &HtmlAnchorElement, href: &str) {
    link.set_href(href);
    link.set_target("_blank");
    link.set_rel("noopener noreferrer nofollow");
    link.set_referrer_policy("no-referrer");
}

/// Returns the address of `link`, asked about or not; `None` when it is no link of the sink's.
pub(in crate::browser) fn destination(link: &Element) -> Option<String> {
    link.get_attribute(HELD).or_else(|| link.get_attribute("href"))
}

/// Makes `link` one that leads to `href`, and shows where that is. False, and it leads nowhere, when the browser cannot
/// read the address.
///
/// The host it leads to is in `data-host`, in ASCII as the browser reads the address, for the stylesheet to show: beside
/// a doubtful link always, beside others when they have the focus. A doubtful one is marked with `data-take`: following
/// it is up to [`export`](crate::browser::export), which asks.
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
    hold_or_aim(link, href.as_str(), read.risk().is_some())?;
    Ok(true)
}

/// Looks at a link again once its text is there: text that is itself another host's address makes it doubtful.
pub(super) fn read_text(link: &HtmlAnchorElement) -> Result<(), JsValue> {
    let Some(href) = destination(link) else { return Ok(()) };
    let address = Url::new(&href)?.href();
    let is_doubtful = risk(link, &Address::of(&address)).is_some();
    if is_doubtful == link.has_attribute(HELD) {
        return Ok(());
    }
    for name in ["href", "target", "rel", "referrerpolicy", HELD, "role", "tabindex", Tool::TAKEN] {
        link.remove_attribute(name)?;
    }
    hold_or_aim(link, &href, is_doubtful)
}

/// Returns the reason to ask a person about a link that leads to `address`.
pub(in crate::browser) fn risk(link: &Element, address: &Address<'_>) -> Option<Why> {
    let text = || link.text_content().unwrap_or_default();
    let by_text = || names_another_host(&text(), address.host).then_some(Why::Text);
    address.risk().map(Why::Address).or_else(by_text)
}

/// The reason for which a link is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::browser) enum Why {
    /// Its address.
    Address(LinkRisk),
    /// Its text, which is the address of another host.
    Text,
}

/// Sets what a link that is new, or was freed of its attributes, needs to be asked about or followed.
fn hold_or_aim(link: &HtmlAnchorElement, href: &str, is_doubtful: bool) -> Result<(), JsValue> {
    if is_doubtful {
        link.set_attribute(HELD, href)?;
        link.set_attribute("role", "link")?;
        link.set_attribute("tabindex", "0")?;
        link.set_attribute(Tool::TAKEN, "open")
    } else {
        aim(link, href);
        Ok(())
    }
}
