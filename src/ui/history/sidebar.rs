//! The side bar with all conversations: a column on a wide screen, a sheet on a narrow one.

use super::keeper::Keeper;
use super::list::List;
use super::search::Finding;
use super::transfer::{Source, Transfer};
use super::transfer_dialog::TransferDialog;
use super::turn_tools::TurnTools;
use super::undo::{Undo, UndoNotice};
use crate::browser::files::ChosenFile;
use crate::browser::storage;
use crate::engine::messages::{history as words, page, race, transfer, watch_page};
use crate::ui::chat::Chat;
use crate::ui::components::{Button, Icon};
use crate::ui::compose;
use crate::ui::state::HistoryState;
use crate::ui::state::slot::SlotView;
use leptos::ev::{self, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Keeps conversations, and shows the side bar and what goes with it.
#[component]
pub fn History() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let keeper = Keeper::start(chat);
    let undo = Undo::new(keeper);
    provide_context(keeper);
    provide_context(undo);
    provide_context(Finding::new(keeper, undo));
    let transfer = Transfer::new(keeper);
    transfer.take_dropped_files();
    provide_context(transfer);
    chat.conversation
        .turn_tools
        .fill(move |id| view! { <TurnTools id=id keeper=keeper undo=undo /> }.into_any());
    on_cleanup(move || chat.conversation.turn_tools.clear());
    compose::begin(keeper);
    remember_whether_open(chat.history);
    chat.connection.listen_to_tabs();
    let problem = move || {
        keeper.problem.get().map(|problem| {
            view! {
                <p role="status" data-testid="store-problem">
                    {problem.to_string()}
                    <Button
                        class="button quiet"
                        test_id="hide-store-problem"
                        on_press=move |()| keeper.problem.set(None)
                    >
                        {words::HIDE}
                    </Button>
                </p>
            }
        })
    };
    view! {
        {move || chat.history.is_open.get().then(|| view! { <SideBar /> })}
        <div class="history-notices">
            {problem}
            <UndoNotice />
        </div>
        <TransferDialog />
        <SlotView from=keeper.races.slot />
    }
}

/// Shows the side bar: as a dialog where there is no room beside the conversation.
#[component]
pub fn SideBar() -> impl IntoView {
    let is_wide = RwSignal::new(HistoryState::is_wide());
    let resized = window_event_listener(ev::resize, move |_| {
        let now = HistoryState::is_wide();
        if is_wide.get_untracked() != now {
            is_wide.set(now);
        }
    });
    on_cleanup(move || resized.remove());
    move || if is_wide.get() { view! { <Column /> }.into_any() } else { view! { <Sheet /> }.into_any() }
}

/// Shows the side bar beside the conversation.
#[component]
fn Column() -> impl IntoView {
    let is_open = expect_context::<Chat>().history.is_open;
    view! {
        <aside class="side-bar" aria-label=words::CONVERSATIONS data-testid="side-bar">
            <Contents on_close=move |()| is_open.set(false) />
        </aside>
    }
}

/// Shows the side bar over the conversation.
#[component]
fn Sheet() -> impl IntoView {
    let is_open = expect_context::<Chat>().history.is_open;
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(|dialog| {
        let _ = dialog.show_modal();
    });
    // A conversation that was chosen is to be seen.
    let chosen = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("a").is_ok_and(|link| link.is_some())) {
            is_open.set(false);
        }
    };
    view! {
        <dialog
            class="side-bar"
            aria-label=words::CONVERSATIONS
            closedby="any"
            data-testid="side-bar"
            node_ref=dialog
            on:close=move |_| is_open.set(false)
            on:click=chosen
        >
            <Contents on_close=move |()| is_open.set(false) />
        </dialog>
    }
}

