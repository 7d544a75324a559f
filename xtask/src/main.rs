//! The project's commands. `cargo xtask` without a word lists them.
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

const HELP: &str = "\
cargo xtask serve [--no-model] [--open] [--port N] [--model-port N]
                        the release page on loopback, a real small model beside it
cargo xtask test [tidy|check|xtask|engine|typeset|lab|browser|ui|size|e2e]…
                        everything, or the parts named
cargo xtask check       format, lints, layers, documentation, the project's own rules
cargo xtask size        what the first load fetches, against size-budget.txt
cargo xtask bench [decode|render] […]
                        the benchmarks beside their peers, in headless Chromium
cargo xtask screenshots pictures of the page, into docs/screenshots/
cargo xtask build       the release page, into dist/
What is missing is installed into the project's cache: TOKENFALL_CACHE, or tokenfall/ in XDG_CACHE_HOME or ~/.cache.";

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    match dispatch(words.next().as_deref(), Args::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::problem(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Option<&str>, args: Args) -> Result<()> {
    let project = Project::locate()?;
    match command {
        None | Some("help" | "--help" | "-h") => {
            say::line(HELP);
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
        Some(other) => Err(Failure::new(format!("no command `{other}`. There are:\n{HELP}"))),
    }
}
