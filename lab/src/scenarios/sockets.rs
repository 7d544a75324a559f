//! Sockets that any client may talk to, and everything that goes wrong with them.

use std::{borrow::Cow, time::Duration};

use super::chat;
use crate::{
    script::{Answer, End},
    socket::{Act, Handshake, Socket, Subprotocol, Talk},
};

/// What the sockets say that answer in words; as own events: `{"kind":"word","body":{"piece":"…"}}`.
pub const SOCKET_TEXT: &str = "Every word is a message of its own.";
/// What comes before a socket is closed or cut.
pub const SOCKET_LAST_WORDS: &str = "A word before the end.";
/// The messages of `socket-flood`.
pub const FLOOD: usize = 20_000;
/// The codes of the scenarios `socket-close-N`. 1005 is a close frame without a code, 1006 none at all; 1015 cannot be sent.
pub const CLOSE_CODES: [u16; 18] = [
    1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000, 4401,
    4999,
];

/// The bytes of the message of `socket-huge`.
const HUGE: usize = 20 * 1024 * 1024;
const GAP: Duration = Duration::from_millis(40);

pub(super) fn sockets() -> Vec<Socket> {
    let mut all = healthy();
    all.extend(CLOSE_CODES.into_iter().map(closing));
    all.extend(broken());
    all.extend(handshakes());
    all
}

/// The page of a gateway.
pub(super) fn html() -> Answer {
    Answer::whole(200, "text/html; charset=utf-8", "<!doctype html><title>Gateway of the lab</title>\n")
}

fn socket(name: impl Into<Cow<'static, str>>, about: impl Into<Cow<'static, str>>, acts: Vec<Act>) -> Socket {
    Socket {
        name: name.into(),
        about: about.into(),
        base_path: "",
        handshake: Handshake::Accept(Subprotocol::FirstOffered),
        talk: Talk::Acts(acts),
    }
}

fn text(text: impl Into<Cow<'static, str>>) -> Act {
    Act::Text(text.into())
}

