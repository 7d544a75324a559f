//! The tools at an answer's foot: copy, ask again, the versions, all numbers.

use crate::conversation::{Asked, NOT_THERE, answer, answer_of};
use crate::mounted::{Mounted, NavigatorSays, later, opened_at, set_unusable_address, settled};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::messages::page as words;
use tokenfall::engine::settings::Field;
use tokenfall::ui::chat::numbers_dialog::AboutNumbers;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::history::versions::Versions;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement};

/// A conversation whose last answer is on show.
fn page(answers: Vec<Turn>) -> (Asked, Mounted) {
    let asked = Asked::new("Why?", answers);
    let mounted = asked.mount(|| view! { <Turns /> });
    (asked, mounted)
}

/// Has the browser's clipboard take texts into a list, or refuse them.
fn clipboard(refuses: bool) -> (NavigatorSays, Array) {
    let (clipboard, taken) = (Object::new(), Array::new());
    let body = if refuses {
        "return Promise.reject(new Error('no'))"
    } else {
        "this.taken.push(text); return Promise.resolve()"
    };
    Reflect::set(&clipboard, &"taken".into(), &taken).unwrap();
    Reflect::set(&clipboard, &"writeText".into(), &Function::new_with_args("text", body)).unwrap();
    (NavigatorSays::new("clipboard", &clipboard), taken)
}

/// Covers CopyButton: event, state, bad input.
#[wasm_bindgen_test]
async fn the_copy_button_takes_the_answer_as_it_is_now_with_its_markup_and_marks_that_it_did() {
    let (asked, mounted) = page(vec![answer_of("<b>first</b>")]);
    let (_clipboard, taken) = clipboard(false);
    settled().await;
    mounted.press("[data-testid=copy]");
    later().await;
    assert!(mounted.find::<Element>("[data-testid=copy]").has_attribute("data-copied"));
    assert_eq!(asked.chat.conversation.announcement.get_untracked(), words::COPIED);
    let later_text = "\u{202e}*second* &amp; <script>\0";
    asked.store(answer_of(later_text));
    mounted.press("[data-testid=copy]");
    later().await;
    let taken: Vec<String> = taken.iter().map(|text| text.as_string().unwrap()).collect();
    assert_eq!(taken, ["<b>first</b>", later_text]);
}

/// Covers CopyButton: bad input.
#[wasm_bindgen_test]
async fn a_clipboard_that_refuses_is_told_at_the_button_and_to_screen_readers() {
    let (asked, mounted) = page(vec![answer(TurnState::Complete)]);
    let (_clipboard, taken) = clipboard(true);
    settled().await;
    mounted.press("[data-testid=copy]");
    later().await;
    assert!(mounted.find::<Element>("[data-testid=copy]").has_attribute("data-refused"));
    assert_eq!(asked.chat.conversation.announcement.get_untracked(), words::COULD_NOT_COPY);
    assert_eq!(taken.length(), 0);
}

/// Covers RetryButton: event, state.
#[wasm_bindgen_test]
async fn an_answer_is_asked_for_again_from_its_foot_but_not_while_one_is_written_or_where_an_error_has_the_button()
 {
    let (asked, mounted) = page(vec![answer_of("Because.")]);
    set_unusable_address(asked.chat);
    settled().await;
    mounted.press(".tools [data-testid=retry]");
    assert_eq!(opened_at(asked.chat).await, Some(Some(Field::BaseUrl)), "it went as far as the address");
    asked.chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(mounted.count(".tools [data-testid=retry]"), 0);
    asked.chat.conversation.is_running.set(false);
    asked.signals.state.set(TurnState::Interrupted);
    settled().await;
    assert_eq!(mounted.count(".tools [data-testid=retry]"), 0);
}

/// Covers RetryButton: bad input. Answer: bad input. TurnItem: bad input. Turns: bad input.
#[wasm_bindgen_test]
async fn a_turn_that_the_conversation_does_not_have_shows_an_answer_without_text_or_nothing_and_no_panic() {
    let (asked, mounted) = page(vec![answer_of("Because.")]);
    settled().await;
    let signals = asked.signals.clone();
    asked.chat.conversation.path.update(|path| {
        let mut gone = *path.last().unwrap();
        gone.turn = NOT_THERE;
        path.insert(0, gone);
    });
    settled().await;
    assert_eq!(mounted.count("article"), 2, "a turn without signals is none");
    asked.chat.conversation.path.update(|path| {
        path.remove(0);
    });
    settled().await;
    asked.chat.conversation.with_store(|store| store.signals.push((NOT_THERE, signals)));
    asked.chat.conversation.path.update(|path| {
        let mut gone = *path.last().unwrap();
        gone.turn = NOT_THERE;
        path.insert(1, gone);
    });
    settled().await;
    assert_eq!(mounted.count("article"), 3);
    assert_eq!(mounted.text("article:nth-of-type(2) [data-testid=answer]"), "");
    assert_eq!(mounted.count("article:nth-of-type(2) [data-testid=retry]"), 0, "it is not the last");
}

/// Covers Versions: state, bad input.
#[wasm_bindgen_test]
async fn versions_are_shown_of_several_answers_only_not_while_one_is_written_and_not_of_a_turn_that_is_gone()
{
    let asked = Asked::new("Why?", vec![answer_of("One"), answer_of("Two"), answer_of("Three")]);
    let (id, chat) = (asked.last, asked.chat);
    let mounted = asked.mount(move || {
        view! {
            <div class="there">
                <Versions id=id chat=chat />
            </div>
            <div class="gone">
                <Versions id=NOT_THERE chat=chat />
            </div>
        }
    });
    settled().await;
    assert_eq!(mounted.text(".there .versions > span"), words::version_of(3, 3));
    assert!(mounted.find::<Element>("[aria-label='The answer after']").has_attribute("disabled"));
    assert_eq!(mounted.count(".gone *"), 0);
    chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(mounted.count(".versions"), 0);
}

/// Covers AboutNumbers: event, state, bad input.
#[wasm_bindgen_test]
async fn all_numbers_open_anew_each_time_also_of_a_turn_that_is_gone() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Complete)]);
    let signals = asked.signals.clone();
    let mounted = asked.mount(move || view! { <AboutNumbers id=NOT_THERE signals=signals /> });
    for _ in 0..2 {
        assert_eq!(mounted.count("dialog"), 0);
        mounted.press("[data-testid=about-numbers]");
        settled().await;
        assert!(mounted.find::<HtmlDialogElement>("dialog").open());
        assert_eq!(mounted.text("dialog [data-number=ttft]"), "n/a");
        mounted.press("[data-testid=close-numbers]");
        later().await;
    }
    assert_eq!(mounted.count("dialog"), 0);
}
