//! The side bar with all conversations, and the notice that brings back what was deleted.

use crate::conversation::{Asked, answer_of};
use crate::kept::{Kept, WindowDoes, forget_all, keep, keep_turns, name_in_address, record, until, written};
use crate::mounted::{Mounted, dispatch, later, settled};
use leptos::prelude::*;
use tokenfall::browser::storage;
use tokenfall::engine::archive::ConversationRecord;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::messages::{history as words, store as problems};
use tokenfall::engine::wire::Role;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::history::sidebar::{History, SideBar};
use tokenfall::ui::history::standing::StandingNote;
use tokenfall::ui::history::undo::UndoNotice;
use tokenfall::ui::state::{HistoryState, TurnSignals};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlDialogElement, HtmlElement};

/// Makes windows narrow.
fn narrow() -> WindowDoes {
    WindowDoes::new("matchMedia", "return { matches: false }")
}

/// The side bar of a page with these conversations.
async fn side_bar(titles: &[&str]) -> (Kept, Mounted) {
    let records: Vec<_> =
        titles.iter().enumerate().map(|(at, title)| record(&format!("id{at}"), title)).collect();
    let kept = Kept::empty(&records).await;
    kept.asked.chat.history.is_open.set(true);
    let mounted = kept.asked.mount(|| view! { <SideBar /> });
    settled().await;
    (kept, mounted)
}

/// The page with its turns and all of its history, in which nothing was asked yet.
async fn page() -> (Asked, Mounted) {
    let asked = Asked::new("Why?", vec![]);
    asked.chat.new_chat();
    let is_opening = asked.chat.history.is_opening;
    is_opening.set(true);
    let mounted = asked.mount(|| {
        view! {
            <Turns />
            <History />
        }
    });
    until("the history has begun", || !is_opening.get_untracked()).await;
    (asked, mounted)
}

/// Covers SideBar: event, state.
#[wasm_bindgen_test]
async fn the_side_bar_is_a_column_or_a_dialog_as_the_window_changes() {
    let (_kept, mounted) = side_bar(&[]).await;
    assert_eq!((mounted.count("aside"), mounted.count("dialog")), (1, 0));
    let narrow = narrow();
    dispatch_resize();
    settled().await;
    assert_eq!((mounted.count("aside"), mounted.count("dialog")), (0, 1));
    drop(narrow);
    dispatch_resize();
    settled().await;
    assert_eq!((mounted.count("aside"), mounted.count("dialog")), (1, 0));
}

fn dispatch_resize() {
    window().dispatch_event(&web_sys::Event::new("resize").unwrap()).unwrap();
}

/// Covers Column: event.
#[wasm_bindgen_test]
async fn the_column_is_hidden_by_its_button_and_not_by_a_choice() {
    let (kept, mounted) = side_bar(&["one"]).await;
    let is_open = kept.asked.chat.history.is_open;
    dispatch(&mounted.find("a.conversation"), "click");
    assert!(is_open.get_untracked());
    mounted.press("[data-testid=close-side-bar]");
    assert!(!is_open.get_untracked());
}

/// Covers Sheet: event.
#[wasm_bindgen_test]
async fn the_sheet_closes_with_a_choice_its_button_or_the_browsers_own_way_and_not_with_a_press_elsewhere() {
    let _narrow = narrow();
    let (kept, mounted) = side_bar(&["one"]).await;
    let is_open = kept.asked.chat.history.is_open;
    let dialog: HtmlDialogElement = mounted.find("dialog");
    assert!(dialog.matches(":modal").unwrap());
    mounted.press("h2");
    assert!(is_open.get_untracked());
    mounted.press("[data-testid=close-side-bar]");
    assert!(!is_open.get_untracked());
    is_open.set(true);
    dispatch(&mounted.find("a.conversation"), "click");
    assert!(!is_open.get_untracked());
    is_open.set(true);
    dialog.close();
    later().await;
    assert!(!is_open.get_untracked());
}

