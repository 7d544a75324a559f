//! Form fields and icons: what each shows, takes and refuses.

use crate::mounted::{Mounted, owned, settled};
use leptos::prelude::*;
use tokenfall::engine::settings::{Field as Name, Problem};
use tokenfall::ui::components::field::{Field, SelectField, Switch, TextField};
use tokenfall::ui::components::icon::{Icon, IconView};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

fn problem_of(field: Name) -> Option<Problem> {
    Some(Problem { field, sentence: "That is <b>no</b> model.".to_owned() })
}

/// Covers Field: state, bad input.
#[wasm_bindgen_test]
async fn a_field_shows_its_own_problem_as_text_in_the_place_of_its_hint() {
    let _owner = owned();
    let problem = RwSignal::new(None);
    let page = Mounted::new(move || {
        view! { <Field of=Name::Model label="Model" hint="As the server names it.".to_owned() problem=problem>"control"</Field> }
    });
    assert_eq!(page.text("#about-model.hint"), "As the server names it.");
    problem.set(problem_of(Name::Key));
    settled().await;
    assert_eq!(page.text("#about-model.hint"), "As the server names it.", "another field's problem");
    problem.set(problem_of(Name::Model));
    settled().await;
    assert_eq!(page.text("#about-model.problem"), "That is <b>no</b> model.");
    problem.set(None);
    settled().await;
    assert_eq!(page.text("#about-model.hint"), "As the server names it.");
}

/// Covers TextField: event, state, bad input.
#[wasm_bindgen_test]
async fn a_text_field_takes_each_key_tells_that_it_was_left_and_follows_its_value() {
    let _owner = owned();
    let (problem, value, left) = (RwSignal::new(None), RwSignal::new("a".to_owned()), RwSignal::new(None));
    let page = Mounted::new(move || {
        view! {
            <TextField
                of=Name::Model
                label="Model"
                hint=""
                placeholder="None"
                value=value
                problem=problem
                on_input=move |text| value.set(text)
                on_commit=move |name| left.set(Some(name))
            />
        }
    });
    let field = "input[name=model][placeholder=None]";
    page.type_into(field, "\u{202e}b\"><i>");
    settled().await;
    assert_eq!(
        (value.get_untracked(), left.get_untracked()),
        ("\u{202e}b\"><i>".to_owned(), Some(Name::Model))
    );
    value.set("c".to_owned());
    problem.set(problem_of(Name::Model));
    settled().await;
    let shown: HtmlInputElement = page.find(field);
    assert_eq!((shown.value().as_str(), shown.get_attribute("aria-invalid").as_deref()), ("c", Some("true")));
}

/// Covers SelectField: event, state, bad input.
#[wasm_bindgen_test]
async fn a_choice_shows_the_value_that_is_set_and_takes_another() {
    let _owner = owned();
    let (problem, value) = (RwSignal::new(None), RwSignal::new("b".to_owned()));
    let page = Mounted::new(move || {
        view! {
            <SelectField
                of=Name::Preset
                label="Provider"
                hint="".to_owned()
                options=vec![("a", "A"), ("b", "B"), ("c", "<C>")]
                value=value
                problem=problem
                on_change=move |name| value.set(name)
            />
        }
    });
    settled().await;
    let select: HtmlSelectElement = page.find("select[name=preset]");
    assert_eq!((select.value().as_str(), select.text_content().as_deref()), ("b", Some("AB<C>")));
    select.set_value("c");
    crate::mounted::dispatch(&select, "change");
    settled().await;
    assert_eq!(value.get_untracked(), "c");
    value.set("a".to_owned());
    settled().await;
    assert_eq!(select.value(), "a");
    value.set("of another version".to_owned());
    settled().await;
    assert_eq!(select.child_element_count(), 3, "a value that is no option adds none");
}

/// Covers Switch: event, state.
#[wasm_bindgen_test]
async fn a_switch_tells_what_it_was_switched_to_and_follows_its_value() {
    let _owner = owned();
    let is_on = RwSignal::new(false);
    let page = Mounted::new(move || {
        view! { <Switch name="stream" label="Stream" is_on=is_on on_change=move |now| is_on.set(now) /> }
    });
    let control: HtmlInputElement = page.find("input[name=stream]");
    page.press("label.switch");
    settled().await;
    assert!(is_on.get_untracked() && control.checked());
    is_on.set(false);
    settled().await;
    assert!(!control.checked());
}

#[wasm_bindgen_test]
fn an_icon_is_a_drawing_that_a_screen_reader_passes_over() {
    let _owner = owned();
    let page = Mounted::new(|| view! { <IconView icon=Icon::Close /> });
    assert_eq!(page.find::<Element>("svg").get_attribute("aria-hidden").as_deref(), Some("true"));
    assert_eq!(
        page.find::<Element>("svg > path").get_attribute("d").as_deref(),
        Some("M5 5l10 10M15 5L5 15")
    );
}

/// Covers Switch: event, bad input.
#[wasm_bindgen_test]
async fn a_switch_whose_value_does_not_follow_tells_each_press_and_its_words_stay_text() {
    let _owner = owned();
    let told = RwSignal::new(Vec::new());
    let page = Mounted::new(move || {
        let on_change = move |now| told.update(|told| told.push(now));
        view! { <Switch name="odd" label="<b>On</b>" is_on=Signal::stored(false) on_change=on_change /> }
    });
    for _ in 0..3 {
        page.press("label.switch");
    }
    settled().await;
    assert_eq!(told.get_untracked(), [true, false, true]);
    assert_eq!((page.text("label.switch"), page.count("b")), ("<b>On</b>".to_owned(), 0));
}
