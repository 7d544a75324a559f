//! Runs `cargo test` and adds up what its test programs report.

use std::process::Command;

use crate::counts::Counts;
use crate::failure::Result;
use crate::project::Project;
use crate::run;
use crate::say;

/// Returns `cargo test`, going on after a test program that failed.
pub(crate) fn cargo_test(project: &Project, arguments: &[&str]) -> Command {
    let mut command = run::cargo();
    command.args(["test", "--no-fail-fast"]).args(arguments).current_dir(project.root());
    command
}

/// Runs `command`, prints what it prints and adds its tests to `counts`.
///
/// # Errors
/// When it cannot start or does not end with success.
pub(crate) fn counting(mut command: Command, counts: &mut Counts) -> Result<()> {
    run::reading_along(&mut command, |line| {
        say::line(line);
        counts.read(line);
    })
}