/// Covers Contents: event, bad input.
#[wasm_bindgen_test]
async fn the_side_bar_finds_by_what_is_typed_also_where_that_is_markup_or_only_blanks() {
    let (_kept, mounted) = side_bar(&["<b>Rust</b>", "Leptos"]).await;
    assert_eq!(mounted.count("a"), 2);
    mounted.type_into("[data-testid=find]", "<B>rust");
    until("it is found", || mounted.text(".find-status") == words::found(1, false)).await;
    assert_eq!((mounted.text("a"), mounted.text("mark")), ("<b>Rust</b>".to_owned(), "<b>Rust".to_owned()));
    mounted.type_into("[data-testid=find]", "\u{0}".repeat(100_000).as_str());
    settled().await;
    assert_eq!(mounted.count("a"), 2, "what holds nothing to look for finds all");
    mounted.type_into("[data-testid=find]", ".*");
    until("it is said", || mounted.text(".find-status") == words::NONE_FOUND).await;
}

/// Covers Contents: event, state.
#[wasm_bindgen_test]
async fn everything_is_deleted_after_a_yes_only_and_then_there_is_nothing_to_delete() {
    let (kept, mounted) = side_bar(&["one", "two"]).await;
    assert!(!mounted.find::<HtmlElement>("[data-testid=delete-all]").hidden());
    let no = WindowDoes::new("confirm", "return false");
    mounted.press("[data-testid=delete-all]");
    later().await;
    assert_eq!(kept.titles().len(), 2);
    drop(no);
    let _yes = WindowDoes::new("confirm", "return true");
    mounted.press("[data-testid=delete-all]");
    until("the list is empty", || kept.titles().is_empty()).await;
    assert!(mounted.find::<HtmlElement>("[data-testid=delete-all]").hidden());
    assert_eq!(kept.record("id0").await, None);
    assert_eq!(kept.record("id1").await, None);
    written().await;
}

/// Covers Contents: state. UndoNotice: event, state.
#[wasm_bindgen_test]
async fn a_deleted_conversation_is_told_and_brought_back_from_the_notice_or_the_side_bar() {
    let kept = Kept::empty(&[record("a", "one")]).await;
    let mounted = kept.asked.mount(|| {
        view! {
            <SideBar />
            <UndoNotice />
        }
    });
    for way_back in ["[data-testid=undo]", "[data-testid=undo-last]"] {
        settled().await;
        assert_eq!(mounted.count("[data-testid=undo-notice], [data-testid=undo-last]"), 0);
        mounted.point_at("li").await;
        mounted.press("[data-testid=delete-conversation]");
        until("it is off the list", || kept.titles().is_empty()).await;
        assert!(mounted.text("[data-testid=undo-notice]").starts_with(words::CONVERSATION_DELETED));
        mounted.press(way_back);
        until("it is back", || kept.titles() == ["one"]).await;
        assert_eq!(kept.record("a").await.unwrap().title, "one");
    }
    kept.undo.undo();
    settled().await;
    assert_eq!(kept.titles(), ["one"], "there was nothing to bring back");
    written().await;
}

/// Covers Contents: event.
#[wasm_bindgen_test]
async fn a_new_chat_from_the_side_bar_leaves_the_old_one_in_the_list() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let mounted = kept.asked.mount(|| view! { <SideBar /> });
    settled().await;
    assert_eq!(mounted.text("a[aria-current]"), "Why?");
    mounted.press("[data-testid=side-new-chat]");
    settled().await;
    assert!(kept.asked.chat.conversation.path.with_untracked(Vec::is_empty));
    assert_eq!((mounted.count("a[aria-current]"), mounted.text("a")), (0, "Why?".to_owned()));
    written().await;
}

