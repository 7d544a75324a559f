//! The sockets of the library, seen from a client.

use std::{collections::HashSet, io::Read as _, io::Write as _, time::Duration};

use lab::{
    Lab, Outcome, Said,
    scenarios::{CLOSE_CODES, FLOOD, SOCKET_LAST_WORDS, SOCKET_TEXT},
    socket::{Handshake, Subprotocol},
};
use tungstenite::{Error, Message};

use crate::{
    client,
    socket_client::{open, try_open},
};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// Opens a socket without a library, and reads all bytes behind the head.
fn raw(lab: &Lab, name: &str) -> (String, Vec<u8>) {
    let ask = format!(
        "GET /s/{name} HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: {KEY}\r\n\r\n"
    );
    client::parts(&client::exchange(lab.port(), &ask))
}

fn pieces(texts: &[String]) -> String {
    let piece = |text: &String| -> Option<String> {
        let event: serde_json::Value = serde_json::from_str(text).unwrap();
        event["body"]["piece"].as_str().map(str::to_owned)
    };
    texts.iter().filter_map(piece).collect()
}

#[test]
fn each_socket_has_an_address_of_its_own() {
    let lab = Lab::start().unwrap();
    let names: HashSet<_> = lab.sockets().iter().map(|socket| &socket.name).collect();
    assert_eq!(names.len(), lab.sockets().len());
    for socket in lab.sockets() {
        let address = format!("ws://127.0.0.1:{}/s/{}{}", lab.port(), socket.name, socket.base_path);
        assert_eq!(lab.base(&socket.name), address);
    }
}

#[test]
fn each_socket_that_accepts_opens() {
    let lab = Lab::start().unwrap();
    for socket in lab.sockets() {
        match socket.handshake {
            Handshake::Accept(Subprotocol::Always(_)) | Handshake::WrongKey | Handshake::Refuse(_) => {}
            Handshake::Accept(_) => drop(open(&lab, &socket.name)),
        }
    }
}

#[test]
fn an_echo_sends_back_text_and_bytes_and_all_of_it_is_in_the_log() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "socket-echo");
    client.say("héllo");
    assert_eq!(client.text(), "héllo");
    client.socket.send(Message::binary(vec![1, 2])).unwrap();
    assert_eq!(client.socket.read().unwrap(), Message::binary(vec![1, 2]));
    client.socket.close(None).unwrap();
    client.rest();
    let said: Vec<_> = lab.messages("socket-echo").into_iter().map(|message| message.said).collect();
    assert_eq!(said, [Said::Text("héllo".to_owned()), Said::Binary(vec![1, 2]), Said::Close(None)]);
    let mut second = open(&lab, "socket-echo");
    second.say("again");
    second.text();
    let messages = lab.messages("socket-echo");
    assert!(messages[3].connection > messages[2].connection);
    assert!(lab.messages("socket-words").is_empty());
}

