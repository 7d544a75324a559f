//! Runs the tests of the browser layer's store in engines other than Chromium: each has an IndexedDB of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::counts::Counts;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::suite::{cargo_test, counting};
use crate::tools::{Engine, Toolbox};

/// The tests of the store, among those of the browser layer.
const STORE: &str = "store";
/// Seconds for all of them.
const LIMIT: &str = "300";

/// Tests the store in an engine that is no Chromium, where the tests of the browser layer run whole.
///
/// # Errors
/// When a test fails, or what they need cannot be had.
pub(crate) fn run(project: &Project, engine: Engine, counts: &mut Counts) -> Result<()> {
    let Some(driven_by) = variable(engine) else { return Ok(()) };
    let driver = engine.programs(project)?.driver;
    let toolbox = Toolbox::for_browser_tests(project)?;
    let runner = toolbox.command("wasm-bindgen-test-runner")?;
    // The project's own file is Chromium's.
    let settings = project.target().join("xtask").join("no-webdriver.json");
    fs::write(&settings, "{}").map_err(Failure::io("cannot write the driver's settings"))?;
    let mut command = store(project, Path::new(runner.get_program()), driven_by, &driver);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings);
    counting(engine.on_a_screen(command), counts)
}

fn store(project: &Project, runner: &Path, driven_by: &str, driver: &Path) -> Command {
    let target = "wasm32-unknown-unknown";
    let mut tests = cargo_test(project, &["--target", target, "--features", "browser", "--test", "browser"]);
    tests
        .args(["--", STORE])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", LIMIT)
        // These name other drivers, which would be taken first.
        .env_remove("CHROMEDRIVER")
        .env(driven_by, driver);
    tests
}

/// Returns the variable by which the runner is told of the engine's driver; `None` for Chromium.
fn variable(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Chromium => None,
        Engine::Firefox => Some("GECKODRIVER"),
        // It speaks to WebKitGTK's driver as it does to Safari's.
        Engine::WebKitGtk => Some("SAFARIDRIVER"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn the_engines_own_driver_is_named_and_no_other() {
        let project = Project::locate().unwrap();
        let tests = store(&project, Path::new("/r"), "SAFARIDRIVER", Path::new("/d"));
        let value = |name: &str| tests.get_envs().find(|(known, _)| *known == name).map(|(_, value)| value);
        assert_eq!(value("SAFARIDRIVER"), Some(Some(OsStr::new("/d"))));
        assert_eq!(value("CHROMEDRIVER"), Some(None));
        assert_eq!(variable(Engine::Chromium), None);
    }
}
