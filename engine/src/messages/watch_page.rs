//! Words of the dialog in which a stream is watched.

use super::race::span;
use std::time::Duration;

/// The dialog, and what opens it.
pub const TITLE: &str = "Watch a stream";
/// What it is for.
pub const ABOUT: &str =
    "Shows what any address sends, as it comes: does it stream, what is in it, when did it come?";
/// Closes the dialog.
pub const CLOSE: &str = "Close the watch";

// The form.

/// The address.
pub const ADDRESS: &str = "Address or curl command";
/// What the address may be.
pub const ADDRESS_HINT: &str =
    "https://…, wss://…, or “Copy as cURL” from the browser's tools. Keys in it become fields of their own.";
/// The kind of connection.
pub const KIND: &str = "Connect by";
/// One request.
pub const KIND_ONCE: &str = "Fetch once";
/// A stream of events by `fetch`.
pub const KIND_EVENTS: &str = "Event stream, reconnecting (fetch)";
/// The browser's own `EventSource`.
pub const KIND_EVENT_SOURCE: &str = "EventSource of the browser";
/// A socket.
pub const KIND_SOCKET: &str = "WebSocket";
/// The method.
pub const METHOD: &str = "Method";
/// What a method is.
pub const METHOD_HINT: &str = "GET or POST, mostly.";
/// The headers.
pub const HEADERS: &str = "Headers";
/// How headers are written.
pub const HEADERS_HINT: &str = "One a line, as Accept: text/event-stream. The server must allow them (CORS).";
/// The body.
pub const BODY: &str = "Body";
/// What a body is.
pub const BODY_HINT: &str = "Sent as it stands. Say its type in the header Content-Type.";
/// The names of events.
pub const NAMES: &str = "Named events";
/// Why they are needed.
pub const NAMES_HINT: &str = "Parted by commas. The browser's EventSource shows unnamed events, and named ones only if it is told their names.";
/// The sub-protocols.
pub const SUBPROTOCOLS: &str = "Sub-protocols";
/// What they are.
pub const SUBPROTOCOLS_HINT: &str = "Parted by commas. Most servers need none.";
/// Keys that came out of a command.
pub const SECRET_HINT: &str =
    "Sent as it stands here, kept nowhere, and covered in all that is shown and recorded.";
/// Takes a key away.
pub const REMOVE_SECRET: &str = "Do not send it";
/// How the text is read.
pub const TEXT_BY: &str = "Read text as";
/// The text is not read.
pub const TEXT_BY_NOTHING: &str = "Not at all";
/// Why one would.
pub const TEXT_BY_HINT: &str = "Puts the pieces of a model's answer together, beside what comes.";
/// Where the text is.
pub const POINTER_TEXT: &str = "Text";
/// How a pointer is written.
pub const POINTER_TEXT_HINT: &str =
    "A JSON Pointer, as /choices/0/text, or the word data for all of an event.";
/// Where the reasoning is.
pub const POINTER_REASONING: &str = "Reasoning";
/// Where an error is.
pub const POINTER_ERROR: &str = "Error";
/// What the end is.
pub const POINTER_END: &str = "End";
/// How an end is written.
pub const POINTER_END_HINT: &str = "As [DONE], /done, /type=stop or event: done. May be empty.";
/// What is optional.
pub const POINTER_HINT: &str = "A JSON Pointer. May be empty.";
/// Lines to try the pointers on.
pub const SAMPLE: &str = "Sample lines";
/// What they are for.
pub const SAMPLE_HINT: &str = "Paste a few lines of the stream: what the pointers find in each shows below.";
/// Starts it.
pub const START: &str = "Start";
/// Starts it again.
pub const START_AGAIN: &str = "Start again";
/// Stops it.
pub const STOP: &str = "Stop";
/// The browser did not take the address.
pub const BROWSER_REFUSED: &str =
    "The browser refused to open this. Check the address and the sub-protocols.";
/// Secrets are not sent by this kind.
pub const SECRET_NOT_SENT: &str = "This way to connect cannot send it.";

/// A key's place: a header.
#[must_use]
pub fn secret_header(name: &str) -> String {
    format!("Key: header {name}")
}

/// A key's place: the address' query.
#[must_use]
pub fn secret_query(name: &str) -> String {
    format!("Key: {name} in the address")
}

/// A key's place: a sub-protocol.
pub const SECRET_SUBPROTOCOL: &str = "Key: sub-protocol";
/// A cookie, which no page sends.
pub const SECRET_COOKIE: &str = "Cookie";

/// A variable held the key.
#[must_use]
pub fn secret_variable(name: &str) -> String {
    format!("The command takes it from {name}: enter its value.")
}

/// A problem with its place, counted from 1.
#[must_use]
pub fn at_character(place: usize, what: &str) -> String {
    format!("Character {place}: {what}")
}

// What the sample gives.

/// A number of a line.
#[must_use]
pub fn line(number: usize) -> String {
    format!("Line {number}")
}

/// It gives the end.
pub const GIVES_END: &str = "the end";
/// A member is there with nothing in it.
pub const GIVES_NOTHING: &str = "nothing in it";
/// No pointer finds anything.
pub const GIVES_NOT_FOUND: &str = "nothing is found";
/// A field without data.
pub const GIVES_FIELD: &str = "no data";

