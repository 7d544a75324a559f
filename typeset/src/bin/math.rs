//! The worker that turns TeX into MathML.

fn main() {
    #[cfg(target_arch = "wasm32")]
    typeset::worker::math();
}
