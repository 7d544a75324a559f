//! The frame around an answer's JSON: which view, what is told of it, and what can be done with it.

use super::told::Told;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::Fault;
use crate::ui::components::{Button, Icon, IconView, count};
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// A view of an answer's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// As a tree.
    Tree,
    /// As it came.
    Raw,
    /// As a table.
    Table,
}

/// What a person does with an answer's JSON.
#[derive(Clone, Debug)]
pub enum Act {
    /// Press a button of the tree.
    Press(Element),
    /// Press a key at a button of the tree.
    Key(Element, String),
    /// Look at the value that is wrong.
    Reveal(Fault),
    /// Look at another view.
    Show(Tab),
    /// See more rows of the table.
    MoreRows,
    /// Copy the JSON; the button says how that went.
    Copy(Element),
    /// Save the JSON as a file.
    Save,
    /// Ask for a better answer.
    AskAgain,
}

/// What the frame shows, and the elements in it that are drawn past the reactive graph.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// What is told once the answer is over; `None` before.
    pub told: RwSignal<Option<Told>>,
    /// The view on show.
    pub tab: RwSignal<Tab>,
    /// Whether there is a table.
    pub has_table: RwSignal<bool>,
    /// Rows of the table that wait.
    pub rows_left: RwSignal<usize>,
    /// What is not in the table.
    pub table_note: RwSignal<String>,
    /// What screen readers are told.
    pub announcement: RwSignal<String>,
    /// The element of the state.
    pub status: NodeRef<html::P>,
    /// The element of the tree.
    pub tree: NodeRef<html::Div>,
    /// The element of the text.
    pub raw: NodeRef<html::Pre>,
    /// The element of the table.
    pub table: NodeRef<html::Div>,
    /// Does what the person wants.
    pub act: StoredValue<Rc<dyn Fn(Act)>, LocalStorage>,
    /// Returns whether a question can be asked behind this answer.
    pub can_ask: StoredValue<Rc<dyn Fn() -> bool>, LocalStorage>,
}

impl Frame {
    /// Creates the frame of an answer of which nothing has come.
    #[must_use]
    pub fn new(act: Rc<dyn Fn(Act)>, can_ask: Rc<dyn Fn() -> bool>) -> Frame {
        Frame {
            told: RwSignal::new(None),
            tab: RwSignal::new(Tab::Tree),
            has_table: RwSignal::new(false),
            rows_left: RwSignal::new(0),
            table_note: RwSignal::new(String::new()),
            announcement: RwSignal::new(String::new()),
            status: NodeRef::new(),
            tree: NodeRef::new(),
            raw: NodeRef::new(),
            table: NodeRef::new(),
            act: StoredValue::new_local(act),
            can_ask: StoredValue::new_local(can_ask),
        }
    }

    fn act(self, act: Act) {
        if let Some(perform) = self.act.try_get_value() {
            perform(act);
        }
    }
}

/// Renders the frame. What is in the views is drawn past the reactive graph.
#[component]
pub fn StructuredFrame(
    /// What it shows.
    frame: Frame,
) -> impl IntoView {
    let is_hidden = move |tab: Tab| move || frame.tab.get() != tab;
    let pressed = move |event: &Event| {
        if let Some(button) = button_of(event) {
            frame.act(Act::Press(button));
        }
    };
    let key = move |event: KeyboardEvent| {
        let is_arrow = event.key().starts_with("Arrow");
        let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key());
        if let Some(button) = button_of(&event).filter(|_| is_arrow && is_plain) {
            event.prevent_default();
            frame.act(Act::Key(button, event.key()));
        }
    };
    view! {
        <div class="structured" data-testid="structured">
            <p class="unseen" role="status" data-testid="structured-said">
                {move || frame.announcement.get()}
            </p>
            <div class="structured-head">
                <div class="structured-tabs" role="group" aria-label=words::VIEWS>
                    <TabButton frame=frame of=Tab::Tree />
                    <TabButton frame=frame of=Tab::Raw />
                    <TabButton frame=frame of=Tab::Table />
                </div>
                <Tools frame=frame />
            </div>
            <p class="structured-status" data-testid="structured-status" node_ref=frame.status></p>
            <ToldView frame=frame />
            <div
                class="json-tree"
                role="group"
                aria-label=words::TREE_OF_JSON
                data-testid="structured-tree"
                hidden=is_hidden(Tab::Tree)
                node_ref=frame.tree
                on:click=move |event| pressed(&event)
                on:keydown=key
            ></div>
            <pre
                class="json-raw"
                role="group"
                aria-label=words::TEXT_OF_JSON
                dir="auto"
                data-testid="structured-raw"
                hidden=is_hidden(Tab::Raw)
                node_ref=frame.raw
            ></pre>
            <div hidden=is_hidden(Tab::Table) data-testid="structured-table">
                <div
                    class="json-rows"
                    role="region"
                    tabindex="0"
                    aria-label=words::TABLE_OF_JSON
                    node_ref=frame.table
                ></div>
                <p class="structured-note">{move || frame.table_note.get()}</p>
                <Button
                    class="button quiet"
                    test_id="structured-more-rows"
                    hidden=Signal::derive(move || frame.rows_left.get() == 0)
                    on_press=move |()| frame.act(Act::MoreRows)
                >
                    {move || {
                        let left = frame.rows_left.get();
                        words::more_rows(left.min(super::table_view::PORTION), &count(left as u64))
                    }}
                </Button>
            </div>
        </div>
    }
}

