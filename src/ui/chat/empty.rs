//! What is there before the first question.

use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, button, el};
use crate::ui::lazy::Action;
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
        .children(start(app))
        .child(el("div", "examples").children(examples))
}

/// Ways to begin. They stand there before it is known whether the deployment offers a server, and stay in their places
/// when it is: nothing moves under the eye or the finger.
fn start(app: App) -> [El; 2] {
    let is_chosen = move || app.origin.with(|origin| *origin == Origin::Chosen);
    let play = |class| button(class, &[("data-testid", "play-sample")], move || app.dispatch(Action::Play));
    let sample =
        card_text("A recorded answer at the pace at which it came. Needs no model.", || "Play a sample");
    let connect = card_text("Ollama, llama.cpp, LM Studio, vLLM, or a provider with your key.", move || {
        match app.origin.get() {
            Origin::Offered => "Connect another model",
            Origin::Unknown | Origin::Default | Origin::Chosen => "Connect a model",
        }
    });
    let connect =
        button("card", &[], move || app.show_settings(None)).child(icon(Icon::Settings)).child(connect);
    let cards = el("div", "start")
        .live_flag("hidden", is_chosen)
        .child(play("card").child(icon(Icon::Play)).child(sample))
        .child(connect);
    let link = play("link").child(icon(Icon::Play)).text("Play a recorded sample");
    [cards, link.live_flag("hidden", move || !is_chosen())]
}

fn card_text(words: &str, title: impl Fn() -> &'static str + 'static) -> El {
    let title = el("strong", "").live_text(move || title().to_owned());
    el("span", "card-text").child(title).child(el("span", "").text(words))
}
