//! Words for WebSockets: what is refused of an address, and how a connection was closed.

/// The address has another scheme.
pub const SCHEME: &str =
    "The address of a socket begins with wss:// (or ws:// for a server on this machine).";
/// The address is none.
pub const ADDRESS: &str = "This is no address of a socket, as in wss://example.com/stream.";
/// A sub-protocol has a character that is not allowed.
pub const CHARACTER: &str =
    "A sub-protocol has no blanks, quotation marks, slashes or letters beyond A to Z.";
/// A sub-protocol is missing.
pub const EMPTY: &str = "A sub-protocol is missing here. Leave the comma out.";
/// A sub-protocol stands twice.
pub const TWICE: &str = "This sub-protocol stands twice.";

/// The socket was closed before it stood.
pub const REFUSED: &str = "The socket was never opened, and browsers do not say why: the server may be away, answer with \
     another status, refuse this page's origin or the key, or not choose one of the sub-protocols.";
/// Text that goes out before the socket stands.
pub const NOT_OPEN: &str = "The socket is not open yet. Try again in a moment.";
/// Text that goes out behind the end.
pub const OVER: &str = "The socket is closed. Open it again to send this.";
/// Text that goes out over a connection that only reads.
pub const READS_ONLY: &str = "Nothing can be sent over this connection. A WebSocket can.";

/// More waits to go out than is kept, in bytes.
#[must_use]
pub fn full(waiting: u32) -> String {
    let kibibytes = waiting.div_ceil(1 << 10);
    format!("{kibibytes} KiB wait to go out already. Send this again when the server has taken them.")
}

/// Messages came faster than they could be read.
#[must_use]
pub fn flood(messages: usize, mebibytes: usize) -> String {
    format!(
        "Messages came faster than this page reads them: {messages} of them, or {mebibytes} MiB, were waiting. They are here; \
         the socket was closed, and what came behind them is lost."
    )
}

/// The meaning of each code that has one (RFC 6455 §7.4.1 and the registry at IANA).
const MEANINGS: [(u16, &str); 19] = [
    (1000, "The server closed the connection: everything was said"),
    (1001, "The server is going away, or the page was left"),
    (1002, "The server closed the connection, since something sent was not as the protocol wants it"),
    (1003, "The server does not take this kind of message"),
    (1004, "The connection was closed with a code that means nothing yet"),
    (1005, "The connection was closed without a reason"),
    (1006, "The connection broke, or never came to be: browsers do not say why"),
    (1007, "The server got text that was none"),
    (1008, "The server does not allow what was sent"),
    (1009, "A message was too long for the server"),
    (1010, "The server lacks an extension that was asked for"),
    (1011, "The server met an error of its own"),
    (1012, "The server is starting anew"),
    (1013, "The server is too busy; try again later"),
    (1014, "A proxy got no good answer from the server behind it"),
    (1015, "The connection could not be made secure: the server's certificate was refused"),
    (3000, "The server wants a key, or another one"),
    (3003, "The server does not let this key do that"),
    (3008, "The server waited too long for a message"),
];

/// A close code in words, with the server's own.
#[must_use]
pub fn closed(code: u16, reason: &str) -> String {
    let known = MEANINGS.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    let meaning = known.unwrap_or(match code {
        3000..=3999 => "The connection was closed with a code of some library",
        4000..=4999 => "The server closed the connection with a code of its own",
        _ => "The connection was closed with a code that should not be used",
    });
    let reason = reason.trim();
    let said =
        if reason.is_empty() { String::new() } else { format!(" It said: {}", super::sentence(reason)) };
    format!("{meaning} ({code}).{said}")
}
