//! The worker: takes messages from the page, answers each in the order they came.
//!
//! A message is an array of a block's number, a language's number and a text; the language says what is asked for.
//! Code is answered with a `Uint32Array` of rows, a formula with a string; see `tokenfall::browser::typeset`, the other
//! side. The first answer, without data, says that the worker listens.

#[cfg(target_arch = "wasm32")]
mod worker;

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::start();
}
