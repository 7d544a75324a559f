//! Runs the tests of the lab: those of its server, and those of the built page in real browsers.

use std::ffi::OsString;

use crate::counts::Counts;
use crate::failure::{Failure, Result};
use crate::model::{self, Model};
use crate::page;
use crate::project::Project;
use crate::say;
use crate::store_tests;
use crate::suite::{cargo_test, counting};
use crate::tools::{Engine, on_path};

/// Tests of the lab that need a browser and the built page; the others run without.
const WITH_BROWSER: [&str; 3] = ["e2e", "engines", "screenshots"];

/// Tests the server of tapes and faults.
///
/// # Errors
/// When a test fails.
pub(crate) fn server(project: &Project, counts: &mut Counts) -> Result<()> {
    let manifest = project.read("lab/Cargo.toml")?;
    let mut arguments = vec!["-p", "lab", "--lib", "--bins"];
    for name in test_targets(&manifest).filter(|name| !WITH_BROWSER.contains(name)) {
        arguments.extend(["--test", name]);
    }
    counting(cargo_test(project, &arguments), counts)
}

/// Tests the built page in Chromium, also against a real model.
///
/// # Errors
/// When a test fails, or what they need cannot be had.
pub(crate) fn e2e(project: &Project, counts: &mut Counts) -> Result<()> {
    let settings = settings(project, Engine::Chromium)?;
    let model = Model::start(project, model::free_port(18080, false)?)?;
    let url = model.wait()?;
    let mut command = cargo_test(project, &["-p", "lab", "--test", "e2e"]);
    command.envs(settings).env("TOKENFALL_MODEL_URL", url);
    counting(command, counts)
}

/// Tests the main jobs of the built page in each engine, and the store in those that run no other tests of the browser layer. One that cannot be had counts as a failed test, unless this system
/// has no apt to install it with.
///
/// # Errors
/// When a test fails in one of them, or Chromium cannot be had.
pub(crate) fn engines(project: &Project, counts: &mut Counts) -> Result<()> {
    let mut failures = Vec::new();
    for engine in Engine::ALL {
        say::step(&format!("in {}", engine.name()));
        let settings = match settings(project, engine) {
            Ok(settings) => settings,
            Err(failure) if may_be_left_out(engine) => {
                say::line(&format!("  left out {}: {failure}", engine.name()));
                continue;
            }
            Err(failure) => {
                say::problem(&failure.to_string());
                *counts += Counts::one(false);
                failures.push(format!("{} cannot be had", engine.name()));
                continue;
            }
        };
        let mut command = engine.on_a_screen(cargo_test(project, &["-p", "lab", "--test", "engines"]));
        command.envs(settings);
        let page = counting(command, counts);
        if let Err(failure) = page.and(store_tests::run(project, engine, counts)) {
            failures.push(format!("{}: {failure}", engine.name()));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::new(failures.join("; "))) }
}

fn may_be_left_out(engine: Engine) -> bool {
    engine != Engine::Chromium && on_path("apt-get").is_none()
}

/// Returns the variables for tests in a browser: the built page, the engine and its programs.
///
/// # Errors
/// When the page cannot be built or the browser cannot be had.
pub(crate) fn settings(project: &Project, engine: Engine) -> Result<Vec<(&'static str, OsString)>> {
    let programs = engine.programs(project)?;
    let mut settings = vec![
        ("TOKENFALL_DIST", page::build(project)?.into()),
        ("TOKENFALL_ENGINE", engine.word().into()),
        ("TOKENFALL_DRIVER", programs.driver.into()),
    ];
    settings.extend(programs.browser.map(|browser| ("TOKENFALL_BROWSER", browser.into())));
    Ok(settings)
}

/// Returns the names of `[[test]]` entries in a Cargo.toml.
fn test_targets(manifest: &str) -> impl Iterator<Item = &str> {
    let entries = manifest.split("\n[[test]]").skip(1);
    entries.filter_map(|entry| {
        let own = entry.split("\n[").next()?;
        own.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_targets_are_told_from_other_entries() {
        let manifest = "[package]\nname = \"lab\"\n\n[[bin]]\nname = \"lab\"\n\n[[test]]\nname = \"server\"\npath = \"x\"\n\n[[test]]\npath = \"y\"\nname = \"e2e\"\n\n[dependencies]\nname = \"z\"\n";
        assert_eq!(test_targets(manifest).collect::<Vec<_>>(), ["server", "e2e"]);
    }

    #[test]
    fn tests_that_need_a_browser_are_targets_of_the_lab() {
        let manifest = include_str!("../../lab/Cargo.toml");
        for name in WITH_BROWSER {
            assert!(test_targets(manifest).any(|target| target == name), "{name}");
        }
    }
}
