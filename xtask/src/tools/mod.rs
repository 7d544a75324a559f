//! Finds the tools the page is built and tested with where their version is the pinned one, else installs them.
//!
//! A tool is looked for on the PATH, then in the project's cache (`tools/<package>-<version>/`), and only then
//! installed into that cache. Nothing outside the cache is changed, except by the system's package manager for
//! browsers ([`mod@browser`]) and by rustup for the wasm target.

mod browser;
mod engines;
mod install;
mod pinned;
mod version;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::log::Log;
use crate::project::Project;
use crate::run;
use crate::say;
use pinned::{Pinned, Registry, find_in};

pub(crate) use browser::{browser, debian_packages};
pub(crate) use engines::Engine;
pub(crate) use install::lock;
pub(crate) use pinned::on_path;

/// Newer Trunks need a newer rustc than the workspace asks for.
const TRUNK: &str = "0.21.14";
const WASM_PACK: &str = "0.15.1";
const MUTANTS: &str = "27.1.0";
/// Firefox's driver, which no package of Debian 12 has.
const GECKODRIVER: &str = "geckodriver";
const GECKODRIVER_VERSION: &str = "0.37.1";
/// wasm-opt, which `xtask postbuild` calls.
const BINARYEN: &str = "132";
/// esbuild, which `xtask postbuild` calls.
const ESBUILD: &str = "0.28.2";

/// The words with which most programs are asked for their version.
const ASKED: &[&str] = &["--version"];

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Folders of the tools that were found or installed, to be put before the PATH of what uses them.
#[derive(Clone, Debug)]
pub(crate) struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// Finds or installs the tools that build the page: the wasm target, Trunk, the wasm-bindgen CLI of Cargo.lock,
    /// wasm-opt, esbuild.
    ///
    /// # Errors
    /// When one is missing and cannot be installed; the sentence says which and what to do.
    pub(crate) fn for_page(project: &Project) -> Result<Self> {
        wasm_target()?;
        install::node()?;
        Self::gather(project, &[trunk(), wasm_bindgen(project)?, wasm_opt(), esbuild()])
    }

    /// Does the same as [`Toolbox::for_page`], in four numbered steps of `all` that say how long they took.
    ///
    /// # Errors
    /// As [`Toolbox::for_page`].
    pub(crate) fn for_page_in_steps(project: &Project, all: usize) -> Result<()> {
        let step = say::timed(&format!("1/{all} Rust's wasm target, Node.js and npm"));
        wasm_target()?;
        install::node()?;
        step.end();
        for (number, tool) in (2..).zip([trunk(), wasm_bindgen(project)?, wasm_opt(), esbuild()]) {
            let step = say::timed(&format!("{number}/{all} {} {}", tool.program, tool.version));
            Self::gather(project, &[tool])?;
            step.end();
        }
        Ok(())
    }

    /// Finds or installs the tools that run tests inside a browser: the wasm target, wasm-pack and the wasm-bindgen
    /// CLI.
    ///
    /// # Errors
    /// As [`Toolbox::for_page`].
    pub(crate) fn for_browser_tests(project: &Project) -> Result<Self> {
        wasm_target()?;
        Self::gather(project, &[wasm_bindgen(project)?, wasm_pack()])
    }

    /// Finds or installs the tools that build the benchmarks' wasm.
    ///
    /// # Errors
    /// As [`Toolbox::for_page`].
    pub(crate) fn for_benches(project: &Project) -> Result<Self> {
        wasm_target()?;
        install::node()?;
        Self::gather(project, &[wasm_bindgen(project)?, wasm_opt()])
    }

    /// Finds or installs the tool that changes the engine to see whether its tests notice.
    ///
    /// # Errors
    /// As [`Toolbox::for_page`].
    pub(crate) fn for_mutants(project: &Project) -> Result<Self> {
        Self::gather(project, &[mutants()])
    }

    /// Finds or installs the tool that drives Firefox.
    ///
    /// # Errors
    /// As [`Toolbox::for_page`].
    fn for_firefox(project: &Project) -> Result<Self> {
        Self::gather(project, &[geckodriver()])
    }

    /// Returns a command that finds these tools before any other of the same name.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(self.find(program).unwrap_or_else(|| PathBuf::from(program)));
        command.env("PATH", self.path()?);
        Ok(command)
    }

    /// Returns the PATH with these tools first.
    pub(crate) fn path(&self) -> Result<OsString> {
        let system = env::var_os("PATH").unwrap_or_default();
        env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&system)))
            .map_err(|error| Failure::new(format!("the cache's folder cannot be part of a PATH: {error}")))
    }

    fn find(&self, program: &str) -> Option<PathBuf> {
        find_in(&self.folders, program)
    }

    fn gather(project: &Project, wanted: &[Pinned]) -> Result<Self> {
        let tools = project.cache().join("tools");
        let mut folders = Vec::new();
        for tool in wanted {
            let found = on_path(tool.program).filter(|path| tool.is_right(path));
            match found.as_deref().and_then(Path::parent) {
                Some(folder) => folders.push(folder.to_path_buf()),
                None => folders.push(install::unless_there(tool, &tools)?),
            }
        }
        folders.dedup();
        Ok(Self { folders })
    }
}

