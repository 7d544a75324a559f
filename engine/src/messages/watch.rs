//! Words for watching a stream: what came, whether it streams, what is wrong with the form.

use super::race::span;
use std::time::Duration;

// What happened to the connection.

/// The body ended in the middle of an event.
pub const CUT_EVENT: &str =
    "The connection ended in the middle of an event. By the standard such an event does not count.";
/// The person stopped it.
pub const STOPPED: &str = "Stopped.";
/// The server ended it.
pub const ENDED: &str = "The server ended it.";
/// The server ended a connection, and another one will be made.
pub const CONNECTION_ENDED: &str = "The server ended the connection.";
/// A connection broke, and another one will be made.
pub const CONNECTION_BROKE: &str = "The connection broke, or there was none.";
/// A second try is all that helps.
pub const TRY_AGAIN: &str = "Start it again, or see what the server does.";
/// The device is offline.
pub const TRY_ONLINE: &str = "Start it again when you are connected.";
/// A redirect is most often a slip in the address.
pub const CHECK_REDIRECT: &str = "Enter the address to which it leads: https in place of http, another host, a slash at the end. Keys would go along, so it is not followed.";
/// The server wants a key.
pub const GIVE_A_KEY: &str = "It may want a key: add a header as Authorization: Bearer … (with “Fetch once” or “Event stream”; the browser's EventSource and WebSocket cannot send one).";
/// The method is not allowed.
pub const CHECK_METHOD: &str = "Try another method: GET or POST.";
/// The server failed.
pub const SERVER_FAILED: &str = "The server or a proxy before it failed. Start it again in a moment.";
/// Any other error of the request.
pub const CHECK_REQUEST: &str = "Check the address, the headers and the body.";
/// A web page came.
pub const CHECK_PAGE: &str =
    "The address may be that of a page for people, or a login or proxy stands in between.";
/// A stream of events was asked for and something else came.
pub const FETCH_ONCE: &str = "To see what it sends all the same, choose “Fetch once”.";
/// A socket was refused.
pub const SOCKET_NEEDS: &str = "Browsers do not say why. Check the address and the sub-protocols. If the server wants a header (a key, mostly), no page can send it with a socket: many servers take the key as a sub-protocol or in the address.";

/// A response began.
#[must_use]
pub fn response(number: u32, status: u16, content_type: &str) -> String {
    let content_type = if content_type.is_empty() { "no content type" } else { content_type };
    format!("Connection {number}: status {status}, {content_type}")
}

/// A socket stands.
#[must_use]
pub fn socket_open(subprotocol: &str) -> String {
    if subprotocol.is_empty() {
        "The socket is open. The server chose no sub-protocol.".to_owned()
    } else {
        format!("The socket is open. The server chose the sub-protocol {subprotocol}.")
    }
}

/// Another connection is asked for.
#[must_use]
pub fn reconnecting(number: u32, last_event_id: &str) -> String {
    if last_event_id.is_empty() {
        format!("Connection {number}: connecting again")
    } else {
        format!("Connection {number}: connecting again, behind the event with the ID {last_event_id}")
    }
}

/// The server names the time to wait.
#[must_use]
pub fn retry(wait: Duration) -> String {
    format!("The server asks to wait {} before connecting again.", span(wait))
}

/// An event is longer than what is read, in 2²⁰ bytes.
#[must_use]
pub fn event_too_large(mebibytes: usize) -> String {
    format!("An event is larger than {mebibytes} MiB. Events are not read any further; lines are.")
}

/// Nothing answered.
#[must_use]
pub fn no_answer(host: &str) -> String {
    format!("No answer from {host} that this page may read.")
}

/// The connection broke.
#[must_use]
pub fn broke(host: &str) -> String {
    format!("The connection to {host} broke.")
}

/// The server sends the request elsewhere.
#[must_use]
pub fn redirected(host: &str) -> String {
    format!("{host} wants to send the request elsewhere (a redirect).")
}

/// The server answered with an error.
#[must_use]
pub fn status(host: &str, status: u16) -> String {
    format!("{host} answered with status {status}.")
}

/// A web page came.
#[must_use]
pub fn web_page(host: &str, status: u16) -> String {
    format!("{host} sent a web page, no stream (status {status}).")
}

