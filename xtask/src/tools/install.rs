//! Installs a pinned tool into the project's cache. Safe when several runs start at once.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::browser;
use super::pinned::{Pinned, Registry, on_path};
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::log::Log;
use crate::run;
use crate::say;

/// Returns the folder with the tool's program, installing it first when it is not there.
///
/// # Errors
/// When the install fails or what was installed is not the pinned version.
pub(super) fn unless_there(tool: &Pinned, tools: &Path) -> Result<PathBuf> {
    let folder = tool.folder(tools);
    let programs = tool.programs(&folder);
    if tool.is_at(&programs) {
        return Ok(programs);
    }
    let _lock = lock(tools)?;
    // Another run may have installed it while this one waited.
    if tool.is_at(&programs) {
        return Ok(programs);
    }
    say::step(&format!("installing {} {}: it {}", tool.package, tool.version, tool.why));
    let watch = Stopwatch::start();
    let mut log = Log::begin(tool.package)?;
    match tool.from {
        Registry::Cargo { locked } => cargo(tool, &folder, locked, &mut log),
        Registry::Npm => npm(tool, &folder, &mut log),
    }
    .map_err(|failure| Failure::new(format!("{} could not be installed: {failure}", tool.package)))?;
    if !tool.is_at(&programs) {
        return Err(Failure::new(format!(
            "{} was installed into the cache but does not answer as version {}; remove its folder and try again",
            tool.package, tool.version
        )));
    }
    say::outcome(&format!("{} {} is installed ({watch})", tool.package, tool.version));
    Ok(programs)
}

/// Makes sure that node and npm are there: wasm-opt comes as an npm package and the benchmarks run on node.
///
/// # Errors
/// When they are missing and the system's package manager is not ours to use.
pub(super) fn node() -> Result<()> {
    if on_path("node").is_some() && on_path("npm").is_some() {
        return Ok(());
    }
    if browser::debian_packages(&["nodejs", "npm"], "wasm-opt is an npm package")? {
        return Ok(());
    }
    Err(Failure::new(
        "node and npm are missing (wasm-opt comes as an npm package): install Node.js 20 or newer",
    ))
}

/// Holds back every other run that writes into `folder`, until it is dropped.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn lock(folder: &Path) -> Result<File> {
    let sentence = || format!("cannot lock the folder {}", folder.display());
    fs::create_dir_all(folder).map_err(Failure::io(sentence()))?;
    let file = File::create(folder.join(".lock")).map_err(Failure::io(sentence()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => say::step("waiting for another run of xtask that does the same"),
        Err(TryLockError::Error(error)) => return Err(Failure::io(sentence())(error)),
    }
    file.lock().map_err(Failure::io(sentence()))?;
    Ok(file)
}

fn cargo(tool: &Pinned, folder: &Path, locked: bool, log: &mut Log) -> Result<()> {
    if on_path("cargo-binstall").is_some() {
        let mut prebuilt = outside_the_project(folder, "binstall");
        prebuilt.args(["--no-confirm", "--disable-strategies", "compile", "--version", &tool.version]);
        match log.run(prebuilt.arg("--root").arg(folder).arg(tool.package)) {
            Ok(()) => return Ok(()),
            Err(failure) => {
                // The quoted lines are in the log.
                let failure = failure.to_string();
                let why = failure.lines().next().unwrap_or_default();
                say::line(&format!("  no prebuilt {} ({why}), building it", tool.package));
            }
        }
    }
    let mut build = outside_the_project(folder, "install");
    build.args([tool.package, "--version", &tool.version]);
    if locked {
        build.arg("--locked");
    }
    log.run(build.arg("--root").arg(folder))
}

/// Returns a cargo that does not read this project's settings, and builds in a folder that goes away afterwards.
fn outside_the_project(folder: &Path, subcommand: &str) -> Command {
    let mut command = run::cargo();
    command.arg(subcommand).env_remove("CARGO_TARGET_DIR");
    if let Some(parent) = folder.parent() {
        command.current_dir(parent);
    }
    command
}

fn npm(tool: &Pinned, folder: &Path, log: &mut Log) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(Failure::io(format!("cannot make the folder {}", folder.display())))?;
    let npm = on_path("npm").ok_or_else(|| Failure::new("npm is missing: install Node.js 20 or newer"))?;
    let mut install = Command::new(npm);
    install.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(folder);
    log.run(install.arg(format!("{}@{}", tool.package, tool.version)).current_dir(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_second_install_waits_until_the_first_is_done() {
        let folder = std::env::temp_dir().join(format!("tokenfall-lock-test-{}", std::process::id()));
        let first = lock(&folder).unwrap();
        let (sender, receiver) = mpsc::channel();
        let second = thread::spawn({
            let folder = folder.clone();
            move || {
                let held = lock(&folder).unwrap();
                sender.send(()).unwrap();
                drop(held);
            }
        });
        assert!(
            receiver.recv_timeout(Duration::from_millis(200)).is_err(),
            "the second got in while the first held it"
        );
        drop(first);
        receiver.recv_timeout(Duration::from_secs(10)).unwrap();
        second.join().unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
}
