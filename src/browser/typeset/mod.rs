//! Typesetting colours code and draws formulas, by two workers that start when there is something for them to do.
//!
//! It is a lazy part of the page (`ui::typeset`), fetched with the first block of code or formula. It knows of the page
//! only the nodes that [`DomSink`](super::dom::DomSink) makes: the sink tells the document of a new one by an event,
//! observers tell of its text. Code is drawn by highlights over its text nodes, which stay as they are, a formula by MathML
//! beside its source. Without a worker, and where a browser knows no highlights, code is plain and formulas show their
//! source.
//!
//! What this does not know: any language, and TeX. Those are the package `typeset`.

mod code;
mod formula;
mod highlights;
mod live_set;
mod observer;
mod worker_client;

pub use formula::draw;
pub use highlights::{Group, Painter};
pub use observer::serve;
