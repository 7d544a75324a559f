//! The list of conversations that were kept, and what can be done with each.

use crate::kept::{Kept, keep, record, until, written};
use crate::mounted::{Mounted, dispatch, press_key, settled};
use leptos::prelude::*;
use tokenfall::engine::archive::{ConversationRecord, TITLE_LIMIT};
use tokenfall::engine::messages::history as words;
use tokenfall::ui::history::list::{Item, List};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlInputElement};

const HOSTILE: &str = "<img src=x onerror=alert(1)> & \u{1F468}\u{200D}\u{1F469} Grüße";

/// The list, with what the person looks for.
fn list(kept: &Kept) -> (Mounted, RwSignal<String>) {
    (kept.asked.mount(|| view! { <List /> }), kept.finding.words)
}

/// The one conversation that was kept, as an item.
async fn item(title: &str) -> (Kept, Mounted) {
    let kept = Kept::empty(&[record("a", title)]).await;
    let title = title.to_owned();
    let mounted = kept.asked.mount(move || view! { <Item id="a".to_owned() title=title is_pinned=false /> });
    mounted.point_at("li").await;
    (kept, mounted)
}

/// Covers List: state. RowView: bad input.
#[wasm_bindgen_test]
async fn the_list_says_that_it_is_empty_then_shows_titles_as_text_below_their_days_and_finds_them() {
    let kept = Kept::empty(&[]).await;
    let (mounted, search) = list(&kept);
    settled().await;
    assert_eq!(mounted.text(".side-note"), words::NONE_YET);
    let old = ConversationRecord { changed: 0, ..record("b", "old") };
    let both = vec![record("a", HOSTILE), old];
    keep(&both).await;
    kept.keeper.list.set(both);
    settled().await;
    assert_eq!(mounted.count(".side-note"), 0);
    assert_eq!(mounted.count("img"), 0);
    assert_eq!(mounted.count(".side-heading"), 2, "today and a month of long ago");
    assert_eq!(mounted.text("li:nth-child(2) a"), HOSTILE);
    search.set("  GRÜSSE ".to_owned());
    until("it is said", || mounted.text(".find-status") == words::NONE_FOUND).await;
    search.set("  GRÜßE ".to_owned());
    until("it is found", || mounted.text(".find-status") == words::found(1, false)).await;
    assert_eq!((mounted.count(".side-heading"), mounted.count("img")), (0, 0));
    assert_eq!(mounted.text("mark"), "Grüße");
    assert_eq!(mounted.text("li a"), HOSTILE);
}

/// Covers List: event.
#[wasm_bindgen_test]
async fn earlier_conversations_are_asked_for_and_stand_in_the_order_of_their_times() {
    let many: Vec<_> = (0..103_u64)
        .map(|at| ConversationRecord { changed: 1_000 + at, ..record(&format!("{at:03}"), "t") })
        .collect();
    let kept = Kept::empty(&many).await;
    let (mounted, _) = list(&kept);
    settled().await;
    assert_eq!(mounted.count("li a"), 100);
    mounted.press("[data-testid=earlier]");
    until("all are there", || kept.keeper.list.with_untracked(Vec::len) == 103).await;
    assert_eq!(mounted.count("li a"), 103);
    assert_eq!(mounted.count("[data-testid=earlier]"), 0);
    let first: Element = mounted.find("li:nth-child(2) a");
    let last: Element = mounted.find("li:last-child a");
    assert_eq!(first.get_attribute("href").as_deref(), Some("#c=102"));
    assert_eq!(last.get_attribute("href").as_deref(), Some("#c=000"));
}

/// Covers List: bad input.
#[wasm_bindgen_test]
async fn a_damaged_record_is_left_out_and_the_others_are_listed() {
    let newer = ConversationRecord { version: 99, ..record("b", "of a later version") };
    let kept = Kept::empty(&[record("a", "whole"), newer]).await;
    let (mounted, search) = list(&kept);
    settled().await;
    assert_eq!(mounted.count("li a"), 1);
    assert_eq!(mounted.text("li a"), "whole");
    search.set("\u{0}(*<b>".to_owned());
    until("it is said", || mounted.text(".find-status") == words::NONE_FOUND).await;
}

