//! The line of numbers under an answer, and all of them with what they mean. What is not known is `n/a`.

use crate::engine::meter::{Numbers, Speed};
use crate::ui::el::{El, button, el};
use crate::ui::format::{count, millis, rate, seconds};
use crate::ui::parts::{Icon, icon};
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

/// A figure: its name for tests and styles, its label, its definition, whether it stands in the line under the answer,
/// how it is read.
struct Figure {
    name: &'static str,
    label: &'static str,
    definition: &'static str,
    is_in_line: bool,
    read: fn(&Numbers) -> Option<String>,
}

const FIGURES: [Figure; 13] = [
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
    Figure {
        name: "elapsed",
        label: "Total",
        definition: "Time from the request to the end of the answer, or to now",
        is_in_line: true,
        read: |numbers| Some(seconds(numbers.elapsed)),
    },
];

/// The line under an answer.
pub(super) fn numbers(figures: RwSignal<Numbers>) -> El {
    let in_line = FIGURES.into_iter().filter(|figure| figure.is_in_line);
    el("div", "numbers").attr("data-testid", "numbers").children(in_line.map(|figure| {
        el("span", "figure")
            .attr("title", figure.definition)
            .child(el("span", "label").text(figure.label))
            .child(number("span", &figure, figures).attr("title", figure.definition))
    }))
}

/// A button for all of the numbers, in a dialog that goes on counting: no keyboard and no finger reaches a title.
pub(super) fn about_numbers(figures: RwSignal<Numbers>) -> El {
    let is_open = RwSignal::new(false);
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
    let dialog = dialog
        .on("close", move |_| is_open.set(false))
        .live_child(move || is_open.get().then(|| all(figures, close.clone())));
    let open = move || {
        is_open.set(true);
        if let Some(dialog) = &element {
            let _ = dialog.show_modal();
        }
    };
    let names = [("data-testid", "about-numbers"), ("aria-label", TITLE), ("title", TITLE)];
    el("span", "").child(button("icon-button small", &names, open).child(icon(Icon::About))).child(dialog)
}

const TITLE: &str = "All numbers of this answer";

fn all(figures: RwSignal<Numbers>, close: impl Fn() + 'static) -> El {
    let closing = [("aria-label", "Close"), ("title", "Close (Esc)"), ("data-testid", "close-numbers")];
    let head = el("header", "notice-head")
        .child(el("h2", "").text("All numbers"))
        .child(button("icon-button", &closing, close).child(icon(Icon::Close)));
    let rows = FIGURES.into_iter().map(|figure| {
        el("div", "")
            .child(el("dt", "").text(figure.label))
            .child(number("dd", &figure, figures))
            .child(el("dd", "definition").text(figure.definition))
    });
    el("div", "").child(head).child(el("dl", "all-numbers").children(rows))
}

fn number(tag: &str, figure: &Figure, figures: RwSignal<Numbers>) -> El {
    let read = figure.read;
    el(tag, "")
        .attr("data-number", figure.name)
        .live_text(move || figures.with(read).unwrap_or_else(|| "n/a".to_owned()))
}
