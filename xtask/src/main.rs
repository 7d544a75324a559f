//! Runs the project's commands. `cargo xtask` without a word lists them.
//!
//! Nothing in `src` depends on this crate, and it knows nothing about streams: it finds tools, runs them, and says
//! what it does and why.

mod args;
mod bench;
mod check;
mod clock;
mod counts;
mod failure;
mod finish;
mod hash;
mod help;
mod log;
mod model;
mod page;
mod project;
mod run;
mod say;
mod screenshots;
mod serve;
mod size;
mod specs;
mod test;
mod tidy;
mod tools;

use std::env;
use std::process::ExitCode;

use args::Args;
use failure::{Failure, Result};
use project::Project;

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    match dispatch(words.next().as_deref(), words.collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::problem(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(name: Option<&str>, words: Vec<String>) -> Result<()> {
    let command = name.and_then(help::command);
    if let Some(command) = command.filter(|_| words.iter().any(|word| word == "--help" || word == "-h")) {
        say::line(&command.help());
        return Ok(());
    }
    let args = Args::new(command, words);
    let project = Project::locate()?;
    match name {
        None | Some("help" | "--help" | "-h") => {
            help::print_all();
            Ok(())
        }
        Some("serve") => serve::run(&project, args),
        Some("build") => args.done().and_then(|()| page::build(&project)).map(|_| ()),
        Some("test") => test::run(&project, args),
        Some("check") => args.done().and_then(|()| check::run(&project)),
        Some("size") => args.done().and_then(|()| size::run(&project)),
        Some("bench") => bench::run(&project, args),
        Some("screenshots") => args.done().and_then(|()| screenshots::run(&project)),
        // Called by Trunk between writing the page and putting it in place.
        Some("finish") => finish::run(&project),
        // Called by the benchmarks, whose wasm is then as the page's.
        Some("shrink") => finish::shrink(args),
        Some(other) => Err(Failure::new(match help::command_near(other) {
            Some(near) => format!("no command `{other}`; did you mean `cargo xtask {near}`?"),
            None => format!("no command `{other}`; `cargo xtask help` lists them"),
        })),
    }
}
