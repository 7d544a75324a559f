//! The welcome says what the page is, and offers ways to begin.

use super::context::Chat;
use super::part::Action;
use crate::engine::messages::page;
use crate::ui::components::{Button, Icon};
use crate::ui::state::SettingsSource;
use leptos::prelude::*;

/// Greets a newcomer before the first question. The ways to begin stand there before it is known whether the deployment
/// offers a server, and stay in their places when it is: nothing moves under the eye or the finger.
#[component]
pub fn Welcome() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let source = chat.connection.source;
    let connect = move || match source.get() {
        SettingsSource::Offered => page::CONNECT_ANOTHER_MODEL,
        SettingsSource::Unknown
        | SettingsSource::Stored
        | SettingsSource::Default
        | SettingsSource::Chosen => page::CONNECT_A_MODEL,
    };
    let play = move |()| chat.dispatch(Action::Play);
    let examples = page::EXAMPLES.map(|example| {
        view! {
            <Button class="example" on_press=move |()| chat.suggest(example)>
                {example}
            </Button>
        }
    });
    view! {
        <section class="empty">
            <h2>{page::WELCOME}</h2>
            <p>{page::WELCOME_BELOW}</p>
            <div class="start" hidden=move || source.get().is_the_persons()>
                <Button class="card" test_id="play-sample" icon=Icon::Play on_press=play>
                    <CardText title=page::PLAY_A_SAMPLE below=page::PLAY_A_SAMPLE_BELOW />
                </Button>
                <Button class="card" icon=Icon::Settings on_press=move |()| chat.sheet.show(None)>
                    <CardText title=Signal::derive(connect) below=page::CONNECT_BELOW />
                </Button>
            </div>
            <Button
                class="link"
                test_id="play-sample"
                icon=Icon::Play
                hidden=Signal::derive(move || !source.get().is_the_persons())
                on_press=play
            >
                {page::PLAY_A_RECORDED_SAMPLE}
            </Button>
            <div class="examples">{examples.collect_view()}</div>
        </section>
    }
}

/// Renders the words of a card: what pressing it does, and what that is.
#[component]
fn CardText(#[prop(into)] title: Signal<&'static str>, below: &'static str) -> impl IntoView {
    view! {
        <span class="card-text">
            <strong>{move || title.get()}</strong>
            <span>{below}</span>
        </span>
    }
}
