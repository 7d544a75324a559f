//! Finds or installs the browser that most tests run in and the driver that steers it: Chromium and chromedriver.
//!
//! `CHROME` and `CHROMEDRIVER` name others. On Debian and its like both are installed by apt where that needs no
//! password; elsewhere the reader is told what is missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pinned::on_path;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::log::Log;
use crate::run;
use crate::say;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Programs, both found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, installing their Debian packages where that is possible.
///
/// # Errors
/// With one paragraph on what is missing and how to get it.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(found) = found() {
        return Ok(found);
    }
    let packages = ["chromium", "chromium-driver", "fonts-noto-color-emoji", "fonts-noto-cjk"];
    if debian_packages(&packages, "browser and end-to-end tests drive Chromium (about 400 MB)")?
        && let Some(found) = self::found()
    {
        return Ok(found);
    }
    Err(Failure::new(missing(chrome().as_deref(), driver().as_deref())))
}

/// Installs Debian packages. `false` when this is no Debian or when it would need a password.
///
/// # Errors
/// When apt was run and failed.
pub(crate) fn debian_packages(packages: &[&str], why: &str) -> Result<bool> {
    if on_path("apt-get").is_none() {
        return Ok(false);
    }
    let root = run::quietly(Command::new("id").arg("-u")).is_some_and(|user| user.trim() == "0");
    if !root && run::quietly(Command::new("sudo").args(["-n", "true"])).is_none() {
        return Ok(false);
    }
    say::step(&format!("installing {} with apt-get: {why}", packages.join(", ")));
    let watch = Stopwatch::start();
    let apt = || {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let mut log = Log::begin("apt-get")?;
    log.run(apt().args(["update", "-qq"]))
        .and_then(|()| {
            log.run(apt().args(["install", "-qq", "-y", "--no-install-recommends"]).args(packages))
        })
        .map_err(|failure| {
            Failure::new(format!("{} could not be installed: {failure}", packages.join(", ")))
        })?;
    say::outcome(&format!("installed ({watch})"));
    Ok(true)
}

fn found() -> Option<Browser> {
    Some(Browser { chrome: chrome()?, driver: driver()? })
}

fn chrome() -> Option<PathBuf> {
    named_by("CHROME")
        .or_else(|| NAMES.iter().find_map(|name| on_path(name)))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))
}

fn driver() -> Option<PathBuf> {
    named_by("CHROMEDRIVER").or_else(|| on_path("chromedriver"))
}

pub(super) fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn missing(chrome: Option<&Path>, driver: Option<&Path>) -> String {
    let what = match (chrome, driver) {
        (None, None) => "Chromium and chromedriver are missing",
        (None, Some(_)) => "Chromium is missing (chromedriver is there)",
        (Some(_), None) => "chromedriver is missing (Chromium is there)",
        (Some(_), Some(_)) => {
            "Chromium and chromedriver are there, but were not found a moment ago; try again"
        }
    };
    format!(
        "{what}. On Debian or Ubuntu: `apt-get install chromium chromium-driver`. Elsewhere install Chrome or Chromium \
         and the chromedriver of the same version, and either put both on the PATH or name the two programs in the \
         variables CHROME and CHROMEDRIVER."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_is_told_which_of_the_two_is_missing() {
        let there = Some(Path::new("/x"));
        assert!(missing(None, there).starts_with("Chromium is missing"));
        assert!(missing(there, None).starts_with("chromedriver is missing"));
        assert!(missing(None, None).contains("CHROME and CHROMEDRIVER"));
    }
}
