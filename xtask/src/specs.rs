//! Fetches the specifications of CommonMark and of GitHub's Markdown, whose examples the engine's tests try.
//!
//! They are text under a licence of its own, so they are fetched and not part of this repository. The Python
//! package marko carries both in its source distribution.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::log::Log;
use crate::model;
use crate::project::Project;
use crate::say;

const PACKAGE: &str = "marko";
const VERSION: &str = "2.2.4";
const FILES: [&str; 2] = ["commonmark.txt", "gfm.txt"];

/// Writes the files named behind the archive and the folder into that folder.
const EXTRACT: &str = "import sys, tarfile, pathlib
archive, folder, *names = sys.argv[1:]
with tarfile.open(archive) as tar:
    for member in tar.getmembers():
        name = member.name.rpartition('/tests/spec/')[2]
        if member.isfile() and name in names:
            pathlib.Path(folder, name).write_bytes(tar.extractfile(member).read())
";

/// Returns the folder with both specifications, fetched once.
///
/// # Errors
/// When there is no python with pip, or the package cannot be had.
pub(crate) fn folder(project: &Project) -> Result<PathBuf> {
    let folder = project.cache().join("specs").join(format!("{PACKAGE}-{VERSION}"));
    if is_complete(&folder) {
        return Ok(folder);
    }
    say::line(
        "  fetching the specifications of CommonMark and GitHub's Markdown (Python package marko, 200 KB)",
    );
    fs::create_dir_all(&folder).map_err(Failure::io("cannot make the folder of the specifications"))?;
    let python = model::python()?;
    let mut download = Command::new(&python);
    download.args(["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]);
    download.args(["--no-deps", "--no-binary", PACKAGE, "--dest"]).arg(&folder);
    let mut log = Log::begin("specs")?;
    log.run(download.arg(format!("{PACKAGE}=={VERSION}")))?;
    let archive = folder.join(format!("{PACKAGE}-{VERSION}.tar.gz"));
    log.run(Command::new(&python).args(["-c", EXTRACT]).arg(archive).arg(&folder).args(FILES))?;
    if is_complete(&folder) {
        return Ok(folder);
    }
    Err(Failure::new(format!("the package {PACKAGE} {VERSION} holds no {}", FILES.join(" or no "))))
}

fn is_complete(folder: &Path) -> bool {
    FILES.iter().all(|name| folder.join(name).is_file())
}
