//! Splits a linked wasm module at its split points: `split MODULE FOLDER` writes `main.wasm`, and a `split_NAME.wasm` for
//! each part, into the folder.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            complain(&problem);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(module), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("split takes a module and a folder".to_owned());
    };
    let wasm = fs::read(&module).map_err(|error| format!("cannot read {}: {error}", module.display()))?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = &folder;
    options.main_out_path = &main;
    // What the page imports the loading of its parts from; xtask/src/postbuild/split.rs writes it.
    options.link_name = "parts";
    transform(options).map_err(|error| format!("cannot split {}: {error:?}", module.display()))?;
    Ok(())
}

#[expect(clippy::print_stderr, reason = "this is a command, and where a command says what went wrong")]
fn complain(problem: &str) {
    eprintln!("{problem}");
}
