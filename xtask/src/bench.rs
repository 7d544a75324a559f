//! `cargo xtask bench [suite]`: the benchmarks beside their peers, in headless Chromium.

use std::fs;
use std::process::Command;

use crate::args::Args;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::model::{self, Model};
use crate::page;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::{self, Toolbox};

/// Runs `benches/run.mjs` beside what its suite needs: the peers, which are installed the first time, the release page,
/// the model. All words go to it unchanged.
///
/// # Errors
/// When something it needs is missing, or when the harness fails.
pub(crate) fn run(project: &Project, args: Args) -> Result<()> {
    let words = args.rest();
    let needs = Needs::of(&words);
    let toolbox = Toolbox::for_benches(project)?;
    let browser = tools::browser()?;
    peers(project)?;
    let mut harness = toolbox.command("node")?;
    harness.arg("benches/run.mjs").args(words).current_dir(project.root()).env("CHROMIUM", browser.chrome);
    if needs.page {
        harness.env("TOKENFALL_DIST", page::build(project)?);
    }
    // It ends with this function; port 0 is any free one.
    let model = if needs.model { Some(Model::start(project, 0)?) } else { None };
    if let Some(model) = &model {
        harness.env("TOKENFALL_MODEL_URL", model.wait()?).env("TOKENFALL_MODEL", model::NAME);
    }
    run::visibly(&mut harness)
}

/// The inputs that a suite needs and others do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Needs {
    page: bool,
    model: bool,
}

impl Needs {
    /// Returns the needs of the suite that the first word names; all of them run where none is named.
    fn of(words: &[String]) -> Self {
        if words.iter().any(|word| word == "--help") {
            return Self { page: false, model: false };
        }
        let suite = words.first().filter(|word| !word.starts_with("--"));
        match suite.map(String::as_str) {
            None | Some("all" | "page") => Self { page: true, model: true },
            Some("lighthouse") => Self { page: true, model: false },
            // The harness names the suites there are.
            Some(_) => Self { page: false, model: false },
        }
    }
}

/// Runs `npm ci`, once for each content of the lock file. Scripts of packages do not run, except esbuild's, which puts
/// its own program in place.
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
    say::step("installing the peers that the benchmarks compare with (npm, about 300 MB)");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_suites_that_open_the_page_build_it_and_only_those_that_ask_start_the_model() {
        let needs = |line: &str| Needs::of(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let both = Needs { page: true, model: true };
        let neither = Needs { page: false, model: false };
        for line in ["", "--strict", "all --rounds 3", "page"] {
            assert_eq!(needs(line), both, "{line}");
        }
        assert_eq!(needs("lighthouse --runs 1"), Needs { page: true, model: false });
        for line in ["decode", "checks --rounds 3", "render --rounds 3", "page --help", "pag"] {
            assert_eq!(needs(line), neither, "{line}");
        }
    }
}
