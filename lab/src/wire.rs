//! HTTP/1.1 as far as the lab needs it: reads one request from a socket, writes one response head.
//!
//! One request a connection: every response says `connection: close`, which is what makes "when did the client
//! leave" a question with one answer. Chunked request bodies are refused, since no browser sends them here.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Longest request line and headers, bytes.
const HEAD_LIMIT: usize = 64 * 1024;
/// Longest request body, bytes.
const BODY_LIMIT: usize = 32 * 1024 * 1024;
/// How long a connection may stay silent before its request is complete. Browsers open sockets ahead of need.
const SILENCE_LIMIT: Duration = Duration::from_secs(60);

/// A request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, as sent: `POST`.
    pub method: String,
    /// The request target, as sent: path and query, not decoded.
    pub target: String,
    /// Header names in lower case with their values, in the order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The target without its query.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// Whether it asks for a WebSocket.
    pub fn is_upgrade(&self) -> bool {
        self.header("upgrade").is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
    }

    /// The sub-protocols that it offers for a socket.
    pub fn subprotocols(&self) -> impl Iterator<Item = &str> {
        self.header("sec-websocket-protocol").into_iter().flat_map(|value| value.split(',')).map(str::trim)
    }

    /// Whether it controls a completion of llama.cpp's server while that streams.
    pub fn is_control(&self) -> bool {
        self.path().ends_with("/chat/completions/control")
    }

    /// Whether it ends the reasoning of the completion of that id.
    pub fn ends_reasoning(&self, id: &str) -> bool {
        let wanted = serde_json::json!({ "id": id, "action": "reasoning_end" });
        self.is_control()
            && serde_json::from_slice(&self.body).is_ok_and(|said: serde_json::Value| said == wanted)
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads the request line and headers. `None` when the client left without sending anything, as a browser's
/// spare sockets do. The body stays in the socket, for [`read_body`].
pub(crate) fn read_head(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    stream.set_read_timeout(Some(SILENCE_LIMIT))?;
    let mut head = Vec::with_capacity(4096);
    let mut piece = [0_u8; 16 * 1024];
    loop {
        let count = stream.peek(&mut piece)?;
        if count == 0 {
            return if head.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        // Only the new bytes and the three before them can complete the blank line; a scan from the start for
        // every piece would be quadratic for a client that sends byte by byte.
        let known = head.len();
        let from = known.saturating_sub(3);
        head.extend_from_slice(piece.get(..count).unwrap_or_default());
        let end = head
            .get(from..)
            .unwrap_or_default()
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .map(|at| from + at + 4);
        let taken = end.unwrap_or(head.len()) - known;
        stream.read_exact(piece.get_mut(..taken).unwrap_or_default())?;
        if let Some(end) = end {
            head.truncate(end);
            break;
        }
        if head.len() > HEAD_LIMIT {
            return Err(refused("request head too long"));
        }
    }
    let head = String::from_utf8(head).map_err(|_| refused("request head is not UTF-8"))?;
    parse_head(head.trim_end()).map(Some)
}

/// Reads the body that belongs to a head. With `leave_last` its last byte is seen but stays unread in the
/// socket: closing a socket with unread bytes is the one way in std to send a reset instead of a clean end.
pub(crate) fn read_body(stream: &mut TcpStream, request: &mut Request, leave_last: bool) -> io::Result<()> {
    if request.header("transfer-encoding").is_some() {
        return Err(refused("chunked request bodies are not supported"));
    }
    let length = match request.header("content-length") {
        Some(text) => text.parse::<usize>().map_err(|_| refused("content-length is not a number"))?,
        None => 0,
    };
    if length > BODY_LIMIT {
        return Err(refused("request body too long"));
    }
    if request.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let kept = usize::from(leave_last && length > 0);
    request.body.resize(length, 0);
    let (first, last) = request.body.split_at_mut(length - kept);
    stream.read_exact(first)?;
    if !last.is_empty() && stream.peek(last)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// The bytes of a status line and headers, blank line included.
pub(crate) fn head<'a>(status: u16, headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}

fn parse_head(head: &str) -> io::Result<Request> {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return Err(refused("no request line"));
    };
    if !version.starts_with("HTTP/1.") {
        return Err(refused("not HTTP/1"));
    }
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Ok(Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() })
}

fn reason(status: u16) -> &'static str {
    match status {
        101 => "Switching Protocols",
        200 => "OK",
        204 => "No Content",
        302 => "Found",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        // The reason phrase carries no meaning (RFC 9112 §4); any other status goes with this one.
        _ => "Other",
    }
}

fn refused(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
