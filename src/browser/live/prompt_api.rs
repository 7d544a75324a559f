//! Asks the browser's own model, by the Prompt API of Chrome and Edge.
//!
//! There are no typed bindings for it: methods are called by name. What it brings becomes lines of a body
//! ([`Line`]), stamped when it comes, so that an answer of it is recorded and read as any other.

use super::feed::Feed;
use crate::browser::by_name::method;
use crate::browser::clock;
use crate::browser::pump::{Connection, Running};
use crate::browser::transport::TransportError;
use crate::engine::messages::browser_model as words;
use crate::engine::session::{Next, Session};
use crate::engine::tape::Head;
use crate::engine::wire::browser_model::Line;
use crate::engine::wire::{Endpoint, Prompt};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStream, ReadableStreamDefaultReader};

/// The name of the API among the window's members.
const API: &str = "LanguageModel";

/// Whether the browser has a model of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It has no such API, or hides it from this page.
    Missing,
    /// It has none for this device, or for these options.
    Unavailable,
    /// It would have to fetch one.
    Downloadable,
    /// It is fetching one.
    Downloading,
    /// It has one.
    Available,
    /// It says something else, or does not say.
    Unknown,
}

impl Availability {
    /// Returns what a person is told of it ahead of a question.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Availability::Missing => words::MISSING,
            Availability::Unavailable => words::REFUSED,
            Availability::Downloadable => words::TO_BE_FETCHED,
            Availability::Downloading => words::BEING_FETCHED,
            Availability::Available => words::READY,
            Availability::Unknown => words::UNKNOWN,
        }
    }
}

/// Asks the browser whether it has a model of its own.
pub async fn availability() -> Availability {
    match api() {
        Some(api) => available_for(&api, &Object::new()).await,
        None => Availability::Missing,
    }
}

/// Asks a prompt of the browser's own model, and feeds the answer to the session. `wake` is called behind all that comes.
///
/// # Errors
/// A browser that cannot break a request off.
pub fn ask_browser_model(
    endpoint: &Endpoint,
    prompt: &Prompt,
    session: Rc<RefCell<Session>>,
    wake: Rc<dyn Fn()>,
) -> Result<Running, TransportError> {
    let controller = AbortController::new().map_err(|exception| TransportError::unanswered(&exception))?;
    let feed = Feed::new(session, wake);
    let answer = Rc::new(Answer { feed, controller, has_begun: Cell::new(false), fetched: Cell::new(None) });
    let options = endpoint.request(prompt).body.unwrap_or_default();
    spawn_local(Rc::clone(&answer).run(options, prompt.stream));
    Ok(Running::new(answer))
}

/// An answer that the browser's model gives.
struct Answer {
    feed: Feed,
    controller: AbortController,
    /// Whether the beginning of a body was told.
    has_begun: Cell<bool>,
    /// The share of the model that is fetched, in per cent, as far as it was told.
    fetched: Cell<Option<u8>>,
}

impl Connection for Answer {
    fn stop(&self) {
        let is_over = self.feed.is_over();
        self.feed.cancel();
        // Of an answer that has ended there is nothing to break off.
        if !is_over {
            self.controller.abort();
        }
    }

    fn say(&self, _text: &str) -> bool {
        false
    }
}

/// The reason for which there is no answer.
enum Fault {
    /// The model is not there.
    Model(Availability),
    /// The browser threw this.
    Thrown(JsValue),
}

impl From<JsValue> for Fault {
    fn from(thrown: JsValue) -> Fault {
        Fault::Thrown(thrown)
    }
}

/// A session with the model, which is given back when it is dropped: it holds memory.
struct Opened(JsValue);

impl Drop for Opened {
    fn drop(&mut self) {
        let destroyed = method(&self.0, "destroy").and_then(|destroy| destroy.call0(&self.0));
        // What cannot be given back is the browser's.
        let _ = destroyed;
    }
}

impl Answer {
    async fn run(self: Rc<Self>, options: String, streams: bool) {
        match self.converse(&options, streams).await {
            Ok(()) => {
                let _ = self.bring(Line::Done(true));
            }
            Err(fault) => self.fail(&fault),
        }
        self.feed.complete();
    }

