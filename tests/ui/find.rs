//! Finding conversations by title and text, and the way to the place.

use crate::conversation::{Asked, answer_of};
use crate::kept::{Kept, forget_all, keep_turns, record, until, written};
use crate::mounted::{Mounted, press_key, settled};
use leptos::prelude::*;
use tokenfall::engine::archive::ConversationRecord;
use tokenfall::engine::messages::history as words;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::history::sidebar::{History, SideBar};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

/// The side bar of a page that has read 100 of 101 conversations; of the oldest one the text holds the words.
async fn with_an_old_one(title: &str, question: &str, answer: &str) -> (Kept, Mounted) {
    let many: Vec<_> = (0..100_u64)
        .map(|at| ConversationRecord { changed: 1_000 + at, ..record(&format!("{at:03}"), "t") })
        .collect();
    let stored = Asked::new(question, vec![answer_of("another answer"), answer_of(answer)]);
    let old = ConversationRecord { changed: 1, ..record("old", title) };
    let kept = Kept::with_turns(stored, old, &many).await;
    kept.asked.chat.history.is_open.set(true);
    let mounted = kept.asked.mount(|| view! { <SideBar /> });
    settled().await;
    (kept, mounted)
}

async fn found(mounted: &Mounted, number: usize) {
    let words = if number == 0 { words::NONE_FOUND.to_owned() } else { words::found(number, false) };
    until(&words, || mounted.text(".find-status") == words).await;
}

/// Covers List: event, state. RowView: bad input. Item: event.
#[wasm_bindgen_test]
async fn what_only_the_text_of_one_holds_that_was_not_read_yet_is_found_marked_and_can_be_changed() {
    let (kept, mounted) =
        with_an_old_one("Old", "Why?", "before\n\n<img src=x onerror=alert(1)> NEEDLE & more").await;
    assert_eq!(mounted.count("li a"), 100);
    mounted.type_into("[data-testid=find]", "onerror=alert(1)> needle");
    settled().await;
    assert_eq!((mounted.count("li a"), mounted.text(".find-status").as_str()), (0, words::SEARCHING));
    found(&mounted, 1).await;
    assert_eq!(mounted.text(".found-title"), "Old");
    assert_eq!(mounted.text(".excerpt"), "before <img src=x onerror=alert(1)> NEEDLE & more");
    assert_eq!((mounted.text("mark").as_str(), mounted.count("img")), ("onerror=alert(1)> NEEDLE", 0));
    mounted.point_at("li").await;
    mounted.press("[data-testid=pin]");
    until("it is pinned", || kept.keeper.list.with_untracked(|list| list[0].pinned)).await;
    assert!(kept.record("old").await.unwrap().pinned);
    mounted.point_at("li").await;
    mounted.press("[data-testid=delete-conversation]");
    found(&mounted, 0).await;
    assert_eq!(kept.record("old").await, None);
    kept.undo.undo();
    found(&mounted, 1).await;
    assert!(kept.record("old").await.is_some(), "and it can be brought back");
    written().await;
}

/// Covers Contents: event, state.
#[wasm_bindgen_test]
async fn who_types_on_never_sees_what_was_found_of_the_words_before_and_escape_clears_them() {
    let (_kept, mounted) = with_an_old_one("Old", "apple", "pear").await;
    mounted.type_into("[data-testid=find]", "apple");
    found(&mounted, 1).await;
    mounted.type_into("[data-testid=find]", "apple pie");
    settled().await;
    assert_eq!(mounted.count("li a"), 0, "at once");
    mounted.type_into("[data-testid=find]", "pear");
    found(&mounted, 1).await;
    assert_eq!(mounted.text("mark"), "pear");
    let field: HtmlInputElement = mounted.find("[data-testid=find]");
    assert!(press_key(&field, "Escape"), "it closes nothing else");
    settled().await;
    assert_eq!((field.value().as_str(), mounted.count("li a")), ("", 100));
    assert_eq!(mounted.text(".find-status"), "");
    assert!(!press_key(&field, "Escape"), "there is nothing to clear");
}

/// Covers Item: event. TurnTools: event.
#[wasm_bindgen_test]
async fn a_result_that_is_opened_shows_the_branch_with_the_place_and_marks_it() {
    let stored = Asked::new("Why?", vec![answer_of("one *needle* here"), answer_of("the one on show")]);
    forget_all().await;
    keep_turns("a", "Two answers", &stored).await;
    drop(stored);
    let asked = Asked::new("Why?", vec![]);
    asked.chat.new_chat();
    let history = asked.chat.history;
    history.is_opening.set(true);
    history.is_open.set(true);
    let mounted = asked.mount(|| {
        view! {
            <Turns />
            <History />
        }
    });
    until("the history has begun", || !history.is_opening.get_untracked()).await;
    settled().await;
    mounted.type_into("[data-testid=find]", "NEEDLE");
    found(&mounted, 1).await;
    // As a person does: the browser follows the link.
    mounted.press("li mark");
    until("its branch is shown", || mounted.count("article em") == 1).await;
    until("the place is marked", || mounted.count("[data-found]") == 1).await;
    assert_eq!(mounted.text("[data-found]"), "needle");
    assert!(!asked.chat.scroll.is_following.get_untracked());
    written().await;
}
