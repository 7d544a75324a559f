//! What stands above the field and above a conversation: questions that wait, texts that were pasted, instructions of its own;
//! and the switch of notifications.

use crate::conversation::{answer, answer_of};
use crate::kept::{Kept, WindowDoes, until, written};
use crate::mounted::{
    Mounted, dispatch, dispatch_with, later, opened_at, page as mount_page, press_key, set_unusable_address,
    settled,
};
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use tokenfall::browser::storage;
use tokenfall::engine::chat::{Hold, TurnState};
use tokenfall::engine::messages::{composer as words, page};
use tokenfall::engine::settings::Field;
use tokenfall::ui::chat::composer::Composer;
use tokenfall::ui::compose::own_system::OwnSystem;
use tokenfall::ui::compose::panel::Panel;
use tokenfall::ui::compose::queueing::Queueing;
use tokenfall::ui::compose::{self, Notifier};
use tokenfall::ui::settings::notify_switch::NotifySwitch;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

const HOSTILE: &str = "<img src=x onerror=alert(1)> & \u{202e}Grüße";

/// A composer below an answer, with what waits and was pasted.
async fn composer(state: TurnState) -> (Kept, Mounted) {
    let kept = Kept::new(vec![answer(state)], &[]).await;
    let queueing = kept.asked.owner.with(|| Queueing::start(kept.keeper));
    // As if the history were on the page.
    kept.asked.chat.history.slot.fill(|()| ().into_any());
    // The first question waits for what the page's server offers, the next one does not.
    kept.asked.chat.connection.restore().await;
    let mounted = kept.asked.mount(move || {
        view! {
            <Panel queueing=queueing />
            <Composer />
        }
    });
    settled().await;
    (kept, mounted)
}

fn type_text(mounted: &Mounted, text: &str) -> HtmlTextAreaElement {
    let field: HtmlTextAreaElement = mounted.find(".composer textarea");
    field.set_value(text);
    dispatch(&field, "input");
    field
}

/// Types each question and sends it with Enter, while an answer is being written.
async fn queue(mounted: &Mounted, questions: &[&str]) {
    for question in questions {
        press_key(&type_text(mounted, question), "Enter");
        settled().await;
    }
}

fn rows(mounted: &Mounted) -> Vec<String> {
    (1..=mounted.count("li")).map(|at| mounted.text(&format!("li:nth-child({at}) .queued-text"))).collect()
}

/// Covers Composer: event. Panel: event, state. Queued: event, state, bad input.
#[wasm_bindgen_test]
async fn questions_wait_while_an_answer_is_written_and_are_dropped_or_edited_without_losing_what_is_typed() {
    let (kept, mounted) = composer(TurnState::Streaming).await;
    let chat = kept.asked.chat;
    assert_eq!(mounted.count("[data-testid=queue]"), 0);
    chat.conversation.is_running.set(true);
    queue(&mounted, &["one", HOSTILE, "three"]).await;
    assert_eq!(rows(&mounted), ["one", "<img src=x onerror=alert(1)> & Grüße", "three"]);
    assert_eq!((mounted.count("img"), mounted.find::<HtmlTextAreaElement>("textarea").value().len()), (0, 0));
    assert!(mounted.text("[data-testid=queue-note]").starts_with(words::NEXT));
    assert!(mounted.find::<HtmlElement>("[data-testid=send-queued]").hidden(), "an answer is being written");
    assert_eq!(chat.conversation.announcement.get_untracked(), words::queued(3));
    mounted.press("li:nth-child(1) [data-testid=drop-queued]");
    type_text(&mounted, "typed");
    mounted.press("li:nth-child(1) [data-testid=edit-queued]");
    settled().await;
    assert_eq!(rows(&mounted), ["three"]);
    assert_eq!(mounted.find::<HtmlTextAreaElement>("textarea").value(), format!("{HOSTILE}\n\ntyped"));
    // All of that is written.
    let id = kept.keeper.shown.get_untracked().unwrap();
    until("the queue is kept", || true).await;
    let record = kept.record(&id).await.unwrap();
    assert_eq!(record.queue.iter().map(|it| it.typed.as_str()).collect::<Vec<_>>(), ["three"]);
    mounted.press("[data-testid=send-now]");
    assert_eq!(kept.asked.stops.get_untracked(), 1, "it stops the answer, and goes first then");
    mounted.press("[data-testid=drop-queued]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=queue]"), 0);
    written().await;
}

/// Covers Panel: event, state.
#[wasm_bindgen_test]
async fn behind_a_bad_end_the_queue_says_that_it_waits_and_one_that_cannot_be_sent_stays() {
    let (kept, mounted) = composer(TurnState::Streaming).await;
    let chat = kept.asked.chat;
    set_unusable_address(chat);
    for (state, told) in
        [(TurnState::Stopped, Hold::Stopped.sentence()), (TurnState::Failed, Hold::Failed.sentence())]
    {
        chat.conversation.is_running.set(true);
        settled().await;
        if mounted.count("li") == 0 {
            queue(&mounted, &["next"]).await;
        }
        kept.asked.store(answer(state));
        chat.conversation.is_running.set(false);
        settled().await;
        assert!(mounted.text("[data-testid=queue-note]").starts_with(told), "{state:?}");
        assert!(chat.conversation.announcement.get_untracked().ends_with(told));
        assert_eq!(opened_at(chat).await, None, "nothing was sent by itself");
    }
    mounted.press("[data-testid=send-queued]");
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)));
    assert!(mounted.text("[data-testid=queue-note]").starts_with(Hold::Refused.sentence()));
    assert_eq!(rows(&mounted), ["next"]);
    written().await;
}

