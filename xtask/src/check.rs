//! `cargo xtask check`: everything that is wrong before a test runs.

use std::process::Command;

use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tidy;
use crate::tools;

/// Options after `cargo`, with what they prove.
const STEPS: [(&str, &str); 15] = [
    ("format", "fmt --all --check"),
    // The three levels first: a layer that reaches upward fails here with the plainest message.
    ("engine alone compiles", "check -p tokenfall --lib"),
    ("shell compiles", "check -p tokenfall --lib --features browser --target wasm32-unknown-unknown"),
    ("page compiles", "check -p tokenfall --lib --bins --features ui --target wasm32-unknown-unknown"),
    ("lints of the engine", "clippy -p tokenfall --all-targets -- -D warnings"),
    (
        "lints of the shell",
        "clippy -p tokenfall --lib --test browser --features browser --target wasm32-unknown-unknown -- -D warnings",
    ),
    (
        "lints of the page",
        "clippy -p tokenfall --lib --bins --test ui --features ui --target wasm32-unknown-unknown -- -D warnings",
    ),
    (
        "lints of the page as it is split",
        "clippy -p tokenfall --lib --bins --features split --target wasm32-unknown-unknown -- -D warnings",
    ),
    (
        "lints of xtask, lab and benches",
        "clippy -p xtask -p split -p lab -p tokenfall-bench-decoders --all-targets -- -D warnings",
    ),
    (
        "lints of the renderer's benchmark",
        "clippy -p tokenfall-bench-renderer --target wasm32-unknown-unknown -- -D warnings",
    ),
    ("lints of the worker's work", "clippy -p typeset --all-targets -- -D warnings"),
    ("lints of the worker", "clippy -p typeset --bins --target wasm32-unknown-unknown -- -D warnings"),
    ("documentation", "doc -p tokenfall --lib --no-deps --all-features --target wasm32-unknown-unknown"),
    ("documentation of the lab", "doc -p lab --lib --no-deps"),
    ("documentation of the worker", "doc -p typeset --lib --no-deps"),
];

/// The package outside of the workspace: it takes another toolchain. Its format is ours all the same.
const APART: [&str; 1] = ["fuzz/Cargo.toml"];

/// Runs tidy and every step, all of them even when one fails.
///
/// # Errors
/// When any of them failed, naming them.
pub(crate) fn run(project: &Project) -> Result<()> {
    let tidy = tidy::run(project);
    if let Err(failure) = &tidy {
        say::problem(&failure.to_string());
    }
    lints(project).and(tidy)
}

/// Runs the steps without tidy.
///
/// # Errors
/// As [`run()`].
pub(crate) fn lints(project: &Project) -> Result<()> {
    tools::wasm_target()?;
    let mut failed = Vec::new();
    let apart = APART.iter().filter(|manifest| project.root().join(manifest).is_file());
    let apart = apart.map(|manifest| (*manifest, format!("fmt --check --manifest-path {manifest}")));
    let steps = STEPS.into_iter().map(|(what, options)| (what, options.to_owned()));
    for (what, options) in steps.chain(apart) {
        let watch = Stopwatch::start();
        match run::visibly(&mut step(project, &options)) {
            Ok(()) => say::line(&format!("  {what}: fine ({watch})")),
            Err(failure) => {
                say::problem(&format!("{what}: {failure}"));
                failed.push(what);
            }
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(Failure::new(format!("check failed: {}", failed.join(", ")))),
    }
}

fn step(project: &Project, options: &str) -> Command {
    let mut command = run::cargo();
    command.args(options.split(' ')).current_dir(project.root()).env("RUSTDOCFLAGS", "-D warnings");
    command
}
