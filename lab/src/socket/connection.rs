//! One socket, seen from the server: messages both ways, with a clock.

use std::{
    collections::VecDeque,
    io::{self, Write as _},
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

use tungstenite::{
    Error, Message, WebSocket,
    protocol::{CloseFrame, Role, frame::coding::CloseCode},
};

use crate::{
    log::{Log, Said},
    play::{self, now},
};

/// How long the client's answer to a close is awaited.
const CLOSE_LIMIT: Duration = Duration::from_secs(2);

/// The client has left, or has asked to.
#[derive(Debug)]
pub(super) struct Gone;

/// A socket that stands.
pub(super) struct Connection<'a> {
    socket: WebSocket<&'a mut TcpStream>,
    /// Messages that came during a silence.
    waiting: VecDeque<Said>,
    log: &'a Log,
    /// The number of the handshake in the log.
    number: usize,
    sent: usize,
}

impl<'a> Connection<'a> {
    pub(super) fn new(stream: &'a mut TcpStream, log: &'a Log, number: usize) -> Self {
        let socket = WebSocket::from_raw_socket(stream, Role::Server, None);
        Self { socket, waiting: VecDeque::new(), log, number, sent: 0 }
    }

    /// Returns the number of bytes of messages that were sent.
    pub(super) fn sent(&self) -> usize {
        self.sent
    }

    pub(super) fn send_text(&mut self, text: &str) -> Result<(), Gone> {
        self.queue_text(text)?;
        self.flush()
    }

    /// Sends a text with whatever comes behind it, or with [`Connection::flush`].
    pub(super) fn queue_text(&mut self, text: &str) -> Result<(), Gone> {
        self.sent += text.len();
        self.socket.write(Message::text(text)).map_err(|_| Gone)
    }

    pub(super) fn flush(&mut self) -> Result<(), Gone> {
        self.socket.flush().map_err(|_| Gone)
    }

    pub(super) fn send_binary(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        self.sent += bytes.len();
        self.socket.send(Message::binary(bytes.to_vec())).map_err(|_| Gone)
    }

    /// Sends bytes as they are, past the library.
    pub(super) fn send_bytes(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        self.sent += bytes.len();
        self.socket.get_mut().write_all(bytes).map_err(|_| Gone)
    }

    /// Waits for a message until that time; one that came before is given first.
    pub(super) fn next_until(&mut self, until: Instant) -> Result<Option<Said>, Gone> {
        match self.waiting.pop_front() {
            Some(said) => Ok(Some(said)),
            None => self.receive(until),
        }
    }

    /// Waits that long; what comes meanwhile is kept for [`Connection::next_until`].
    pub(super) fn silence(&mut self, time: Duration) -> Result<(), Gone> {
        let until = now() + time;
        while let Some(said) = self.receive(until)? {
            self.waiting.push_back(said);
        }
        Ok(())
    }

    /// Closes, and waits for the client's answer to that.
    pub(super) fn close(&mut self, code: Option<u16>, reason: &str) {
        let frame =
            code.map(|code| CloseFrame { code: CloseCode::from(code), reason: reason.to_owned().into() });
        // Whoever has left needs no close.
        if self.socket.close(frame).is_ok() {
            let until = now() + CLOSE_LIMIT;
            while let Ok(Some(_)) = self.receive(until) {}
        }
    }

    /// Ends the TCP connection in the middle of everything. What the client says meanwhile is read, since unread bytes would
    /// make a reset of the end, which may take away what came before.
    pub(super) fn cut(&mut self) {
        let stream = self.socket.get_mut();
        if stream.shutdown(Shutdown::Write).is_ok() {
            drop(play::still_there_after(stream, play::FAREWELL));
        }
    }

    fn receive(&mut self, until: Instant) -> Result<Option<Said>, Gone> {
        loop {
            let left = until.saturating_duration_since(now());
            if left.is_zero() {
                return Ok(None);
            }
            self.socket.get_ref().set_read_timeout(Some(left)).map_err(|_| Gone)?;
            let said = match self.socket.read() {
                Ok(Message::Text(text)) => Said::Text(text.as_str().to_owned()),
                Ok(Message::Binary(bytes)) => Said::Binary(bytes.to_vec()),
                Ok(Message::Close(frame)) => {
                    let frame = frame.map(|frame| (u16::from(frame.code), frame.reason.as_str().to_owned()));
                    self.log.say(self.number, Said::Close(frame));
                    drop(self.socket.flush());
                    return Err(Gone);
                }
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => continue,
                Err(Error::Io(error)) if is_timeout(&error) => return Ok(None),
                Err(_) => return Err(Gone),
            };
            self.log.say(self.number, said.clone());
            return Ok(Some(said));
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}
