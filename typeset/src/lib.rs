//! Typesetting for the page: [`Highlighter`] finds what is what in code, [`formula`] makes MathML of TeX.
//!
//! Each is compiled to a WebAssembly module of its own and runs in a Web Worker, which the page starts when the first
//! block of code in a known language or the first formula appears. Here is what works natively too; `worker` is what
//! surrounds it there. The lists of languages, classes and names that both sides share are `tokenfall::engine::typeset`.
//!
//! What this does not know: the page, its nodes, and the text before and behind what it is sent.

mod code;
mod formula;
#[cfg(not(target_arch = "wasm32"))]
pub mod grammars;
mod scopes;
#[cfg(target_arch = "wasm32")]
pub mod worker;

pub use code::Highlighter;
pub use formula::formula;
