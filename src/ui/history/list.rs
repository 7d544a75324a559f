//! The list of conversations, grouped by date.

use super::address;
use super::keeper::Keeper;
use super::search::{Finding, FoundConversation, marked};
use super::sought::Sought;
use super::transfer::{Source, Transfer};
use super::undo::Undo;
use crate::engine::archive::{Calendar, ConversationRecord, Found, groups, own_title};
use crate::engine::messages::{history as words, transfer};
use crate::ui::components::{Button, Icon};
use js_sys::Date;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use web_sys::MouseEvent;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Row {
    Heading(String),
    Conversation { id: String, title: String, is_pinned: bool, found: Option<Found> },
}

/// Shows the conversations that hold what the person looks for, with the place, and all if that is nothing.
#[component]
pub fn List() -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let finding = expect_context::<Finding>();
    let is_finding = Memo::new(move |_| finding.is_wanted());
    let rows = Memo::new(move |_| {
        keeper.list.with(|list| {
            if is_finding.get() { finding.found.with(|found| found_rows(found, list)) } else { rows(list) }
        })
    });
    let nothing = move || {
        let is_empty = rows.with(Vec::is_empty) && !is_finding.get();
        is_empty.then(|| view! { <p class="side-note">{words::NONE_YET}</p> })
    };
    let found = move || {
        let is_searching = finding.is_searching.get();
        match rows.with(Vec::len) {
            _ if !is_finding.get() => String::new(),
            0 if is_searching => words::SEARCHING.to_owned(),
            0 => words::NONE_FOUND.to_owned(),
            number => words::found(number, is_searching),
        }
    };
    let more = move || {
        (keeper.has_more.get() && !is_finding.get()).then(|| {
            view! {
                <Button
                    class="link"
                    test_id="earlier"
                    on_press=move |()| spawn_local(keeper.read_list())
                >
                    {words::SHOW_EARLIER}
                </Button>
            }
        })
    };
    view! {
        {nothing}
        <p class="find-status" role="status" data-testid="find-status">
            {found}
        </p>
        <ul class="conversations" data-testid="conversations">
            <For each=move || rows.get() key=Row::clone let:row>
                <RowView row=row />
            </For>
        </ul>
        {more}
    }
}

/// Shows a heading, or a conversation.
#[component]
fn RowView(row: Row) -> impl IntoView {
    match row {
        Row::Heading(words) => view! { <li class="side-heading">{words}</li> }.into_any(),
        Row::Conversation { id, title, is_pinned, found } => {
            view! { <Item id=id title=title is_pinned=is_pinned found=found /> }.into_any()
        }
    }
}

/// Shows a conversation: a link to it, and what can be done with it.
#[component]
pub fn Item(
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// Whether it stands above the others.
    is_pinned: bool,
    /// Where it holds what the person looks for.
    #[prop(optional_no_strip)]
    found: Option<Found>,
) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let undo = expect_context::<Undo>();
    let transfers = expect_context::<Transfer>();
    let finding = expect_context::<Finding>();
    let is_renaming = RwSignal::new(false);
    // Four buttons a row are most of the work of a long list: they come with the mouse or the keyboard.
    let has_tools = RwSignal::new(false);
    let id = StoredValue::new(id);
    let title = StoredValue::new(title);
    let found = StoredValue::new(found);
    let opened = move |event: MouseEvent| {
        let turn = found.with_value(|found| Some(found.as_ref()?.place.as_ref()?.0));
        // With a key held the browser opens it elsewhere.
        if let Some(turn) = turn.filter(|_| !(event.ctrl_key() || event.meta_key())) {
            let words = finding.words.get_untracked();
            keeper.sought.set(Some(Sought { conversation: id.get_value(), turn, words }));
        }
    };
    let is_shown = move || keeper.shown.with(|shown| id.with_value(|id| shown.as_ref() == Some(id)));
    let is_answering = move || {
        let is_here = is_shown() && keeper.chat.conversation.is_running.get();
        is_here || keeper.answering.with(|ids| id.with_value(|id| ids.contains(id)))
    };
    let tools = move || {
        view! {
            <span class="item-tools">
                <Button
                    class="icon-button small"
                    test_id="pin"
                    label=if is_pinned { words::UNPIN } else { words::PIN }
                    icon=Icon::Pin
                    on_press=move |()| {
                        finding.take_up(&id.get_value());
                        keeper.change(&id.get_value(), move |record| record.pinned = !is_pinned)
                    }
                />
                <Button
                    class="icon-button small"
                    test_id="rename"
                    label=words::RENAME
                    icon=Icon::Edit
                    on_press=move |()| is_renaming.set(true)
                />
                <Button
                    class="icon-button small"
                    test_id="export"
                    label=transfer::EXPORT
                    icon=Icon::Down
                    on_press=move |()| {
                        transfers.choose(Source::One { id: id.get_value(), title: title.get_value() })
                    }
                />
                <Button
                    class="icon-button small"
                    test_id="delete-conversation"
                    label=words::DELETE
                    icon=Icon::Delete
                    on_press=move |()| {
                        finding.take_up(&id.get_value());
                        delete(keeper, undo, id.get_value())
                    }
                />
            </span>
        }
    };
    let link = move || {
        view! {
            <a
                class="conversation"
                href=id.with_value(|id| address::of(id))
                aria-current=move || is_shown().then_some("true")
                title=title.get_value()
                on:click=opened
            >
                {title.with_value(|title| found.with_value(|found| name(title, found.as_ref())))}
            </a>
            {move || {
                is_answering()
                    .then(|| {
                        view! {
                            <span class="answering" role="img" aria-label=words::ANSWERING></span>
                        }
                    })
            }}
            {move || (has_tools.get() || is_shown()).then(tools)}
        }
        .into_any()
    };
    let rename = move || view! { <Rename id=id title=title is_open=is_renaming /> }.into_any();
    view! {
        <li
            class="side-item"
            data-testid="conversation"
            data-pinned=is_pinned.to_string()
            on:pointerenter=move |_| has_tools.set(true)
            on:focusin=move |_| has_tools.set(true)
        >
            {move || if is_renaming.get() { rename() } else { link() }}
        </li>
    }
}