fn trunk() -> Pinned {
    Pinned {
        package: "trunk",
        program: "trunk",
        asked: ASKED,
        version: TRUNK.to_owned(),
        from: Registry::Cargo { locked: true },
        why: "builds the page (about 7 minutes where it has to be compiled)",
    }
}

fn wasm_bindgen(project: &Project) -> Result<Pinned> {
    let lock = project.read("Cargo.lock")?;
    let version = version::locked(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen: run `cargo generate-lockfile`"))?;
    Ok(Pinned {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        asked: ASKED,
        version,
        // Its own lock file can name versions that a mirror of the registry does not have yet.
        from: Registry::Cargo { locked: false },
        why: "joins wasm and JavaScript (about 2 minutes where it has to be compiled)",
    })
}

fn wasm_pack() -> Pinned {
    Pinned {
        package: "wasm-pack",
        program: "wasm-pack",
        asked: ASKED,
        version: WASM_PACK.to_owned(),
        from: Registry::Cargo { locked: false },
        why: "runs tests inside a browser (about 3 minutes where it has to be compiled)",
    }
}

fn mutants() -> Pinned {
    Pinned {
        package: "cargo-mutants",
        program: "cargo-mutants",
        // A subcommand of cargo, which its program wants to hear even when it is called by itself.
        asked: &["mutants", "--version"],
        version: MUTANTS.to_owned(),
        from: Registry::Cargo { locked: true },
        why: "changes the engine to try its tests (about 3 minutes where it has to be compiled)",
    }
}

fn geckodriver() -> Pinned {
    Pinned {
        package: GECKODRIVER,
        program: GECKODRIVER,
        asked: ASKED,
        version: GECKODRIVER_VERSION.to_owned(),
        from: Registry::Cargo { locked: true },
        why: "drives Firefox (about 4 minutes where it has to be compiled)",
    }
}

fn wasm_opt() -> Pinned {
    Pinned {
        package: "binaryen",
        program: "wasm-opt",
        asked: ASKED,
        version: BINARYEN.to_owned(),
        from: Registry::Npm,
        why: "makes the wasm small (seconds)",
    }
}

fn esbuild() -> Pinned {
    Pinned {
        package: "esbuild",
        program: "esbuild",
        asked: ASKED,
        version: ESBUILD.to_owned(),
        from: Registry::Npm,
        why: "makes the JavaScript small (seconds)",
    }
}

/// Adds the wasm target through rustup. Without rustup the compiler is asked whether it has it.
///
/// # Errors
/// When it is missing and cannot be added.
pub(crate) fn wasm_target() -> Result<()> {
    let rustc = || Command::new(env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")));
    let libraries = run::quietly(rustc().args(["--print", "target-libdir", "--target", WASM_TARGET]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(Failure::new(format!(
            "this Rust cannot compile for {WASM_TARGET} and there is no rustup to add it; install that target's \
             standard library the way Rust was installed here"
        )));
    }
    say::step(&format!("adding the {WASM_TARGET} target with rustup: the page is wasm"));
    Log::begin("rustup")?.run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[cfg(unix)]
    #[test]
    fn another_version_of_the_same_program_is_not_taken() {
        use std::os::unix::fs::PermissionsExt;
        let folder = env::temp_dir().join(format!("tokenfall-tools-test-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let program = folder.join("trunk");
        let mut answers = Vec::new();
        for version in ["0.21.13", "0.21.14", "0.21.140"] {
            fs::write(&program, format!("#!/bin/sh\necho trunk {version}\n")).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
            answers.push(trunk().is_at(&folder));
        }
        // As a subcommand of cargo it does not take `--version` alone.
        let script = "#!/bin/sh\n[ \"$*\" = 'mutants --version' ] && echo cargo-mutants 27.1.0\n";
        let program = folder.join("cargo-mutants");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        answers.push(mutants().is_at(&folder));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(answers, [false, true, false, true]);
    }
}
