//! The button that ends the reasoning of an answer that is being written by llama.cpp's server.

use crate::conversation::answer;
use crate::kept::{Kept, WindowDoes, until, written};
use crate::mounted::{Mounted, settled};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::engine::chat::{Server, TurnState};
use tokenfall::engine::messages::{composer as words, history};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::settings::Settings;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::Dialect;
use tokenfall::ui::compose::answer_now::AnswerNow;
use tokenfall::ui::history::turn_tools::TurnTools;
use tokenfall::ui::state::Run;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

const BUTTON: &str = "[data-testid=answer-now]";
const NOTE: &str = "[data-testid=answer-now-note]";

fn llama_cpp() -> Settings {
    Settings {
        preset: "llama.cpp".to_owned(),
        base_url: "http://127.0.0.1:8080/v1".to_owned(),
        dialect: Dialect::ChatCompletions,
        stream: true,
        ..Settings::default()
    }
}

/// An answer that is being written, and the button.
struct Answering {
    kept: Kept,
    session: Rc<RefCell<Session>>,
    mounted: Mounted,
}

impl Answering {
    async fn begin() -> Answering {
        let kept = Kept::new(vec![answer(TurnState::Sending)], &[]).await;
        let (chat, id, signals) = (kept.asked.chat, kept.asked.last, kept.asked.signals.clone());
        let settings = llama_cpp();
        let base = settings.endpoint("").unwrap().base;
        let server = Server::new(&base, &settings.preset, settings.dialect);
        chat.connection.settings.set(settings);
        let now = clock::now();
        let plan = Plan::new(Dialect::ChatCompletions, true, "m", server, None);
        let mut session = Session::new(plan, now);
        let content_type = "text/event-stream".to_owned();
        session.head(Head { status: 200, content_type, ..Head::default() }, now);
        let session = Rc::new(RefCell::new(session));
        chat.conversation.with_store(|store| {
            let session = Rc::clone(&session);
            store.run = Some(Run { id, signals, session, counted: None, has_moved: false });
        });
        chat.conversation.is_running.set(true);
        let (keeper, undo) = (kept.keeper, kept.undo);
        let mounted = kept.asked.mount(move || {
            view! {
                <AnswerNow keeper=keeper />
                <TurnTools id=id keeper=keeper undo=undo />
            }
        });
        settled().await;
        Answering { kept, session, mounted }
    }

    /// Takes a delta with that member, as the frame loop tells of it.
    async fn takes(&self, member: &str, text: &str) {
        let event = format!(
            "data: {{\"id\":\"chatcmpl-<b>\",\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"{member}\":\"{text}\"}}}}]}}\n\n"
        );
        let _ = self.session.borrow_mut().feed(event.as_bytes(), clock::now());
        self.kept.asked.signals.numbers.update(|_| {});
        settled().await;
    }

    fn is_offered(&self) -> bool {
        self.mounted.count(BUTTON) == 1
    }

    fn is_disabled(&self) -> bool {
        self.mounted.find::<Element>(BUTTON).has_attribute("disabled")
    }

    fn announced(&self) -> String {
        self.kept.asked.chat.conversation.announcement.get_untracked()
    }
}

/// The server answers so, and what it was sent is kept.
fn server_says(status: u16, body: &str) -> WindowDoes {
    let body = JSON::stringify(&JsValue::from_str(body)).unwrap();
    WindowDoes::new(
        "fetch",
        &format!(
            "window.sent = [arguments[0], arguments[1].body]; return Promise.resolve(new Response({body}, {{ status: {status} }}))"
        ),
    )
}

fn sent() -> Vec<String> {
    let sent = Reflect::get(&window(), &"sent".into()).unwrap();
    js_sys::Array::from(&sent).iter().map(|part| part.as_string().unwrap()).collect()
}

