//! The dialog's text field: a label, a control, and a line that explains it or tells what is wrong, and where.

use super::fill::{Place, WatchForm};
use crate::engine::watch::FormField;
use crate::engine::wire::OwnEventField;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::InputEvent;

/// Renders a field of the form.
#[component]
pub fn WatchField(
    /// The field.
    place: Place,
    /// The words beside the control.
    #[prop(into)]
    label: String,
    /// The line that explains the field. A problem takes its place.
    #[prop(into)]
    hint: Signal<String>,
    /// Rows of a text area; nought for a single line.
    #[prop(default = 0)]
    rows: u32,
    /// Whether what is typed is not to be seen.
    #[prop(default = false)]
    is_secret: bool,
    /// Its name for tests and for its label, unless it is the place's.
    #[prop(optional)]
    name: Option<String>,
) -> impl IntoView {
    let form = expect_context::<WatchForm>();
    let name = name.unwrap_or_else(|| name_of(place).to_owned());
    let (id, about) = (["watch-", &name].concat(), ["about-watch-", &name].concat());
    let (line, area) = (NodeRef::<html::Input>::new(), NodeRef::<html::Textarea>::new());
    Effect::new(move |_| {
        let Some((wanted, at)) = form.focus.get().filter(|(wanted, _)| *wanted == place) else { return };
        let text = untrack(|| form.text(wanted));
        // A field that is made anew later does not take it again.
        if line.get().is_some() || area.get().is_some() {
            form.focus.set(None);
        }
        let start = text[..text.floor_char_boundary(at)].encode_utf16().count() as u32;
        // Where a character is wrong that one is marked.
        if let Some(line) = line.get() {
            let _ = line.focus();
            let _ = line.set_selection_range(start, start + 1);
        }
        if let Some(area) = area.get() {
            let _ = area.focus();
            let _ = area.set_selection_range(start, start + 1);
        }
    });
    let shared = view! {
        <{..}
            id=id.clone()
            name=name.clone()
            data-testid=id.clone()
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=about.clone()
            aria-invalid=move || form.problem(place).is_some().to_string()
            prop:value=move || form.text(place)
            on:input=move |event| {
                form.type_into(place, event_target_value(&event));
                let is_pasted = event
                    .dyn_ref::<InputEvent>()
                    .is_some_and(|event| event.input_type() == "insertFromPaste");
                if is_pasted {
                    form.leave(place);
                }
            }
            on:change=move |_| form.leave(place)
        />
    };
    let control = if rows > 0 {
        view! { <textarea {..shared} rows=rows node_ref=area></textarea> }.into_any()
    } else {
        view! { <input {..shared} type=if is_secret { "password" } else { "text" } node_ref=line /> }
            .into_any()
    };
    let test_id = ["problem-", &name].concat();
    let below = move || match form.problem(place) {
        Some(sentence) => view! {
            <p class="problem" role="alert" id=about.clone() data-testid=test_id.clone()>
                {sentence}
            </p>
        }
        .into_any(),
        None => view! { <p class="hint" id=about.clone()>{hint.get()}</p> }.into_any(),
    };
    view! {
        <div class="field" data-field=name.clone()>
            <label for=id>{label}</label>
            {control}
            {below}
        </div>
    }
}

const fn name_of(place: Place) -> &'static str {
    match place {
        Place::Request(FormField::Address) => "address",
        Place::Request(FormField::Method) => "method",
        Place::Request(FormField::Headers) => "headers",
        Place::Request(FormField::Body) => "body",
        Place::Request(FormField::Names) => "names",
        Place::Request(FormField::Subprotocols) => "subprotocols",
        Place::Request(FormField::Secret(_)) => "secret",
        Place::Pointer(OwnEventField::Text) => "pointer-text",
        Place::Pointer(OwnEventField::Reasoning) => "pointer-reasoning",
        Place::Pointer(OwnEventField::Error) => "pointer-error",
        Place::Pointer(OwnEventField::End) => "pointer-end",
    }
}