/// Shows what is in the side bar.
#[component]
fn Contents(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (keeper, undo) = (expect_context::<Keeper>(), expect_context::<Undo>());
    let chat = keeper.chat;
    let finding = expect_context::<Finding>();
    let transfers = expect_context::<Transfer>();
    let is_empty = Signal::derive(move || keeper.list.with(Vec::is_empty));
    let file = NodeRef::<html::Input>::new();
    let file_chosen = move |_| {
        let Some(field) = file.get_untracked() else { return };
        if let Some(chosen) = ChosenFile::first_of(&field) {
            transfers.read(chosen);
        }
        // The same one can be chosen again.
        field.set_value("");
    };
    let choose_file = move |()| {
        if let Some(field) = file.get_untracked() {
            field.click();
        }
    };
    let key_pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && finding.words.with_untracked(|words| !words.is_empty()) {
            // It closes no sheet, and stops no answer.
            event.prevent_default();
            finding.words.set(String::new());
        }
    };
    let delete_all = move |()| {
        if window().confirm_with_message(words::DELETE_ALL_SURE).is_ok_and(|is_sure| is_sure) {
            undo.clear();
            spawn_local(keeper.delete_all());
        }
    };
    let persistence = move || {
        keeper.persists.get().map(|persists| {
            let words = if persists { words::PERSISTS } else { words::MAY_BE_CLEARED };
            view! {
                <p class="side-note" data-testid="persistence">
                    {words}
                </p>
            }
        })
    };
    let last_one = move || {
        (undo.count.get() > 0).then(|| {
            view! {
                <Button class="link" test_id="undo-last" on_press=move |()| undo.undo()>
                    {words::UNDO}
                </Button>
            }
        })
    };
    view! {
        <header class="side-head">
            <h2>{words::CONVERSATIONS}</h2>
            <Button
                class="icon-button"
                test_id="side-new-chat"
                label=page::NEW_CHAT
                icon=Icon::New
                on_press=move |()| {
                    chat.new_chat();
                    // It is to be seen.
                    if !HistoryState::is_wide() {
                        on_close.run(());
                    }
                }
            />
            <Button
                class="icon-button"
                test_id="close-side-bar"
                label=words::CLOSE
                icon=Icon::Close
                on_press=move |()| on_close.run(())
            />
        </header>
        <input
            class="input"
            type="search"
            data-testid="find"
            placeholder=words::FIND
            aria-label=words::FIND
            prop:value=move || finding.words.get()
            on:input:target=move |event| finding.words.set(event.target().value())
            on:keydown=key_pressed
        />
        <Button
            class="link"
            test_id="temporary-chat"
            title=words::TEMPORARY_TITLE
            on_press=move |()| {
                keeper.begin_temporary();
                if !HistoryState::is_wide() {
                    on_close.run(());
                }
            }
        >
            {words::TEMPORARY}
        </Button>
        <Button
            class="link"
            test_id="open-race"
            title=race::RACE_TITLE
            on_press=move |()| {
                // It would lie over the dialog.
                if !HistoryState::is_wide() {
                    on_close.run(());
                }
                keeper.open_race();
            }
        >
            {race::RACE}
        </Button>
        <Button
            class="link"
            test_id="open-watch"
            on_press=move |()| {
                if !HistoryState::is_wide() {
                    on_close.run(());
                }
                chat.watch.show();
            }
        >
            {watch_page::TITLE}
        </Button>
        <nav class="side-list" aria-label=words::CONVERSATIONS>
            <List />
        </nav>
        {persistence}
        <footer class="side-foot">
            {last_one}
            <input
                type="file"
                hidden
                accept=".jsonl,.ndjson,.json,.txt"
                data-testid="import-file"
                aria-label=transfer::IMPORT
                node_ref=file
                on:change=file_chosen
            />
            <Button class="link" test_id="import" on_press=choose_file>
                {transfer::IMPORT}
            </Button>
            <Button
                class="link"
                test_id="export-all"
                hidden=is_empty
                on_press=move |()| transfers.choose(Source::All)
            >
                {transfer::EXPORT_ALL}
            </Button>
            <Button
                class="link"
                test_id="delete-all"
                hidden=is_empty
                on_press=delete_all
            >
                {words::DELETE_ALL}
            </Button>
        </footer>
    }
}

/// Remembers whether the side bar stands beside the conversation.
fn remember_whether_open(history: HistoryState) {
    Effect::new(move |_| {
        let is_open = history.is_open.get();
        if !HistoryState::is_wide() {
            return;
        }
        if is_open {
            let _ = storage::save(HistoryState::RECORD, &true);
        } else {
            storage::remove(HistoryState::RECORD);
        }
    });
}
