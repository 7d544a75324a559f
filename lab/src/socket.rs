//! Sockets as values: how a handshake is answered, and what is said over the connection, down to the byte.
//!
//! Frames are tungstenite's. What no library writes (half a frame, a masked one, a reserved code) goes out as bytes.

mod connection;
mod handshake;
mod play;
mod realtime;

use std::{borrow::Cow, time::Duration};

use crate::script::Answer;

pub(crate) use play::serve;
pub use realtime::{REALTIME_WORDS, RealtimeFault};

/// One socket, or one hazard of sockets, with an address of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Socket {
    /// The name in the address: `/s/NAME/…`.
    pub name: Cow<'static, str>,
    /// The hazard in one sentence, for people.
    pub about: Cow<'static, str>,
    /// What follows `/s/NAME` in the address a client is given.
    pub base_path: &'static str,
    /// The answer to the handshake.
    pub handshake: Handshake,
    /// What is said then.
    pub talk: Talk,
}

/// How a handshake is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Handshake {
    /// The connection becomes a socket.
    Accept(Subprotocol),
    /// The answer to another key than the client's, which a client must not take.
    WrongKey,
    /// A plain HTTP answer.
    Refuse(Answer),
}

/// The sub-protocol that the server chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subprotocol {
    /// The first one that is offered.
    FirstOffered,
    /// That one, if it is offered.
    IfOffered(&'static str),
    /// None, whatever is offered.
    None,
    /// That one, whatever is offered.
    Always(&'static str),
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talk {
    /// A list, and then a close with code 1000.
    Acts(Vec<Act>),
    /// OpenAI Realtime, in text.
    Realtime(RealtimeFault),
}

/// One thing that the server does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A text message.
    Text(Cow<'static, str>),
    /// A binary message.
    Binary(Vec<u8>),
    /// Bytes past the library: parts of frames, wrong frames.
    Bytes(Vec<u8>),
    /// As many text messages, `message N` from 1, with silence between them; without any they go as fast as they can.
    Count(usize, Duration),
    /// A text of that many letters.
    Long(usize),
    /// Silence. Messages that come meanwhile are kept for the acts behind.
    Wait(Duration),
    /// Waits for a message; with a word, for one whose JSON has it as `type`. Others are passed over.
    Expect(Option<&'static str>),
    /// Sends back the message that came last.
    Echo,
    /// Does this for each message that comes, until the client goes.
    Each(Vec<Act>),
    /// Closes, with that code and reason; without a code the close frame is empty (the client calls that 1005).
    Close(Option<u16>, Cow<'static, str>),
    /// Ends the TCP connection without a close frame (the client calls that 1006).
    Drop,
    /// Says nothing more, until the client goes.
    Hold,
}
