//! JSON by a schema: the dialog in which a schema is set, the line above a conversation, and the view of an answer.

use crate::conversation::answer_of;
use crate::kept::{Kept, until, written};
use crate::mounted::{Mounted, owned, settled};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::browser::timer::sleep;
use tokenfall::engine::chat::TurnId;
use tokenfall::engine::checks::SchemaChoice;
use tokenfall::engine::structured::Fault;
use tokenfall::engine::wire::Dialect;
use tokenfall::ui::checks::structured::dialog::SchemaDialog;
use tokenfall::ui::checks::structured::frame::{Act, Frame, StructuredFrame, Tab};
use tokenfall::ui::checks::structured::{StructuredView, Told};
use tokenfall::ui::checks::{SchemaOpening, SchemaPanel};
use tokenfall::ui::compose::own_schema::OwnSchema;
use tokenfall::ui::state::{DrawText, Loader, TextHands, TextPlace, Work};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

const SCHEMA: &str = r#"{"type":"object","properties":{"year":{"type":"integer"}},"required":["year"]}"#;
const HOSTILE: &str = "<b>not bold</b>";

/// The dialog for a conversation with that schema, and what it handed back.
fn dialog(
    choice: Option<SchemaChoice>,
    dialect: Dialect,
) -> (Owner, Mounted, RwSignal<Vec<Option<SchemaChoice>>>) {
    let owner = owned();
    let (mounted, taken) = owner.with(|| {
        let taken = RwSignal::new(Vec::new());
        let panel = SchemaPanel::new(Loader::default());
        panel.opening.set_value(Some(SchemaOpening {
            chat: 0,
            choice,
            dialect,
            take: Callback::new(move |choice| taken.update(|all| all.push(choice))),
            closed: Callback::new(|()| {}),
        }));
        (Mounted::new(move || view! { <SchemaDialog panel=panel /> }), taken)
    });
    (owner, mounted, taken)
}

