//! The line of numbers under an answer. Each says in its title how it is defined; what is not known is `n/a`.

use crate::engine::meter::{Numbers, Speed};
use crate::ui::el::{El, el};
use crate::ui::format::{count, rate, seconds};
use leptos::prelude::*;

/// A figure: its name for tests and styles, its label, its definition, how it is read.
struct Figure {
    name: &'static str,
    label: &'static str,
    definition: &'static str,
    read: fn(&Numbers) -> Option<String>,
}

const FIGURES: [Figure; 6] = [
    Figure {
        name: "ttft",
        label: "First",
        definition: "Time to first token: from the request to the first visible text, reasoning included",
        read: |numbers| numbers.ttft.map(seconds),
    },
    Figure {
        name: "speed",
        label: "Speed",
        definition: "Speed of writing: output tokens as the server counts them, less one, over the time from the first to the last visible text; events per second while no count is known",
        read: |numbers| {
            numbers.speed.map(|speed| match speed {
                Speed::Tokens(per_second) => format!("{} tok/s", rate(per_second)),
                Speed::Deltas(per_second) => format!("{} ev/s", rate(per_second)),
            })
        },
    },
    Figure {
        name: "tokens-in",
        label: "In",
        definition: "Tokens of the prompt as the server counts them, cached ones included",
        read: |numbers| numbers.tokens_in.map(count),
    },
    Figure {
        name: "tokens-out",
        label: "Out",
        definition: "Tokens of the answer as the server counts them, reasoning included",
        read: |numbers| numbers.tokens_out.map(count),
    },
    Figure {
        name: "tokens-cached",
        label: "Cached",
        definition: "Tokens of the prompt that the server read from its cache",
        read: |numbers| numbers.tokens_cached.map(count),
    },
    Figure {
        name: "elapsed",
        label: "Total",
        definition: "Time from the request to the end of the answer, or to now",
        read: |numbers| Some(seconds(numbers.elapsed)),
    },
];

pub(super) fn numbers(figures: RwSignal<Numbers>) -> El {
    el("div", "numbers").attr("data-testid", "numbers").children(FIGURES.into_iter().map(
        |Figure { name, label, definition, read }| {
            let number = el("span", "")
                .attrs(&[("data-number", name), ("title", definition)])
                .live_text(move || figures.with(read).unwrap_or_else(|| "n/a".to_owned()));
            el("span", "figure")
                .attr("title", definition)
                .child(el("span", "label").text(label))
                .child(number)
        },
    ))
}
