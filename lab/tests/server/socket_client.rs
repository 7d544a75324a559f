//! A client of sockets for the tests.

use std::{
    net::{Ipv4Addr, TcpStream},
    time::Duration,
};

use lab::Lab;
use tungstenite::{
    ClientRequestBuilder, Error, Message, WebSocket,
    handshake::client::Response,
    http::Uri,
    protocol::{CloseFrame, WebSocketConfig},
};

/// A socket that stands, and the head with which it was opened.
pub(crate) struct Client {
    pub(crate) socket: WebSocket<TcpStream>,
    pub(crate) head: Response,
}

/// Opens the socket of that name, with what comes behind its address.
pub(crate) fn try_open(lab: &Lab, name: &str, behind: &str, subprotocols: &[&str]) -> Result<Client, Error> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, lab.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let address: Uri = (lab.base(name) + behind).parse().unwrap();
    let request = subprotocols.iter().fold(ClientRequestBuilder::new(address), |request, subprotocol| {
        request.with_sub_protocol(*subprotocol)
    });
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    match tungstenite::client::client_with_config(request, stream, Some(config)) {
        Ok((socket, head)) => Ok(Client { socket, head }),
        Err(tungstenite::HandshakeError::Failure(error)) => Err(error),
        Err(tungstenite::HandshakeError::Interrupted(_)) => Err(Error::Utf8(String::new())),
    }
}

pub(crate) fn open(lab: &Lab, name: &str) -> Client {
    try_open(lab, name, "", &[]).unwrap()
}

impl Client {
    pub(crate) fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).unwrap();
    }

    /// The next text.
    pub(crate) fn text(&mut self) -> String {
        loop {
            match self.socket.read().unwrap() {
                Message::Text(text) => return text.as_str().to_owned(),
                Message::Ping(_) => {}
                other @ (Message::Binary(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_)) => {
                    panic!("{other:?} in place of a text")
                }
            }
        }
    }

    /// Reads to the end: the texts, and how it ended.
    pub(crate) fn rest(&mut self) -> (Vec<String>, Ended) {
        let (mut texts, mut closed) = (Vec::new(), None);
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => texts.push(text.as_str().to_owned()),
                Ok(Message::Close(frame)) => closed = Some(Ended::Closed(frame)),
                Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Err(_) => return (texts, closed.unwrap_or(Ended::Cut)),
            }
        }
    }

    /// Whether nothing comes for a while.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.socket.get_ref().set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        matches!(self.socket.read(), Err(Error::Io(_)))
    }
}

/// How a socket ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Closed(Option<CloseFrame>),
    /// Without a close frame.
    Cut,
}

impl Ended {
    /// The code as a browser tells it: 1005 for a close without one, 1006 for none at all.
    pub(crate) fn code(&self) -> u16 {
        match self {
            Self::Closed(frame) => frame.as_ref().map_or(1005, |frame| frame.code.into()),
            Self::Cut => 1006,
        }
    }
}
