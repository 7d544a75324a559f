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
mod hash;
mod keep_parts;
mod model;
mod page;
mod postbuild;
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
use postbuild::host::Host;
use project::Project;

const HELP: &str = "\
cargo xtask serve [--no-model] [--open] [--port N] [--model-port N]
                        the release page on loopback, a real small model beside it
cargo xtask test [tidy|check|xtask|engine|typeset|lab|browser|ui|size|e2e]…
                        everything, or the parts named
cargo xtask check       format, lints, layers, documentation, the project's own rules
cargo xtask size [--for own|pages]
                        what the page fetches, against size-budget.txt
cargo xtask bench [decode|render] […]
                        the benchmarks beside their peers, in headless Chromium
cargo xtask screenshots pictures of the page, into docs/screenshots/
cargo xtask build [--for own|pages]
                        the release page, into dist/: for a server of your own, or for GitHub Pages, whose content
                        security policy is narrower (docs/security.md)
cargo xtask keep-parts OLD NEW
                        before a deployment: takes the files of the deployed page in folder OLD over into the new one
                        in folder NEW, for tabs that are still open
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
        Some("build") => host(args).and_then(|host| page::build_for(&project, host)).map(|_| ()),
        Some("test") => test::run(&project, args),
        Some("check") => args.done().and_then(|()| check::run(&project)),
        Some("size") => host(args).and_then(|host| size::run(&project, host)),
        Some("keep-parts") => keep_parts::run(args),
        Some("bench") => bench::run(&project, args),
        Some("screenshots") => args.done().and_then(|()| screenshots::run(&project)),
        // Called by Trunk between writing the page and putting it in place.
        Some("postbuild") => postbuild::run(&project),
        // Called by the benchmarks, whose wasm is then as the page's.
        Some("optimize") => postbuild::optimize(args),
        Some(other) => Err(Failure::new(format!("no command `{other}`. There are:\n{HELP}"))),
    }
}

/// What `--for` names, and nothing else.
fn host(mut args: Args) -> Result<Host> {
    let name = args.value("--for")?;
    args.done()?;
    name.map_or(Ok(Host::Own), |name| Host::named(&name))
}
