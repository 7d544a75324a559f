//! The browser's own model, by a stand-in of the Prompt API: browsers of tests have no model.

use super::nothing;
use crate::support::{sleep, until};
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::live::{Availability, ask_elsewhere, availability};
use tokenfall::browser::pump::Running;
use tokenfall::engine::chat::{Server, TurnState};
use tokenfall::engine::messages::browser_model as words;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{Replay, Speed, Step};
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Message, Prompt, Role};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// A stand-in for the API; the page has what it had when it is dropped. `window.told` has what was asked of it.
struct Model(JsValue);

impl Model {
    /// Its `create` and `promptStreaming` do what these scripts say; `told` has what came, `options` are those of the call.
    fn install(state: &str, create: &str, stream: &str) -> Model {
        Model(run(&format!(
            "const real = Object.getOwnPropertyDescriptor(window, 'LanguageModel'); \
             const told = window.told = {{ calls: [] }}; \
             const session = {{ \
               promptStreaming(prompt, options) {{ told.prompt = prompt; told.calls.push('stream'); \
                 return new ReadableStream({{ async start(out) {{ {stream} }} }}); }}, \
               async prompt(prompt) {{ told.prompt = prompt; told.calls.push('prompt'); return 'All of it.'; }}, \
               destroy() {{ told.calls.push('destroy'); }} }}; \
             const api = {{ async availability(options) {{ told.asked = options; return '{state}'; }}, \
               async create(options) {{ told.options = options; told.calls.push('create'); {create}; return session; }} }}; \
             Object.defineProperty(window, 'LanguageModel', {{ value: api, configurable: true }}); \
             return real;"
        )))
    }

    /// Nothing there at all.
    fn missing() -> Model {
        let model = Model::install("", "", "");
        run("delete window.LanguageModel; if (window.LanguageModel) window.LanguageModel = undefined;");
        model
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        let restore = js_sys::Function::new_with_args(
            "real",
            "delete window.LanguageModel; delete window.told; if (real) Object.defineProperty(window, 'LanguageModel', real);",
        );
        restore.call1(&JsValue::NULL, &self.0).expect("a script that runs");
    }
}

fn run(script: &str) -> JsValue {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).expect("a script that runs")
}

fn text_of(script: &str) -> String {
    run(&format!("return String({script});")).as_string().expect("a text")
}

fn ask(stream: bool) -> (Rc<RefCell<Session>>, Running) {
    let (base, dialect) = (BaseUrl::NONE, Dialect::BrowserModel);
    let plan = Plan::new(dialect, stream, "", Server::new(&base, "browser", dialect), None);
    let session = Rc::new(RefCell::new(Session::new(plan, clock::now())));
    let said = |role, text: &str| Message { role, text: text.to_owned() };
    let prompt = Prompt {
        system: "Be brief.".to_owned(),
        messages: vec![said(Role::User, "One?"), said(Role::Assistant, "Two."), said(Role::User, "Three?")],
        stream,
        ..Prompt::default()
    };
    let endpoint = Endpoint { dialect, base, key: None };
    let running = ask_elsewhere(&endpoint, &prompt, Rc::clone(&session), nothing());
    (session, running)
}

async fn is_final(session: &Rc<RefCell<Session>>) -> TurnState {
    until("the turn is final", || session.borrow().turn().state.is_final()).await;
    session.borrow().turn().state
}