/// It gives text.
#[must_use]
pub fn gives_text(text: &str) -> String {
    format!("text “{text}”")
}

/// It gives reasoning.
#[must_use]
pub fn gives_reasoning(text: &str) -> String {
    format!("reasoning “{text}”")
}

/// It gives an error.
#[must_use]
pub fn gives_error(text: &str) -> String {
    format!("error “{text}”")
}

/// It is no JSON from a character on, counted from 1.
#[must_use]
pub fn gives_no_json(place: usize) -> String {
    format!("no JSON from character {place} on")
}

// While it runs, and after it.

/// The connection is being made.
pub const CONNECTING: &str = "Connecting …";
/// The connection stands.
pub const OPEN: &str = "Open";
/// Connects again without waiting.
pub const CONNECT_NOW: &str = "Connect now";
/// The browser connects again; when is not told.
pub const BROWSER_CONNECTS: &str = "The browser connects again by itself; it does not say when.";
/// The list of events.
pub const EVENTS: &str = "Events";
/// The list of lines.
pub const LINES: &str = "Raw lines";
/// The lists.
pub const LISTS: &str = "What came";
/// Finds rows.
pub const FILTER: &str = "Only rows with …";
/// The text.
pub const TEXT: &str = "Text";
/// Saves the recording.
pub const SAVE: &str = "Save the recording";
/// The recording cannot be saved.
pub const NOT_SAVED: &str = "The browser could not make the file.";
/// Where a message is written.
pub const MESSAGE: &str = "Message to the server";
/// Sends a message.
pub const SEND: &str = "Send";
/// The plot.
pub const PLOT: &str = "Bytes over time, a tick for each piece, and the longest gap";
/// What the plot has.
pub const PLOT_HINT: &str = "Bars: bytes. Ticks: pieces as they came. Shaded: the longest gap.";
/// The headers of the response.
pub const RESPONSE_HEADERS: &str = "Response headers";
/// Why some may be missing.
pub const RESPONSE_HEADERS_HINT: &str =
    "From another origin a page sees only those that the server lets it read.";
/// The connections.
pub const CONNECTIONS: &str = "Connections";
/// What the server sent with an error.
pub const EXCERPT: &str = "It sent";
/// A row was sent from here.
pub const SENT: &str = "→";
/// A row came over a socket.
pub const RECEIVED: &str = "←";
/// A comment.
pub const COMMENT: &str = "comment";
/// A note about the connection.
pub const NOTE: &str = "·";
/// Bytes that are no text.
pub const BINARY: &str = "bytes";
/// A line whose end never came.
pub const UNFINISHED: &str = "unfinished";
/// There is more of a row.
pub const MORE: &str = "…";

/// Rows that are not shown any more.
#[must_use]
pub fn left_out(rows: u64) -> String {
    format!("The first {rows} are not shown any more; the recording has them, up to 16 MB.")
}

/// The length of a row that is cut.
#[must_use]
pub fn cut_at(bytes: usize) -> String {
    format!("({bytes} bytes in all)")
}

/// The time until the next connection.
#[must_use]
pub fn connect_now_in(wait: Duration) -> String {
    format!("Connect now (else in {})", span(wait))
}

/// The text ended while the stream goes on, with the reason.
#[must_use]
pub fn text_ended(why: &str) -> String {
    format!("The text ends here: {why}")
}

/// The tape took no more.
pub const TAPE_FULL: &str = "The recording is full: what came later is counted and shown, and not in it.";

/// Messages were lost, since too many waited.
#[must_use]
pub fn dropped(messages: u32) -> String {
    format!("{messages} messages came too fast and were not read.")
}

/// A connection in a line: its number, when it stood, what it brought, how long it lasted.
#[must_use]
pub fn connection(
    number: u32,
    asked: Duration,
    what: &str,
    bytes: &str,
    events: u64,
    lasted: Option<Duration>,
) -> String {
    let lasted = lasted.map_or_else(|| "runs".to_owned(), |lasted| format!("lasted {}", span(lasted)));
    format!("{number}. after {}: {what}; {bytes}, {events} events; {lasted}", span(asked))
}

/// A connection without a response.
pub const NO_RESPONSE: &str = "no response";

/// A response in short.
#[must_use]
pub fn response(status: u16, content_type: &str) -> String {
    format!("status {status} {content_type}")
}

// Figures.

/// Until the response began.
pub const RESPONSE_AFTER: &str = "Response after";
/// Until the first byte.
pub const FIRST_BYTE: &str = "First byte after";
/// Number of events.
pub const EVENT_COUNT: &str = "Events";
/// Number of lines.
pub const LINE_COUNT: &str = "Lines";
/// Number of messages.
pub const MESSAGE_COUNT: &str = "Messages";
/// Number of pieces.
pub const PIECES: &str = "Pieces";
/// Number of bytes.
pub const BYTES: &str = "Bytes";
/// The longest gap.
pub const LONGEST_GAP: &str = "Longest gap";
/// The time in all.
pub const ELAPSED: &str = "Time";
/// Number of connections.
pub const CONNECTION_COUNT: &str = "Connections";
/// The sub-protocol that the server chose.
pub const SUBPROTOCOL: &str = "Sub-protocol";
/// The last event ID.
pub const LAST_EVENT_ID: &str = "Last event ID";
/// It is not known.
pub const NOT_KNOWN: &str = "n/a";
