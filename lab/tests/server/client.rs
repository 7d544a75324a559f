//! A client that sends bytes and shows the bytes that come back, without interpreting them.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    time::Duration,
};

/// Connects and sends `request`; the stream is left open for reading.
pub(crate) fn open(port: u16, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

/// Sends `request` and reads until the server closes. A reset ends the reading as well: what came is returned.
pub(crate) fn exchange(port: u16, request: &str) -> Vec<u8> {
    let mut stream = open(port, request);
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    bytes
}

/// Splits an answer into head (status line and headers) and body.
pub(crate) fn parts(answer: &[u8]) -> (String, Vec<u8>) {
    let at = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a complete head");
    (String::from_utf8(answer[..at].to_vec()).unwrap(), answer[at + 4..].to_vec())
}