/// Covers SchemaDialog: event, bad input. SchemaField: event, bad input.
#[wasm_bindgen_test]
async fn a_text_that_is_no_schema_is_told_with_its_place_is_not_taken_and_stays_in_the_field() {
    let (_owner, mounted, taken) = dialog(None, Dialect::ChatCompletions);
    settled().await;
    for (typed, told) in [("{\"type\": ", "ine 1"), ("[1]", ""), (r#"{"type":"nonsense"}"#, "/type")] {
        mounted.type_into("[data-testid=schema-field]", typed);
        mounted.press("[data-testid=save-schema]");
        settled().await;
        let problem = mounted.text("[data-testid=schema-problem]");
        assert!(!problem.is_empty() && problem.contains(told), "{typed}: {problem}");
        let field = mounted.find::<web_sys::HtmlTextAreaElement>("[data-testid=schema-field]");
        assert_eq!(field.value(), typed);
        assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    }
    assert_eq!(taken.get_untracked(), []);
    mounted.type_into("[data-testid=schema-field]", SCHEMA);
    mounted.find::<HtmlElement>("[name=schema-stops]").click();
    mounted.press("[data-testid=save-schema]");
    settled().await;
    let choice = SchemaChoice { text: SCHEMA.to_owned(), is_held: false, stops_early: true };
    assert_eq!(taken.get_untracked(), [Some(choice)]);
}

/// Covers SchemaDialog: state. SchemaField: state.
#[wasm_bindgen_test]
async fn a_schema_that_is_set_stands_there_can_be_dropped_and_servers_that_cannot_be_asked_are_told() {
    let choice = SchemaChoice { text: SCHEMA.to_owned(), ..SchemaChoice::default() };
    let (_owner, mounted, taken) = dialog(Some(choice), Dialect::PlainText);
    settled().await;
    assert_eq!(mounted.find::<web_sys::HtmlTextAreaElement>("[data-testid=schema-field]").value(), SCHEMA);
    assert_eq!(mounted.count("[data-testid=schema-told]"), 1);
    assert_eq!(mounted.count("[data-testid=schema-problem]"), 0);
    mounted.press("[data-testid=drop-schema]");
    assert_eq!(taken.get_untracked(), [None]);
}

/// Covers ExampleField: event, state, bad input.
#[wasm_bindgen_test]
async fn a_schema_is_made_of_an_example_what_stood_there_comes_back_and_no_json_is_told() {
    let (_owner, mounted, _taken) = dialog(None, Dialect::ChatCompletions);
    settled().await;
    mounted.type_into("[data-testid=schema-field]", SCHEMA);
    mounted.press("[data-testid=schema-from-example]");
    mounted.type_into("[data-testid=example-field]", "{\"name\": ");
    settled().await;
    mounted.press("[data-testid=make-schema]");
    settled().await;
    assert!(mounted.text("[data-testid=example-problem]").contains("ine 1"));
    mounted.type_into("[data-testid=example-field]", "{\"name\": \"Ada\"}");
    settled().await;
    mounted.press("[data-testid=make-schema]");
    settled().await;
    let field = mounted.find::<web_sys::HtmlTextAreaElement>("[data-testid=schema-field]");
    assert!(field.value().contains("\"name\"") && field.value().contains("\"string\""), "{}", field.value());
    mounted.press("[data-testid=schema-put-back]");
    settled().await;
    assert_eq!(field.value(), SCHEMA);
}

/// Covers OwnSchema: event, state, bad input.
#[wasm_bindgen_test]
async fn a_conversations_schema_stands_above_it_as_one_line_also_one_that_is_no_schema() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let (keeper, conversation) = (kept.keeper, kept.asked.chat.conversation);
    let mounted = kept.asked.mount(move || view! { <OwnSchema keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=own-schema]"), 0);
    for (text, told) in [(SCHEMA, "1 propert"), (HOSTILE, "JSON")] {
        let schema = Some(SchemaChoice { text: text.to_owned(), ..SchemaChoice::default() });
        conversation.with_store(|store| store.checks.schema = schema);
        conversation.path.update(|_| ());
        settled().await;
        assert!(mounted.text("[data-testid=own-schema]").contains(told), "{text}");
    }
    mounted.press("[data-testid=edit-schema]");
    assert!(conversation.edits_schema.get_untracked());
    written().await;
}

/// A frame, and what a person did with it.
fn frame() -> (Owner, Mounted, Frame, Rc<RefCell<Vec<String>>>) {
    let owner = owned();
    let acts: Rc<RefCell<Vec<String>>> = Rc::default();
    let done = Rc::clone(&acts);
    let (mounted, frame) = owner.with(|| {
        let act = Rc::new(move |act: Act| done.borrow_mut().push(format!("{act:?}")));
        let frame = Frame::new(act, Rc::new(|| true));
        (Mounted::new(move || view! { <StructuredFrame frame=frame /> }), frame)
    });
    (owner, mounted, frame, acts)
}

/// Covers StructuredFrame: event, state, bad input. TabButton: event, state. Tools: event, state. ToldView: event, state, bad input.
#[wasm_bindgen_test]
async fn what_is_wrong_is_listed_as_text_with_its_place_and_each_button_does_what_it_says() {
    let (_owner, mounted, frame, acts) = frame();
    settled().await;
    frame.has_table.set(true);
    frame.told.set(Some(Told {
        sentence: HOSTILE.to_owned(),
        faults: vec![Fault { path: "/year".to_owned(), words: HOSTILE.to_owned() }],
        question: Some("again".to_owned()),
        has_json: true,
        ..Told::default()
    }));
    settled().await;
    assert!(mounted.text("[data-testid=structured-fault]").contains("/year"));
    assert!(mounted.text("[data-testid=structured-faults]").contains(HOSTILE));
    assert_eq!(mounted.count("b"), 0);
    for button in [
        "structured-show-raw",
        "structured-fault",
        "structured-ask-again",
        "structured-save",
        "structured-copy",
    ] {
        mounted.press(&format!("[data-testid={button}]"));
    }
    let acts = acts.borrow().join("\n");
    for act in ["Show(Raw)", "Reveal", "AskAgain", "Save", "Copy"] {
        assert!(acts.contains(act), "{act} in {acts}");
    }
    frame.tab.set(Tab::Raw);
    settled().await;
    assert!(mounted.find::<HtmlElement>("[data-testid=structured-tree]").offset_parent().is_none());
}

/// Draws all that is there of a text.
fn draw(view: &mut StructuredView, text: &str, is_over: bool) {
    while view.is_behind(text, is_over) {
        view.draw(text, is_over, Work { bytes: 1 << 20, steps: 10_000 });
    }
}

#[wasm_bindgen_test]
async fn an_answer_fills_its_tree_open_values_look_open_wrong_ones_wrong_and_text_is_no_markup() {
    let owner = owned();
    let mounted = owner.with(|| Mounted::new(|| view! { <div class="place"></div> }));
    let place = TextPlace {
        element: mounted.find::<Element>(".place"),
        schema: SchemaChoice { text: SCHEMA.to_owned(), ..SchemaChoice::default() },
        turn: TurnId::from_number(0),
        is_running: true,
        hands: TextHands {
            ask: Rc::new(|_| {}),
            stop: Rc::new(|| {}),
            wake: Rc::new(|| {}),
            can_ask: Rc::new(|_| true),
        },
    };
    let mut view = owner.with(|| StructuredView::new(place)).unwrap();
    let text = r#"{"name":"<b>not bold</b>","year":"nineteen"}"#;
    draw(&mut view, &text[..20], false);
    settled().await;
    assert!(mounted.count("[data-open]") >= 1);
    assert_eq!(mounted.count("[data-wrong]"), 0);
    draw(&mut view, text, true);
    until("the verdict", || mounted.count("[data-testid=structured-fault]") == 1).await;
    assert_eq!(mounted.count("[data-open]"), 0);
    assert!(mounted.count("[data-wrong]") >= 1);
    assert_eq!(mounted.count("b"), 0);
    mounted.press("[data-testid=structured-show-raw]");
    sleep(Duration::from_millis(50)).await;
    draw(&mut view, text, true);
    assert!(
        mounted.find::<Element>(".place").dyn_into::<HtmlElement>().unwrap().inner_text().contains(HOSTILE)
    );
    drop(view);
}