/// [`SOCKET_TEXT`], a message for each word.
fn words() -> Vec<Act> {
    let word = |word| {
        let piece = chat::json_string(word);
        [text(format!(r#"{{"kind":"word","body":{{"piece":{piece}}}}}"#)), Act::Wait(GAP)]
    };
    chat::words(SOCKET_TEXT).into_iter().flat_map(word).collect()
}

fn and(mut acts: Vec<Act>, last: Act) -> Vec<Act> {
    acts.push(last);
    acts
}

fn healthy() -> Vec<Socket> {
    let over = || text(r#"{"kind":"over"}"#);
    vec![
        socket("socket-echo", "Sends back each message", vec![Act::Each(vec![Act::Echo])]),
        socket(
            "socket-words",
            "Own events, a message a word, for each message that comes",
            vec![Act::Each(and(words(), over()))],
        ),
        socket(
            "socket-words-once",
            "The same once, and then a close with code 1000",
            [vec![Act::Expect(None)], words(), vec![over()]].concat(),
        ),
        socket("socket-ticks", "A text every 40 ms, unasked, for an hour", vec![Act::Count(90_000, GAP)]),
        socket(
            "socket-expects",
            "Says nothing before a message whose JSON has the type hello",
            vec![Act::Expect(Some("hello")), text(r#"{"type":"welcome"}"#), Act::Hold],
        ),
        socket(
            "socket-binary",
            "A text, bytes that are UTF-8, bytes that are none",
            vec![text("text"), Act::Binary(b"bytes".to_vec()), Act::Binary(vec![0xff, 0, 0xfe]), Act::Hold],
        ),
        socket(
            "socket-fragments",
            "One message in three frames, with a ping between, cut inside a letter",
            vec![
                Act::Bytes(frame(0x01, "One mess".as_bytes())),
                Act::Bytes(frame(0x00, b"age: \xc3")),
                Act::Bytes(frame(0x89, b"ping")),
                Act::Wait(GAP),
                Act::Bytes(frame(0x80, b"\xa9")),
                Act::Hold,
            ],
        ),
        socket("socket-flood", "20,000 messages as fast as they go", vec![Act::Count(FLOOD, Duration::ZERO)]),
        socket("socket-huge", "One text of 20 MiB", vec![Act::Long(HUGE), Act::Hold]),
    ]
}

fn closing(code: u16) -> Socket {
    let about = match code {
        1005 => "A text, then a close without a code".to_owned(),
        1006 => "A text, then the TCP connection ends".to_owned(),
        code => format!("A text, then a close with code {code}"),
    };
    let end = match code {
        1005 => Act::Close(None, "".into()),
        1006 => Act::Drop,
        code => Act::Close(Some(code), format!("The lab says {code}.").into()),
    };
    socket(format!("socket-close-{code}"), about, vec![text(SOCKET_LAST_WORDS), Act::Wait(GAP), end])
}

fn broken() -> Vec<Socket> {
    let last_words = || vec![text(SOCKET_LAST_WORDS), Act::Wait(GAP)];
    let then = |bytes: Vec<u8>, last: Act| [last_words(), vec![Act::Bytes(bytes), last]].concat();
    let half = frame(0x81, b"Half a frame is missing");
    let half = half.get(..half.len() / 2).unwrap_or_default().to_vec();
    vec![
        socket("socket-silent", "Opens, and says nothing", vec![Act::Hold]),
        socket("socket-stalls", "Some words for a message, then silence", {
            [vec![Act::Expect(None)], words(), vec![Act::Hold]].concat()
        }),
        socket("socket-drops", "Some words for a message, then the TCP connection ends", {
            [vec![Act::Expect(None)], words(), vec![Act::Drop]].concat()
        }),
        socket(
            "socket-goes-away",
            "Some words for a message, then a close with code 1001",
            [vec![Act::Expect(None)], words(), vec![Act::Close(Some(1001), "Restart.".into())]].concat(),
        ),
        socket("socket-half-frame", "Ends inside a frame", then(half, Act::Drop)),
        socket(
            "socket-half-message",
            "Ends between the frames of a message",
            then(frame(0x01, b"Half a message"), Act::Drop),
        ),
        socket(
            "socket-bad-utf8",
            "A text that is no UTF-8",
            then(frame(0x81, &[b'a', 0xff, b'b']), Act::Hold),
        ),
        socket(
            "socket-masked",
            "A frame that is masked, as only a client's may be",
            then(vec![0x81, 0x81, 0, 0, 0, 0, b'a'], Act::Hold),
        ),
        socket("socket-reserved", "A frame of a kind that there is not", then(frame(0x83, b"?"), Act::Hold)),
    ]
}

fn handshakes() -> Vec<Socket> {
    let accept = |name, about, subprotocol| Socket {
        handshake: Handshake::Accept(subprotocol),
        ..socket(name, about, vec![Act::Each(vec![Act::Echo])])
    };
    let refuse = |name, about, answer| Socket {
        handshake: Handshake::Refuse(answer),
        ..socket(name, about, Vec::new())
    };
    let plain = |status, words: &str| Answer::whole(status, "text/plain", words);
    vec![
        accept("socket-no-subprotocol", "Chooses no sub-protocol", Subprotocol::None),
        accept(
            "socket-other-subprotocol",
            "Chooses a sub-protocol that was not offered",
            Subprotocol::Always("not-offered"),
        ),
        Socket {
            handshake: Handshake::WrongKey,
            ..socket("socket-wrong-key", "Accepts another client's handshake", vec![Act::Hold])
        },
        refuse("socket-refused-401", "Refuses with status 401", plain(401, "Who are you?\n")),
        refuse("socket-refused-403", "Refuses with status 403", plain(403, "Not from this page.\n")),
        refuse("socket-refused-404", "Refuses with status 404", plain(404, "No socket here.\n")),
        refuse("socket-refused-500", "Refuses with status 500", plain(500, "The lab is on fire.\n")),
        refuse("socket-refused-html", "A web page in place of a socket", html()),
        refuse(
            "socket-refused-redirect",
            "Redirects, which sockets do not follow",
            plain(302, "").with_header("location", "/s/socket-echo"),
        ),
        refuse(
            "socket-never-opens",
            "Never answers the handshake",
            Answer { status: None, ..plain(200, "").ending(End::Hold) },
        ),
    ]
}

/// A frame of a server with that first byte. The payload is short.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap_or_default().min(125);
    let mut bytes = vec![first, length];
    bytes.extend_from_slice(payload);
    bytes
}