/// Covers Panel: state, bad input.
#[wasm_bindgen_test]
async fn a_good_end_sends_the_next_question_by_itself_and_another_conversation_has_its_own_queue() {
    let (kept, mounted) = composer(TurnState::Streaming).await;
    let chat = kept.asked.chat;
    set_unusable_address(chat);
    chat.conversation.is_running.set(true);
    queue(&mounted, &[&"w".repeat(100_000), " \n"]).await;
    assert_eq!(rows(&mounted).len(), 1, "blanks do not wait");
    assert!(rows(&mounted)[0].len() < 300, "first words only");
    kept.asked.store(answer_of("Because."));
    chat.conversation.is_running.set(false);
    settled().await;
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)), "it was tried");
    chat.new_chat();
    settled().await;
    assert_eq!(mounted.count("[data-testid=queue]"), 0);
    written().await;
}

/// Covers Composer: bad input. Panel: bad input. Pasted: event, state, bad input.
#[wasm_bindgen_test]
async fn a_text_too_long_for_the_field_stands_beside_it_with_what_cannot_be_seen_in_it_and_is_taken_off_again()
 {
    let (kept, mounted) = composer(TurnState::Complete).await;
    let draft = kept.asked.chat.draft;
    let field = type_text(&mounted, "Why?");
    let put = |text: &str| dispatch_with(&field, "beforeinput", &[("data", text.into())]);
    assert!(!put("short"), "the field takes it");
    let long = format!("<b>\u{200b}{}\n", "a".repeat(70_000));
    assert!(put(&long) && put(&"b\n".repeat(40_000)));
    settled().await;
    assert_eq!(mounted.count("[data-testid=aside]"), 2);
    assert_eq!(
        mounted.find_first(".pasted-size").text_content().as_deref(),
        Some("70,005 characters, 1 line")
    );
    assert!(mounted.text("[data-testid=hidden]").starts_with(&page::text_holds_hidden(1)));
    assert_eq!((mounted.count("b"), field.value().as_str()), (0, "Why?"));
    assert_eq!(draft.text(), format!("Why?\n\n{long}\n\n{}", "b\n".repeat(40_000)), "letter by letter");
    for _ in 0..2 {
        assert!(mounted.find_first("[data-testid=show-aside]").hidden(), "more than the field can take");
        mounted.find_first("[data-testid=remove-aside]").click();
        settled().await;
    }
    assert_eq!(mounted.count("[data-testid=aside], [data-testid=hidden]"), 0);
    assert_eq!(draft.text(), "Why?");
}

/// A composer with all that goes with it, as the page has it.
async fn with_all() -> (Kept, Mounted, HtmlTextAreaElement) {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    kept.asked.owner.with(|| compose::begin(kept.keeper));
    let mounted = kept.asked.mount(|| view! { <Composer /> });
    settled().await;
    let field = mounted.find(".composer textarea");
    (kept, mounted, field)
}

/// Covers Composer: event, state.
#[wasm_bindgen_test]
async fn a_long_paste_folds_into_a_card_that_is_shown_in_the_field_again_and_other_input_does_not() {
    let (kept, mounted, field) = with_all().await;
    let put = |kind: &str, text: &str| {
        dispatch_with(&field, "beforeinput", &[("inputType", kind.into()), ("data", text.into())])
    };
    let long = "line\n".repeat(26);
    assert!(!put("insertText", &long) && !put("insertFromPaste", "a\nb"));
    assert!(put("insertFromPaste", &long) && put("insertFromDrop", &"x".repeat(2_001)));
    settled().await;
    assert_eq!(mounted.count("[data-testid=aside]"), 2);
    assert_eq!(kept.asked.chat.conversation.announcement.get_untracked(), words::FOLDED);
    field.set_value("Sum up:");
    mounted.find_first("[data-testid=show-aside]").click();
    settled().await;
    assert_eq!((field.value(), mounted.count("[data-testid=aside]")), (format!("Sum up:\n\n{long}"), 1));
    // Another field is left alone.
    let other = document().create_element("textarea").unwrap();
    document().body().unwrap().append_child(&other).unwrap();
    let members: [(&str, JsValue); 2] =
        [("inputType", "insertFromPaste".into()), ("data", long.as_str().into())];
    assert!(!dispatch_with(&other, "beforeinput", &members));
    other.remove();
}

