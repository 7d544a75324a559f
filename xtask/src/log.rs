//! Keeps what other programs print while they work for us: a thousand lines of a compiler are for nobody until it fails.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::run;

/// Lines of a log that a failure quotes.
const QUOTED: usize = 20;

/// A file below `target/xtask/` that takes the output of programs.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    /// Begins the log `target/xtask/NAME.log` anew.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn begin(name: &str) -> Result<Self> {
        let folder = Project::locate()?.target().join("xtask");
        let path = folder.join(format!("{name}.log"));
        let failed = || format!("cannot write the log {}", path.display());
        fs::create_dir_all(&folder).map_err(Failure::io(failed()))?;
        let file = File::create(&path).map_err(Failure::io(failed()))?;
        Ok(Self { path, file })
    }

    /// Runs `command` with its output going to the log.
    ///
    /// # Errors
    /// When it cannot start or does not end with success: with the last lines of the log and where the rest is.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<()> {
        let failed = || format!("cannot write the log {}", self.path.display());
        writeln!(self.file, "$ {}", run::describe(command)).map_err(Failure::io(failed()))?;
        let output = || self.file.try_clone().map(Stdio::from).map_err(Failure::io(failed()));
        command.stdin(Stdio::null()).stdout(output()?).stderr(output()?);
        run::visibly(command).map_err(|failure| self.quoted_by(&failure))
    }

    fn quoted_by(&self, failure: &Failure) -> Failure {
        // Bytes: one invalid character in a program's output must not hide the rest.
        let text = fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines.get(lines.len().saturating_sub(QUOTED)..).unwrap_or_default();
        Failure::new(format!(
            "{failure}. The last lines of its output:\n    {}\n  All of it is in {}",
            last.join("\n    "),
            self.path.display()
        ))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_is_quoted_by_its_last_lines_of_both_streams_and_the_log_is_named() {
        let mut log = Log::begin("test-of-the-log").unwrap();
        let script =
            "i=0; while [ $i -lt 50 ]; do echo line $i; i=$((i+1)); done; echo 'no\\377space' >&2; exit 3";
        log.run(Command::new("sh").args(["-c", "echo fine"])).unwrap();
        let failure = log.run(Command::new("sh").args(["-c", script])).unwrap_err().to_string();
        let kept = fs::read(&log.path).unwrap();
        fs::remove_file(&log.path).unwrap();
        assert!(failure.contains("exit status: 3"), "{failure}");
        assert!(failure.contains("    line 49\n") && failure.contains("space"), "{failure}");
        assert!(!failure.contains("line 30\n"), "only the last lines: {failure}");
        assert!(failure.ends_with("xtask/test-of-the-log.log"), "{failure}");
        let kept = String::from_utf8_lossy(&kept);
        assert!(kept.starts_with("$ sh -c echo fine\nfine\n$ sh"), "{kept}");
        assert!(kept.contains("line 0\n"), "{kept}");
    }

    #[test]
    fn a_log_begins_anew() {
        for _ in 0..2 {
            let mut log = Log::begin("test-of-a-new-log").unwrap();
            log.run(Command::new("sh").args(["-c", "echo once"])).unwrap();
        }
        let path = Log::begin("test-of-another-log").unwrap().path;
        let kept = path.with_file_name("test-of-a-new-log.log");
        let text = fs::read_to_string(&kept).unwrap();
        fs::remove_file(path).unwrap();
        fs::remove_file(kept).unwrap();
        assert_eq!(text.matches("once").count(), 2, "the command and what it printed: {text}");
    }
}
