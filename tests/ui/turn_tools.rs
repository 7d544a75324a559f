//! What can be done with a question or an answer that was kept: editing, asking again, going on elsewhere, deleting.

use crate::conversation::{Asked, NOT_THERE, answer_of};
use crate::kept::{Kept, forget_all, until, written};
use crate::mounted::{Mounted, dispatch_with, later, opened_at, press_key, set_unusable_address, settled};
use leptos::prelude::*;
use tokenfall::engine::chat::{Turn, TurnId, TurnMetadata, TurnState};
use tokenfall::engine::settings::Field;
use tokenfall::engine::wire::Role;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::history::sidebar::History;
use tokenfall::ui::history::turn_tools::TurnTools;
use tokenfall::ui::state::TurnSignals;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

/// A conversation that is kept, and the tools of its question and of its last answer.
async fn tools(answers: Vec<Turn>) -> (Kept, Mounted) {
    let kept = Kept::new(answers, &[]).await;
    let (question, answer) = (kept.asked.question, kept.asked.last);
    let mounted = mount(&kept, question, answer);
    settled().await;
    (kept, mounted)
}

fn mount(kept: &Kept, question: TurnId, answer: TurnId) -> Mounted {
    let (keeper, undo) = (kept.keeper, kept.undo);
    kept.asked.mount(move || {
        view! {
            <div class="q">
                <TurnTools id=question keeper=keeper undo=undo />
            </div>
            <div class="a">
                <TurnTools id=answer keeper=keeper undo=undo />
            </div>
        }
    })
}

fn is_disabled(mounted: &Mounted, selector: &str) -> bool {
    mounted.find::<Element>(selector).has_attribute("disabled")
}

/// Covers TurnTools: bad input.
#[wasm_bindgen_test]
async fn a_turn_that_is_not_there_has_no_tools_and_neither_has_a_recording() {
    let (kept, mounted) = tools(vec![answer_of("Because.")]).await;
    assert_eq!(mounted.count(".q [data-testid=edit], .a [data-testid=fork]"), 2);
    let gone = mount(&kept, NOT_THERE, NOT_THERE);
    settled().await;
    assert_eq!(gone.count("button"), 0);
    let recorded = kept.asked.chat.conversation.with_store(|store| {
        let id = store.conversation.push(Turn::question("played"));
        store.signals.push((id, TurnSignals::new(Role::User, true, TurnState::Complete)));
        id
    });
    let recorded = mount(&kept, recorded, NOT_THERE);
    settled().await;
    assert_eq!(recorded.count("button"), 0);
    written().await;
}

/// Covers QuestionTools: event, state. AnswerTools: state. DeleteButton: state.
#[wasm_bindgen_test]
async fn no_turn_is_edited_forked_or_deleted_while_an_answer_is_being_written() {
    let (kept, mounted) = tools(vec![answer_of("Because.")]).await;
    let buttons = [
        ".q [data-testid=edit]",
        ".q [data-testid=delete-turn]",
        ".a [data-testid=fork]",
        ".a [data-testid=delete-turn]",
        ".a [data-testid=ask-again]",
    ];
    for is_running in [true, false] {
        kept.asked.chat.conversation.is_running.set(is_running);
        settled().await;
        for button in buttons {
            assert_eq!(is_disabled(&mounted, button), is_running, "{button}");
        }
    }
    mounted.press(".q [data-testid=edit]");
    settled().await;
    assert_eq!((mounted.count(".q [data-testid=edit]"), mounted.count(".q textarea")), (0, 1));
    written().await;
}

