//! What `cargo xtask bench render` measures of ours: the page's renderer, sink and frame loop, as wasm for its page.
//!
//! [`Answer`] takes text as the page's turn does and draws what is new once an animation frame. [`Stream`] begins at the
//! bytes of a response: session, turn, renderer, as `ui::live` ties them together, without the signals.

use js_sys::Uint8Array;
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::dom::DomSink;
use tokenfall::browser::frame_loop::{FrameLoop, Next};
use tokenfall::engine::chat::Server;
use tokenfall::engine::markdown::Renderer;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::Dialect;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Text to nodes.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    state: Rc<RefCell<(String, Drawn)>>,
    frames: FrameLoop,
}

#[wasm_bindgen]
impl Answer {
    /// Draws into `root`, an element without children.
    ///
    /// # Errors
    /// An element outside of a document.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element) -> Result<Answer, JsError> {
        let state = Rc::new(RefCell::new((String::new(), Drawn::new(root)?)));
        let on_frame = Rc::clone(&state);
        let frames = FrameLoop::new(move |_| {
            let (text, drawn) = &mut *on_frame.borrow_mut();
            drawn.draw(text);
            Next::Never
        });
        Ok(Answer { state, frames: frames.ok_or_else(no_document)? })
    }

    /// Takes a delta; it is drawn on the next frame.
    pub fn append(&self, delta: &str) {
        self.state.borrow_mut().0.push_str(delta);
        self.frames.wake();
    }

    /// Draws the rest.
    pub fn end(self) {
        let (text, drawn) = &mut *self.state.borrow_mut();
        drawn.draw(text);
        drawn.finish();
    }
}

/// Bytes to nodes.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Stream {
    buffer: Vec<u8>,
    state: Rc<RefCell<(Session, Drawn)>>,
    frames: FrameLoop,
}

#[wasm_bindgen]
impl Stream {
    /// Draws a response in that dialect (named as in stored settings) into `root`, an element without children.
    ///
    /// # Errors
    /// A name no dialect has, or an element outside of a document.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, dialect: &str) -> Result<Stream, JsError> {
        let dialect = Dialect::from_name(dialect).ok_or_else(|| JsError::new("no such dialect"))?;
        let plan = Plan::new(dialect, true, "", Server::default(), None);
        let mut session = Session::new(plan, clock::now());
        let head = Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() };
        session.head(head, clock::now());
        let state = Rc::new(RefCell::new((session, Drawn::new(root)?)));
        let on_frame = Rc::clone(&state);
        let frames = FrameLoop::new(move |_| {
            let (session, drawn) = &mut *on_frame.borrow_mut();
            drawn.draw(text_of(session));
            Next::Never
        });
        Ok(Stream { buffer: Vec::new(), state, frames: frames.ok_or_else(no_document)? })
    }

    /// Takes a chunk: the same copy into a buffer used again as the page's transport makes.
    pub fn feed(&mut self, chunk: &Uint8Array) {
        self.buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut self.buffer);
        let _ = self.state.borrow_mut().0.feed(&self.buffer, clock::now());
        self.frames.wake();
    }

    /// Ends the body and draws the rest.
    pub fn end(self) {
        let (session, drawn) = &mut *self.state.borrow_mut();
        session.end(End::Closed, false, clock::now());
        drawn.draw(text_of(session));
        drawn.finish();
    }
}

/// A block on the screen, as in `ui::live`.
#[derive(Debug)]
struct Drawn {
    renderer: Renderer,
    sink: DomSink,
    shown: usize,
}

impl Drawn {
    fn new(root: Element) -> Result<Drawn, JsError> {
        let sink = DomSink::new(root).ok_or_else(no_document)?;
        Ok(Drawn { renderer: Renderer::new(), sink, shown: 0 })
    }

    /// Draws all that is new. As on the page the next frame comes with the next delta.
    fn draw(&mut self, text: &str) {
        self.renderer.push(text.get(self.shown..).unwrap_or_default());
        self.shown = text.len();
        self.renderer.flush(&mut self.sink);
    }

    fn finish(&mut self) {
        self.renderer.finish(&mut self.sink);
    }
}

/// The benchmark's streams have one block.
fn text_of(session: &Session) -> &str {
    session.turn().blocks.first().map_or("", |block| block.text.as_str())
}

fn no_document() -> JsError {
    JsError::new("the element belongs to no document")
}