#[test]
fn a_client_that_leaves_is_in_the_log() {
    let lab = Lab::start().unwrap();
    drop(open(&lab, "socket-silent"));
    for _ in 0..200 {
        if matches!(lab.requests("socket-silent")[0].outcome, Outcome::ClientLeft { sent: 0, .. }) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", lab.requests("socket-silent")[0].outcome);
}

#[test]
fn the_handshake_has_what_was_offered_and_the_first_of_it_is_chosen() {
    let lab = Lab::start().unwrap();
    let chosen = |name: &str| {
        let client = try_open(&lab, name, "?a=1", &["chat.v1", "key.sk-secret"]).unwrap();
        client.head.headers()["sec-websocket-protocol"].to_str().unwrap().to_owned()
    };
    assert_eq!(chosen("socket-echo"), "chat.v1");
    let request = lab.requests("socket-echo").remove(0).request;
    assert_eq!(request.target, "/s/socket-echo?a=1");
    assert_eq!(request.subprotocols().collect::<Vec<_>>(), ["chat.v1", "key.sk-secret"]);
}

#[test]
fn a_server_that_chooses_no_subprotocol_or_another_one_is_refused_by_a_client() {
    let lab = Lab::start().unwrap();
    for name in ["socket-no-subprotocol", "socket-other-subprotocol", "realtime-no-subprotocol"] {
        let error = try_open(&lab, name, "", &["realtime"]).err().unwrap();
        assert!(error.to_string().contains("SubProtocol error"), "{name}: {error}");
    }
}

#[test]
fn a_refused_handshake_has_its_status() {
    let lab = Lab::start().unwrap();
    for (name, status) in [
        ("socket-refused-401", 401),
        ("socket-refused-403", 403),
        ("socket-refused-404", 404),
        ("socket-refused-500", 500),
        ("socket-refused-html", 200),
        ("socket-refused-redirect", 302),
        ("realtime-refused-401", 401),
        ("realtime-html", 200),
    ] {
        let error = try_open(&lab, name, "", &[]).err().unwrap();
        let Error::Http(response) = error else { panic!("{name}: {error}") };
        assert_eq!(response.status(), status, "{name}");
    }
    let error = try_open(&lab, "socket-wrong-key", "", &[]).err().unwrap();
    assert!(error.to_string().contains("Key mismatch"), "{error}");
}

#[test]
fn a_handshake_that_is_never_answered_brings_no_byte() {
    let lab = Lab::start().unwrap();
    let mut stream = client::open(
        lab.port(),
        "GET /s/socket-never-opens HTTP/1.1\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n\r\n",
    );
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(stream.read(&mut [0]).is_err());
}

#[test]
fn what_is_no_handshake_is_told_so() {
    let lab = Lab::start().unwrap();
    let (head, _) = client::parts(&client::exchange(lab.port(), "GET /s/socket-echo HTTP/1.1\r\n\r\n"));
    assert!(head.starts_with("HTTP/1.1 426 "), "{head}");
    let (head, _) = client::parts(&client::exchange(
        lab.port(),
        "GET /s/socket-echo HTTP/1.1\r\nupgrade: websocket\r\n\r\n",
    ));
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    let (_, body) =
        client::parts(&client::exchange(lab.port(), "GET /s/realtime/v1/models HTTP/1.1\r\n\r\n"));
    assert!(String::from_utf8(body).unwrap().contains("lab-large"), "a settings sheet asks for models");
    let ask = "POST /s/socket-echo HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";
    assert!(client::parts(&client::exchange(lab.port(), ask)).0.starts_with("HTTP/1.1 404 "));
}

#[test]
fn the_accept_header_is_the_one_of_the_rfc() {
    let lab = Lab::start().unwrap();
    let (head, _) = raw(&lab, "socket-close-1006");
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
    assert!(!head.contains("sec-websocket-protocol"), "{head}");
}

/// The bytes are looked at, since a library may replace a code.
#[test]
fn each_close_code_is_on_the_wire_behind_a_text() {
    let lab = Lab::start().unwrap();
    std::thread::scope(|scope| {
        for code in CLOSE_CODES {
            let lab = &lab;
            scope.spawn(move || {
                let (_, frames) = raw(lab, &format!("socket-close-{code}"));
                let mut expected = vec![0x81, u8::try_from(SOCKET_LAST_WORDS.len()).unwrap()];
                expected.extend_from_slice(SOCKET_LAST_WORDS.as_bytes());
                let reason = format!("The lab says {code}.");
                match code {
                    1005 => expected.extend([0x88, 0]),
                    1006 => {}
                    code => {
                        expected.extend([0x88, 2 + u8::try_from(reason.len()).unwrap()]);
                        expected.extend(code.to_be_bytes());
                        expected.extend_from_slice(reason.as_bytes());
                    }
                }
                assert_eq!(frames, expected, "{code}");
            });
        }
    });
}

#[test]
fn a_client_of_a_closed_socket_has_its_code_and_reason_and_the_lab_its_answer() {
    let lab = Lab::start().unwrap();
    let (texts, ended) = open(&lab, "socket-close-4401").rest();
    assert_eq!((texts, ended.code()), (vec![SOCKET_LAST_WORDS.to_owned()], 4401));
    let said = lab.messages("socket-close-4401").remove(0).said;
    assert_eq!(said, Said::Close(Some((4401, "The lab says 4401.".to_owned()))));
    assert_eq!(open(&lab, "socket-close-1005").rest().1.code(), 1005);
    assert_eq!(open(&lab, "socket-close-1006").rest().1.code(), 1006);
}

#[test]
fn words_are_messages_of_their_own_for_each_question() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "socket-words");
    for _ in 0..2 {
        client.say("Say it.");
        let mut texts = Vec::new();
        while texts.last().is_none_or(|text| text != r#"{"kind":"over"}"#) {
            texts.push(client.text());
        }
        assert_eq!(pieces(&texts), SOCKET_TEXT);
        assert_eq!(texts.len(), SOCKET_TEXT.split(' ').count() + 1);
    }
}

