//! Words for streams that connect again by themselves.

/// The server says that there is nothing more.
pub const NO_CONTENT: &str = "The server says that nothing more will come (status 204).";
/// The person closed it.
pub const CLOSED: &str = "Closed.";
/// All came that there was.
pub const ENDED: &str = "The response has ended.";
/// The server redirected the request, which is not followed since browsers would send the key along.
pub const REDIRECTED: &str =
    "The server wanted to send the request elsewhere. It was not followed, to protect your key.";
/// The browser's own reader has given up.
pub const NOT_TOLD: &str = "The browser ended the stream for good and does not say why: the server said that nothing more will \
     come (204), answered with another status than 200 or another type than text/event-stream, or does not answer this page (CORS).";
/// The network is away.
pub const OFFLINE: &str = "No network. The stream goes on when it is back.";

/// The response is of another kind.
#[must_use]
pub fn content_type(content_type: &str) -> String {
    let what = if content_type.is_empty() {
        "without a type".to_owned()
    } else {
        format!("of the type {content_type}")
    };
    format!("The answer is {what}, not text/event-stream. By the standard a stream ends here for good.")
}

/// The response has a status that ends the stream.
#[must_use]
pub fn status(status: u16) -> String {
    format!("The server answered with status {status}. By the standard a stream ends here for good.")
}

/// It will connect again; `seconds` as shown.
#[must_use]
pub fn waiting(seconds: &str) -> String {
    format!("The connection ended. Connecting again in {seconds}.")
}
