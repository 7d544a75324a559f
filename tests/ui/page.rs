//! The page's components: what a person sees and presses.

use crate::conversation::NOT_THERE;
use crate::mounted::{
    Mounted, NavigatorSays, dispatch, dispatch_with, opened_at, owned, page, set_unusable_address, settled,
};
use leptos::prelude::*;
use tokenfall::engine::messages::page as words;
use tokenfall::ui::app::{App, FramedNotice};
use tokenfall::ui::chat::Chat;
use tokenfall::ui::chat::composer::Composer;
use tokenfall::ui::chat::transcript::Transcript;
use tokenfall::ui::chat::welcome::Welcome;
use tokenfall::ui::components::button::Button;
use tokenfall::ui::header::Header;
use tokenfall::ui::notices::Notices;
use tokenfall::ui::state::slot::SlotView;
use tokenfall::ui::state::{LoadState, SettingsSource, Slot, TurnKey};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

/// Covers Button: event, state, bad input.
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

/// Covers Header: state, bad input.
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

/// Covers Notices: state.
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

/// Covers Welcome: state.
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

/// Covers Transcript: event, state.
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

/// Covers SlotView: state.
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
async fn the_whole_page_holds_its_parts() {
    let _owner = owned();
    let mounted = Mounted::new(|| view! { <App /> });
    settled().await;
    for part in ["header.header", "main.scroller", "footer.dock", "[data-testid=announcer]"] {
        mounted.find::<Element>(part);
    }
}

/// Covers Header: event.
#[wasm_bindgen_test]
async fn the_header_opens_the_settings_also_for_a_model_without_a_server_and_a_new_chat_takes_the_turns_away()
{
    let (_owner, mounted, chat) = page(|| view! { <Header /> });
    chat.connection.change(|settings| settings.base_url.clear());
    for button in [".model-button", "[data-testid=open-settings]"] {
        chat.sheet.opened.set(None);
        mounted.press(button);
        assert_eq!(opened_at(chat).await, Some(None), "{button}");
    }
    let number = chat.conversation.chat.get_untracked();
    mounted.press("[data-testid=new-chat]");
    settled().await;
    assert_eq!(chat.conversation.chat.get_untracked(), number + 1);
}

/// Covers Notices: event.
#[wasm_bindgen_test]
async fn being_offline_is_told_until_the_browser_is_online_again() {
    let (_owner, mounted, _chat) = page(|| view! { <Notices /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=offline]"), 0);
    let offline = NavigatorSays::new("onLine", &false.into());
    dispatch_with(&window(), "offline", &[]);
    settled().await;
    assert_eq!(mounted.text("[data-testid=offline]"), words::OFFLINE);
    drop(offline);
    dispatch_with(&window(), "online", &[]);
    settled().await;
    assert_eq!(mounted.count("[data-testid=offline]"), 0);
}

/// Covers SlotView: state, bad input.
#[wasm_bindgen_test]
async fn a_slot_that_is_cleared_while_empty_or_filled_twice_shows_the_last_view_alone() {
    let _owner = owned();
    let slot = Slot::default();
    let mounted = Mounted::new(move || view! { <SlotView from=slot /> });
    slot.clear();
    slot.fill(|()| view! { <p class="first">{"<b>"}</p> }.into_any());
    slot.fill(|()| view! { <p class="second">{"<b>"}</p> }.into_any());
    settled().await;
    assert_eq!((mounted.count(".first"), mounted.text(".second")), (0, "<b>".to_owned()));
    slot.clear();
    slot.clear();
    settled().await;
    assert_eq!(mounted.count("p"), 0);
}

#[wasm_bindgen_test]
async fn a_view_that_an_effect_put_into_a_slot_is_not_gone_when_the_effect_runs_again() {
    let owner = owned();
    let (mounted, is_wanted) = owner.with(|| {
        let (slot, is_wanted) = (Slot::default(), RwSignal::new(true));
        Effect::new(move |_| {
            if is_wanted.get() {
                slot.fill(|()| view! { <p>"Here"</p> }.into_any());
                is_wanted.set(false);
            }
        });
        (Mounted::new(move || view! { <SlotView from=slot /> }), is_wanted)
    });
    settled().await;
    assert_eq!((mounted.text("p"), is_wanted.get_untracked()), ("Here".to_owned(), false));
}

/// Covers Welcome: event, bad input.
#[wasm_bindgen_test]
async fn an_example_goes_through_the_composer_but_not_over_what_is_typed_there() {
    let (_owner, mounted, chat) = page(|| view! { <Welcome /> <Composer /> });
    set_unusable_address(chat);
    settled().await;
    for (typed, left) in [("", words::EXAMPLES[0]), ("<b>mine</b>", "<b>mine</b>")] {
        chat.draft.fill(typed);
        chat.sheet.opened.set(None);
        mounted.press(".example:first-child");
        settled().await;
        assert!(opened_at(chat).await.is_some(), "it was asked, and could not be sent");
        assert_eq!(chat.draft.text(), left);
    }
}

/// Covers Welcome: event, state. CardText: state.
#[wasm_bindgen_test]
async fn a_card_opens_the_settings_and_names_another_model_where_one_is_offered() {
    let (_owner, mounted, chat) = page(|| view! { <Welcome /> });
    chat.connection.source.set(SettingsSource::Default);
    settled().await;
    let card = ".card:not([data-testid])";
    assert_eq!(mounted.text(&format!("{card} strong")), words::CONNECT_A_MODEL);
    chat.connection.source.set(SettingsSource::Offered);
    settled().await;
    assert_eq!(mounted.text(&format!("{card} strong")), words::CONNECT_ANOTHER_MODEL);
    mounted.press(card);
    assert_eq!(opened_at(chat).await, Some(None));
}

/// Covers Transcript: bad input.
#[wasm_bindgen_test]
async fn a_path_whose_turns_are_not_drawn_yet_takes_the_welcome_away_and_says_that_an_answer_comes() {
    let (_owner, mounted, chat) = page(|| view! { <Transcript /> });
    chat.conversation.path.set(vec![TurnKey { chat: 7, turn: NOT_THERE }]);
    chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(mounted.count(".empty, article"), 0);
    let log: Element = mounted.find("[data-testid=transcript]");
    assert_eq!(log.get_attribute("aria-busy").as_deref(), Some("true"));
}

/// Covers App: event, state, bad input.
#[wasm_bindgen_test]
async fn the_page_asks_before_it_is_left_with_something_typed_and_announces_markup_as_text() {
    let owner = owned();
    let context = StoredValue::new(None);
    let mounted = owner.with(|| {
        Mounted::new(move || {
            let app = view! { <App /> };
            context.set_value(use_context::<Chat>());
            app
        })
    });
    let chat = context.get_value().unwrap();
    settled().await;
    assert!(!dispatch_with(&window(), "beforeunload", &[]), "there is nothing to lose");
    let field: HtmlTextAreaElement = mounted.find("textarea");
    field.set_value("a");
    dispatch(&field, "input");
    assert!(dispatch_with(&window(), "beforeunload", &[]));
    field.set_value(" \n");
    dispatch(&field, "input");
    assert!(!dispatch_with(&window(), "beforeunload", &[]));
    chat.conversation.announcement.set("<img src=x>".repeat(1_000));
    settled().await;
    assert_eq!(mounted.text("[data-testid=announcer]").len(), 11_000);
    assert_eq!(mounted.count("img"), 0);
}
