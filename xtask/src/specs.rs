//! Fetches what the engine's tests try of specifications: the examples of CommonMark's and GitHub's Markdown, and the official test
//! suite of JSON Schema.
//!
//! They are others' text under licences of their own, so they are fetched and not part of this repository. Source
//! distributions of Python packages carry them: marko the former, jsonschema the latter.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::log::Log;
use crate::model;
use crate::project::Project;
use crate::say;

/// What is fetched.
struct Source {
    package: &'static str,
    version: &'static str,
    /// What it is, for who waits.
    name: &'static str,
    /// The folder inside of the archive.
    inside: &'static str,
    /// Files that are there once all is.
    files: &'static [&'static str],
}

const MARKDOWN: Source = Source {
    package: "marko",
    version: "2.2.4",
    name: "the specifications of CommonMark and GitHub's Markdown (Python package marko, 200 KB)",
    inside: "/tests/spec/",
    files: &["commonmark.txt", "gfm.txt"],
};

const JSON_SCHEMA: Source = Source {
    package: "jsonschema",
    version: "4.26.0",
    name: "the test suite of JSON Schema (Python package jsonschema, 400 KB)",
    inside: "/json/tests/draft2020-12/",
    files: &["type.json", "unevaluatedProperties.json", "optional/bignum.json"],
};

/// Writes what is inside of the folder of the archive that is named last into the folder that is named before it.
const EXTRACT: &str = "import sys, tarfile, pathlib
archive, folder, inside = sys.argv[1:]
with tarfile.open(archive) as tar:
    for member in tar.getmembers():
        name = member.name.partition(inside)[2]
        if member.isfile() and name and '..' not in name:
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tar.extractfile(member).read())
";

/// Returns the folder with both specifications of Markdown, fetched once.
///
/// # Errors
/// When there is no python with pip, or the package cannot be had.
pub(crate) fn folder(project: &Project) -> Result<PathBuf> {
    MARKDOWN.folder(project)
}

/// Returns the folder with the test suite of JSON Schema, draft 2020-12, fetched once.
///
/// # Errors
/// When there is no python with pip, or the package cannot be had.
pub(crate) fn schema_suite(project: &Project) -> Result<PathBuf> {
    JSON_SCHEMA.folder(project)
}

impl Source {
    fn folder(&self, project: &Project) -> Result<PathBuf> {
        let (package, version) = (self.package, self.version);
        let folder = project.cache().join("specs").join(format!("{package}-{version}"));
        let is_complete = || self.files.iter().all(|name| folder.join(name).is_file());
        if is_complete() {
            return Ok(folder);
        }
        say::line(&format!("  fetching {}", self.name));
        fs::create_dir_all(&folder).map_err(Failure::io("cannot make the folder of the specifications"))?;
        let python = model::python()?;
        let mut download = Command::new(&python);
        download.args(["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]);
        download.args(["--no-deps", "--no-binary", package, "--dest"]).arg(&folder);
        let mut log = Log::begin("specs")?;
        log.run(download.arg(format!("{package}=={version}")))?;
        let archive = folder.join(format!("{package}-{version}.tar.gz"));
        log.run(Command::new(&python).args(["-c", EXTRACT]).arg(archive).arg(&folder).arg(self.inside))?;
        if is_complete() {
            return Ok(folder);
        }
        Err(Failure::new(format!("the package {package} {version} holds no {}", self.files.join(" or no "))))
    }
}
