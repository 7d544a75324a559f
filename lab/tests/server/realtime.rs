//! OpenAI Realtime in the lab, seen from a client, and as the engine reads it.

use std::time::Duration;

use lab::{Lab, Said, socket::REALTIME_WORDS};
use serde_json::{Value, json};
use tokenfall::engine::{
    chat::{Server, TurnState},
    session::{Next, Plan, Session},
    tape,
    timestamp::Timestamp,
    wire::{Dialect, Key, Message, Prompt, Role, realtime, realtime_subprotocols},
};

use crate::socket_client::{Client, Ended, try_open};

fn open(lab: &Lab, name: &str) -> Client {
    try_open(lab, name, "/realtime?model=lab-large", &["realtime"]).unwrap()
}

fn event(client: &mut Client) -> Value {
    serde_json::from_str(&client.text()).unwrap()
}

/// Reads to the first event of a type, and returns it.
fn until(client: &mut Client, kind: &str) -> Value {
    loop {
        let event = event(client);
        if event["type"] == kind {
            return event;
        }
    }
}

fn say(client: &mut Client, event: &Value) {
    client.say(&event.to_string());
}

fn item(text: &str) -> Value {
    json!({ "type": "conversation.item.create", "item": {
        "type": "message", "role": "user", "content": [{ "type": "input_text", "text": text }] } })
}

fn create() -> Value {
    json!({ "type": "response.create" })
}

/// Asks, and reads the answer: its deltas together, and the last event.
fn answer(client: &mut Client) -> (String, Value) {
    say(client, &create());
    let mut text = String::new();
    loop {
        let event = event(client);
        match event["type"].as_str().unwrap() {
            "response.output_text.delta" => text += event["delta"].as_str().unwrap(),
            "response.done" => return (text, event),
            _ => {}
        }
    }
}

#[test]
fn a_session_an_item_and_an_answer_that_quotes_it() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime");
    assert_eq!(client.head.headers()["sec-websocket-protocol"], "realtime");
    let created = event(&mut client);
    assert_eq!(
        (&created["type"], &created["session"]["model"]),
        (&json!("session.created"), &json!("lab-large"))
    );
    say(
        &mut client,
        &json!({ "type": "session.update", "session": {
        "type": "realtime", "output_modalities": ["text"], "instructions": "Be brief." } }),
    );
    let updated = event(&mut client);
    assert_eq!(updated["type"], "session.updated");
    assert_eq!(updated["session"]["output_modalities"], json!(["text"]));
    assert_eq!(updated["session"]["instructions"], "Be brief.");
    say(&mut client, &item("What is tea?"));
    let added = event(&mut client);
    assert_eq!(
        (&added["type"], &added["previous_item_id"]),
        (&json!("conversation.item.added"), &json!(null))
    );
    assert_eq!(event(&mut client)["type"], "conversation.item.done");
    let (text, done) = answer(&mut client);
    assert!(text.starts_with("You said: “What is tea?”. ") && text.contains(REALTIME_WORDS), "{text}");
    assert_eq!(done["response"]["status"], "completed");
    assert_eq!(done["response"]["output"][0]["content"][0]["text"], text);
    assert_eq!(done["response"]["usage"]["output_tokens"], text.split(' ').count());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures the pace of the server in real time")]
fn an_answer_comes_at_about_50_words_a_second() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime");
    let began = std::time::Instant::now();
    let (text, _) = answer(&mut client);
    let words = f64::from(u32::try_from(text.split(' ').count()).unwrap());
    let rate = words / began.elapsed().as_secs_f64();
    // A busy machine is slower; nothing makes it faster.
    assert!(rate <= 55.0, "{rate} words a second");
}

#[test]
fn what_is_said_in_mid_generation_is_confirmed_and_quoted_by_the_next_answer() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime");
    say(&mut client, &item("First."));
    say(&mut client, &create());
    let running = until(&mut client, "response.output_text.delta");
    say(&mut client, &item("Second, meanwhile."));
    let added = until(&mut client, "conversation.item.done");
    assert_eq!(added["item"]["content"][0]["text"], "Second, meanwhile.");
    assert_eq!(added["previous_item_id"], running["item_id"], "behind the answer that runs");
    say(&mut client, &json!({ "type": "response.cancel" }));
    let done = until(&mut client, "response.done");
    assert_eq!(done["response"]["id"], running["response_id"]);
    assert_eq!(done["response"]["status"], "cancelled");
    assert_eq!(done["response"]["status_details"]["reason"], "client_cancelled");
    assert!(answer(&mut client).0.starts_with("You said: “Second, meanwhile.”. "));
    let kinds: Vec<_> = lab.messages("realtime").iter().filter_map(|message| message.said.kind()).collect();
    assert_eq!(
        kinds,
        [
            "conversation.item.create",
            "response.create",
            "conversation.item.create",
            "response.cancel",
            "response.create"
        ]
    );
}

#[test]
fn items_stand_where_they_were_put() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime");
    say(&mut client, &item("First."));
    let first = until(&mut client, "conversation.item.done")["item"]["id"].clone();
    let mut before = item("Before.");
    before["previous_item_id"] = json!("root");
    say(&mut client, &before);
    assert_eq!(until(&mut client, "conversation.item.done")["previous_item_id"], json!(null));
    let mut behind = item("Behind.");
    behind["previous_item_id"] = first.clone();
    say(&mut client, &behind);
    assert_eq!(until(&mut client, "conversation.item.done")["previous_item_id"], first);
    assert!(answer(&mut client).0.starts_with("You said: “Behind.”. "));
}