/// Renders the button of a view.
#[component]
fn TabButton(frame: Frame, of: Tab) -> impl IntoView {
    let (name, test_id) = match of {
        Tab::Tree => (words::TREE, "structured-show-tree"),
        Tab::Raw => (words::RAW, "structured-show-raw"),
        Tab::Table => (words::TABLE, "structured-show-table"),
    };
    let is_hidden = move || match of {
        Tab::Tree => frame.told.with(|told| told.as_ref().is_some_and(|told| !told.has_json)),
        Tab::Raw => false,
        Tab::Table => !frame.has_table.get(),
    };
    view! {
        <button
            type="button"
            class="structured-tab"
            data-testid=test_id
            aria-pressed=move || (frame.tab.get() == of).to_string()
            hidden=is_hidden
            on:click=move |_| frame.act(Act::Show(of))
        >
            {name}
        </button>
    }
}

/// Renders what can be done with the JSON.
#[component]
fn Tools(frame: Frame) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let copy = move |_| {
        if let Some(button) = button.get_untracked() {
            frame.act(Act::Copy(button.into()));
        }
    };
    let has_json =
        Signal::derive(move || frame.told.with(|told| told.as_ref().is_some_and(|told| told.has_json)));
    view! {
        <span class="structured-tools" hidden=move || !has_json.get()>
            <button
                type="button"
                class="icon-button small copy"
                data-testid="structured-copy"
                aria-label=words::COPY
                title=words::COPY
                node_ref=button
                on:click=copy
            >
                <IconView icon=Icon::Copy />
                <IconView icon=Icon::Done />
            </button>
            <Button
                class="icon-button small"
                test_id="structured-save"
                label=words::SAVE_FILE
                icon=Icon::Down
                on_press=move |()| frame.act(Act::Save)
            />
        </span>
    }
}

/// Tells what is wrong with the JSON, and offers to ask again.
#[component]
fn ToldView(frame: Frame) -> impl IntoView {
    let notes = move || {
        let notes = frame.told.with(|told| told.as_ref().map(|told| told.notes.clone())).unwrap_or_default();
        notes.into_iter().map(|note| view! { <p class="structured-note">{note}</p> }).collect_view()
    };
    let faults = move || {
        let faults =
            frame.told.with(|told| told.as_ref().map(|told| told.faults.clone())).unwrap_or_default();
        let fault = move |fault: Fault| {
            let words = fault.in_words();
            view! {
                <li>
                    <Button
                        class="link"
                        test_id="structured-fault"
                        on_press=move |()| frame.act(Act::Reveal(fault.clone()))
                    >
                        {words}
                    </Button>
                </li>
            }
        };
        (!faults.is_empty()).then(|| {
            view! {
                <ul class="structured-faults" aria-label=words::ERRORS data-testid="structured-faults">
                    {faults.into_iter().map(fault).collect_view()}
                </ul>
            }
        })
    };
    let can_ask = move || {
        let is_bad = frame.told.with(|told| told.as_ref().is_some_and(|told| told.question.is_some()));
        is_bad && frame.can_ask.with_value(|can_ask| can_ask())
    };
    view! {
        {notes}
        {faults}
        <Button
            class="button quiet"
            test_id="structured-ask-again"
            icon=Icon::Retry
            hidden=Signal::derive(move || !can_ask())
            on_press=move |()| frame.act(Act::AskAgain)
        >
            {words::ASK_AGAIN}
        </Button>
    }
}

/// Returns the button that an event is about.
fn button_of(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("button").ok().flatten()
}