    async fn converse(self: &Rc<Self>, options: &str, streams: bool) -> Result<(), Fault> {
        let api = api().ok_or(Fault::Model(Availability::Missing))?;
        let options: Object = JSON::parse(options)?.dyn_into()?;
        let prompt = Reflect::get(&options, &"prompt".into())?;
        Reflect::delete_property(&options, &"prompt".into())?;
        let state = available_for(&api, &options).await;
        if state == Availability::Unavailable {
            return Err(Fault::Model(state));
        }
        let signal: JsValue = self.controller.signal().into();
        Reflect::set(&options, &"signal".into(), &signal)?;
        // It is called while the session comes to be, and its listener until then.
        let listener = self.listener();
        let listen = Closure::<dyn FnMut(JsValue) -> Result<(), JsValue>>::new(move |monitor: JsValue| {
            method(&monitor, "addEventListener")?
                .call2(&monitor, &"downloadprogress".into(), listener.as_ref())
                .map(drop)
        });
        // One that is here tells that it was fetched, too.
        if state != Availability::Available {
            Reflect::set(&options, &"monitor".into(), listen.as_ref())?;
        }
        let opened = Opened(called(&method(&api, "create")?, &api, &[options.into()]).await?);
        let how = Object::new();
        Reflect::set(&how, &"signal".into(), &signal)?;
        if self.feed.is_over() {
            return Ok(());
        }
        if streams {
            let stream = method(&opened.0, "promptStreaming")?.call2(&opened.0, &prompt, &how)?;
            self.read(&stream.dyn_into()?).await?;
        } else {
            let whole = called(&method(&opened.0, "prompt")?, &opened.0, &[prompt, how.into()]).await?;
            let _ = self.bring(Line::Text(&whole.as_string().unwrap_or_default()));
        }
        Ok(())
    }

    /// Returns what hears of the share of the model that is fetched.
    fn listener(self: &Rc<Self>) -> Closure<dyn FnMut(JsValue)> {
        let answer = Rc::downgrade(self);
        Closure::new(move |event: JsValue| {
            let loaded = Reflect::get(&event, &"loaded".into()).ok().and_then(|loaded| loaded.as_f64());
            if let (Some(answer), Some(loaded)) = (answer.upgrade(), loaded) {
                answer.tell_fetched((loaded.clamp(0.0, 1.0) * 100.0) as u8);
            }
        })
    }

    fn tell_fetched(&self, percent: u8) {
        if self.fetched.replace(Some(percent)) != Some(percent) {
            let _ = self.bring(Line::Fetched(percent));
        }
    }

    /// Reads chunk by chunk. Each is new text.
    async fn read(&self, stream: &ReadableStream) -> Result<(), Fault> {
        let reader = ReadableStreamDefaultReader::new(stream)?;
        loop {
            let read = JsFuture::from(reader.read()).await?;
            if Reflect::get(&read, &"done".into())?.is_truthy() {
                return Ok(());
            }
            let text = Reflect::get(&read, &"value".into())?.as_string().unwrap_or_default();
            if self.bring(Line::Text(&text)) == Next::Enough {
                self.controller.abort();
                return Ok(());
            }
        }
    }

    /// Hands a line to the session, behind the beginning of a body.
    fn bring(&self, line: Line<'_>) -> Next {
        if !self.has_begun.replace(true) {
            let content_type = "application/x-ndjson".to_owned();
            self.feed.tell(|sink, at| sink.head(Head { status: 200, content_type, ..Head::default() }, at));
        }
        self.feed.take(|sink| sink.feed(line.written().as_bytes(), clock::now()))
    }

    fn fail(&self, fault: &Fault) {
        let (kind, message, cause) = match fault {
            Fault::Model(state) => (String::new(), state.in_words(), String::new()),
            Fault::Thrown(thrown) => {
                let text = |name: &str| {
                    Reflect::get(thrown, &name.into())
                        .ok()
                        .and_then(|text| text.as_string())
                        .unwrap_or_default()
                };
                let kind = text("name");
                let message = told(&kind);
                (kind, message, text("message"))
            }
        };
        let _ = self.bring(Line::Error { kind: &kind, message, cause: &cause });
    }
}

/// Returns what a person is told of an exception of that name.
fn told(kind: &str) -> &'static str {
    match kind {
        "NotAllowedError" | "SecurityError" => words::NOT_ALLOWED,
        "NotSupportedError" => words::NOT_SUPPORTED,
        "NetworkError" => words::NOT_FETCHED,
        "QuotaExceededError" => words::TOO_LONG,
        "AbortError" | "InvalidStateError" => words::BROKEN_OFF,
        _ => words::OTHER,
    }
}

async fn available_for(api: &JsValue, options: &Object) -> Availability {
    let Ok(method) = method(api, "availability") else { return Availability::Unknown };
    let state = called(&method, api, &[options.into()]).await.ok().and_then(|state| state.as_string());
    match state.as_deref() {
        Some("unavailable") => Availability::Unavailable,
        Some("downloadable") => Availability::Downloadable,
        Some("downloading") => Availability::Downloading,
        Some("available") => Availability::Available,
        Some(_) | None => Availability::Unknown,
    }
}

/// Calls a method and waits for what it promises.
async fn called(method: &Function, of: &JsValue, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promised = method.apply(of, &arguments.iter().collect())?;
    JsFuture::from(Promise::resolve(&promised)).await
}

/// Returns the API, where the browser gives it to this page.
fn api() -> Option<JsValue> {
    let api = Reflect::get(&js_sys::global(), &API.into()).ok()?;
    (api.is_function() || api.is_object()).then_some(api)
}
