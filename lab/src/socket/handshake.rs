//! Answers handshakes (RFC 6455 §4.2).

use tungstenite::handshake::derive_accept_key;

use super::{Handshake, Subprotocol};
use crate::{
    script::Answer,
    wire::{self, Request},
};

/// What a handshake is answered with.
pub(super) enum Reply {
    /// A head, behind which there are frames.
    Switch(Vec<u8>),
    /// An HTTP answer.
    Http(Answer),
}

/// Returns the answer to a request.
pub(super) fn answer(handshake: &Handshake, request: &Request) -> Reply {
    let Some(key) = request.header("sec-websocket-key") else {
        return Reply::Http(Answer::whole(400, "text/plain", "The handshake has no key.\n"));
    };
    match handshake {
        Handshake::Accept(subprotocol) => Reply::Switch(head(key, subprotocol.choose(request))),
        Handshake::WrongKey => Reply::Switch(head("another key", None)),
        Handshake::Refuse(answer) => Reply::Http(answer.clone()),
    }
}

fn head(key: &str, subprotocol: Option<&str>) -> Vec<u8> {
    let accept = derive_accept_key(key.as_bytes());
    let mut headers =
        vec![("upgrade", "websocket"), ("connection", "Upgrade"), ("sec-websocket-accept", &accept)];
    headers.extend(subprotocol.map(|name| ("sec-websocket-protocol", name)));
    wire::head(101, headers)
}

impl Subprotocol {
    fn choose(self, request: &Request) -> Option<&str> {
        let mut offered = request.subprotocols();
        match self {
            Self::FirstOffered => offered.next(),
            Self::IfOffered(wanted) => offered.find(|name| *name == wanted),
            Self::None => None,
            Self::Always(name) => Some(name),
        }
    }
}
