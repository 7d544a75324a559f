//! What is there before the first question.

use crate::ui::parts::{Icon, icon};
use crate::ui::settings::open_settings;
use crate::ui::state::{App, Origin};
use leptos::prelude::*;

const EXAMPLES: [&str; 3] = [
    "Explain how rain forms, to a ten-year-old.",
    "Write a haiku about waiting for an answer.",
    "Compare TCP and UDP in a small table.",
];

pub(super) fn empty(app: App) -> impl IntoView {
    let examples = EXAMPLES.map(|example| {
        view! { <button type="button" class="example" on:click=move |_| app.suggest(example)>{example}</button> }
    });
    view! {
        <section class="empty">
            <h1>"Ask a model, and watch the answer arrive."</h1>
            <p>
                "This page talks straight to the model you choose, hosted or on your own machine. There is no server in between."
            </p>
            {move || start(app)}
            <div class="examples">{examples.into_iter().collect_view()}</div>
        </section>
    }
}

fn start(app: App) -> AnyView {
    match app.origin.get() {
        Origin::Unknown => ().into_any(),
        Origin::Default => view! {
            <div class="start">
                <button type="button" class="card" data-testid="play-sample" on:click=move |_| app.play_sample()>
                    {icon(Icon::Play)}
                    <span class="card-text">
                        <strong>"Play a sample"</strong>
                        <span>"A recorded answer at the pace at which it came. Needs no model."</span>
                    </span>
                </button>
                <button type="button" class="card" on:click=move |_| open_settings(app, None)>
                    {icon(Icon::Settings)}
                    <span class="card-text">
                        <strong>"Connect a model"</strong>
                        <span>"Ollama, llama.cpp, LM Studio, vLLM, or a provider with your key."</span>
                    </span>
                </button>
            </div>
        }
        .into_any(),
        Origin::Chosen => view! {
            <button type="button" class="link" data-testid="play-sample" on:click=move |_| app.play_sample()>
                {icon(Icon::Play)}"Play a recorded sample"
            </button>
        }
        .into_any(),
    }
}
