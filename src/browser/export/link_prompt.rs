//! The link prompt asks before a doubtful link is followed: it shows where the link leads and why it asks.

use crate::browser::dom::{Why, aim, destination, risk};
use crate::engine::markdown::{Address, LinkRisk};
use crate::engine::messages::prose as words;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlDialogElement, Url};

/// Opens a dialog about `link`. Escape and the way back are the browser's own.
pub(super) fn ask(link: &HtmlAnchorElement) -> Result<(), JsValue> {
    let Some(href) = destination(link) else { return Ok(()) };
    let href = Url::new(&href)?.href();
    let address = Address::of(&href);
    let Some((document, why)) = link.owner_document().zip(risk(link, &address)) else { return Ok(()) };
    if let Some(last) = document.query_selector(".leave")? {
        last.remove();
    }
    let new = |parent: &Element, tag: &str, class: &str, text: &str| -> Result<Element, JsValue> {
        let node = document.create_element(tag)?;
        node.set_class_name(class);
        node.set_text_content(Some(text));
        parent.append_child(&node)?;
        Ok(node)
    };
    let Some(body) = document.body() else { return Ok(()) };
    let dialog = new(&body, "dialog", "notice leave", "")?;
    dialog.set_attribute("aria-label", words::LINK_QUESTION)?;
    dialog.set_attribute("data-testid", "leave")?;
    new(&dialog, "h2", "", words::LINK_QUESTION)?;
    let shown = new(&dialog, "p", "leave-address", address.before)?;
    new(&shown, "strong", "", address.host)?;
    shown.append_child(&document.create_text_node(address.after))?;
    new(&dialog, "p", "", reason(why))?;
    let answers = new(&dialog, "p", "leave-answers", "")?;
    let stay = new(&answers, "button", "button", words::LINK_STAY)?;
    stay.set_attribute("type", "button")?;
    stay.set_attribute("autofocus", "")?;
    aim(new(&answers, "a", "button quiet", words::LINK_OPEN)?.unchecked_ref(), &href);
    dialog.unchecked_into::<HtmlDialogElement>().show_modal()
}

/// Closes the dialog that an answer was given in, by a click on one of them or beside the dialog.
pub(super) fn answered(event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if target.matches(".leave, .leave a, .leave button").unwrap_or(false)
        && let Ok(Some(dialog)) = target.closest(".leave")
    {
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::Text => words::LINK_TEXT,
        Why::Address(LinkRisk::User) => words::LINK_USER,
        Why::Address(LinkRisk::Letters) => words::LINK_LETTERS,
        Why::Address(LinkRisk::Place) => words::LINK_PLACE,
        Why::Address(LinkRisk::Query) => words::LINK_QUERY,
    }
}
