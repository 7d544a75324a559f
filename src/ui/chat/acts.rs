//! What presses inside the transcript do. One listener serves all turns: a conversation of hundreds has no more listeners
//! than one of two.

use super::numbers::show_numbers;
use super::outcome::problem;
use super::transcript::show_more;
use crate::browser::clipboard;
use crate::browser::dom::{Copied, Pressed, press};
use crate::engine::chat::{Turn, TurnId};
use crate::ui::el::{El, el, listen};
use crate::ui::state::App;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What a button under an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    TryNow,
    Copy,
    Numbers,
    Retry,
    /// Lets a provider that paused go on.
    GoOn,
    /// Shows the answer to the same question before this one, or behind it.
    Before,
    After,
    Settings,
    /// Shows more of a long question.
    More,
}

impl Act {
    const ALL: [Act; 9] = [
        Act::TryNow,
        Act::Copy,
        Act::Numbers,
        Act::Retry,
        Act::GoOn,
        Act::Before,
        Act::After,
        Act::Settings,
        Act::More,
    ];
    /// The attribute of a button that says what it does.
    const ATTRIBUTE: &str = "data-act";

    fn name(self) -> &'static str {
        match self {
            Act::TryNow => "try-now",
            Act::Copy => "copy",
            Act::Numbers => "numbers",
            Act::Retry => "retry",
            Act::GoOn => "go-on",
            Act::Before => "before",
            Act::After => "after",
            Act::Settings => "settings",
            Act::More => "more",
        }
    }
}

/// A button of a turn, without a listener of its own.
pub(super) fn tool(class: &str, attributes: &[(&str, &str)], act: Act) -> El {
    el("button", class).attr("type", "button").attrs(attributes).attr(Act::ATTRIBUTE, act.name())
}

/// Serves all buttons in `column`. `turn_of` finds the turn that an element stands in.
pub(super) fn serve(app: App, column: &Element, turn_of: impl Fn(&Element) -> Option<TurnId> + 'static) {
    let clicked = move |event: Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if let Some(pressed) = press(&target) {
            // The link of a footnote leads nowhere by itself.
            event.prevent_default();
            if let Pressed::Copy(Copied { button, text }) = pressed {
                copy(button, text);
            }
        } else if let Some((button, act)) = button_of(&target)
            && let Some(id) = turn_of(&button)
        {
            app.act(id, act, button);
        }
    };
    listen(column, "click", Box::new(clicked));
    for (event, words) in [
        (clipboard::COPIED, "Copied"),
        (clipboard::REFUSED, "Copying was refused: select the text and press Ctrl+C"),
    ] {
        listen(column, event, Box::new(move |_| app.announcement.set(words.to_owned())));
    }
}

fn button_of(target: &Element) -> Option<(Element, Act)> {
    let button = target.closest(&format!("[{}]", Act::ATTRIBUTE)).ok()??;
    let name = button.get_attribute(Act::ATTRIBUTE)?;
    Act::ALL.into_iter().find(|act| act.name() == name).map(|act| (button, act))
}

fn copy(button: Element, text: String) {
    spawn_local(async move { clipboard::put_for(&button, &text).await });
}

impl App {
    fn act(self, id: TurnId, act: Act, button: Element) {
        match act {
            Act::TryNow => self.hurry(),
            Act::Copy => copy(button, self.read_turn(id, Turn::words).unwrap_or_default()),
            Act::Numbers => {
                if let Some(card) = self.talk(|talk| talk.card(id)) {
                    show_numbers(self, &card, &button);
                }
            }
            Act::Retry => self.retry(id),
            Act::GoOn => self.go_on(id),
            Act::Before | Act::After => {
                let siblings = self.talk(|talk| talk.conversation.siblings(id));
                let at = siblings.iter().position(|sibling| *sibling == id);
                let to =
                    at.and_then(|at| if act == Act::After { at.checked_add(1) } else { at.checked_sub(1) });
                if let Some(to) = to.and_then(|to| siblings.get(to).copied()) {
                    self.show(to);
                }
            }
            Act::Settings => self.show_settings(problem(self, id)),
            Act::More => {
                if let Some(turn) = button.parent_element()
                    && !show_more(self, id, &turn)
                {
                    button.remove();
                    self.focus_composer();
                }
            }
        }
    }
}
