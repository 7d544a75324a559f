//! Brings the turn into view in which something was found, and the place in it.

use super::keeper::Keeper;
use super::sought::Sought;
use crate::browser::timer::sleep;
use crate::engine::archive::Search;
use crate::engine::chat::TurnId;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

/// Times between the looks at where the place is: text is drawn over several frames, and what stands above moves it.
const LOOKS: [u64; 5] = [30, 60, 120, 250, 500];

/// Marks the block with the place for the stylesheet, which fades it.
const FOUND: &str = "data-found";

/// Brings a turn into view when it is sought. `tools` stand in it.
pub(super) fn reveal_when_sought(id: TurnId, keeper: Keeper, tools: NodeRef<html::Div>) {
    Effect::new(move |_| {
        let is_sought = keeper.sought.with(|sought| {
            let sought = sought.as_ref()?;
            let is_shown = keeper.shown.with(|shown| shown.as_ref() == Some(&sought.conversation));
            (sought.turn == id && is_shown).then(|| sought.clone())
        });
        let Some((sought, tools)) = is_sought.zip(tools.get()) else { return };
        let turn = tools.closest("article").ok().flatten();
        if let Some(turn) = turn {
            // Not again, when the turn comes back later.
            keeper.sought.set(None);
            spawn_local(reveal(keeper, sought, turn));
        }
    });
}

async fn reveal(keeper: Keeper, sought: Sought, turn: Element) {
    let Some(search) = Search::new(&sought.words) else { return };
    let mut marked: Option<Element> = None;
    for pause in LOOKS {
        // The page may be gone meanwhile.
        if keeper.sought.try_get_untracked().is_none() {
            return;
        }
        keeper.chat.scroll.set_following(false);
        let place = place_in(&turn, &search);
        if marked.is_none()
            && let Some(place) = &place
        {
            let _ = place.set_attribute(FOUND, "");
            marked = Some(place.clone());
        }
        place.as_ref().unwrap_or(&turn).scroll_into_view();
        sleep(Duration::from_millis(pause)).await;
    }
    if let Some(marked) = marked {
        sleep(Duration::from_secs(3)).await;
        let _ = marked.remove_attribute(FOUND);
    }
}

/// Returns the first element of the turn whose own text holds what is sought.
fn place_in(node: &Node, search: &Search) -> Option<Element> {
    let mut child = node.first_child();
    while let Some(node) = child {
        if node.has_type::<Text>() {
            let text = node.text_content().unwrap_or_default();
            if !search.places(&text).is_empty() {
                return node.parent_element();
            }
        } else if let Some(place) = place_in(&node, search) {
            return Some(place);
        }
        child = node.next_sibling();
    }
    None
}
