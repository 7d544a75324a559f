//! Runs the project's commands. `cargo xtask` without a word lists them.
//!
//! Nothing in `src` depends on this crate, and it knows nothing about streams: it finds tools, runs them, and says
//! what it does and why.

mod args;
mod attributes;
mod bench;
mod check;
mod clock;
mod counts;
mod failure;
mod hash;
mod help;
mod keep_parts;
mod lab_tests;
mod log;
mod model;
mod mutants;
mod page;
mod postbuild;
mod project;
mod run;
mod say;
mod screenshots;
mod serve;
mod size;
mod specs;
mod store_tests;
mod suite;
mod test;
mod tidy;
mod tools;

use std::env;
use std::process::ExitCode;

use args::Args;
use failure::{Failure, Result};
use postbuild::host::Host;
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
    // The suites of the benchmarks tell their own options.
    let is_for_a_suite = name == Some("bench") && words.first().is_some_and(|word| !word.starts_with('-'));
    let asks = !is_for_a_suite && words.iter().any(|word| word == "--help" || word == "-h");
    if let Some(command) = command.filter(|_| asks) {
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
        Some("build") => host(args).and_then(|host| page::build_for(&project, host)).map(|_| ()),
        Some("test") => test::run(&project, args),
        Some("check") => args.done().and_then(|()| check::run(&project)),
        Some("size") => host(args).and_then(|host| size::run(&project, host)),
        Some("keep-parts") => keep_parts::run(args),
        Some("bench") => bench::run(&project, args),
        Some("mutants") => mutants::run(&project, args),
        Some("screenshots") => args.done().and_then(|()| screenshots::run(&project)),
        // Called by Trunk between writing the page and putting it in place.
        Some("postbuild") => postbuild::run(&project),
        // Called by the benchmarks, whose wasm is then as the page's.
        Some("optimize") => postbuild::optimize(args),
        Some(other) => Err(Failure::new(match help::command_near(other) {
            Some(near) => format!("no command `{other}`; did you mean `cargo xtask {near}`?"),
            None => format!("no command `{other}`; `cargo xtask help` lists them"),
        })),
    }
}

/// Takes the host that `--for` names, and nothing else.
fn host(mut args: Args) -> Result<Host> {
    let name = args.value("--for")?;
    args.done()?;
    name.map_or(Ok(Host::Own), |name| Host::named(&name))
}
