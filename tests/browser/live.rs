//! Connections beside the one answer, as far as a browser has them without a server: events by fetch and by `EventSource`,
//! sockets that never stand. The end-to-end tests have the rest.

use crate::support::{served, sleep, until};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::live::{self, Live, NotSent};
use tokenfall::browser::pump::{Connection, Running};
use tokenfall::browser::transport::TransportError;
use tokenfall::engine::chat::{Cause, Server, TurnState};
use tokenfall::engine::event_source::{EventSource, ReadyState};
use tokenfall::engine::frame::{Frame, SseDecoder};
use tokenfall::engine::messages::{event_source as event_words, sockets as words};
use tokenfall::engine::session::{Next, Plan, Receiver, Session};
use tokenfall::engine::tape::{End, Head, Try};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, HttpRequest, Key, Prompt};
use wasm_bindgen_test::wasm_bindgen_test;

/// Writes down what comes, a line for each call.
#[derive(Debug, Default)]
struct Log {
    lines: Vec<String>,
    decoder: SseDecoder,
    events: usize,
    /// The number of pieces or messages behind which nothing more is wanted.
    enough: Option<usize>,
    is_over: bool,
}

impl Log {
    fn line(&mut self, line: String) -> Next {
        self.lines.push(line);
        let count = self.lines.iter().filter(|line| line.starts_with("piece ") || line.starts_with("text "));
        let has_enough = self.enough.is_some_and(|enough| enough <= count.count());
        if has_enough { Next::Enough } else { Next::More }
    }
}