/// Covers Editor: event, bad input.
#[wasm_bindgen_test]
async fn an_edited_question_that_cannot_be_sent_stays_in_the_editor_with_its_markup_until_escape() {
    let (kept, mounted) = tools(vec![answer_of("Because.")]).await;
    let chat = kept.asked.chat;
    set_unusable_address(chat);
    mounted.press("[data-testid=edit]");
    settled().await;
    let field: HtmlTextAreaElement = mounted.find("[data-testid=edit-field]");
    assert_eq!(field.value(), "Why?");
    let text = "</textarea><b>\u{202e}why</b>\n\u{0}".repeat(1_000);
    field.set_value(&text);
    mounted.press("[data-testid=edit-ask]");
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)), "it went as far as the address");
    assert_eq!(field.value(), text);
    chat.sheet.opened.set(None);
    assert!(!press_key(&field, "Enter"), "a line more");
    assert_eq!(opened_at(chat).await, None);
    assert!(dispatch_with(&field, "keydown", &[("key", "Enter".into()), ("ctrlKey", true.into())]));
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)));
    field.set_value(" \n ");
    chat.sheet.opened.set(None);
    mounted.press("[data-testid=edit-ask]");
    assert_eq!(opened_at(chat).await, None, "nothing is no question");
    assert_eq!(mounted.count("b, textarea"), 1);
    assert!(press_key(&field, "Escape"));
    settled().await;
    assert_eq!(mounted.count("textarea"), 0);
    assert_eq!(chat.conversation.with_store(|store| store.conversation.len()), 2);
    written().await;
}

/// Covers Editor: event, state.
#[wasm_bindgen_test]
async fn an_edited_question_is_asked_beside_the_old_one_and_the_editor_closes_or_is_left() {
    let asked = Asked::new("Why?", vec![answer_of("Because.")]);
    forget_all().await;
    let chat = asked.chat;
    chat.connection.change(|settings| {
        settings.preset = "custom".to_owned();
        settings.base_url = "http://127.0.0.1:9/v1".to_owned();
        settings.model = "m".to_owned();
    });
    let mounted = asked.mount(|| {
        view! {
            <Turns />
            <History />
        }
    });
    until("the tools are there", || mounted.count("[data-testid=edit]") == 1).await;
    mounted.press("[data-testid=edit]");
    settled().await;
    mounted.press("[data-testid=edit-cancel]");
    settled().await;
    assert_eq!(mounted.count("textarea"), 0);
    mounted.press("[data-testid=edit]");
    settled().await;
    mounted.find::<HtmlTextAreaElement>("textarea").set_value("How?");
    mounted.press("[data-testid=edit-ask]");
    until("the request has failed", || !chat.conversation.is_running.get_untracked()).await;
    assert_eq!((mounted.text(".bubble"), mounted.count("textarea")), ("How?".to_owned(), 0));
    let siblings = chat.conversation.with_store(|store| store.conversation.siblings(asked.question).len());
    assert_eq!(siblings, 2, "the old question is still there");
    assert_eq!(mounted.text(".question .versions > span"), "2 of 2");
    // The keeper looks once more whether something is being written.
    for _ in 0..8 {
        later().await;
    }
    written().await;
}

/// Covers AnswerTools: event, state.
#[wasm_bindgen_test]
async fn an_answer_that_is_forked_becomes_a_conversation_of_its_own_and_the_first_one_is_kept() {
    let (kept, mounted) = tools(vec![answer_of("One"), answer_of("Two")]).await;
    assert!(mounted.find::<HtmlElement>(".a [data-testid=ask-again]").hidden(), "it is the last");
    let first = kept.keeper.shown.get_untracked().unwrap();
    mounted.press(".a [data-testid=fork]");
    until("the copy is kept", || kept.titles().len() == 2).await;
    let copy = kept.keeper.shown.get_untracked().unwrap();
    assert_ne!(copy, first);
    let copy = kept.record(&copy).await.unwrap();
    assert_eq!((copy.forked_from.as_deref(), copy.turns), (Some(first.as_str()), 2));
    assert_eq!(kept.record(&first).await.unwrap().turns, 3);
    written().await;
}

