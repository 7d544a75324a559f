//! Finds or installs the browser engines that the page is tested in, each with its driver.
//!
//! Chromium is [`mod@super::browser`]'s. Firefox is found on the PATH (`FIREFOX` names another), else installed by apt;
//! its driver is a pinned tool. WebKitGTK, in the place of Safari, comes with its driver, and needs a screen: Xvfb's.

use std::path::PathBuf;
use std::process::Command;

use super::browser::{self, debian_packages, named_by};
use super::pinned::on_path;
use super::{GECKODRIVER, Toolbox};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKitGtk,
}

/// The programs of an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programs {
    /// `None` where the driver knows its own.
    pub(crate) browser: Option<PathBuf>,
    pub(crate) driver: PathBuf,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKitGtk];

    /// Returns its name for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKitGtk => "WebKitGTK",
        }
    }

    /// Returns its name in the lab's tests: `TOKENFALL_ENGINE`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKitGtk => "webkitgtk",
        }
    }

    /// Finds its programs, installing them where that is possible.
    ///
    /// # Errors
    /// With one paragraph on what is missing and how to get it.
    pub(crate) fn programs(self, project: &Project) -> Result<Programs> {
        match self {
            Self::Chromium => {
                let browser::Browser { chrome, driver } = browser::browser()?;
                Ok(Programs { browser: Some(chrome), driver })
            }
            Self::Firefox => {
                let browser = found_or_installed(firefox, &["firefox-esr"], "Firefox (about 300 MB)")?;
                let driver = Toolbox::for_firefox(project)?.find(GECKODRIVER);
                let driver = driver.ok_or_else(|| Failure::new("geckodriver is gone; try again"))?;
                Ok(Programs { browser: Some(browser), driver })
            }
            Self::WebKitGtk => {
                let packages = ["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11"];
                let driver = found_or_installed(webkit_driver, &packages, "WebKitGTK (about 100 MB)")?;
                Ok(Programs { browser: None, driver })
            }
        }
    }

    /// Returns `command` as it is run: WebKitGTK has no mode without a screen.
    pub(crate) fn on_a_screen(self, command: Command) -> Command {
        match self {
            Self::Chromium | Self::Firefox => command,
            Self::WebKitGtk => {
                let mut around = Command::new(SCREEN);
                around.arg("--auto-servernum").arg(command.get_program()).args(command.get_args());
                if let Some(folder) = command.get_current_dir() {
                    around.current_dir(folder);
                }
                for (name, value) in command.get_envs() {
                    match value {
                        Some(value) => around.env(name, value),
                        None => around.env_remove(name),
                    };
                }
                around
            }
        }
    }
}

/// Runs a program with a screen that nobody sees.
const SCREEN: &str = "xvfb-run";

fn firefox() -> Option<PathBuf> {
    named_by("FIREFOX").or_else(|| ["firefox-esr", "firefox"].iter().find_map(|name| on_path(name)))
}

/// Returns WebKitGTK's driver, where there is a screen for it too.
fn webkit_driver() -> Option<PathBuf> {
    on_path("WebKitWebDriver").filter(|_| on_path(SCREEN).is_some())
}

fn found_or_installed(find: fn() -> Option<PathBuf>, packages: &[&str], what: &str) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let why = format!("the page is tested in {what}");
    if debian_packages(packages, &why)?
        && let Some(found) = find()
    {
        return Ok(found);
    }
    Err(Failure::new(missing(what, packages)))
}

fn missing(what: &str, packages: &[&str]) -> String {
    let packages = packages.join(" ");
    format!(
        "{what} or what it takes to drive it is missing. On Debian, as root: `apt-get install {packages}`."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn around_a_screen_a_command_keeps_its_arguments_folder_and_environment() {
        let mut command = Command::new("cargo");
        command.args(["test", "--test", "engines"]).current_dir("/tmp").env("A", "b").env_remove("C");
        let around = Engine::WebKitGtk.on_a_screen(command);
        let words: Vec<_> = around.get_args().collect();
        assert_eq!(words, ["--auto-servernum", "cargo", "test", "--test", "engines"]);
        assert_eq!(around.get_current_dir(), Some("/tmp".as_ref()));
        let environment: Vec<_> = around.get_envs().collect();
        assert_eq!(environment, [("A".as_ref(), Some("b".as_ref())), ("C".as_ref(), None)]);
    }

    #[test]
    fn what_is_missing_is_named_with_the_command_that_installs_it() {
        let sentence = missing("WebKitGTK (about 100 MB)", &["webkit2gtk-driver", "xvfb"]);
        assert!(sentence.starts_with("WebKitGTK (about 100 MB) or"), "{sentence}");
        assert!(sentence.ends_with("`apt-get install webkit2gtk-driver xvfb`."), "{sentence}");
    }

    #[test]
    fn what_is_there_is_not_installed_again() {
        let found = found_or_installed(|| Some(PathBuf::from("/there")), &["no-such-package"], "it");
        assert_eq!(found.unwrap(), PathBuf::from("/there"));
    }
}
