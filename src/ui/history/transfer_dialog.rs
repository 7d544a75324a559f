//! The dialog of what goes out as a file or comes in: the forms, how far it is, what a file holds, what came of it.

use super::files::Form;
use super::transfer::{Contents, Source, Step, Transfer};
use crate::engine::messages::{guard_page, transfer as words};
use crate::ui::components::{Button, Notice};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Shows the dialog while something goes out or comes in. To close it breaks that off.
#[component]
pub fn TransferDialog() -> impl IntoView {
    let transfer = expect_context::<Transfer>();
    // One dialog from the beginning to the end of it.
    let kind = Memo::new(move |_| transfer.step.with(|step| step.as_ref().map(Step::is_import)));
    let dialog = move |is_import: bool| {
        let body = move || transfer.step.get().map(|step| body(transfer, step));
        view! {
            <Notice
                class="notice transfer"
                test_id="transfer"
                title=if is_import { words::IMPORT } else { words::EXPORT }
                close_id="close-transfer"
                close_label=words::CLOSE
                on_close=move |()| transfer.close()
            >
                {body}
            </Notice>
        }
    };
    move || kind.get().map(dialog)
}

fn body(transfer: Transfer, step: Step) -> AnyView {
    match step {
        Step::Choose(source) => forms(transfer, source),
        Step::Exporting => going_on(transfer, |done, total| words::exporting(done as usize, total as usize)),
        Step::Reading => {
            going_on(transfer, |done, total| words::reading((100.0 * done / total.max(1.0)) as u32))
        }
        Step::Importing => going_on(transfer, |done, total| words::importing(done as usize, total as usize)),
        Step::Preview(contents) => preview(transfer, *contents),
        Step::Done { sentence, .. } => {
            view! { <p role="status" data-testid="transfer-done">{sentence}</p> }.into_any()
        }
        Step::Failed { sentence, is_file, .. } => {
            let files = is_file.then(|| view! { <p class="hint">{words::WHICH_FILES}</p> });
            view! {
                <p class="problem" role="alert" data-testid="transfer-problem">
                    {sentence}
                </p>
                {files}
            }
            .into_any()
        }
    }
}

/// Shows the forms in which it can go out.
fn forms(transfer: Transfer, source: Source) -> AnyView {
    let what = match &source {
        Source::One { title, .. } => words::of_title(title),
        Source::All => words::ALL_CONVERSATIONS.to_owned(),
    };
    let with_withheld = RwSignal::new(false);
    let form = |form: Form, test_id: &'static str, name: &'static str, about: &'static str| {
        let source = source.clone();
        view! {
            <div class="form-choice">
                <Button class="button" test_id=test_id on_press=move |()| transfer.export(source.clone(), form, with_withheld.get_untracked())>
                    {name}
                </Button>
                <p class="hint">{about}</p>
            </div>
        }
    };
    view! {
        <p class="transfer-what" dir="auto">{what}</p>
        {form(Form::Jsonl, "export-jsonl", words::JSONL, words::JSONL_IS)}
        <label class="copies">
            <input
                type="checkbox"
                data-testid="export-withheld"
                on:change:target=move |event| with_withheld.set(event.target().checked())
            />
            {guard_page::EXPORT_WITHHELD}
        </label>
        {form(Form::Markdown, "export-markdown", words::MARKDOWN, words::MARKDOWN_IS)}
    }
    .into_any()
}

/// Shows how far it is, with a way to break it off.
fn going_on(transfer: Transfer, say: fn(f64, f64) -> String) -> AnyView {
    let progress = transfer.progress;
    let sentence = move || {
        let (done, total) = progress.get();
        say(done, total)
    };
    // The dialog closes by itself then, and the focus goes back to where it was.
    view! {
        <progress
            aria-label=sentence
            max=move || progress.get().1.max(1.0).to_string()
            value=move || progress.get().0.to_string()
        ></progress>
        <p data-testid="transfer-progress">{sentence}</p>
        <form method="dialog">
            <button class="button quiet" data-testid="cancel-transfer">
                {words::CANCEL}
            </button>
        </form>
    }
    .into_any()
}

/// Shows what a file holds, before any of it is imported.
fn preview(transfer: Transfer, contents: Contents) -> AnyView {
    let has_copies = RwSignal::new(false);
    let contents = StoredValue::new(contents);
    let Contents { preview, here } = contents.get_value();
    let (total, here) = (preview.conversations, here.len());
    let days = preview.times.map(|(first, last)| (day(first), day(last)));
    let days = days.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
    let holds = words::holds(total, preview.messages, days);
    let titles =
        preview.titles.iter().map(|title| view! { <li dir="auto">{title.clone()}</li> }).collect_view();
    let more = total - preview.titles.len();
    let more = (more > 0).then(|| view! { <li class="hint">{words::and_more(more)}</li> });
    let notes = preview.notes.into_iter().map(|note| view! { <p class="hint">{note}</p> }).collect_view();
    let known = (here > 0).then(|| {
        view! {
            <p data-testid="here-already">{words::here_already(here, total)}</p>
            <label class="copies">
                <input
                    type="checkbox"
                    data-testid="import-copies"
                    on:change:target=move |event| has_copies.set(event.target().checked())
                />
                {words::IMPORT_COPIES}
            </label>
        }
    });
    let number = move || if has_copies.get() { total } else { total - here };
    view! {
        <p data-testid="transfer-holds">{holds}</p>
        <ul class="transfer-titles">{titles} {more}</ul>
        {notes}
        {known}
        <Button
            class="button"
            test_id="import-now"
            disabled=Signal::derive(move || number() == 0)
            on_press=move |()| transfer.import(&contents.get_value(), has_copies.get_untracked())
        >
            {move || words::import(number())}
        </Button>
    }
    .into_any()
}

/// Returns the day of a time, as the reader's language writes it.
fn day(millis: u64) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"dateStyle".into(), &"medium".into());
    String::from(Date::new(&JsValue::from_f64(millis as f64)).to_locale_string("default", &options))
}
