//! [`Pinned`] finds a tool, and checks that it has the version that is pinned.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::version;
use crate::run;

/// A tool and the only version of it that will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pinned {
    /// The registry's name of it.
    pub(super) package: &'static str,
    /// The program that is run.
    pub(super) program: &'static str,
    /// The words with which it is asked for its version.
    pub(super) asked: &'static [&'static str],
    pub(super) version: String,
    pub(super) from: Registry,
    /// Its use and its cost, for the line before a long install.
    pub(super) why: &'static str,
}

/// The way in which a tool is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registry {
    /// `cargo install`, or cargo-binstall where that is there. `locked` takes the versions of the tool's own lock file.
    Cargo { locked: bool },
    /// `npm install`.
    Npm,
}

impl Pinned {
    pub(super) fn folder(&self, tools: &Path) -> PathBuf {
        tools.join(format!("{}-{}", self.package, self.version))
    }

    /// Returns the folder of the program after an install into `folder`.
    pub(super) fn programs(&self, folder: &Path) -> PathBuf {
        match self.from {
            Registry::Cargo { .. } => folder.join("bin"),
            Registry::Npm => folder.join("node_modules").join(".bin"),
        }
    }

    pub(super) fn is_at(&self, programs: &Path) -> bool {
        find_in(&[programs.to_path_buf()], self.program).is_some_and(|path| self.is_right(&path))
    }

    pub(super) fn is_right(&self, program: &Path) -> bool {
        run::quietly(Command::new(program).args(self.asked))
            .and_then(|printed| version::printed(&printed))
            .is_some_and(|found| found == self.version)
    }
}

/// Returns a program on the PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    find_in(&folders, program)
}

pub(super) fn find_in(folders: &[PathBuf], program: &str) -> Option<PathBuf> {
    let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    let candidates = folders
        .iter()
        .flat_map(|folder| suffixes.iter().map(move |suffix| folder.join(format!("{program}{suffix}"))));
    candidates.into_iter().find(|path| path.is_file())
}
