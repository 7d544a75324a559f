//! Runs wasm-opt over the wasm files of the page.
//!
//! Trunk could run wasm-opt itself, but sees the page's wasm only before it is split.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::run;
use crate::tools;

/// The end of a wasm file's name as wasm-bindgen and Trunk write it.
pub(super) const ENDING: &str = "_bg.wasm";

/// Features that the compiler may have used; the module's own list of them is not enough for wasm-opt.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Runs `wasm-opt -Oz` on a wasm file, in place.
///
/// # Errors
/// When wasm-opt is not there or fails.
pub(super) fn optimize(path: &Path) -> Result<()> {
    run::visibly(wasm_opt()?.args(FEATURES).arg("-Oz").arg("-o").arg(path).arg(path))
}

fn wasm_opt() -> Result<Command> {
    tools::on_path("wasm-opt").map(Command::new).ok_or_else(|| {
        Failure::new("wasm-opt is not on the PATH: build with `cargo xtask build`, which brings it")
    })
}
