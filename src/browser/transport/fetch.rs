//! `fetch` with a body read chunk by chunk.
//!
//! Every request goes out without credentials, cache or referrer, and refuses redirects: browsers re-send an `x-api-key`
//! header and the body to wherever a redirect points (reliability reference, finding 2). A browser's own error texts are
//! dropped: they differ between engines and are never parsed.

use super::chunks::{Chunks, Lost};
use crate::browser::clock;
use crate::engine::error::retry_after;
use crate::engine::tape::Head;
use crate::engine::wire::HttpRequest;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response,
};

/// An open response.
#[derive(Debug)]
pub(crate) struct Fetch {
    pub(crate) head: Head,
    /// A 204 has no body at all.
    chunks: Option<Chunks>,
}

impl Fetch {
    /// Sends a request and waits for the response's head.
    pub(crate) async fn open(request: &HttpRequest, controller: &AbortController) -> Result<Fetch, Lost> {
        let response = send(request, controller).await?;
        let header = |name| response.headers().get(name).ok().flatten();
        let head = Head {
            status: response.status(),
            content_type: header("content-type").unwrap_or_default(),
            retry_after: retry_after(
                header("retry-after-ms").as_deref(),
                header("retry-after").as_deref(),
                header("date").as_deref(),
                clock::unix_seconds(),
            ),
        };
        let chunks = response.body().and_then(|body| Chunks::new(&body));
        Ok(Fetch { head, chunks })
    }

    /// The next chunk, or `None` at the end of the body.
    pub(crate) async fn next(&mut self) -> Result<Option<&[u8]>, Lost> {
        match &mut self.chunks {
            Some(chunks) => chunks.next().await,
            None => Ok(None),
        }
    }
}

/// A whole answer as text, with its status: for model lists. At most 8 MiB of it.
///
/// # Errors
/// No answer, or one that broke off.
pub async fn fetch_text(request: &HttpRequest) -> Result<(u16, String), ()> {
    const LIMIT: usize = 8 << 20;
    let controller = AbortController::new().map_err(|_| ())?;
    let mut fetch = Fetch::open(request, &controller).await.map_err(|_| ())?;
    let status = fetch.head.status;
    let mut body = Vec::new();
    while let Some(chunk) = fetch.next().await.map_err(|_| ())? {
        body.extend_from_slice(chunk);
        if body.len() > LIMIT {
            controller.abort();
            return Err(());
        }
    }
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// A file that was deployed with the page, by its path relative to the page; `None` if it is not there.
pub async fn fetch_asset(path: &str) -> Option<String> {
    let request = HttpRequest { method: "GET", url: path.to_owned(), headers: Vec::new(), body: None };
    match fetch_text(&request).await {
        Ok((200, text)) => Some(text),
        Ok(_) | Err(()) => None,
    }
}

async fn send(request: &HttpRequest, controller: &AbortController) -> Result<Response, Lost> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&controller.signal()));
    let headers = web_sys::Headers::new().map_err(|_| Lost)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(|_| Lost)?;
    }
    init.set_headers(&headers);
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    let window = web_sys::window().ok_or(Lost)?;
    let response =
        JsFuture::from(window.fetch_with_str_and_init(&request.url, &init)).await.map_err(|_| Lost)?;
    response.dyn_into().map_err(|_| Lost)
}