/// Covers History: event.
#[wasm_bindgen_test]
async fn a_conversation_is_shown_when_the_address_comes_to_name_it_and_left_when_it_names_none() {
    let stored = Asked::new("First?", vec![answer_of("Because.")]);
    forget_all().await;
    keep_turns("a", "<i>First</i>", &stored).await;
    drop(stored);
    let (asked, mounted) = page().await;
    assert_eq!(mounted.count("article"), 0);
    name_in_address("#c=a");
    dispatch_popstate();
    until("it is shown", || mounted.count("article") == 2).await;
    assert_eq!(mounted.text("article .bubble"), "First?");
    assert_eq!(mounted.count(".question [data-testid=edit], .foot [data-testid=fork]"), 2);
    name_in_address("");
    dispatch_popstate();
    settled().await;
    assert_eq!(mounted.count("article"), 0);
    assert!(!asked.chat.history.is_opening.get_untracked());
    written().await;
}

fn dispatch_popstate() {
    window().dispatch_event(&web_sys::Event::new("popstate").unwrap()).unwrap();
}

/// Covers History: state.
#[wasm_bindgen_test]
async fn the_side_bar_stands_open_as_it_was_left_and_is_remembered() {
    forget_all().await;
    let (asked, mounted) = page().await;
    assert_eq!(mounted.count("[data-testid=side-bar]"), 0);
    asked.chat.history.is_open.set(true);
    settled().await;
    assert_eq!(mounted.count("[data-testid=side-bar]"), 1);
    assert!(storage::is_kept(HistoryState::RECORD));
    mounted.press("[data-testid=close-side-bar]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=side-bar]"), 0);
    assert!(!storage::is_kept(HistoryState::RECORD));
}

/// Covers History: bad input.
#[wasm_bindgen_test]
async fn an_address_of_a_conversation_that_is_not_there_or_damaged_is_told_and_the_page_goes_on() {
    for (id, told) in [
        ("none", problems::MISSING),
        ("<b>%00", problems::MISSING),
        ("damaged", problems::MISSING),
        ("newer", problems::NEWER),
    ] {
        forget_all().await;
        keep(&[
            ConversationRecord { version: 99, ..record("newer", "t") },
            ConversationRecord { version: 0, ..record("damaged", "t") },
        ])
        .await;
        name_in_address(&format!("#c={id}"));
        let (asked, mounted) = page().await;
        until("it is told", || mounted.count("[data-testid=store-problem]") == 1).await;
        assert!(mounted.text("[data-testid=store-problem]").starts_with(told), "{id}");
        let is_asked_again = told == problems::NEWER;
        assert_eq!(window().location().hash().unwrap().is_empty(), !is_asked_again, "{id} by a reload");
        assert_eq!(mounted.count("article"), 0);
        assert!(!asked.chat.history.is_opening.get_untracked());
        mounted.press("[data-testid=hide-store-problem]");
        settled().await;
        assert_eq!(mounted.count("[data-testid=store-problem]"), 0);
    }
}

/// Covers StandingNote: event, state.
#[wasm_bindgen_test]
async fn a_temporary_conversation_is_told_and_stored_once_the_person_wants_it() {
    let kept = Kept::empty(&[]).await;
    let (keeper, conversation) = (kept.keeper, kept.asked.chat.conversation);
    let mounted = kept.asked.mount(move || view! { <StandingNote keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.count("p"), 0);
    keeper.begin_temporary();
    conversation.with_store(|store| {
        let id = store.conversation.push(Turn::question("Secret?"));
        store.signals.push((id, TurnSignals::new(Role::User, false, TurnState::Complete)));
    });
    conversation.show_path();
    written().await;
    assert!(mounted.text("[data-testid=temporary]").starts_with(words::IS_TEMPORARY));
    assert_eq!((kept.titles(), keeper.shown.get_untracked()), (vec![], None), "nothing is stored");
    mounted.press("[data-testid=keep-temporary]");
    written().await;
    assert_eq!((kept.titles(), mounted.count("p")), (vec!["Secret?".to_owned()], 0));
    let id = keeper.shown.get_untracked().unwrap();
    assert!(kept.record(&id).await.is_some());
}