impl Receiver for Log {
    fn requested(&mut self, request: &HttpRequest, _at: Timestamp) {
        let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_ref()).collect();
        self.lines.push(format!("requested {} {}", request.method, names.join(" ")));
    }

    fn head(&mut self, head: Head, _at: Timestamp) {
        self.decoder = SseDecoder::resuming(self.decoder.last_event_id());
        self.events = 0;
        self.lines.push(format!("head {} {}", head.status, head.content_type));
    }

    fn feed(&mut self, bytes: &[u8], _at: Timestamp) -> Next {
        self.decoder.push(bytes);
        while let Ok(Some(frame)) = self.decoder.next_frame() {
            self.events += usize::from(matches!(frame, Frame::Event(_)));
        }
        self.line(format!("piece {}", String::from_utf8_lossy(bytes).escape_debug()))
    }

    fn inform(&self, source: &mut EventSource) {
        source.received(&self.decoder, self.events);
    }

    fn disconnected(&mut self, how: End, _at: Timestamp) {
        self.lines.push(format!("disconnected {how:?}"));
    }

    fn reconnect(&mut self, again: Try, source: &EventSource, _at: Timestamp) {
        self.lines.push(format!("reconnect {} behind {:?}", again.why, source.last_event_id()));
    }

    fn opened(&mut self, subprotocol: &str, _at: Timestamp) {
        self.lines.push(format!("opened {subprotocol}"));
    }

    fn sent(&mut self, text: &str, _at: Timestamp) {
        self.lines.push(format!("sent {text}"));
    }

    fn message(&mut self, text: &str, _at: Timestamp) -> Next {
        self.line(format!("text {text}"))
    }

    fn binary_message(&mut self, bytes: &[u8], _at: Timestamp) -> Next {
        self.line(format!("binary {bytes:?}"))
    }

    fn keep_reason(&mut self, reason: String) {
        self.lines.push(format!("reason {reason}"));
    }

    fn end(&mut self, how: End, _offline: bool, _at: Timestamp) {
        self.is_over = true;
        self.lines.push(format!("end {how:?}"));
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

type Shared = Rc<RefCell<Log>>;

fn lines(log: &Shared) -> Vec<String> {
    log.borrow().lines.clone()
}

fn nothing() -> Rc<dyn Fn()> {
    Rc::new(|| ())
}

fn get(url: String) -> HttpRequest {
    HttpRequest { method: "GET".into(), url, headers: Vec::new(), body: None }
}

fn stream(body: &str) -> HttpRequest {
    get(served(body, "text/event-stream"))
}

async fn over(live: &Live) {
    until("it is over", || live.status().ready_state == ReadyState::Closed).await;
}

const ONE: &str = "retry: 40\n\nid: 7\ndata: one\n\n";

#[wasm_bindgen_test]
async fn a_stream_that_ends_is_read_again_behind_its_last_id_until_it_is_closed() {
    let (log, wakes) = (Shared::default(), Rc::new(Cell::new(0)));
    let woken = Rc::clone(&wakes);
    let live = live::read_events(stream(ONE), log.clone(), Rc::new(move || woken.set(woken.get() + 1)));
    assert_eq!((live.status().ready_state, live.status().reconnections), (ReadyState::Connecting, 0));
    until("it waits", || live.status().connects_again_at.is_some()).await;
    let status = live.status();
    assert_eq!((status.last_event_id.as_str(), status.stopped), ("7", None));
    let wait = status.wait.expect("a time").as_millis();
    assert!((40..=50).contains(&wait), "the server's time and up to a quarter: {wait}");
    until("it has connected twice again", || live.status().reconnections == 2).await;
    until("the page was told of each change", || 8 < wakes.get()).await;
    live.close();
    let mut lines = lines(&log);
    let piece = format!("piece {}", ONE.escape_debug());
    let round = ["head 200 text/event-stream", &piece, "disconnected Closed", "reconnect ended behind \"7\""];
    assert_eq!(lines[0], "requested GET ");
    assert_eq!(lines[1..5], round);
    assert_eq!(lines.pop().as_deref(), Some("end Cancelled"));
    let count = log.borrow().lines.len();
    sleep(150).await;
    assert_eq!(log.borrow().lines.len(), count, "nothing comes behind the end");
}

#[wasm_bindgen_test]
async fn a_stream_waits_no_longer_where_the_person_does_not_want_to() {
    let log = Shared::default();
    let live = live::read_events(stream("retry: 60000\ndata: x\n\n"), log.clone(), nothing());
    live.hurry();
    until("it waits", || live.status().connects_again_at.is_some()).await;
    assert_eq!(live.status().reconnections, 0, "there was nothing to hurry before");
    live.hurry();
    let status = live.status();
    assert_eq!((status.reconnections, status.connects_again_at), (1, None));
    until("it waits again", || live.status().connects_again_at.is_some()).await;
    assert_eq!(lines(&log).iter().filter(|line| line.starts_with("head ")).count(), 2);
}

#[wasm_bindgen_test]
async fn without_a_network_a_stream_waits_for_that_and_goes_on_with_the_news() {
    let online = |script: &str| {
        js_sys::Function::new_no_args(script)
            .call0(&wasm_bindgen::JsValue::NULL)
            .expect("a script that runs");
    };
    let live = live::read_events(stream("retry: 1\ndata: x\n\n"), Shared::default(), nothing());
    online("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })");
    until("it waits for the network", || live.status().waits_for_network).await;
    let before = live.status().reconnections;
    sleep(60).await;
    assert_eq!((live.status().reconnections, live.status().connects_again_at), (before, None));
    online("delete navigator.onLine; window.dispatchEvent(new Event('online'))");
    until("it has connected again", || live.status().reconnections > before).await;
    assert!(!live.status().waits_for_network);
}

#[wasm_bindgen_test]
async fn another_type_ends_a_stream_for_good_and_says_which_it_was() {
    let log = Shared::default();
    let request = get(served("{\"error\":\"no\"}", "application/json"));
    let live = live::read_events(request, log.clone(), nothing());
    over(&live).await;
    let stopped = event_words::content_type("application/json");
    assert_eq!(live.status().stopped.as_deref(), Some(stopped.as_str()));
    // What it says is read all the same.
    let expected = [
        "requested GET ",
        "head 200 application/json",
        "piece {\\\"error\\\":\\\"no\\\"}",
        &format!("reason {stopped}"),
        "end Lost",
    ];
    assert_eq!(lines(&log), expected);
    assert_eq!(live.send("x"), Err(NotSent::ReadsOnly));
    drop(live);
    assert_eq!(lines(&log), expected, "one end");
}

#[wasm_bindgen_test]
async fn a_server_that_is_away_is_waited_for_and_a_post_is_sent_once() {
    let away = "http://127.0.0.1:1/events".to_owned();
    let log = Shared::default();
    let live = live::read_events(get(away.clone()), log.clone(), nothing());
    until("it waits", || live.status().connects_again_at.is_some()).await;
    assert_eq!(live.status().ready_state, ReadyState::Connecting);
    assert_eq!(lines(&log).last().map(String::as_str), Some("disconnected Lost"));
    let log = Shared::default();
    let request = HttpRequest { method: "POST".into(), body: Some(String::new()), ..get(away) };
    let live = live::read_events(request, log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log).last().map(String::as_str), Some("end Lost"));
    assert!(live.status().stopped.is_some_and(|reason| reason.starts_with("no answer: ")));
}

