//! The page's components: what a person sees and presses.

use crate::mounted::{Mounted, dispatch, owned, settled};
use leptos::prelude::*;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::messages::page as words;
use tokenfall::engine::meter::Numbers;
use tokenfall::engine::wire::Role;
use tokenfall::ui::app::{App, FramedNotice};
use tokenfall::ui::chat::Chat;
use tokenfall::ui::chat::composer::Composer;
use tokenfall::ui::chat::numbers::NumbersLine;
use tokenfall::ui::chat::question::Question;
use tokenfall::ui::chat::transcript::Transcript;
use tokenfall::ui::chat::welcome::Welcome;
use tokenfall::ui::components::button::Button;
use tokenfall::ui::components::sparkline::SparklineView;
use tokenfall::ui::header::Header;
use tokenfall::ui::notices::Notices;
use tokenfall::ui::state::slot::SlotView;
use tokenfall::ui::state::{LoadState, Slot, TurnSignals};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

/// Mounts a view under the contexts of a page that has just been opened.
fn page<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> (Owner, Mounted, Chat) {
    let owner = owned();
    let chat = owner.with(Chat::provide);
    let mounted = owner.with(|| Mounted::new(view));
    (owner, mounted, chat)
}

#[wasm_bindgen_test]
async fn a_button_presses_once_and_not_while_it_is_disabled_and_its_words_stay_text() {
    let _owner = owned();
    let (presses, disabled) = (RwSignal::new(0), RwSignal::new(false));
    let mounted = Mounted::new(move || {
        view! {
            <Button
                class="button"
                label="Do"
                disabled=disabled
                on_press=move |()| presses.update(|presses| *presses += 1)
            >
                "<b>Do</b>"
            </Button>
        }
    });
    mounted.press("button[aria-label=Do]");
    disabled.set(true);
    settled().await;
    mounted.press("button[aria-label=Do]");
    assert_eq!(presses.get_untracked(), 1);
    assert_eq!(mounted.text("button.button"), "<b>Do</b>");
}

#[wasm_bindgen_test]
async fn the_header_names_the_model_once_it_is_known_and_a_name_of_markup_stays_text() {
    let (_owner, mounted, chat) = page(|| view! { <Header /> });
    settled().await;
    assert!(mounted.find::<Element>("header").has_attribute("data-unknown"));
    chat.connection.change(|settings| settings.model = "<i>m</i>".to_owned());
    settled().await;
    assert!(!mounted.find::<Element>("header").has_attribute("data-unknown"));
    assert_eq!(mounted.text(".model-button"), "<i>m</i>");
}

#[wasm_bindgen_test]
async fn notices_come_and_go_with_the_state_of_loading() {
    let (_owner, mounted, chat) = page(|| view! { <Notices /> });
    chat.loader.state.set(LoadState::Failed);
    settled().await;
    assert_eq!(mounted.text("[data-testid=rest]"), words::LOADING_FAILED);
    chat.loader.state.set(LoadState::Idle);
    chat.connection.is_looking_for_model.set(true);
    settled().await;
    assert_eq!(mounted.text("[role=status]"), words::LOOKING_FOR_MODELS);
}

#[wasm_bindgen_test]
async fn the_welcome_offers_a_link_in_place_of_cards_once_a_server_was_chosen() {
    let (_owner, mounted, chat) = page(|| view! { <Welcome /> });
    settled().await;
    let cards = mounted.find::<HtmlElement>(".start");
    assert!(!cards.hidden() && mounted.find::<HtmlElement>("button.link").hidden());
    chat.connection.change(|settings| settings.model = "m".to_owned());
    settled().await;
    assert!(cards.hidden() && !mounted.find::<HtmlElement>("button.link").hidden());
}

#[wasm_bindgen_test]
async fn the_composer_sends_nothing_blank_and_tells_of_characters_that_cannot_be_seen() {
    let (_owner, mounted, chat) = page(|| view! { <Composer /> });
    settled().await;
    let field: HtmlTextAreaElement = mounted.find("textarea");
    mounted.press("[data-testid=send]");
    assert!(!chat.conversation.has_store(), "nothing was asked");
    field.set_value("a\u{e0041}\u{e0042}b");
    dispatch(&field, "input");
    settled().await;
    assert_eq!(chat.draft.hidden.get_untracked(), 2);
    mounted.press("[data-testid=remove-hidden]");
    settled().await;
    assert_eq!(field.value(), "ab");
}