#[test]
fn sockets_that_end_behind_their_words_end_as_they_say() {
    let lab = Lab::start().unwrap();
    std::thread::scope(|scope| {
        for (name, code) in [("socket-words-once", 1000), ("socket-goes-away", 1001), ("socket-drops", 1006)]
        {
            let lab = &lab;
            scope.spawn(move || {
                let mut client = open(lab, name);
                client.say("Say it.");
                let (texts, ended) = client.rest();
                assert_eq!((pieces(&texts).as_str(), ended.code()), (SOCKET_TEXT, code), "{name}");
            });
        }
    });
}

#[test]
fn sockets_that_fall_silent_say_nothing_more() {
    let lab = Lab::start().unwrap();
    assert!(open(&lab, "socket-silent").is_silent());
    let mut client = open(&lab, "socket-stalls");
    client.say("Say it.");
    let texts: Vec<_> = SOCKET_TEXT.split(' ').map(|_| client.text()).collect();
    assert_eq!(pieces(&texts), SOCKET_TEXT);
    assert!(client.is_silent());
}

#[test]
fn a_message_of_the_expected_type_is_answered_and_no_other() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "socket-expects");
    for other in ["hello", r#"{"type":"bye"}"#, "[]", r#"{"type":1}"#] {
        client.say(other);
    }
    assert!(client.is_silent());
    client.say(r#"{"type":"hello"}"#);
    assert_eq!(client.text(), r#"{"type":"welcome"}"#);
}

#[test]
fn ticks_come_unasked() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "socket-ticks");
    assert_eq!([client.text(), client.text()], ["message 1", "message 2"]);
}

#[test]
fn bytes_come_as_bytes() {
    let lab = Lab::start().unwrap();
    let mut client = open(&lab, "socket-binary");
    assert_eq!(client.text(), "text");
    assert_eq!(client.socket.read().unwrap(), Message::binary(b"bytes".to_vec()));
    assert_eq!(client.socket.read().unwrap(), Message::binary(vec![0xff, 0, 0xfe]));
}

#[test]
fn fragments_with_a_ping_between_are_one_message() {
    let lab = Lab::start().unwrap();
    assert_eq!(open(&lab, "socket-fragments").text(), "One message: é");
}

#[test]
fn a_flood_is_complete_and_in_order() {
    let lab = Lab::start().unwrap();
    let (texts, ended) = open(&lab, "socket-flood").rest();
    assert_eq!((texts.len(), ended.code()), (FLOOD, 1000));
    assert!((1..).zip(&texts).all(|(number, text)| *text == format!("message {number}")));
}

#[test]
fn a_huge_message_is_one_message() {
    let lab = Lab::start().unwrap();
    assert_eq!(open(&lab, "socket-huge").text().len(), 20 * 1024 * 1024);
}

#[test]
fn half_frames_and_half_messages_are_no_messages() {
    let lab = Lab::start().unwrap();
    for name in ["socket-half-frame", "socket-half-message"] {
        let (texts, ended) = open(&lab, name).rest();
        assert_eq!((texts, ended.code()), (vec![SOCKET_LAST_WORDS.to_owned()], 1006), "{name}");
    }
    let (_, frames) = raw(&lab, "socket-half-frame");
    assert!(frames.ends_with(b"\x81\x17Half a fra"), "{frames:?}");
    let (_, frames) = raw(&lab, "socket-half-message");
    assert!(frames.ends_with(b"\x01\x0eHalf a message"), "{frames:?}");
}

#[test]
fn wrong_frames_are_refused_by_a_client() {
    let lab = Lab::start().unwrap();
    for name in ["socket-bad-utf8", "socket-masked", "socket-reserved"] {
        let mut client = open(&lab, name);
        assert_eq!(client.text(), SOCKET_LAST_WORDS);
        let error = client.socket.read().unwrap_err();
        assert!(matches!(error, Error::Utf8(_) | Error::Protocol(_)), "{name}: {error}");
    }
}

#[test]
fn a_frame_that_comes_in_pieces_between_silences_is_read_whole() {
    let lab = Lab::start().unwrap();
    let mut stream = client::open(
        lab.port(),
        &format!("GET /s/socket-echo HTTP/1.1\r\nupgrade: websocket\r\nsec-websocket-key: {KEY}\r\n\r\n"),
    );
    for byte in [0x81, 0x82, 0, 0, 0, 0, b'h', b'i'] {
        stream.write_all(&[byte]).unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\x81\x02hi") {
        let mut piece = [0; 512];
        let count = stream.read(&mut piece).unwrap();
        assert_ne!(count, 0);
        bytes.extend_from_slice(&piece[..count]);
    }
}
