//! `cargo xtask screenshots`: pictures of the page for the README, made by the lab's own browser tests from its
//! scenarios, so that they show the same text every time.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::lab_tests;
use crate::page;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::suite::cargo_test;
use crate::tools::Engine;

/// Folder of the pictures, below the checkout.
const FOLDER: &str = "docs/screenshots";

/// A picture in a repository stays in every clone for ever.
const BYTES_EACH: u64 = 160_000;

/// Builds the page and takes the pictures.
///
/// # Errors
/// When there is no browser, when none was made, or when one weighs too much.
pub(crate) fn run(project: &Project) -> Result<()> {
    let settings = lab_tests::settings(project, Engine::Chromium)?;
    let folder = project.root().join(FOLDER);
    fs::create_dir_all(&folder).map_err(Failure::io(format!("cannot make {FOLDER}")))?;
    let mut command = cargo_test(project, &["-p", "lab", "--test", "screenshots", "--", "--nocapture"]);
    command.envs(settings).env("TOKENFALL_SHOTS", &folder);
    run::visibly(&mut command)?;
    weigh(&folder)
}

fn weigh(folder: &Path) -> Result<()> {
    let mut heavy = Vec::new();
    let mut number = 0;
    for path in
        page::files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "png"))
    {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = fs::metadata(&path).map_err(Failure::io(format!("cannot read {name}")))?.len();
        say::line(&format!("{bytes:9}  {name}"));
        number += 1;
        if bytes > BYTES_EACH {
            heavy.push(name);
        }
    }
    match (number, heavy.as_slice()) {
        (0, _) => Err(Failure::new(format!("no picture is in {FOLDER}"))),
        (_, []) => Ok(()),
        (_, heavy) => Err(Failure::new(format!("over {BYTES_EACH} bytes: {}", heavy.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_picture_and_a_heavy_picture_are_failures() {
        let folder = std::env::temp_dir().join(format!("tokenfall-shots-test-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let none = weigh(&folder);
        fs::write(folder.join("small.png"), vec![0; 10]).unwrap();
        let small = weigh(&folder);
        fs::write(folder.join("large.png"), vec![0; 160_001]).unwrap();
        let large = weigh(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!(none.is_err());
        assert!(small.is_ok());
        assert!(large.unwrap_err().to_string().ends_with(": large.png"));
    }
}
