//! The line of numbers under an answer, and all of them with what they mean, where what is not known is `n/a`.

use super::acts::{Act, tool};
use crate::engine::chat::TurnState;
use crate::engine::meter::{Numbers, Speed};
use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, button, el};
use crate::ui::format::{count, millis, rate, seconds};
use crate::ui::state::App;
use crate::ui::talk::Card;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{Element, HtmlDialogElement};

/// A figure: its name for tests and styles, its label, its definition, whether it stands in the line under the answer,
/// how it is read.
struct Figure {
    name: &'static str,
    label: &'static str,
    definition: &'static str,
    is_in_line: bool,
    read: fn(&Numbers) -> Option<String>,
}

const TOTAL: &str = "elapsed";

const FIGURES: [Figure; 13] = [
    Figure {
        name: TOTAL,
        label: "Total",
        definition: "Time from the request to the end of the answer, or to now",
        is_in_line: true,
        read: |numbers| Some(seconds(numbers.elapsed)),
    },
    Figure {
        name: "ttfb",
        label: "First byte",
        definition: "Time to first byte: from the request to the first byte of the answer's body",
        is_in_line: false,
        read: |numbers| numbers.ttfb.map(seconds),
    },
    Figure {
        name: "ttft",
        label: "First",
        definition: "Time to first token: from the request to the first visible text, reasoning included",
        is_in_line: true,
        read: |numbers| numbers.ttft.map(seconds),
    },
    Figure {
        name: "ttfo",
        label: "First of the answer",
        definition: "Time to first output: from the request to the first visible text that is not reasoning",
        is_in_line: false,
        read: |numbers| numbers.ttfo.map(seconds),
    },
    Figure {
        name: "speed",
        label: "Speed",
        definition: "Speed of writing: output tokens as the server counts them, less one, over the time from the first to the last visible text; events per second while no count is known",
        is_in_line: true,
        read: |numbers| {
            numbers.speed.map(|speed| match speed {
                Speed::Tokens(per_second) => format!("{} tok/s", rate(per_second)),
                Speed::Deltas(per_second) => format!("{} ev/s", rate(per_second)),
            })
        },
    },
    Figure {
        name: "tpot",
        label: "Per token",
        definition: "Time per output token: from the first to the last visible text, over the output tokens less one",
        is_in_line: false,
        read: |numbers| numbers.tpot.map(millis),
    },
    Figure {
        name: "longest-gap",
        label: "Longest gap",
        definition: "The longest pause between two events with visible text",
        is_in_line: false,
        read: |numbers| numbers.longest_gap.map(millis),
    },
    Figure {
        name: "tokens-in",
        label: "In",
        definition: "Tokens of the prompt as the server counts them, cached ones included",
        is_in_line: true,
        read: |numbers| numbers.tokens_in.map(count),
    },
    Figure {
        name: "tokens-out",
        label: "Out",
        definition: "Tokens of the answer as the server counts them, reasoning included",
        is_in_line: true,
        read: |numbers| numbers.tokens_out.map(count),
    },
    Figure {
        name: "tokens-reasoning",
        label: "Reasoning",
        definition: "Tokens of the answer that the server spent on reasoning",
        is_in_line: false,
        read: |numbers| numbers.tokens_reasoning.map(count),
    },
    Figure {
        name: "tokens-cached",
        label: "Cached",
        definition: "Tokens of the prompt that the server read from its cache",
        is_in_line: true,
        read: |numbers| numbers.tokens_cached.map(count),
    },
    Figure {
        name: "events",
        label: "Events",
        definition: "Events with visible text",
        is_in_line: false,
        read: |numbers| Some(count(numbers.deltas)),
    },
    Figure {
        name: "bytes",
        label: "Received",
        definition: "Bytes of the answer's body, as the browser hands them on: without compression",
        is_in_line: false,
        read: |numbers| Some(format!("{} B", count(numbers.bytes))),
    },
];

