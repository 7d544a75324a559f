//! The turns on show, in an element that follows its end until the person scrolls up.

use super::acts::{Act, serve, tool};
use super::answer::{answer, attach};
use super::empty::empty;
use crate::browser::dom::tell_gone;
use crate::engine::chat::TurnId;
use crate::engine::wire::{BlockKind, Role};
use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, button, effect, el};
use crate::ui::follow::follows_end;
use crate::ui::state::{App, Place};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

pub(in crate::ui) fn transcript(app: App) -> El {
    let column = el("div", "column")
        .attrs(&[("data-testid", "transcript"), ("role", "log"), ("aria-live", "off")])
        .live_attr("aria-busy", move || Some(app.is_running.get().to_string()))
        .live_child(move || app.path.with(Vec::is_empty).then(|| empty(app)));
    let scroll =
        el("div", "scroll").attrs(&[("tabindex", "0"), ("role", "region"), ("aria-label", "Conversation")]);
    el("main", "scroller").child(follows_end(app, scroll).child(column)).live_child(move || jump(app))
}

/// Keeps the column's turns those of the path: what stands before the first difference stays as it is.
pub(in crate::ui) fn turns(app: App, column: Element) {
    let Some(owner) = Owner::current() else { return };
    let shown: Rc<RefCell<Vec<(Place, El, Owner)>>> = Rc::default();
    let known = Rc::clone(&shown);
    serve(app, &column, move |element| {
        let known = known.borrow();
        let turn = known.iter().find(|(_, turn, _)| turn.element().contains(Some(element)));
        turn.map(|(place, ..)| place.turn)
    });
    effect(Box::new(move || {
        let path = app.path.get();
        let same = shown.borrow().iter().zip(&path).take_while(|((old, ..), new)| old == *new).count();
        let gone: Vec<_> = shown.borrow_mut().drain(same..).collect();
        for (_, turn, _) in &gone {
            turn.element().remove();
        }
        if !gone.is_empty() {
            tell_gone();
        }
        drop(gone);
        for place in path.into_iter().skip(same) {
            let Some(card) = app.talk(|talk| talk.card(place.turn)) else { return };
            // The turn lives until it leaves the path, however often this effect runs.
            let owner = owner.child();
            let turn = owner.with(|| {
                untrack(|| match card.role {
                    Role::User => question(app, place),
                    Role::Assistant => answer(app, place.turn, &card),
                })
            });
            let _ = column.append_child(turn.element());
            if card.role == Role::Assistant {
                untrack(|| attach(app, place.turn, &card, turn.element()));
            }
            shown.borrow_mut().push((place, turn, owner));
        }
    }));
}

fn question(app: App, place: Place) -> El {
    let bubble = el("div", "bubble").attr("dir", "auto");
    let turn = el("article", "turn question")
        .attrs(&[("data-testid", "turn"), ("data-role", "user"), ("data-state", "complete")])
        .child(el("h2", "unseen").text("You"))
        .child(bubble);
    let more = tool("link", &[("data-testid", "show-more")], Act::More);
    if show_more(app, place.turn, turn.element()) { turn.child(more.text("Show more of it")) } else { turn }
}

/// So many bytes of a question are shown at once: a browser lays out all of a paragraph, and a person may paste a book.
const SHOWN: usize = 32 << 10;

/// Shows a further piece of a question in its turn's element. Says whether there is still more.
pub(super) fn show_more(app: App, id: TurnId, turn: &Element) -> bool {
    let Ok(Some(bubble)) = turn.query_selector(".bubble") else { return false };
    let shown = bubble.text_content().map_or(0, |text| text.len());
    let piece = app.read_turn(id, |turn| {
        let text: String = turn.blocks_of(BlockKind::Text).map(|block| block.text.as_str()).collect();
        let rest = text.get(shown..).unwrap_or_default();
        let most = &rest[..rest.floor_char_boundary(SHOWN)];
        // Whole lines, if there are any.
        let end = most.rfind('\n').filter(|_| most.len() < rest.len()).map_or(most.len(), |end| end + 1);
        let piece = &most[..end];
        (piece.to_owned(), piece.len() < rest.len())
    });
    let Some((piece, is_more)) = piece else { return false };
    if shown == 0 {
        bubble.set_text_content(Some(&piece));
    } else {
        // What is shown already is not laid out again.
        let _ = bubble.append_child(el("div", "").text(&piece).element());
    }
    is_more
}

fn jump(app: App) -> Option<El> {
    let to_end = move || {
        app.go_to_end();
        app.focus_composer();
    };
    let names = [("data-testid", "jump-to-end"), ("aria-label", "To the end"), ("title", "To the end")];
    (!app.is_following.get()).then(|| button("jump", &names, to_end).child(icon(Icon::Down)))
}
