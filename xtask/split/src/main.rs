//! Splits a linked wasm module at its split points: `split MODULE FOLDER LINK MAIN` writes into the folder `main.wasm`, a
//! `split_NAME.wasm` for each part, a `chunk_N.wasm` for what several parts share, and the script LINK, which fetches
//! them for MAIN, the script that wasm-bindgen makes. It prints a line for each part: `part`, its name and the files it needs.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [module, folder, link, main] => split(Path::new(module), Path::new(folder), link, main),
        _ => Err("split takes a module, a folder, the link script and the main script".to_owned()),
    };
    match result {
        Ok(lines) => {
            say(&lines);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            complain(&problem);
            ExitCode::FAILURE
        }
    }
}

fn split(module: &Path, folder: &Path, link: &str, main: &str) -> Result<String, String> {
    let wasm = fs::read(module).map_err(|error| format!("cannot read {}: {error}", module.display()))?;
    let main_wasm = folder.join("main.wasm");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main_wasm;
    options.link_name = link;
    options.main_module = main;
    let parts =
        transform(options).map_err(|error| format!("cannot split {}: {error:?}", module.display()))?;
    let mut lines: Vec<String> =
        parts.prefetch_map.iter().map(|(name, files)| format!("part {name} {}\n", files.join(" "))).collect();
    lines.sort();
    Ok(lines.concat())
}

#[expect(clippy::print_stdout, reason = "this is a command, and what it prints is for the one that calls it")]
fn say(lines: &str) {
    print!("{lines}");
}

#[expect(clippy::print_stderr, reason = "this is a command, and where a command says what went wrong")]
fn complain(problem: &str) {
    eprintln!("{problem}");
}
