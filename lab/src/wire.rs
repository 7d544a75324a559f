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

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads one request. `None` when the client left without sending anything, as a browser's spare sockets do.
pub(crate) fn read_request(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    stream.set_read_timeout(Some(SILENCE_LIMIT))?;
    let mut bytes = Vec::with_capacity(4096);
    let mut piece = [0_u8; 16 * 1024];
    let head_end = loop {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return if bytes.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        // Only the new bytes and the three before them can complete the blank line; a scan from the start for
        // every piece would be quadratic for a client that sends byte by byte.
        let from = bytes.len().saturating_sub(3);
        bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
        let fresh = bytes.get(from..).unwrap_or_default();
        if let Some(at) = fresh.windows(4).position(|four| four == b"\r\n\r\n") {
            break from + at;
        }
        if bytes.len() > HEAD_LIMIT {
            return Err(refused("request head too long"));
        }
    };
    let body_start = head_end + 4;
    let mut body = bytes.split_off(body_start.min(bytes.len()));
    bytes.truncate(head_end);
    let head = String::from_utf8(bytes).map_err(|_| refused("request head is not UTF-8"))?;
    let mut request = parse_head(&head)?;

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
    while body.len() < length {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        body.extend_from_slice(piece.get(..count).unwrap_or_default());
    }
    body.truncate(length);
    request.body = body;
    Ok(Some(request))
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
        200 => "OK",
        204 => "No Content",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        // The reason phrase carries no meaning (RFC 9112 §4); any other status goes without one.
        _ => "",
    }
}

fn refused(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
