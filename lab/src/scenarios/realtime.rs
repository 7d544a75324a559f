//! Sockets that speak OpenAI Realtime in text, at `/v1/realtime`.

use super::sockets::html;
use crate::{
    script::Answer,
    socket::{Handshake, RealtimeFault, Socket, Subprotocol, Talk},
};

pub(super) fn sockets() -> Vec<Socket> {
    use RealtimeFault as Fault;
    let key = r#"{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#;
    let refuse = |answer| Handshake::Refuse(answer);
    vec![
        realtime("realtime", "Answers at 50 words a second, which quote the newest item", Fault::None),
        realtime("realtime-drops", "The TCP connection ends in mid-answer", Fault::Drops),
        realtime(
            "realtime-closes",
            "The server goes away in mid-answer, with code 1001",
            Fault::Closes(1001),
        ),
        realtime("realtime-stalls", "An answer that falls silent, on an open connection", Fault::Stalls),
        realtime("realtime-fails", "An answer that is told to have failed", Fault::Fails),
        realtime("realtime-error", "An error event in place of an answer", Fault::Error),
        realtime(
            "realtime-refused-key",
            "The key is refused as OpenAI does it: an error event, code 3000",
            Fault::RefusesKey(3000),
        ),
        realtime("realtime-refused-key-4401", "The key is refused with code 4401", Fault::RefusesKey(4401)),
        realtime("realtime-silent", "The socket opens, and nothing is ever said", Fault::Silent),
        Socket {
            handshake: Handshake::Accept(Subprotocol::None),
            ..realtime("realtime-no-subprotocol", "The server chooses no sub-protocol", Fault::None)
        },
        Socket {
            handshake: refuse(Answer::whole(401, "application/json", key)),
            ..realtime("realtime-refused-401", "The key is refused by the handshake's status", Fault::None)
        },
        Socket {
            handshake: refuse(html()),
            ..realtime("realtime-html", "A web page in place of a socket", Fault::None)
        },
    ]
}

fn realtime(name: &'static str, about: &'static str, fault: RealtimeFault) -> Socket {
    Socket {
        name: name.into(),
        about: about.into(),
        base_path: "/v1",
        handshake: Handshake::Accept(Subprotocol::IfOffered("realtime")),
        talk: Talk::Realtime(fault),
    }
}
