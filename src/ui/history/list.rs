//! The list of conversations, grouped by date.

use super::address;
use super::keeper::Keeper;
use super::undo::Undo;
use crate::engine::archive::{Calendar, ConversationRecord, Search, SearchText, groups, own_title};
use crate::engine::messages::history as words;
use crate::ui::components::{Button, Icon};
use js_sys::Date;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Row {
    Heading(String),
    Conversation { id: String, title: String, is_pinned: bool },
}

/// Shows the conversations that hold what the person looks for, all if that is nothing.
#[component]
pub fn List(
    /// What the person looks for.
    search: RwSignal<String>,
) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let rows = Memo::new(move |_| keeper.list.with(|list| rows(list, &search.get())));
    let is_searching = move || !search.with(|search| search.trim().is_empty());
    let nothing = move || {
        let is_empty = rows.with(Vec::is_empty);
        let words = if is_searching() { words::NONE_FOUND } else { words::NONE_YET };
        is_empty.then(|| view! { <p class="side-note">{words}</p> })
    };
    let more = move || {
        (keeper.has_more.get() && !is_searching()).then(|| {
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
        Row::Conversation { id, title, is_pinned } => {
            view! { <Item id=id title=title is_pinned=is_pinned /> }.into_any()
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
) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let undo = expect_context::<Undo>();
    let is_renaming = RwSignal::new(false);
    let id = StoredValue::new(id);
    let title = StoredValue::new(title);
    let is_shown = move || keeper.shown.with(|shown| id.with_value(|id| shown.as_ref() == Some(id)));
    let is_answering = move || {
        let is_here = is_shown() && keeper.chat.conversation.is_running.get();
        is_here || keeper.answering.with(|ids| id.with_value(|id| ids.contains(id)))
    };
    let link = move || {
        view! {
            <a
                class="conversation"
                href=id.with_value(|id| address::of(id))
                aria-current=move || is_shown().then_some("true")
                title=title.get_value()
            >
                {title.get_value()}
            </a>
            {move || {
                is_answering()
                    .then(|| {
                        view! {
                            <span class="answering" role="img" aria-label=words::ANSWERING></span>
                        }
                    })
            }}
            <span class="item-tools">
                <Button
                    class="icon-button small"
                    test_id="pin"
                    label=if is_pinned { words::UNPIN } else { words::PIN }
                    icon=Icon::Pin
                    on_press=move |()| {
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
                    test_id="delete-conversation"
                    label=words::DELETE
                    icon=Icon::Delete
                    on_press=move |()| delete(keeper, undo, id.get_value())
                />
            </span>
        }
        .into_any()
    };
    let rename = move || view! { <Rename id=id title=title is_open=is_renaming /> }.into_any();
    view! {
        <li class="side-item" data-testid="conversation" data-pinned=is_pinned.to_string()>
            {move || if is_renaming.get() { rename() } else { link() }}
        </li>
    }
}

/// Changes a title in its place: Enter keeps it, Escape leaves it.
#[component]
fn Rename(id: StoredValue<String>, title: StoredValue<String>, is_open: RwSignal<bool>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
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
            Err(problem) => keeper.problem.set(Some(problem)),
        }
    });
}

fn rows(list: &[ConversationRecord], search: &str) -> Vec<Row> {
    let row = |record: &ConversationRecord| Row::Conversation {
        id: record.id.clone(),
        title: record.title.clone(),
        is_pinned: record.pinned,
    };
    if let Some(search) = Search::new(search) {
        let found = list.iter().filter(|record| search.is_in(&SearchText::new(&record.title)));
        return found.map(row).collect();
    }
    let mut rows = Vec::new();
    for (group, places) in groups(list, calendar()) {
        rows.push(Row::Heading(group.heading()));
        rows.extend(list[places].iter().map(row));
    }
    rows
}

/// Returns where days begin for the reader.
fn calendar() -> Calendar {
    let now = Date::new_0();
    let offset_minutes = -(now.get_timezone_offset() as i32);
    now.set_hours(0);
    now.set_minutes(0);
    now.set_seconds(0);
    now.set_milliseconds(0);
    Calendar { midnight: now.get_time() as u64, offset_minutes }
}
