//! Builds the release page with Trunk: the one that is served, measured, tested end to end and deployed.
//!
//! A page whose sources, tools and output are unchanged is not built again: a stamp of all three lies in the target
//! folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::log::Log;
use crate::postbuild::host::{self, Host};
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::{self, Toolbox};

/// Top-level entries that no byte of the page comes from.
const NOT_THE_PAGE: [&str; 14] = [
    ".ci",
    ".git",
    ".github",
    "benches",
    "dist",
    "docs",
    "fuzz",
    "lab",
    "node_modules",
    "target",
    "tests",
    "xtask",
    "README.md",
    "CHANGELOG.md",
];

/// The parts of xtask that do change the page.
const POSTBUILD: [&str; 2] = ["xtask/src/postbuild", "xtask/split"];

/// Builds the release page for a server of the person's own, as [`build_for`].
///
/// # Errors
/// As [`build_for`].
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    build_for(project, Host::Own)
}

/// Builds the release page for `host` unless it is there, and returns its folder.
///
/// # Errors
/// When a tool is missing or the build fails.
pub(crate) fn build_for(project: &Project, host: Host) -> Result<PathBuf> {
    let toolbox = Toolbox::for_page(project)?;
    let keep = project.target().join("xtask");
    let _lock = tools::lock(&keep)?;
    let stamp_file = keep.join("page.stamp");
    let dist = project.dist();
    let sources = sources(project, host)?;
    if let (Ok(old), Ok(now)) = (fs::read_to_string(&stamp_file), stamp(&sources, &dist))
        && old == now
    {
        say::outcome("the page is up to date");
        return Ok(dist);
    }
    say::step("building the release page (one to three minutes from nothing)");
    let watch = Stopwatch::start();
    // With everything fetched first, Trunk and its cargo can be kept off the network altogether.
    let mut log = Log::begin("page")?;
    log.run(run::cargo().arg("fetch").args(["--target", "wasm32-unknown-unknown", "--target", &machine()?]))?;
    let mut trunk = toolbox.command("trunk")?;
    trunk.args(["build", "--release", "--offline", "--skip-version-check"]).current_dir(project.root());
    // Trunk reads NO_COLOR as a boolean and refuses `NO_COLOR=1`, the usual spelling.
    log.run(trunk.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0").env(host::VARIABLE, host.name()))?;
    let stamp = stamp(&sources, &dist)?;
    fs::write(&stamp_file, stamp).map_err(Failure::io("cannot write the page's stamp"))?;
    say::outcome(&format!("the page is built ({watch})"));
    Ok(dist)
}

/// Returns every file below `folder`, in one order on every machine. Symbolic links are not followed.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let failed = || format!("cannot list {}", folder.display());
        for entry in fs::read_dir(&folder).map_err(Failure::io(failed()))? {
            let entry = entry.map_err(Failure::io(failed()))?;
            let kind = entry.file_type().map_err(Failure::io(failed()))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Returns a hash of all that the page is made from, and of the host that it is made for.
fn sources(project: &Project, host: Host) -> Result<Hash> {
    let compiler = run::quietly(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let mut hash = Hash::default();
    hash.add(compiler.as_bytes());
    hash.add(host.name().as_bytes());
    for folder in POSTBUILD {
        for file in files(&project.root().join(folder))? {
            hash_file(&mut hash, project.root(), &file)?;
        }
    }
    let failed = "cannot list the checkout";
    for entry in fs::read_dir(project.root()).map_err(Failure::io(failed))? {
        let entry = entry.map_err(Failure::io(failed))?;
        if is_source(&entry.file_name()) {
            let path = entry.path();
            let files = if path.is_dir() { files(&path)? } else { vec![path] };
            for file in files {
                // Folders come in any order: each file counts by itself.
                let mut one = Hash::default();
                hash_file(&mut one, project.root(), &file)?;
                hash.add_unordered(one);
            }
        }
    }
    Ok(hash)
}

fn is_source(name: &OsStr) -> bool {
    !NOT_THE_PAGE.iter().any(|other| name == *other)
}

fn stamp(sources: &Hash, dist: &Path) -> Result<String> {
    let mut output = Hash::default();
    for file in files(dist)? {
        hash_file(&mut output, dist, &file)?;
    }
    Ok(format!("{sources} {output}\n"))
}

fn hash_file(hash: &mut Hash, base: &Path, file: &Path) -> Result<()> {
    let bytes = fs::read(file).map_err(Failure::io(format!("cannot read {}", file.display())))?;
    hash.add(file.strip_prefix(base).unwrap_or(file).to_string_lossy().as_bytes());
    hash.add(&bytes);
    Ok(())
}

fn machine() -> Result<String> {
    run::quietly(Command::new("rustc").arg("-vV"))
        .and_then(|printed| printed.lines().find_map(|line| Some(line.strip_prefix("host: ")?.to_owned())))
        .ok_or_else(|| Failure::new("rustc does not say which machine it is for"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_tools_do_not_make_the_page_stale_but_styles_do() {
        assert!(!is_source(OsStr::new("lab")));
        assert!(!is_source(OsStr::new("tests")));
        assert!(is_source(OsStr::new("style")));
        assert!(is_source(OsStr::new("index.html")));
        assert!(is_source(OsStr::new("Trunk.toml")));
    }

    #[test]
    fn a_changed_file_of_the_built_page_is_noticed() {
        let dist = std::env::temp_dir().join(format!("tokenfall-stamp-test-{}", std::process::id()));
        fs::create_dir_all(dist.join("sub")).unwrap();
        fs::write(dist.join("index.html"), "a").unwrap();
        let first = stamp(&Hash::default(), &dist).unwrap();
        let again = stamp(&Hash::default(), &dist).unwrap();
        fs::write(dist.join("index.html"), "b").unwrap();
        let changed = stamp(&Hash::default(), &dist).unwrap();
        fs::write(dist.join("index.html"), "a").unwrap();
        fs::write(dist.join("sub/more.js"), "").unwrap();
        let added = stamp(&Hash::default(), &dist).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(first, again);
        assert_ne!(first, changed);
        assert_ne!(first, added);
    }
}