#[test]
fn wrong_messages_get_errors_and_end_nothing() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime");
    event(&mut client);
    let mut nowhere = item("x");
    nowhere["previous_item_id"] = json!("nowhere");
    let mut wrong_kind = item("x");
    wrong_kind["item"]["content"][0]["type"] = json!("text");
    for (wrong, code) in [
        ("no JSON".to_owned(), "invalid_json"),
        ("[]".to_owned(), "invalid_value"),
        (json!({ "type": "session.greet" }).to_string(), "invalid_value"),
        (json!({ "type": "session.update", "session": {} }).to_string(), "missing_required_parameter"),
        (json!({ "type": "response.cancel" }).to_string(), "response_cancel_not_active"),
        (nowhere.to_string(), "item_not_found"),
        (wrong_kind.to_string(), "invalid_value"),
    ] {
        client.say(&wrong);
        let error = event(&mut client);
        assert_eq!((&error["type"], &error["error"]["code"]), (&json!("error"), &json!(code)), "{wrong}");
    }
    say(&mut client, &create());
    until(&mut client, "response.output_text.delta");
    say(&mut client, &create());
    let error = until(&mut client, "error");
    assert_eq!(error["error"]["code"], "conversation_already_has_active_response");
    assert_eq!(until(&mut client, "response.done")["response"]["status"], "completed");
}

#[test]
fn a_key_in_the_subprotocols_is_never_chosen_and_stands_nowhere_else() {
    let lab = Lab::start().unwrap();
    let offered = realtime_subprotocols(Key::new("sk-canary-5f1e").unwrap().as_ref());
    let offered: Vec<_> = offered.iter().map(String::as_str).collect();
    let client = try_open(&lab, "realtime", "/realtime?model=m", &offered).unwrap();
    assert_eq!(client.head.headers()["sec-websocket-protocol"], "realtime");
    let request = lab.requests("realtime").remove(0).request;
    let holders = request.headers.iter().filter(|(_, value)| value.contains("sk-canary"));
    assert_eq!(holders.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["sec-websocket-protocol"]);
    assert!(!request.target.contains("sk-canary"));
}

#[test]
fn a_refused_key_is_an_error_event_and_a_close() {
    let lab = Lab::start().unwrap();
    for (name, code) in [("realtime-refused-key", 3000), ("realtime-refused-key-4401", 4401)] {
        let (texts, ended) = open(&lab, name).rest();
        assert!(texts.len() == 1 && texts[0].contains("invalid_api_key"), "{texts:?}");
        assert_eq!(ended.code(), code);
        let Ended::Closed(Some(frame)) = ended else { panic!("{ended:?}") };
        assert_eq!(frame.reason.as_str(), "invalid_request_error.invalid_api_key");
    }
}

#[test]
fn a_silent_server_never_says_a_word() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "realtime-silent");
    say(&mut client, &create());
    assert!(client.is_silent());
    assert_eq!(lab.messages("realtime-silent")[0].said, Said::Text(create().to_string()));
}

/// Asks over a socket, and gives the engine's session what comes, as a page does.
fn session(lab: &Lab, name: &str, prompt: &Prompt) -> Session {
    let mut client = open(lab, name);
    client.socket.get_ref().set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let at = Timestamp::from_micros(1_000);
    let plan = Plan::new(Dialect::Realtime, true, "lab-large", Server::default(), None);
    let mut session = Session::new(plan, at);
    session.opened(at);
    for event in realtime::opening(prompt) {
        say(&mut client, &serde_json::to_value(&event).unwrap());
    }
    // A close, a cut and a silence of 2 s are errors here.
    while let Ok(message) = client.socket.read() {
        if let tungstenite::Message::Text(text) = message
            && session.message(text.as_str(), at) == Next::Enough
        {
            break;
        }
    }
    session.end(tape::End::Closed, false, at);
    session
}

#[test]
fn the_engine_reads_each_scenario_as_what_it_is() {
    let lab = Lab::start().unwrap();
    let said = |role, text: &str| Message { role, text: text.to_owned() };
    let messages = [said(Role::User, "One."), said(Role::Assistant, "Two."), said(Role::User, "Three.")];
    let prompt = Prompt { messages: messages.to_vec(), ..Prompt::default() };
    for (name, state, begins) in [
        ("realtime", TurnState::Complete, "You said: “Three.”. The kettle"),
        ("realtime-drops", TurnState::Interrupted, "You said: “Three.”. The kettle"),
        ("realtime-closes", TurnState::Interrupted, "You said: “Three.”. The kettle"),
        ("realtime-stalls", TurnState::Interrupted, "You said: “Three.”. The kettle"),
        ("realtime-fails", TurnState::Failed, "You said: “Three.”. The kettle"),
        ("realtime-error", TurnState::Failed, ""),
    ] {
        let session = session(&lab, name, &prompt);
        let turn = session.turn();
        assert_eq!(turn.state, state, "{name}");
        assert!(turn.text().starts_with(begins), "{name}: {}", turn.text());
        assert!(turn.unknown.is_empty(), "{name}: {:?}", turn.unknown);
    }
}