#[wasm_bindgen_test]
async fn what_the_browser_says_of_its_model_is_told_and_what_it_does_not_say_is_not_known() {
    for (state, expected) in [
        ("unavailable", Availability::Unavailable),
        ("downloadable", Availability::Downloadable),
        ("downloading", Availability::Downloading),
        ("available", Availability::Available),
        ("readily", Availability::Unknown),
    ] {
        let _model = Model::install(state, "", "");
        assert_eq!(availability().await, expected, "{state}");
    }
    {
        let _model = Model::missing();
        assert_eq!(availability().await, Availability::Missing);
    }
    let _model = Model::install("available", "", "");
    for broken in ["delete LanguageModel.availability", "LanguageModel.availability = () => { throw 1; }"] {
        run(broken);
        assert_eq!(availability().await, Availability::Unknown, "{broken}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_streams_chunk_by_chunk_is_recorded_and_its_session_is_given_back() {
    let _model = Model::install(
        "available",
        "",
        "out.enqueue('{\"error\":1} '); await new Promise(go => window.told.go = go); out.enqueue('wörld\\n👦'); out.close();",
    );
    let (session, _running) = ask(true);
    until("the first chunk", || session.borrow().turn().text() == "{\"error\":1} ").await;
    assert_eq!(session.borrow().turn().state, TurnState::Streaming);
    run("window.told.go()");
    assert_eq!(is_final(&session).await, TurnState::Complete);
    assert_eq!(session.borrow().turn().text(), "{\"error\":1} wörld\n👦");
    until("it is given back", || text_of("told.calls") == "create,stream,destroy").await;
    assert_eq!(
        text_of(
            "JSON.stringify([told.options.initialPrompts, told.prompt, told.options.monitor === undefined])"
        ),
        "[[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"One?\"},\
         {\"role\":\"assistant\",\"content\":\"Two.\"}],\"Three?\",true]"
    );
    // The same again from its tape.
    let tape = session.borrow().tape().clone();
    let plan = Plan::for_tape(&tape);
    let mut again = Session::new(plan, clock::now());
    let mut replay = Replay::new(tape, Speed::Instant);
    while let Some(step) = replay.step() {
        match step {
            Step::Head(head) => again.head(head.clone(), clock::now()),
            Step::Chunk(bytes) => drop(again.feed(bytes, clock::now())),
            Step::Message(..) => {}
            Step::End(end) => again.end(end, false, clock::now()),
        }
    }
    assert_eq!(
        (again.turn().text(), again.turn().state),
        (session.borrow().turn().text(), TurnState::Complete)
    );
}

#[wasm_bindgen_test]
async fn a_whole_answer_is_asked_for_by_the_other_method() {
    let _model = Model::install("available", "", "");
    let (session, _running) = ask(false);
    assert_eq!(is_final(&session).await, TurnState::Complete);
    assert_eq!(session.borrow().turn().text(), "All of it.");
    until("it is given back", || text_of("told.calls") == "create,prompt,destroy").await;
}

#[wasm_bindgen_test]
async fn stopping_in_mid_stream_keeps_the_text_breaks_the_call_off_and_gives_the_session_back() {
    let _model = Model::install(
        "available",
        "",
        "out.enqueue('Half'); options.signal.onabort = () => { told.calls.push('abort'); out.error(options.signal.reason); };",
    );
    let (session, running) = ask(true);
    until("the first chunk", || session.borrow().turn().text() == "Half").await;
    running.cancel();
    assert_eq!(session.borrow().turn().state, TurnState::Stopped);
    until("it is given back", || text_of("told.calls") == "create,stream,abort,destroy").await;
    assert_eq!(
        (session.borrow().turn().text(), session.borrow().turn().failure.is_none()),
        ("Half".to_owned(), true)
    );
}

#[wasm_bindgen_test]
async fn stopping_while_the_session_comes_to_be_asks_nothing_and_gives_it_back() {
    let _model = Model::install("available", "await new Promise(go => told.go = go)", "");
    let (session, running) = ask(true);
    until("it is being made", || text_of("told.go !== undefined") == "true").await;
    drop(running);
    assert_eq!(session.borrow().turn().state, TurnState::Stopped);
    assert_eq!(text_of("told.options.signal.aborted"), "true");
    run("told.go()");
    until("it is given back", || text_of("told.calls") == "create,destroy").await;
}

#[wasm_bindgen_test]
async fn the_share_that_is_fetched_is_told_while_it_is_waited_for_and_odd_shares_are_none() {
    let _model = Model::install(
        "downloadable",
        "const monitor = new EventTarget(); options.monitor(monitor); \
         told.fetched = loaded => { const event = new Event('downloadprogress'); event.loaded = loaded; monitor.dispatchEvent(event); }; \
         await new Promise(go => told.go = go)",
        "out.enqueue('Here.'); out.close();",
    );
    let (session, _running) = ask(true);
    until("it is being fetched", || text_of("told.go !== undefined") == "true").await;
    let progress = || session.borrow().turn().progress;
    for (loaded, expected) in [
        ("0", Some((0, 100))),
        ("0.425", Some((42, 100))),
        ("'much'", Some((42, 100))),
        ("7", Some((100, 100))),
        ("-1", Some((0, 100))),
        ("1", Some((100, 100))),
    ] {
        run(&format!("told.fetched({loaded})"));
        assert_eq!(progress(), expected, "{loaded}");
    }
    run("told.go()");
    assert_eq!(is_final(&session).await, TurnState::Complete);
    assert_eq!(session.borrow().turn().text(), "Here.");
    // The browser may tell of it behind the end.
    run("told.fetched(0.5)");
    sleep(20).await;
    assert_eq!(progress(), Some((100, 100)));
}

#[wasm_bindgen_test]
async fn each_refusal_is_told_in_our_words_with_what_to_do_and_never_as_an_answer() {
    let throws = |name: &str| format!("throw new DOMException('in its own words', '{name}')");
    {
        let _model = Model::missing();
        told(words::MISSING, "").await;
    }
    for (state, create, expected) in [
        ("unavailable", "", words::REFUSED),
        ("available", "return undefined", words::OTHER),
        ("available", "throw 'odd'", words::OTHER),
    ] {
        let _model = Model::install(state, create, "");
        told(expected, "").await;
    }
    for (name, expected) in [
        ("NotAllowedError", words::NOT_ALLOWED),
        ("NotSupportedError", words::NOT_SUPPORTED),
        ("NetworkError", words::NOT_FETCHED),
        ("AbortError", words::BROKEN_OFF),
        ("UnknownError", words::OTHER),
    ] {
        let _model = Model::install("downloadable", &throws(name), "");
        told(expected, &format!("{name}\nin its own words")).await;
    }
}

async fn told(expected: &str, details: &str) {
    let (session, _running) = ask(true);
    assert_eq!(is_final(&session).await, TurnState::Failed, "{expected}");
    let failure = session.borrow().turn().failure.clone().expect("a failure");
    assert_eq!(failure.sentence(), format!("Prompt API reported an error: {expected}"));
    assert!(failure.details().contains(details), "{}", failure.details());
    assert_eq!(session.borrow().turn().text(), "");
}

#[wasm_bindgen_test]
async fn an_error_in_mid_stream_keeps_the_text_and_a_conversation_that_is_too_long_is_told_as_such() {
    let broken = "out.enqueue('Half'); await 0; setTimeout(() => out.error(new DOMException('x', 'QuotaExceededError')), 20);";
    let _model = Model::install("available", "", broken);
    let (session, _running) = ask(true);
    assert_eq!(is_final(&session).await, TurnState::Failed);
    let session = session.borrow();
    assert_eq!(session.turn().text(), "Half");
    let failure = session.turn().failure.as_ref().expect("a failure");
    assert!(
        failure.sentence().contains("too long") || failure.sentence().contains(words::TOO_LONG),
        "{}",
        failure.sentence()
    );
}
