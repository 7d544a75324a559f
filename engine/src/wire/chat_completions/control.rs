//! Controls a completion of llama.cpp's server while it streams: its reasoning can be ended, and the answer then comes at once.

use crate::json::Document;
use crate::wire::{Endpoint, HttpRequest, ProviderError};
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Control<'a> {
    id: &'a str,
    action: &'static str,
}

/// Returns the request that ends the reasoning of the completion with that id. The completion must have been asked for with
/// `reasoning_control`, as [`Prompt::counts`](crate::wire::Prompt::counts) does.
#[must_use]
pub fn end_reasoning_request(endpoint: &Endpoint, id: &str) -> HttpRequest {
    let mut headers = endpoint.headers(false);
    headers.push(("content-type".into(), "application/json".to_owned()));
    let control = Control { id, action: "reasoning_end" };
    HttpRequest {
        method: "POST".into(),
        url: endpoint.base.join("/chat/completions/control"),
        headers,
        body: serde_json::to_string(&control).ok(),
    }
}

/// Reads what the server says to that request.
///
/// # Errors
/// What it said in refusing: nothing, where it had no words. llama.cpp refuses with status 200.
pub fn read_end_of_reasoning(status: u16, body: &str) -> Result<(), String> {
    let mut document = Document::default();
    let (is_done, said) = match document.parse(body) {
        Ok(answer) => {
            let is_done = answer.get("success").is_some_and(|success| success.is_truthy());
            (is_done, answer.string("message"))
        }
        Err(_) => (false, String::new()),
    };
    match status {
        200..300 if is_done => Ok(()),
        400.. => Err(ProviderError::from_body(status, body.as_bytes()).message),
        _ => Err(said),
    }
}