#[wasm_bindgen_test]
async fn the_transcript_shows_the_welcome_until_there_is_a_turn_and_a_way_to_the_end_once_it_was_left() {
    let (_owner, mounted, chat) = page(|| view! { <Transcript /> });
    settled().await;
    assert_eq!(mounted.text(".empty h2"), words::WELCOME);
    chat.scroll.is_following.set(false);
    settled().await;
    mounted.press("[data-testid=jump-to-end]");
    settled().await;
    assert!(chat.scroll.is_following.get_untracked());
}

#[wasm_bindgen_test]
async fn a_question_of_many_lines_is_folded_and_its_markup_stays_text() {
    let owner = owned();
    let chat = owner.with(Chat::provide);
    owner.with(|| chat.conversation.begin(std::rc::Rc::new(|| {})));
    let text = "<img src=x>\n".repeat(13);
    let id = chat.conversation.with_store(|store| {
        let id = store.conversation.push(Turn::question(&text));
        store.signals.push((id, TurnSignals::new(Role::User, false, TurnState::Complete)));
        id
    });
    let mounted = owner.with(|| Mounted::new(move || view! { <Question id=id /> }));
    settled().await;
    assert!(mounted.find::<Element>(".bubble").has_attribute("data-folded"));
    assert_eq!(mounted.text(".bubble"), text);
    mounted.press("[data-testid=fold-question]");
    settled().await;
    assert!(!mounted.find::<Element>(".bubble").has_attribute("data-folded"));
}

#[wasm_bindgen_test]
async fn figures_that_are_not_known_are_not_shown_and_an_error_shows_its_time_alone() {
    let _owner = owned();
    let numbers = RwSignal::new(Numbers::default());
    let state = RwSignal::new(TurnState::Streaming);
    let mounted = Mounted::new(move || view! { <NumbersLine numbers=numbers state=state /> });
    numbers.set(Numbers { tokens_in: Some(1_234), bytes: 10, ..Numbers::default() });
    settled().await;
    assert_eq!(mounted.text("[data-number=tokens-in]"), "1,234");
    assert!(mounted.find::<HtmlElement>(".figure:has([data-number=tokens-out])").hidden());
    state.set(TurnState::Failed);
    settled().await;
    assert!(mounted.find::<HtmlElement>(".figure:has([data-number=tokens-in])").hidden());
    assert!(!mounted.find::<HtmlElement>(".figure:has([data-number=elapsed])").hidden());
}

#[wasm_bindgen_test]
async fn a_slot_shows_its_view_once_it_is_filled_and_nothing_once_it_is_cleared() {
    let _owner = owned();
    let slot = Slot::default();
    let mounted = Mounted::new(move || view! { <SlotView from=slot /> });
    slot.fill(|()| view! { <p class="late-view">{"here"}</p> }.into_any());
    settled().await;
    assert_eq!(mounted.text(".late-view"), "here");
    slot.clear();
    settled().await;
    assert!(!slot.is_filled());
}

#[wasm_bindgen_test]
fn a_frame_gets_a_way_out_and_nothing_else() {
    let _owner = owned();
    let mounted = Mounted::new(|| view! { <FramedNotice /> });
    let link: Element = mounted.find("a");
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener"));
}

#[wasm_bindgen_test]
fn the_sparkline_has_a_name_and_two_lines() {
    let _owner = owned();
    let (time, bars) = (NodeRef::new(), NodeRef::new());
    let mounted = Mounted::new(move || view! { <SparklineView time=time bars=bars /> });
    assert!(mounted.find::<Element>("svg[role=img]").has_attribute("aria-label"));
    assert!(mounted.find::<Element>(".pace-time").get_attribute("d").is_none());
}

#[wasm_bindgen_test]
async fn the_whole_page_holds_its_parts() {
    let _owner = owned();
    let mounted = Mounted::new(|| view! { <App /> });
    settled().await;
    for part in ["header.header", "main.scroller", "footer.dock", "[data-testid=announcer]"] {
        mounted.find::<Element>(part);
    }
}
