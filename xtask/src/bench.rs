//! `cargo xtask bench [suite]`: the benchmarks beside their peers, in headless Chromium.

use std::fs;
use std::process::Command;

use crate::args::Args;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::{self, Toolbox};

/// Installs the peers the first time and runs `benches/run.mjs`; what follows the suite goes to it unchanged.
///
/// # Errors
/// When something it needs is missing, or when the harness fails.
pub(crate) fn run(project: &Project, args: Args) -> Result<()> {
    let words = args.rest();
    let toolbox = Toolbox::for_benches(project)?;
    let browser = tools::browser()?;
    peers(project)?;
    let mut harness = toolbox.command("node")?;
    harness.arg("benches/run.mjs").args(words).current_dir(project.root());
    run::visibly(harness.env("CHROMIUM", browser.chrome))
}

/// `npm ci`, once for each content of the lock file. Scripts of packages do not run, except esbuild's, which puts its
/// own program in place.
fn peers(project: &Project) -> Result<()> {
    let folder = project.root().join("benches");
    let mut hash = Hash::default();
    hash.add(project.read("benches/package.json")?.as_bytes());
    let locked = project.read("benches/package-lock.json");
    hash.add(locked.as_deref().unwrap_or_default().as_bytes());
    let stamp = folder.join("node_modules").join(".tokenfall-installed");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == hash.to_string()) {
        return Ok(());
    }
    say::step("installing the peers that the benchmarks compare with (npm, about 100 MB)");
    let watch = Stopwatch::start();
    let npm =
        tools::on_path("npm").ok_or_else(|| Failure::new("npm is missing: install Node.js 20 or newer"))?;
    let verb = if locked.is_ok() { "ci" } else { "install" };
    let mut install = Command::new(npm);
    install.args([verb, "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    run::visibly(&mut install)?;
    let esbuild = folder.join("node_modules").join("esbuild").join("install.js");
    if esbuild.is_file() {
        run::visibly(Command::new("node").arg(esbuild).current_dir(&folder))?;
    }
    fs::write(&stamp, hash.to_string()).map_err(Failure::io("cannot note that the peers are installed"))?;
    say::line(&format!("  installed ({watch})"));
    Ok(())
}
