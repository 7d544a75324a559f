//! Sockets that never stand, and those of a stand-in that says what a test wants.

use super::fake_socket::Socket;
use super::{Log, Shared, lines, nothing, over};
use crate::support::{sleep, until};
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::live::{self, Live, NotSent};
use tokenfall::browser::pump::{Connection, Running};
use tokenfall::browser::transport::TransportError;
use tokenfall::engine::chat::{Cause, Server, TurnState};
use tokenfall::engine::event_source::ReadyState;
use tokenfall::engine::messages::sockets as words;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Key, Prompt};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn addresses_and_sub_protocols_that_the_browser_refuses_are_errors_in_its_words() {
    let refused = |outcome: Result<Live, TransportError>| match outcome {
        Err(TransportError::Unanswered { cause }) => cause,
        Err(_) | Ok(_) => panic!("not refused"),
    };
    let log = Shared::default();
    for (address, subprotocols) in [
        ("ftp://127.0.0.1/", vec![]),
        ("wss://127.0.0.1/#part", vec![]),
        ("ws://127.0.0.1:9/", vec!["a b"]),
        ("ws://127.0.0.1:9/", vec!["same", "same"]),
        ("ws://127.0.0.1:9/", vec![""]),
    ] {
        let subprotocols: Vec<_> = subprotocols.into_iter().map(str::to_owned).collect();
        let cause = refused(live::connect(address, &subprotocols, log.clone(), nothing()));
        assert!(cause.contains("SyntaxError"), "{address} {subprotocols:?}: {cause}");
    }
    assert!(refused(live::listen("http://[", &[], log.clone(), nothing())).contains("SyntaxError"));
    assert!(lines(&log).is_empty(), "nothing has begun");
}

#[wasm_bindgen_test]
async fn a_socket_that_never_stands_says_what_it_can_be() {
    let log = Shared::default();
    let names = ["realtime".to_owned()];
    // Nobody listens on the port for what is thrown away.
    let live = live::connect("ws://127.0.0.1:9/", &names, log.clone(), nothing()).expect("a socket");
    assert_eq!(live.status().ready_state, ReadyState::Connecting);
    assert_eq!(live.send("too early"), Err(NotSent::NotOpen));
    over(&live).await;
    assert_eq!(live.status().stopped.as_deref(), Some(words::REFUSED));
    let reason = format!("reason {}", words::REFUSED);
    assert_eq!(lines(&log), ["requested GET sec-websocket-protocol", &reason, "end Lost"]);
    assert_eq!(live.send("too late"), Err(NotSent::Closed));
    assert!(!live.say("too late") && live.status().unsent_bytes == 0);
}

#[wasm_bindgen_test]
async fn dropping_a_socket_before_it_stands_is_a_stop_and_no_failure() {
    let log = Shared::default();
    let live = live::connect("ws://127.0.0.1:9/", &[], log.clone(), nothing()).expect("a socket");
    let running = Running::new(Rc::new(live));
    assert!(!running.connection().say("too early"));
    running.cancel();
    sleep(100).await;
    assert_eq!(lines(&log), ["requested GET ", "end Cancelled"]);
}

fn realtime(key: Option<&str>) -> (Rc<RefCell<Session>>, Endpoint) {
    let key = key.and_then(|key| Key::new(key).expect("a key"));
    let plan = Plan::new(Dialect::Realtime, true, "m", Server::default(), key.clone());
    let base = BaseUrl::parse("http://127.0.0.1:9/v1", key.is_some()).expect("an address");
    let session = Rc::new(RefCell::new(Session::new(plan, clock::now())));
    (session, Endpoint { dialect: Dialect::Realtime, base, key })
}

#[wasm_bindgen_test]
async fn an_answer_over_a_socket_that_never_stands_is_unreachable_and_its_key_on_no_tape() {
    let (session, endpoint) = realtime(Some("sk-secret-123456"));
    let prompt = Prompt { model: "m".to_owned(), ..Prompt::default() };
    let running = live::ask(&endpoint, &prompt, Rc::clone(&session), nothing()).expect("a socket");
    assert!(!running.connection().say("too early"));
    until("the turn is final", || session.borrow().turn().state.is_final()).await;
    let session = session.borrow();
    let failure = session.turn().failure.as_ref().expect("a failure");
    assert_eq!((&failure.cause, failure.reason.as_str()), (&Cause::Unreachable, words::REFUSED));
    assert!(!format!("{:?}", session.tape()).contains("sk-secret"));
    assert!(!running.connection().say("too late"));
}

#[wasm_bindgen_test]
fn an_answer_over_a_socket_that_is_dropped_is_stopped() {
    let (session, endpoint) = realtime(None);
    let running = live::ask(&endpoint, &Prompt::default(), Rc::clone(&session), nothing()).expect("a socket");
    drop(running);
    assert_eq!(session.borrow().turn().state, TurnState::Stopped);
}

