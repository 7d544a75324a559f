//! The form of a watch: what is asked, how, and how its text is read.

use super::choices::{dialect_of, kind_label, text_choices};
use super::field::WatchField;
use super::fill::{Place, WatchForm};
use super::pointers::PointerFields;
use super::run::WatchRun;
use super::secrets::SecretFields;
use crate::browser::clock;
use crate::engine::messages::watch_page as words;
use crate::engine::watch::{FormField, Kind};
use crate::engine::wire::Dialect;
use crate::ui::components::{Button, Icon};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Renders the form. Which fields there are depends on the kind of connection.
#[component]
pub fn WatchFormView() -> impl IntoView {
    let (form, run) = (expect_context::<WatchForm>(), expect_context::<WatchRun>());
    let kind = Memo::new(move |_| form.form.with(|form| form.kind));
    let field = |field: FormField, label: &'static str, hint: &'static str, rows: u32| {
        view! { <WatchField place=Place::Request(field) label=label hint=hint.to_owned() rows=rows /> }
            .into_any()
    };
    let fields = move || match kind.get() {
        Kind::Once => vec![
            field(FormField::Method, words::METHOD, words::METHOD_HINT, 0),
            field(FormField::Headers, words::HEADERS, words::HEADERS_HINT, 2),
            field(FormField::Body, words::BODY, words::BODY_HINT, 3),
        ],
        Kind::Events => vec![field(FormField::Headers, words::HEADERS, words::HEADERS_HINT, 2)],
        Kind::EventSource => vec![field(FormField::Names, words::NAMES, words::NAMES_HINT, 0)],
        Kind::Socket => {
            vec![field(FormField::Subprotocols, words::SUBPROTOCOLS, words::SUBPROTOCOLS_HINT, 0)]
        }
    };
    let origin = clock::page_origin();
    let address_hint = Signal::derive(move || {
        let note = form.address_note(&origin);
        if note.is_empty() { words::ADDRESS_HINT.to_owned() } else { note.to_owned() }
    });
    let has_pointers = Memo::new(move |_| dialect_of(form.text_by.get()).is_some_and(Dialect::has_own_rules));
    let notes = move || {
        let note = |note: String| view! { <p class="hint" data-testid="watch-note">{note}</p> };
        form.notes.get().into_iter().map(note).collect_view()
    };
    let refused = move || {
        run.is_refused.get().then(|| {
            view! {
                <p class="problem" role="alert" data-testid="watch-refused">
                    {words::BROWSER_REFUSED}
                </p>
            }
            .into_any()
        })
    };
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        run.start(form);
    };
    view! {
        <form class="watch-form" data-testid="watch-form" on:submit=submitted>
            <WatchField
                place=Place::Request(FormField::Address)
                label=words::ADDRESS
                hint=address_hint
                rows=2
            />
            {notes}
            {kinds(form, kind)}
            {fields}
            <SecretFields />
            {text_choice(form)}
            {move || has_pointers.get().then(|| view! { <PointerFields /> }.into_any())}
            {refused}
            <div class="watch-tools">
                <button class="button" type="submit" data-testid="watch-start">
                    {move || if run.has_run.get() { words::START_AGAIN } else { words::START }}
                </button>
                <Button
                    class="button quiet"
                    test_id="watch-stop"
                    icon=Icon::Stop
                    hidden=Signal::derive(move || !run.is_running.get())
                    on_press=move |()| run.stop()
                >
                    {words::STOP}
                </Button>
            </div>
        </form>
    }
}

fn kinds(form: WatchForm, kind: Memo<Kind>) -> AnyView {
    let options = Kind::ALL.map(|one| {
        view! { <option value=one.name() prop:selected=move || kind.get() == one>{kind_label(one)}</option> }
    });
    let chosen = move |event| {
        if let Some(kind) = Kind::by_name(&event_target_value(&event)) {
            form.form.update(|form| form.kind = kind);
        }
    };
    view! {
        <div class="field">
            <label for="watch-kind">{words::KIND}</label>
            <select id="watch-kind" data-testid="watch-kind" on:change=chosen>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn text_choice(form: WatchForm) -> AnyView {
    let choices = text_choices();
    let options = choices.clone().into_iter().map(|(name, label)| {
        view! { <option value=name prop:selected=move || form.text_by.get() == name>{label}</option> }
    });
    let options = options.collect_view();
    let chosen = move |event| {
        let value = event_target_value(&event);
        if let Some((name, _)) = choices.iter().find(|(name, _)| *name == value) {
            form.text_by.set(name);
        }
    };
    view! {
        <div class="field">
            <label for="watch-text-by">{words::TEXT_BY}</label>
            <select
                id="watch-text-by"
                data-testid="watch-text-by"
                aria-describedby="about-watch-text-by"
                on:change=chosen
            >
                {options}
            </select>
            <p class="hint" id="about-watch-text-by">{words::TEXT_BY_HINT}</p>
        </div>
    }
    .into_any()
}
