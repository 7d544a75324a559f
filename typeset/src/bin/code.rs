//! The worker that colours code.

fn main() {
    #[cfg(target_arch = "wasm32")]
    typeset::worker::code();
}