#[wasm_bindgen_test]
async fn a_sink_that_has_enough_ends_the_stream_without_another_connection() {
    let log = Rc::new(RefCell::new(Log { enough: Some(1), ..Log::default() }));
    let live = live::read_events(stream(ONE), log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log).last().map(String::as_str), Some("end Closed"));
    assert_eq!(
        (live.status().reconnections, live.status().stopped.as_deref()),
        (0, Some(event_words::ENDED))
    );
}

#[wasm_bindgen_test]
async fn one_response_is_read_whatever_is_in_it_and_its_failure_told() {
    let log = Shared::default();
    let live = live::read_once(get(served("a line\n", "text/plain")), log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log), ["requested GET ", "head 200 text/plain", "piece a line\\n", "end Closed"]);
    let log = Shared::default();
    let live = live::read_once(get("http://127.0.0.1:1/".to_owned()), log.clone(), nothing());
    over(&live).await;
    let reason = live.status().stopped.expect("a reason");
    assert_eq!(lines(&log)[1..], [format!("reason {reason}"), "end Lost".to_owned()]);
}

#[wasm_bindgen_test]
async fn dropping_a_connection_before_its_first_turn_sends_nothing_and_ends_it_once() {
    let log = Shared::default();
    drop(live::read_once(stream(ONE), log.clone(), nothing()));
    drop(live::read_events(stream(ONE), log.clone(), nothing()));
    sleep(60).await;
    assert_eq!(lines(&log), ["end Cancelled", "end Cancelled"]);
}

#[wasm_bindgen_test]
async fn an_event_source_that_the_browser_gives_up_is_over_and_says_that_the_reason_is_not_told() {
    let log = Shared::default();
    let names = ["tick", "tick", "open", "error", "message", ""].map(str::to_owned);
    // The page of the tests is no stream of events.
    let url = clock::page_origin() + "/";
    let live = live::listen(&url, &names, log.clone(), nothing()).expect("an address");
    over(&live).await;
    assert_eq!(live.status().stopped.as_deref(), Some(event_words::NOT_TOLD));
    let reason = format!("reason {}", event_words::NOT_TOLD);
    assert_eq!(lines(&log), ["requested GET accept", &reason, "end Lost"]);
    assert_eq!(live.send("x"), Err(NotSent::ReadsOnly));
}

#[wasm_bindgen_test]
async fn an_event_source_whose_server_is_away_stays_connecting_and_can_be_closed() {
    let log = Shared::default();
    let live = live::listen("http://127.0.0.1:9/events", &[], log.clone(), nothing()).expect("an address");
    assert_eq!(live.status().ready_state, ReadyState::Connecting);
    live.close();
    sleep(100).await;
    assert_eq!(lines(&log), ["requested GET accept", "end Cancelled"], "nothing behind the end");
}

#[wasm_bindgen_test]
fn addresses_and_sub_protocols_that_the_browser_refuses_are_errors_in_its_words() {
    let refused = |outcome: Result<Live, TransportError>| match outcome {
        Err(TransportError::Unanswered { cause }) => cause,
        Err(_) | Ok(_) => panic!("not refused"),
    };
    let log = Shared::default();
    for (address, subprotocols) in [
        ("http//nowhere", vec![]),
        ("ftp://127.0.0.1/", vec![]),
        ("wss://127.0.0.1/#part", vec![]),
        ("wss://a b/", vec![]),
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