/// Covers Composer: event.
#[wasm_bindgen_test]
async fn arrow_keys_recall_former_questions_only_where_nothing_was_typed_and_keep_what_was_edited() {
    let (_kept, _mounted, field) = with_all().await;
    field.set_value("typed");
    assert!(!press_key(&field, "ArrowUp"), "a typed text moves its caret");
    field.set_value("");
    assert!(!press_key(&field, "ArrowDown"), "nothing is newer");
    assert!(!dispatch_with(&field, "keydown", &[("key", "ArrowUp".into()), ("shiftKey", true.into())]));
    assert!(press_key(&field, "ArrowUp"));
    assert_eq!(field.value(), "Why?");
    assert!(!press_key(&field, "ArrowUp"), "nothing is older");
    field.set_value("Why not?");
    assert!(press_key(&field, "ArrowDown"));
    assert_eq!(field.value(), "");
    assert!(press_key(&field, "ArrowUp"));
    assert_eq!(field.value(), "Why not?");
}

/// Covers OwnSystem: event, state, bad input.
#[wasm_bindgen_test]
async fn instructions_of_its_own_begin_as_those_of_the_settings_are_edited_in_place_and_given_up() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let (chat, keeper) = (kept.asked.chat, kept.keeper);
    chat.connection.change(|settings| settings.system = "Be brief.".to_owned());
    let mounted = kept.asked.mount(move || view! { <OwnSystem keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.count("section"), 0, "those of the settings are meant");
    chat.conversation.edits_system.set(true);
    settled().await;
    let field: HtmlTextAreaElement = mounted.find("[data-testid=own-system-field]");
    assert_eq!(field.value(), "Be brief.");
    mounted.type_into("[data-testid=own-system-field]", HOSTILE);
    let own = || chat.conversation.with_store(|store| store.system.clone());
    assert_eq!(own().as_deref(), Some(HOSTILE));
    mounted.press("[data-testid=close-system]");
    settled().await;
    assert!(mounted.text(".own-system-words").starts_with("<img src=x"));
    assert_eq!(mounted.count("img"), 0);
    let fold: Element = mounted.find("[data-testid=fold-system]");
    assert_eq!(fold.get_attribute("aria-expanded").as_deref(), Some("false"));
    later().await;
    let id = keeper.shown.get_untracked().unwrap();
    assert_eq!(kept.record(&id).await.unwrap().own_system(), Some(HOSTILE));
    mounted.press("[data-testid=fold-system]");
    mounted.type_into("[data-testid=own-system-field]", "");
    settled().await;
    assert_eq!(own().as_deref(), Some(""), "none is something else than those of the settings");
    mounted.press("[data-testid=drop-system]");
    settled().await;
    assert_eq!((own(), mounted.count("section")), (None, 0));
    written().await;
}

/// Has the browser's notifications answer so; `None` for a browser without.
fn notifications(permission: Option<&str>) -> WindowDoes {
    let body = permission.map_or(String::new(), |it| format!("return Promise.resolve('{it}')"));
    let does = WindowDoes::new("Notification", "");
    let class = Reflect::get(&window(), &"Notification".into()).unwrap();
    Reflect::set(&class, &"permission".into(), &permission.into()).unwrap();
    Reflect::set(&class, &"requestPermission".into(), &Function::new_no_args(&body)).unwrap();
    if permission.is_none() {
        Reflect::set(&window(), &"Notification".into(), &JsValue::UNDEFINED).unwrap();
    }
    does
}

/// Covers NotifySwitch: event, state, bad input.
#[wasm_bindgen_test]
async fn notifications_are_on_once_the_browser_allows_them_and_a_refusal_or_a_browser_without_is_told() {
    let told = "[data-testid=notify-refused]";
    let says = |mounted: &Mounted| (0 < mounted.count(told)).then(|| mounted.text(told));
    for (permission, refusal) in [
        (Some("granted"), None),
        (Some("denied"), Some(words::REFUSED)),
        (Some("<b>"), Some(words::REFUSED)),
        (None, Some(words::UNKNOWN)),
    ] {
        storage::remove(Notifier::RECORD);
        let _browser = notifications(permission);
        let (_owner, mounted, _chat) = mount_page(|| view! { <NotifySwitch /> });
        settled().await;
        let switch: HtmlInputElement = mounted.find("[name=notify]");
        assert!(!switch.checked() && says(&mounted).is_none(), "off at first");
        switch.click();
        later().await;
        assert_eq!(
            (switch.checked(), says(&mounted).as_deref()),
            (refusal.is_none(), refusal),
            "{permission:?}"
        );
        assert_eq!(
            (storage::is_kept(Notifier::RECORD), Notifier::is_on()),
            (refusal.is_none(), refusal.is_none())
        );
        if refusal.is_none() {
            switch.click();
            settled().await;
            assert!(!storage::is_kept(Notifier::RECORD) && !Notifier::is_on());
        }
    }
    // It was allowed once, and is not any more.
    storage::save(Notifier::RECORD, &true).unwrap();
    let _browser = notifications(Some("denied"));
    let (_owner, mounted, _chat) = mount_page(|| view! { <NotifySwitch /> });
    settled().await;
    assert_eq!(says(&mounted).as_deref(), Some(words::REFUSED));
    storage::remove(Notifier::RECORD);
}