/// A socket never stood.
#[must_use]
pub fn socket_refused(host: &str) -> String {
    format!("{host} did not open the socket.")
}

/// There was no answer to `fetch`, from a page of that origin.
#[must_use]
pub fn check_cors(page_origin: &str) -> String {
    format!(
        "Browsers do not say why: the server may be down, the address wrong, or the server does not allow pages of {page_origin} to read it (CORS: Access-Control-Allow-Origin, and Access-Control-Allow-Headers for headers of your own)."
    )
}

/// There was no answer to the browser's `EventSource`.
#[must_use]
pub fn try_fetch(page_origin: &str) -> String {
    format!(
        "The browser's EventSource tells neither status nor reason. Choose “Event stream, reconnecting (fetch)” to learn more. The server must allow {page_origin} (CORS) and send text/event-stream with status 200."
    )
}

// Whether it streams.

/// There was no body.
pub const NOTHING_CAME: &str = "Nothing came: there was no body.";

/// Nothing has come so far.
#[must_use]
pub fn nothing_yet(since: Duration) -> String {
    format!("Nothing has come yet, after {}.", span(since))
}

/// One piece is here, and the connection is open.
#[must_use]
pub fn one_piece_so_far(first: Duration, bytes: u64) -> String {
    format!(
        "So far {} in one piece, after {}. Whether it streams shows with the next one.",
        size(bytes),
        span(first)
    )
}

/// All came at once, and there is one event or none in it.
#[must_use]
pub fn one_event(first: Duration, bytes: u64) -> String {
    format!(
        "{} came in one piece, after {}: too little to tell whether it would stream.",
        size(bytes),
        span(first)
    )
}

/// All came at once, behind a wait.
#[must_use]
pub fn one_piece(first: Duration, bytes: u64, events: u64) -> String {
    format!(
        "It does not stream: {} with {} came in one piece, after {}. The server sent them together, or something in between collected them.",
        size(bytes),
        number(events, "event", "events"),
        span(first)
    )
}

/// All came at once, at once.
#[must_use]
pub fn too_fast(whole: Duration, bytes: u64, events: u64) -> String {
    format!(
        "{} with {} came at once, all within {}: too fast to tell whether it streams.",
        size(bytes),
        number(events, "event", "events"),
        span(whole)
    )
}

/// It came in pieces of one size.
#[must_use]
pub fn buffered(bytes: usize, each: Duration, first: Duration, pieces: u64) -> String {
    format!(
        "It seems to be buffered: {} of about {}, one each {}, the first after {}. Something fills a buffer before it sends; look at the server's or a proxy's buffering and compression.",
        number(pieces, "piece", "pieces"),
        size(bytes as u64),
        span(each),
        span(first)
    )
}

/// It came bit by bit. `events` are the number of events and whether they are lines.
#[must_use]
pub fn streams(
    first: Duration,
    pieces: u64,
    over: Duration,
    events: Option<(u64, bool)>,
    gap: Option<Duration>,
) -> String {
    let events = match events {
        Some((count, true)) => format!(" with {}", number(count, "line", "lines")),
        Some((count, false)) => format!(" with {}", number(count, "event", "events")),
        None => String::new(),
    };
    format!(
        "It streams: the first byte after {}, then {}{events} over {}{}.",
        span(first),
        number(pieces, "piece", "pieces"),
        span(over),
        longest(gap)
    )
}

/// The browser's own `EventSource` read it.
#[must_use]
pub fn by_browser(events: u64, first: Duration, over: Duration, gap: Option<Duration>) -> String {
    format!(
        "{} came, the first after {}, over {}{}. The browser's EventSource shows events, no bytes: how they were cut is not known.",
        number(events, "event", "events"),
        span(first),
        span(over),
        longest(gap)
    )
}

/// A socket brought messages.
#[must_use]
pub fn messages(count: u64, first: Duration, over: Duration, gap: Option<Duration>) -> String {
    format!(
        "{} came, the first after {}, over {}{}.",
        number(count, "message", "messages"),
        span(first),
        span(over),
        longest(gap)
    )
}

fn longest(gap: Option<Duration>) -> String {
    gap.map(|gap| format!("; the longest gap was {}", span(gap))).unwrap_or_default()
}

