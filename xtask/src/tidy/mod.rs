//! Checks rules of this project that no compiler knows, over every file git knows.

mod exceptions;
mod rules;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::run;
use crate::say;
use rules::Finding;

/// Looks at every file.
///
/// # Errors
/// When there is a finding (each is printed), or when git cannot list the files.
pub(crate) fn run(project: &Project) -> Result<()> {
    let paths = tracked(project.root())?;
    let mut findings = Vec::new();
    let mut looked_at = 0;
    for path in &paths {
        // A file that was deleted and not yet committed is still listed; what is no text has no lines to judge.
        let Ok(text) = fs::read_to_string(project.root().join(path)) else { continue };
        looked_at += 1;
        findings.extend(rules::judge(path, &text));
    }
    findings.extend(rules::idle_exceptions(|path| fs::read_to_string(project.root().join(path)).ok()));
    for Finding { path, line, what } in &findings {
        say::problem(&format!("{path}:{line}: {what}"));
    }
    match findings.len() {
        0 => {
            say::line(&format!("  tidy: fine ({looked_at} files)"));
            Ok(())
        }
        number => Err(Failure::new(format!("tidy found {number} things to put right"))),
    }
}

/// Files git tracks or would track, with `/` between folders.
fn tracked(root: &Path) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = run::quietly(&mut git).ok_or_else(|| {
        Failure::new("git cannot list the checkout's files; tidy judges those and no others")
    })?;
    let mut paths: Vec<_> = listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}