#[wasm_bindgen_test]
async fn messages_that_come_with_the_end_are_read_before_it_in_their_order() {
    let _socket = Socket::install();
    let log = Shared::default();
    let live = live::connect("ws://x/", &[], log.clone(), nothing()).expect("a socket");
    Socket::run(
        "fake.open('chosen'); fake.come('a'); fake.come(new Uint8Array([255, 0]).buffer); \
         fake.come('b'); fake.end(4001, 'enough');",
    );
    over(&live).await;
    let status = live.status();
    assert_eq!(status.subprotocol, "chosen");
    let closed = words::closed(4001, "enough");
    assert_eq!(status.stopped.as_deref(), Some(closed.as_str()));
    let reason = format!("reason {closed}");
    let expected =
        ["requested GET ", "opened chosen", "text a", "binary [255, 0]", "text b", &reason, "end Lost"];
    assert_eq!(lines(&log), expected);
    Socket::run("fake.come('late'); fake.end(1000, '')");
    drop(live);
    assert_eq!(lines(&log), expected, "one end, and nothing behind it");
}

#[wasm_bindgen_test]
async fn a_flood_is_read_up_to_the_bound_without_a_gap_and_said_to_be_cut() {
    let _socket = Socket::install();
    let log = Shared::default();
    let live = live::connect("ws://x/", &[], log.clone(), nothing()).expect("a socket");
    let came = Socket::run(
        "fake.open(''); let n = 0; \
         while (fake.readyState === 1 && n < 1e6) fake.come(String(n++)); return n;",
    );
    let came: usize = came.parse().expect("a number");
    assert_eq!(Socket::run("return fake.code"), "4009");
    assert_eq!(live.status().ready_state, ReadyState::Open, "what waits is still read");
    over(&live).await;
    assert_eq!(live.status().dropped, 1);
    assert!(live.status().stopped.is_some_and(|reason| reason.contains("4096")));
    let lines = lines(&log);
    let texts: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("text ")).collect();
    assert_eq!(texts.len(), came - 1);
    assert!(texts.iter().enumerate().all(|(number, text)| *text == number.to_string()));
    assert_eq!(lines.last().map(String::as_str), Some("end Lost"));
    assert!(lines.contains(&"note Flooded".to_owned()), "it is on the recording too");
}

#[wasm_bindgen_test]
async fn what_is_sent_is_on_record_once_it_went_out_and_refused_while_too_much_waits() {
    let _socket = Socket::install();
    let log = Shared::default();
    let live = live::connect("ws://x/", &[], log.clone(), nothing()).expect("a socket");
    assert_eq!(live.send("early"), Err(NotSent::NotOpen));
    Socket::run("fake.open('')");
    assert_eq!(live.send("one"), Ok(()));
    Socket::run("fake.bufferedAmount = (1 << 20) + 1");
    let full = live.send("two");
    assert_eq!(full, Err(NotSent::Full((1 << 20) + 1)));
    assert!(full.is_err_and(|full| full.to_string().starts_with("1025 KiB ")));
    assert_eq!(live.status().unsent_bytes, (1 << 20) + 1);
    drop(live);
    assert_eq!(Socket::run("return fake.sent + ' ' + fake.code + ' ' + !fake.onmessage"), "one 1000 true");
    assert_eq!(lines(&log), ["requested GET ", "opened ", "sent one", "end Cancelled"]);
}

#[wasm_bindgen_test]
async fn a_sink_that_has_enough_closes_the_socket_and_gets_no_message_behind_it() {
    let _socket = Socket::install();
    let log = Rc::new(RefCell::new(Log { enough: Some(1), ..Log::default() }));
    let live = live::connect("ws://x/", &[], log.clone(), nothing()).expect("a socket");
    Socket::run("fake.open(''); fake.come('a'); fake.come('b')");
    over(&live).await;
    assert_eq!(Socket::run("return fake.code"), "1000");
    assert_eq!(lines(&log), ["requested GET ", "opened ", "text a", "end Closed"]);
}

#[wasm_bindgen_test]
async fn an_answer_over_a_socket_is_asked_for_spoken_to_and_cancelled() {
    let kinds = || Socket::run("return fake.sent.splice(0).map(text => JSON.parse(text).type)");
    let hear = |message: &str| Socket::run(&format!("fake.come(JSON.stringify({message}))"));
    let _socket = Socket::install();
    let (session, endpoint) = realtime(None);
    let prompt = Prompt { model: "m".to_owned(), ..Prompt::default() };
    let running = live::ask(&endpoint, &prompt, Rc::clone(&session), nothing()).expect("a socket");
    assert_eq!(kinds(), "");
    Socket::run("fake.open('realtime')");
    assert_eq!(kinds(), "session.update,response.create");
    hear("{ type: 'response.created', response: { id: 'r' } }");
    hear("{ type: 'response.output_text.delta', response_id: 'r', item_id: 'a', delta: 'one' }");
    assert!(running.connection().say("no, two"));
    assert_eq!(kinds(), "conversation.item.create,response.cancel");
    hear("{ type: 'response.done', response: { id: 'r', status: 'cancelled' } }");
    assert_eq!(kinds(), "response.create");
    hear("{ type: 'response.created', response: { id: 's' } }");
    hear("{ type: 'response.output_text.delta', response_id: 's', item_id: 'b', delta: 'two' }");
    assert_eq!(session.borrow().turn().state, TurnState::Streaming);
    drop(running);
    assert_eq!(kinds(), "response.cancel");
    assert_eq!(Socket::run("return fake.code"), "1000");
    let session = session.borrow();
    assert_eq!((session.turn().text().as_str(), session.turn().state), ("onetwo", TurnState::Stopped));
}
