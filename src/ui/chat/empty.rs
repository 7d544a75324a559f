//! What is there before the first question.

use crate::ui::el::{El, button, el};
use crate::ui::later::Wish;
use crate::ui::parts::{Icon, icon};
use crate::ui::state::{App, Origin};
use leptos::prelude::*;

const EXAMPLES: [&str; 3] = [
    "Explain how rain forms, to a ten-year-old.",
    "Write a haiku about waiting for an answer.",
    "Compare TCP and UDP in a small table.",
];

pub(super) fn empty(app: App) -> El {
    let examples = EXAMPLES
        .into_iter()
        .map(|example| button("example", &[], move || app.suggest(example)).text(example));
    el("section", "empty")
        .child(el("h2", "").text("Ask a model, and watch the answer arrive."))
        .child(el("p", "").text(
            "This page talks straight to the model you choose, hosted or on your own machine. There is no server in between.",
        ))
        .live_child(move || start(app))
        .child(el("div", "examples").children(examples))
}

fn start(app: App) -> Option<El> {
    let play = |class| button(class, &[("data-testid", "play-sample")], move || app.wish(Wish::Play));
    match app.origin.get() {
        Origin::Unknown => None,
        Origin::Default => {
            let sample = play("card").child(icon(Icon::Play)).child(card_text(
                "Play a sample",
                "A recorded answer at the pace at which it came. Needs no model.",
            ));
            let connect = button("card", &[], move || app.wish(Wish::Settings))
                .child(icon(Icon::Settings))
                .child(card_text(
                    "Connect a model",
                    "Ollama, llama.cpp, LM Studio, vLLM, or a provider with your key.",
                ));
            Some(el("div", "start").child(sample).child(connect))
        }
        Origin::Chosen => Some(play("link").child(icon(Icon::Play)).text("Play a recorded sample")),
    }
}

fn card_text(title: &str, words: &str) -> El {
    el("span", "card-text").child(el("strong", "").text(title)).child(el("span", "").text(words))
}
