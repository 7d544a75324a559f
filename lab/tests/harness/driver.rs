//! A running WebDriver server of an engine.

use std::{
    env,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::engine::Engine;

/// So often a driver is started before a test fails for it.
const STARTS: u32 = 5;

/// Looks at the port of a driver that does not say when it is ready: 10 s in all.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// A driver; killed by its own process id when dropped.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// The port that a driver is given for one kind of address may be taken for the other, and one that was free a
    /// moment ago by anybody: then it ends at once.
    pub(crate) fn start(engine: Engine) -> Self {
        (0..STARTS).find_map(|_| Self::try_start(engine)).expect("the driver ended without taking a port")
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn try_start(engine: Engine) -> Option<Self> {
        let asked = if engine.before_port().is_some() { 0 } else { free_port() };
        let program = env::var_os("TOKENFALL_DRIVER").unwrap_or_else(|| engine.driver().into());
        let process = Command::new(&program)
            .arg(format!("--port={asked}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "cannot start {}: {error}; `cargo xtask test engines` installs it, TOKENFALL_DRIVER names another",
                    program.display()
                )
            });
        let mut driver = Self { process, port: asked };
        match engine.before_port() {
            Some(before) => driver.port = driver.printed_port(before)?,
            None => driver.listens().then_some(())?,
        }
        Some(driver)
    }

    /// The port in a line like "ChromeDriver was started successfully on port 41234."
    fn printed_port(&mut self, before: &str) -> Option<u16> {
        let lines = BufReader::new(self.process.stdout.take().expect("stdout is a pipe")).lines();
        let mut lines = lines.map(|line| line.expect("a driver's output is text"));
        let port = lines.find_map(|line| {
            let (_, port) = line.trim_end().trim_end_matches('.').rsplit_once(before)?;
            port.parse().ok()
        });
        // A full pipe would hold the driver back, a closed one end it.
        thread::spawn(move || lines.for_each(drop));
        port
    }

    fn listens(&mut self) -> bool {
        for _ in 0..LOOKS {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return true;
            }
            if self.process.try_wait().is_ok_and(|ended| ended.is_some()) {
                return false;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        false
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("it has an address").port()
}