/// A number of things.
#[must_use]
pub fn number(count: u64, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    format!("{count} {what}")
}

/// A number of bytes: `812 bytes`, `4.0 KB`, `12.3 MB`, in powers of 1,024 as buffers have them. It is cut, never rounded up.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => number(bytes, "byte", "bytes"),
        1_024..1_048_576 => format!("{}.{} KB", bytes >> 10, ((bytes & 1_023) * 10) >> 10),
        _ => format!("{}.{} MB", bytes >> 20, ((bytes & 1_048_575) * 10) >> 20),
    }
}

// What is wrong with the form.

/// There is no address.
pub const ADDRESS_EMPTY: &str = "Enter an address, as https://example.com/events, or paste a curl command.";
/// The scheme is missing.
pub const ADDRESS_NO_SCHEME: &str =
    "An address begins with https:// (http:// for this machine), a socket's with wss://.";
/// The scheme is another one.
pub const ADDRESS_SCHEME: &str = "A page can ask http, https, ws and wss alone.";
/// The address is a socket's.
pub const ADDRESS_OF_SOCKET: &str =
    "This is the address of a WebSocket. Choose that kind, or begin with https://.";
/// The host is missing.
pub const ADDRESS_NO_HOST: &str = "Here the host is missing, as in https://example.com.";
/// A login stands in front of the host.
pub const ADDRESS_LOGIN: &str =
    "Browsers refuse a name and a password in an address. Send them as the header Authorization: Basic …";
/// The port is none.
pub const ADDRESS_PORT: &str = "A port is a number up to 65535.";
/// The host is none.
pub const ADDRESS_HOST: &str = "This is no host, as in https://example.com.";
/// There is a blank in it.
pub const ADDRESS_BLANK: &str = "An address has no blanks. Write %20 for one.";
/// A character is not allowed.
pub const ADDRESS_CHARACTER: &str = "This character cannot stand in an address. Write it as % and its code.";
/// A percent sign is no code.
pub const ADDRESS_PERCENT: &str =
    "Behind % must stand two hexadecimal digits. Write %25 for the sign itself.";
/// There is no method.
pub const METHOD_EMPTY: &str = "Enter a method: GET or POST, mostly.";
/// The method has a wrong character.
pub const METHOD_CHARACTER: &str = "A method is one word of letters, as POST.";
/// The method is forbidden.
pub const METHOD_FORBIDDEN: &str = "A browser cannot send CONNECT, TRACE and TRACK.";
/// A header has no colon.
pub const HEADER_NO_COLON: &str = "A header is a name, a colon and a value, as Accept: text/event-stream.";
/// A header has no name.
pub const HEADER_NO_NAME: &str = "In front of the colon the header's name is missing.";
/// A header's name has a wrong character.
pub const HEADER_NAME: &str =
    "A header's name has no blanks, brackets, quotation marks or letters beyond A to Z.";
/// A header's value has a wrong character.
pub const HEADER_VALUE: &str = "Browsers send this character in no header.";
/// A name is missing.
pub const NAME_EMPTY: &str = "A name is missing here. Leave the comma out.";
/// A name cannot be one.
pub const NAME_WRONG: &str = "Enter the name alone, as it stands behind event: in the stream.";
/// A name stands twice.
pub const NAME_TWICE: &str = "This name stands twice.";
/// A key is still to be entered.
pub const SECRET_MISSING: &str = "Enter the value, or take this key away.";
/// A key would go over plain http to another machine.
pub const SECRET_IN_THE_CLEAR: &str = "A key is not sent over plain http or ws to another machine, where anybody on the way could read it. Use https or wss, or take this key away.";
/// A key has a wrong character.
pub const SECRET_CHARACTER: &str = "This key holds a character that cannot be sent here.";

/// A header that no page can set.
#[must_use]
pub fn header_forbidden(name: &str) -> String {
    format!("A browser sends {name} by itself, or not at all. Leave this line out.")
}

/// A body goes with GET or HEAD.
#[must_use]
pub fn body_with(method: &str) -> String {
    format!("A browser cannot send a body with {method}. Choose POST, or leave the body out.")
}