/// Covers AnswerNow: event, state.
#[wasm_bindgen_test]
async fn while_the_newest_block_is_reasoning_a_press_ends_it_and_the_answer_says_who_did() {
    let answering = Answering::begin().await;
    assert!(!answering.is_offered(), "nothing has come");
    answering.takes("reasoning_content", "Let me see").await;
    assert!(answering.is_offered() && !answering.is_disabled());
    assert_eq!(answering.mounted.text(NOTE), words::STILL_THINKING);
    let fetch = server_says(200, r#"{"success":true}"#);
    answering.mounted.press(BUTTON);
    settled().await;
    assert!(answering.is_disabled(), "it is pressed once");
    assert_eq!(answering.mounted.text(NOTE), words::ASKED_TO_ANSWER);
    until("it is told", || answering.announced() == words::THINKING_ENDED).await;
    drop(fetch);
    assert_eq!(
        sent(),
        [
            "http://127.0.0.1:8080/v1/chat/completions/control",
            r#"{"id":"chatcmpl-<b>","action":"reasoning_end"}"#
        ]
    );
    answering.takes("content", "Seven.").await;
    assert!(!answering.is_offered(), "the answer has come");
    let Answering { kept, session, mounted } = answering;
    let _ = session.borrow_mut().feed(b"data: [DONE]\n\n", clock::now());
    session.borrow_mut().end(End::Closed, false, clock::now());
    kept.asked.chat.conversation.with_store(|store| store.finish_run());
    kept.asked.signals.state.set(TurnState::Complete);
    settled().await;
    assert!(mounted.text("[data-testid=answered-by]").starts_with(&history::answered_how("", true)));
    written().await;
}

/// Covers AnswerNow: state, bad input.
#[wasm_bindgen_test]
async fn a_refusal_is_told_in_words_without_markup_and_it_can_be_pressed_again() {
    let answering = Answering::begin().await;
    answering.takes("reasoning_content", "Let me see").await;
    for (status, body, said) in [
        (
            200,
            r#"{"success":false,"message":"<img src=x onerror=alert(1)> not enabled."}"#,
            words::answer_now_refused("<img src=x onerror=alert(1)> not enabled"),
        ),
        (404, "<html><title>No</title></html>", words::answer_now_refused("No")),
        (200, "data: {}\n\n", words::answer_now_refused("")),
    ] {
        let _fetch = server_says(status, body);
        answering.mounted.press(BUTTON);
        until("it is told", || answering.announced() == said).await;
        settled().await;
        assert_eq!(answering.mounted.text(NOTE), said);
        assert!(!answering.is_disabled());
    }
    let fetch = WindowDoes::new("fetch", "return Promise.reject(new TypeError('Load failed'))");
    answering.mounted.press(BUTTON);
    until("it is told", || answering.announced() == words::no_answer_to_answer_now("127.0.0.1:8080")).await;
    drop(fetch);
    assert_eq!(answering.mounted.count("img"), 0);
    assert!(answering.kept.keeper.ended_thinking.with_untracked(Vec::is_empty));
    written().await;
}

/// Covers AnswerNow: state, bad input.
#[wasm_bindgen_test]
async fn it_is_not_offered_for_other_servers_nor_once_the_answer_is_over_and_a_late_refusal_says_nothing() {
    let answering = Answering::begin().await;
    let connection = answering.kept.asked.chat.connection;
    answering.takes("reasoning_content", "Let me see").await;
    for change in [
        |settings: &mut Settings| settings.base_url = "http://127.0.0.1:9090/v1".to_owned(),
        |settings: &mut Settings| settings.preset = "custom".to_owned(),
        |settings: &mut Settings| settings.stream = false,
        |settings: &mut Settings| settings.dialect = Dialect::Responses,
        |settings: &mut Settings| settings.base_url = "nowhere at all".to_owned(),
    ] {
        connection.settings.update(change);
        settled().await;
        assert!(!answering.is_offered());
        connection.settings.set(llama_cpp());
        settled().await;
        assert!(answering.is_offered());
    }
    let fetch = server_says(200, r#"{"success":false,"message":"no active completion for this id"}"#);
    answering.mounted.press(BUTTON);
    answering.kept.asked.chat.conversation.is_running.set(false);
    settled().await;
    assert!(!answering.is_offered());
    drop(fetch);
    written().await;
    assert_eq!(answering.announced(), "");
}