/// Covers Item: event, state.
#[wasm_bindgen_test]
async fn a_conversation_is_pinned_marked_where_it_is_on_show_or_answering_and_deleted() {
    let (kept, mounted) = item("one").await;
    let link: Element = mounted.find("a");
    assert_eq!(link.get_attribute("href").as_deref(), Some("#c=a"));
    assert!(!link.has_attribute("aria-current"));
    kept.keeper.shown.set(Some("a".to_owned()));
    settled().await;
    assert_eq!(link.get_attribute("aria-current").as_deref(), Some("true"));
    kept.keeper.shown.set(None);
    assert_eq!(mounted.count(".answering"), 0);
    kept.keeper.answering.set(vec!["a".to_owned()]);
    settled().await;
    assert_eq!(mounted.count(".answering"), 1);
    mounted.press("[data-testid=pin]");
    until("it is pinned", || kept.keeper.list.with_untracked(|list| list[0].pinned)).await;
    assert!(kept.record("a").await.unwrap().pinned);
    mounted.press("[data-testid=delete-conversation]");
    until("it is off the list", || kept.titles().is_empty()).await;
    assert_eq!(kept.record("a").await, None);
    assert_eq!(kept.undo.count.get_untracked(), 1);
    written().await;
}

/// Covers Item: bad input.
#[wasm_bindgen_test]
async fn an_empty_title_a_very_long_one_and_one_of_markup_stay_text_with_all_tools() {
    for title in ["", HOSTILE, "long ".repeat(20_000).as_str()] {
        let (_kept, mounted) = item(title).await;
        assert_eq!(mounted.text("a"), title);
        assert_eq!(mounted.find::<Element>("a").get_attribute("title").as_deref(), Some(title));
        assert_eq!(mounted.count("img"), 0);
        assert_eq!(mounted.count("[data-testid=pin], [data-testid=rename]"), 2);
    }
}

/// Covers Item: bad input.
#[wasm_bindgen_test]
async fn a_conversation_that_is_gone_is_deleted_again_without_a_way_back_to_nothing() {
    let (kept, mounted) = item("one").await;
    kept.keeper.store().unwrap().delete("a").await.unwrap();
    mounted.press("[data-testid=delete-conversation]");
    until("it is off the list", || kept.titles().is_empty()).await;
    assert_eq!(kept.undo.count.get_untracked(), 0);
    assert_eq!(kept.keeper.problem.get_untracked(), None);
    written().await;
}

/// Opens the field of the title and puts that into it.
async fn rename(mounted: &Mounted, title: &str) -> HtmlInputElement {
    mounted.press("[data-testid=rename]");
    settled().await;
    let field: HtmlInputElement = mounted.find("[data-testid=title]");
    field.set_value(title);
    field
}

/// Covers Rename: event, state.
#[wasm_bindgen_test]
async fn a_title_is_changed_in_its_place_by_enter_or_leaving_the_field_and_kept_by_escape() {
    let (kept, mounted) = item("old").await;
    mounted.press("[data-testid=rename]");
    settled().await;
    let field: HtmlInputElement = mounted.find("[data-testid=title]");
    assert_eq!((field.value().as_str(), mounted.count("a")), ("old", 0));
    assert_eq!(field.selection_end(), Ok(Some(3)), "all of it is selected");
    field.set_value("by Escape");
    assert!(press_key(&field, "Escape"), "it closes no more than the field");
    settled().await;
    assert_eq!((kept.titles(), mounted.count("a")), (vec!["old".to_owned()], 1));
    press_key(&rename(&mounted, "by Enter").await.into(), "Enter");
    settled().await;
    assert_eq!(kept.titles(), ["by Enter"]);
    dispatch(&rename(&mounted, "by leaving").await.into(), "blur");
    settled().await;
    assert_eq!(kept.titles(), ["by leaving"]);
    assert_eq!(kept.record("a").await.unwrap().title, "by leaving");
    written().await;
}

/// Covers Rename: bad input.
#[wasm_bindgen_test]
async fn a_title_of_nothing_is_not_taken_and_a_hostile_or_very_long_one_is_made_harmless() {
    let (kept, mounted) = item("old").await;
    for blank in ["", " \u{a0} ", "\u{200b}\u{202e}"] {
        press_key(&rename(&mounted, blank).await.into(), "Enter");
        settled().await;
        assert_eq!(kept.titles(), ["old"], "{blank:?}");
    }
    press_key(&rename(&mounted, "\u{202e}<b>a</b>\u{200b}  b").await.into(), "Enter");
    settled().await;
    assert_eq!(kept.titles(), ["<b>a</b> b"]);
    press_key(&rename(&mounted, &"word ".repeat(9_999)).await.into(), "Enter");
    settled().await;
    assert!(kept.titles()[0].chars().count() <= 4 * TITLE_LIMIT);
    written().await;
}
