//! Sends requests by `fetch` and reads their bodies chunk by chunk.
//!
//! Every request goes out without credentials, cache or referrer, and follows no redirect: browsers re-send an `x-api-key`
//! header and the body to wherever a redirect points (reliability reference, finding 2). A redirect comes as a head with
//! status 0 and nothing behind it. A browser's own error texts are kept in [`TransportError`]; they differ between engines and
//! are never parsed.

use super::{TransportError, each_chunk};
use crate::browser::clock;
use crate::browser::timer::sleep;
use crate::engine::error::retry_after;
use crate::engine::tape::{Head, Headers};
use crate::engine::wire::HttpRequest;
use js_sys::Array;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, ReadableStream, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect, Response,
};

/// An open response.
#[derive(Debug)]
pub(crate) struct Fetch {
    pub(crate) head: Head,
    /// A 204 has no body at all.
    body: Option<ReadableStream>,
}

impl Fetch {
    /// Sends a request and waits for the response's head.
    pub(crate) async fn open(
        request: &HttpRequest,
        controller: &AbortController,
    ) -> Result<Fetch, TransportError> {
        let response = send(request, controller).await?;
        let headers = headers(&response);
        let header =
            |name| headers.iter().find(|(its, _)| its == name).map(|(_, value): &(_, String)| value.as_str());
        let head = Head {
            status: response.status(),
            content_type: header("content-type").unwrap_or_default().to_owned(),
            retry_after: retry_after(
                header("retry-after-ms"),
                header("retry-after"),
                header("date"),
                clock::unix_seconds(),
            ),
            headers,
        };
        Ok(Fetch { head, body: response.body() })
    }

    /// Reads the body: see [`each_chunk`].
    pub(crate) async fn read(
        self,
        on_chunk: impl FnMut(&[u8]) -> ControlFlow<()> + 'static,
    ) -> Result<(), TransportError> {
        match &self.body {
            Some(body) => each_chunk(body, on_chunk).await,
            None => Ok(()),
        }
    }
}

/// Returns a whole answer as text, with its status (0 for a redirect, which is not followed): for model lists. At most
/// 8 MiB of it, and at most 15 seconds.
///
/// # Errors
/// No answer, one that broke off, or one beyond those bounds.
pub async fn fetch_text(request: &HttpRequest) -> Result<(u16, String), TransportError> {
    const LIMIT: usize = 8 << 20;
    const PATIENCE: Duration = Duration::from_secs(15);
    let controller = AbortController::new().map_err(|exception| TransportError::unanswered(&exception))?;
    let late = controller.clone();
    spawn_local(async move {
        sleep(PATIENCE).await;
        late.abort();
    });
    // What an abort does to a request or a body looks like any other end of it.
    let or_late = |error| {
        if controller.signal().aborted() { TransportError::TimedOut { after: PATIENCE } } else { error }
    };
    let fetch = Fetch::open(request, &controller).await.map_err(or_late)?;
    let status = fetch.head.status;
    let body = Rc::new(RefCell::new(Vec::new()));
    let taker = Rc::clone(&body);
    let read = fetch.read(move |chunk| {
        let mut body = taker.borrow_mut();
        body.extend_from_slice(chunk);
        if body.len() <= LIMIT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    read.await.map_err(or_late)?;
    let body = body.take();
    if body.len() > LIMIT {
        controller.abort();
        return Err(TransportError::TooLarge { limit: LIMIT });
    }
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// Returns a file that was deployed with the page, by its path relative to the page; `None` if it is not there.
pub async fn fetch_asset(path: &str) -> Option<String> {
    let request = HttpRequest { method: "GET".into(), url: path.to_owned(), headers: Vec::new(), body: None };
    match fetch_text(&request).await {
        Ok((200, text)) => Some(text),
        Ok(_) | Err(_) => None,
    }
}

/// Returns all headers that script may read: of another origin those that are safelisted or exposed to it.
fn headers(response: &Response) -> Headers {
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let pairs = Array::from(&response.headers());
    pairs
        .iter()
        .map(|pair| {
            let pair: Array = pair.unchecked_into();
            (text(pair.get(0)), text(pair.get(1)))
        })
        .collect()
}

async fn send(request: &HttpRequest, controller: &AbortController) -> Result<Response, TransportError> {
    let init = RequestInit::new();
    init.set_method(&request.method);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Manual);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&controller.signal()));
    let unanswered = |exception: JsValue| TransportError::unanswered(&exception);
    let headers = web_sys::Headers::new().map_err(unanswered)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(unanswered)?;
    }
    init.set_headers(&headers);
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    let window = web_sys::window().ok_or_else(|| unanswered("there is no window".into()))?;
    let response =
        JsFuture::from(window.fetch_with_str_and_init(&request.url, &init)).await.map_err(unanswered)?;
    response.dyn_into().map_err(unanswered)
}