/// Covers AnswerTools: state.
#[wasm_bindgen_test]
async fn an_old_answer_can_be_asked_again_and_says_who_wrote_it_on_which_server() {
    let (kept, mounted) = tools(vec![answer_of("Because.")]).await;
    let conversation = kept.asked.chat.conversation;
    let about = mounted.text("[data-testid=answered-by]");
    assert!(!about.is_empty() && !about.contains('·'), "{about}: no more than when");
    conversation.with_store(|store| {
        let metadata = TurnMetadata {
            created: 1,
            finished: Some(86_400_000),
            model: "<b>m</b>".to_owned(),
            server: "h:1".to_owned(),
            ..TurnMetadata::default()
        };
        store.conversation.set_metadata(kept.asked.last, metadata);
        let question = store.conversation.push(Turn::question("And?"));
        store.signals.push((question, TurnSignals::new(Role::User, false, TurnState::Complete)));
    });
    conversation.show_path();
    conversation.is_running.set(false);
    settled().await;
    let about = mounted.text("[data-testid=answered-by]");
    assert!(about.starts_with("<b>m</b> · h:1 · ") && about.contains("1970"), "{about}");
    assert!(!mounted.find::<HtmlElement>(".a [data-testid=ask-again]").hidden());
    set_unusable_address(kept.asked.chat);
    mounted.press(".a [data-testid=ask-again]");
    assert_eq!(opened_at(kept.asked.chat).await, Some(Some(Field::BaseUrl)), "it went as far as the address");
    written().await;
}

/// Covers DeleteButton: event.
#[wasm_bindgen_test]
async fn a_turn_is_deleted_with_what_follows_it_and_comes_back() {
    let (kept, mounted) = tools(vec![answer_of("Because.")]).await;
    let path = || kept.asked.chat.conversation.path.with_untracked(Vec::len);
    mounted.press(".a [data-testid=delete-turn]");
    assert_eq!(path(), 1);
    mounted.press(".q [data-testid=delete-turn]");
    assert_eq!((path(), kept.undo.count.get_untracked()), (0, 2));
    settled().await;
    let id = kept.keeper.shown.get_untracked().unwrap();
    assert_eq!(kept.record(&id).await.unwrap().turns, 0);
    kept.undo.undo();
    assert_eq!(path(), 1);
    kept.undo.undo();
    assert_eq!((path(), kept.undo.count.get_untracked()), (2, 0));
    settled().await;
    assert_eq!(kept.record(&id).await.unwrap().turns, 2);
    written().await;
}

/// Covers QuestionTools: bad input. Editor: bad input. AnswerTools: bad input. DeleteButton: bad input.
#[wasm_bindgen_test]
async fn tools_of_turns_that_went_meanwhile_do_no_harm() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let answer = TurnId::from_number(NOT_THERE.number() + 1);
    kept.asked.chat.conversation.with_store(|store| {
        store.signals.push((NOT_THERE, TurnSignals::new(Role::User, false, TurnState::Complete)));
        store.signals.push((answer, TurnSignals::new(Role::Assistant, false, TurnState::Complete)));
    });
    let mounted = mount(&kept, NOT_THERE, answer);
    settled().await;
    mounted.press(".q [data-testid=delete-turn]");
    mounted.press(".a [data-testid=delete-turn]");
    mounted.press(".a [data-testid=ask-again]");
    assert_eq!(kept.undo.count.get_untracked(), 0);
    mounted.press(".q [data-testid=edit]");
    settled().await;
    assert_eq!(mounted.find::<HtmlTextAreaElement>(".q textarea").value(), "");
    mounted.press("[data-testid=edit-cancel]");
    let shown = kept.keeper.shown.get_untracked();
    mounted.press(".a [data-testid=fork]");
    settled().await;
    assert_eq!(kept.asked.chat.conversation.path.with_untracked(Vec::len), 0);
    assert_eq!(kept.titles().len(), 1, "a copy of nothing is not kept");
    assert!(kept.record(&shown.unwrap()).await.is_some());
    written().await;
}
