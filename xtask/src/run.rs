//! Runs other programs: visibly, quietly, or reading along line by line.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::failure::{Failure, Result};

/// Runs `command` with its output going to the reader's terminal.
///
/// # Errors
/// When it cannot start or does not end with success.
pub(crate) fn visibly(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(Failure::io(format!("cannot start {}", describe(command))))?;
    succeeded(command, status)
}

/// Runs `command` and returns what it printed, or `None` when it cannot start or fails.
pub(crate) fn quietly(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `command` and hands each line of its output to `reader`, which prints it or not.
/// Both streams are read at once, so a child that fills one of them never waits for us.
///
/// # Errors
/// When it cannot start or does not end with success; `reader` has then seen all lines all the same.
pub(crate) fn reading_along(command: &mut Command, reader: impl FnMut(&str) + Send) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Failure::io(format!("cannot start {}", describe(command))))?;
    let reader = Mutex::new(reader);
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| stderr.map(|stream| pass_on(stream, &reader)));
        if let Some(stream) = stdout {
            pass_on(stream, &reader);
        }
    });
    let status = child.wait().map_err(Failure::io(format!("lost {}", describe(command))))?;
    succeeded(command, status)
}

/// Returns the command as a person would type it, for messages.
pub(crate) fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Returns `cargo`, the one that runs us, freed from what it told us about `xtask` itself: build scripts that look at
/// those variables would otherwise run again each time.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    match status.success() {
        true => Ok(()),
        false => Err(Failure::new(format!("`{}` ended with {status}", describe(command)))),
    }
}

fn pass_on(stream: impl Read, reader: &Mutex<impl FnMut(&str)>) {
    // Bytes, not `lines()`: one invalid byte in a child's output must not end the reading.
    for line in BufReader::new(stream).split(b'\n') {
        let Ok(line) = line else { return };
        if let Ok(mut reader) = reader.lock() {
            reader(&String::from_utf8_lossy(&line));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn both_streams_are_read_and_a_failed_end_is_a_failure() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; printf 'no\\377utf8'; exit 3"]);
        let outcome = reading_along(&mut command, |line| lines.push(line.to_owned()));
        lines.sort();
        assert_eq!(lines, ["err", "no\u{fffd}utf8", "out"]);
        assert!(outcome.unwrap_err().to_string().contains("exit status: 3"));
    }

    #[test]
    fn a_child_that_fills_the_error_stream_first_does_not_hang() {
        let mut count = 0;
        let mut command = Command::new("sh");
        command.args(["-c", "i=0; while [ $i -lt 3000 ]; do echo 'a line of forty bytes or thereabouts ok' >&2; i=$((i+1)); done; echo end"]);
        reading_along(&mut command, |_| count += 1).unwrap();
        assert_eq!(count, 3001);
    }

    #[test]
    fn a_missing_program_is_named() {
        let outcome = visibly(&mut Command::new("tokenfall-no-such-program"));
        assert!(outcome.unwrap_err().to_string().starts_with("cannot start tokenfall-no-such-program"));
    }
}