/// Shows a title, and below it where the text holds what the person looks for.
fn name(title: &str, found: Option<&Found>) -> AnyView {
    let Some(found) = found else { return title.to_owned().into_any() };
    // A title that is made of the question says the same.
    let place = found.place.as_ref().filter(|(_, excerpt)| found.title.is_empty() || excerpt.text != title);
    let excerpt = place.map(|(_, excerpt)| {
        view! { <span class="excerpt" data-testid="excerpt">{marked(&excerpt.text, &excerpt.marks)}</span> }
    });
    view! {
        <span class="found-title">{marked(title, &found.title)}</span>
        {excerpt}
    }
    .into_any()
}

/// Changes a title in its place: Enter keeps it, Escape leaves it.
#[component]
fn Rename(id: StoredValue<String>, title: StoredValue<String>, is_open: RwSignal<bool>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let finding = expect_context::<Finding>();
    let field = NodeRef::<html::Input>::new();
    field.on_load(move |field| {
        field.set_value(&title.get_value());
        let _ = field.focus();
        field.select();
    });
    let finish = move |is_kept: bool| {
        if !is_open.get_untracked() {
            return;
        }
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        is_open.set(false);
        if let Some(title) = own_title(&text).filter(|own| is_kept && *own != title.get_value()) {
            finding.take_up(&id.get_value());
            keeper.change(&id.get_value(), move |record| {
                record.title.clone_from(&title);
                record.has_own_title = true;
            });
        }
    };
    let key_pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => finish(true),
        "Escape" => {
            event.prevent_default();
            finish(false);
        }
        _ => {}
    };
    view! {
        <input
            class="input"
            data-testid="title"
            aria-label=words::TITLE
            node_ref=field
            on:keydown=key_pressed
            on:blur=move |_| finish(true)
        />
    }
}

/// Deletes a conversation, and lets it be brought back.
fn delete(keeper: Keeper, undo: Undo, id: String) {
    let Some(store) = keeper.store() else { return };
    // What is on show is put aside first, so that all of it is there to be brought back.
    if keeper.shown.get_untracked().as_ref() == Some(&id) {
        keeper.chat.new_chat();
    }
    keeper.mark_deleted(&id, true);
    spawn_local(async move {
        match store.delete(&id).await {
            Ok(saved) => {
                let record =
                    keeper.list.with_untracked(|list| list.iter().find(|record| record.id == id).cloned());
                keeper.forget(&id);
                if let Some((record, saved)) = record.zip(saved) {
                    undo.conversation_deleted(record, saved);
                }
            }
            Err(problem) => {
                keeper.mark_deleted(&id, false);
                keeper.problem.set(Some(problem));
            }
        }
    });
}

/// Returns all conversations below their days.
fn rows(list: &[ConversationRecord]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (group, places) in groups(list, calendar()) {
        rows.push(Row::Heading(group.heading()));
        rows.extend(list[places].iter().map(|record| row(record, None)));
    }
    rows
}

/// Returns what was found, with titles and pins as they are now.
fn found_rows(found: &[FoundConversation], list: &[ConversationRecord]) -> Vec<Row> {
    let now: HashMap<&str, &ConversationRecord> =
        list.iter().map(|record| (record.id.as_str(), record)).collect();
    let rows = found.iter().map(|one| {
        let record = now.get(one.record.id.as_str()).copied().unwrap_or(&one.record);
        let mut found = one.found.clone();
        if record.title != one.record.title {
            found.title.clear();
        }
        row(record, Some(found))
    });
    rows.collect()
}

fn row(record: &ConversationRecord, found: Option<Found>) -> Row {
    Row::Conversation { id: record.id.clone(), title: record.title.clone(), is_pinned: record.pinned, found }
}

/// Returns where days begin for the reader.
pub(super) fn calendar() -> Calendar {
    let now = Date::new_0();
    let offset_minutes = -(now.get_timezone_offset() as i32);
    now.set_hours(0);
    now.set_minutes(0);
    now.set_seconds(0);
    now.set_milliseconds(0);
    Calendar { midnight: now.get_time() as u64, offset_minutes }
}
