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
    count: usize,
    is_over: bool,
}

impl Log {
    fn line(&mut self, line: String) -> Next {
        self.lines.push(line);
        self.count += 1;
        let has_enough = self.enough.is_some_and(|enough| enough <= self.count);
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
    assert_eq!(lines[0], "requested GET accept");
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
        "requested GET accept",
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
    assert!(!running.say("too early"));
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
    assert!(!running.say("too early"));
    until("the turn is final", || session.borrow().turn().state.is_final()).await;
    let session = session.borrow();
    let failure = session.turn().failure.as_ref().expect("a failure");
    assert_eq!((&failure.cause, failure.reason.as_str()), (&Cause::Unreachable, words::REFUSED));
    assert!(!format!("{:?}", session.tape()).contains("sk-secret"));
    assert!(!running.say("too late"));
}

#[wasm_bindgen_test]
fn an_answer_over_a_socket_that_is_dropped_is_stopped() {
    let (session, endpoint) = realtime(None);
    let running = live::ask(&endpoint, &Prompt::default(), Rc::clone(&session), nothing()).expect("a socket");
    drop(running);
    assert_eq!(session.borrow().turn().state, TurnState::Stopped);
}

/// A stand-in for the browser's WebSocket, which does what a script says; the page has its own again when it is dropped.
struct Socket(wasm_bindgen::JsValue);

impl Socket {
    fn install() -> Socket {
        Socket(run("const real = window.WebSocket; \
             window.WebSocket = class { \
               static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3; \
               constructor() { this.readyState = 0; this.bufferedAmount = 0; this.protocol = ''; this.sent = []; window.fake = this; } \
               send(text) { this.sent.push(text); } \
               close(code) { if (this.readyState < 2) { this.readyState = 2; this.code = code; } } \
               open(protocol) { this.readyState = 1; this.protocol = protocol; this.onopen?.(new Event('open')); } \
               come(data) { this.onmessage?.(new MessageEvent('message', { data })); } \
               end(code, reason) { this.readyState = 3; this.onclose?.(new CloseEvent('close', { code, reason })); } \
             }; \
             return real;"))
    }

    /// Runs a script with the newest socket as `fake`; what it returns, as text.
    fn run(script: &str) -> String {
        run(&format!("const fake = window.fake; return String((() => {{ {script} }})());"))
            .as_string()
            .expect("a text")
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let restore = js_sys::Function::new_with_args("real", "window.WebSocket = real; delete window.fake;");
        restore.call1(&wasm_bindgen::JsValue::NULL, &self.0).expect("a script that runs");
    }
}

fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::Function::new_no_args(script).call0(&wasm_bindgen::JsValue::NULL).expect("a script that runs")
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
    assert!(running.say("no, two"));
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