/// The line under an answer: what is known. Of one that failed it is only how long that took, if the server sent anything.
pub(super) fn numbers(figures: RwSignal<Numbers>, state: RwSignal<TurnState>) -> El {
    let in_line = FIGURES.into_iter().filter(|figure| figure.is_in_line);
    el("div", "numbers").attr("data-testid", "numbers").children(in_line.map(|figure| {
        let read = figure.read;
        let is_total = figure.name == TOTAL;
        let shown = move || {
            let has_place = !is_error(state.get()) || is_total && figures.with(|numbers| 0 < numbers.bytes);
            if has_place { figures.with(read) } else { None }
        };
        el("span", "figure")
            .attr("title", figure.definition)
            .live_flag("hidden", move || shown().is_none())
            .child(el("span", "label").text(figure.label))
            .child(
                el("span", "")
                    .attr("data-number", figure.name)
                    .attr("title", figure.definition)
                    .live_text(move || shown().unwrap_or_default()),
            )
    }))
}

/// Whether an answer's outcome is an error, told in a box with its own button to try again.
pub(super) fn is_error(state: TurnState) -> bool {
    match state {
        TurnState::Failed | TurnState::Interrupted => true,
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Complete
        | TurnState::Stopped
        | TurnState::Truncated
        | TurnState::Filtered
        | TurnState::Paused
        | TurnState::Halted => false,
    }
}

/// A button for all of the numbers: no keyboard and no finger reaches a title.
pub(super) fn about_numbers() -> El {
    let names = [("data-testid", "about-numbers"), ("aria-label", TITLE), ("title", TITLE)];
    tool("icon-button small", &names, Act::Numbers).child(icon(Icon::About))
}

/// Shows all of an answer's numbers in a dialog behind `button`, which goes on counting. It is made anew each time: there is
/// none that nobody looks at.
pub(super) fn show_numbers(app: App, card: &Card, button: &Element) {
    let Some(owner) = app.with(|core| core.page.as_ref().map(|(_, page)| page.child())) else { return };
    let kept = Rc::new(Cell::new(None));
    let closed = Rc::clone(&kept);
    let dialog = owner.with(|| {
        let figures: RwSignal<Numbers> = card.numbers.clone().into();
        let dialog = el("dialog", "notice").attrs(&[
            ("data-testid", "all-numbers"),
            ("aria-label", TITLE),
            ("closedby", "any"),
        ]);
        let element = dialog.as_a::<HtmlDialogElement>();
        let closing = element.clone();
        let close = move || {
            if let Some(dialog) = &closing {
                dialog.close();
            }
        };
        dialog
            .on("close", move |_| {
                if let Some(dialog) = &element {
                    dialog.remove();
                }
                // The dialog's signals and listeners, this one too.
                drop(closed.take());
            })
            .child(all(figures, close))
    });
    kept.set(Some(owner));
    let _ = button.after_with_node_1(dialog.element());
    if let Some(dialog) = dialog.as_a::<HtmlDialogElement>() {
        let _ = dialog.show_modal();
    }
}

const TITLE: &str = "All numbers of this answer";

fn all(figures: RwSignal<Numbers>, close: impl Fn() + 'static) -> El {
    let closing = [("aria-label", "Close"), ("title", "Close (Esc)"), ("data-testid", "close-numbers")];
    let head = el("header", "notice-head")
        .child(el("h2", "").text("All numbers"))
        .child(button("icon-button", &closing, close).child(icon(Icon::Close)));
    let rows = FIGURES.into_iter().map(|figure| {
        let read = figure.read;
        el("div", "")
            .child(el("dt", "").text(figure.label))
            .child(
                el("dd", "")
                    .attr("data-number", figure.name)
                    .live_text(move || figures.with(read).unwrap_or_else(|| "n/a".to_owned())),
            )
            .child(el("dd", "definition").text(figure.definition))
    });
    el("div", "").child(head).child(el("dl", "all-numbers").children(rows))
}
