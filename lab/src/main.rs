//! `lab [PORT]`: starts the fault server, lists the base URLs of all scenarios and waits, for people who try the
//! page against faults. Without a port it takes 8099.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    thread,
};

const PORT: u16 = 8099;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "lab: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let port = match std::env::args().nth(1) {
        Some(text) => {
            text.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "usage: lab [PORT]"))?
        }
        None => PORT,
    };
    let lab = lab::Lab::with(port, Vec::new())?;
    let mut out = io::stdout().lock();
    for scenario in lab.scenarios() {
        writeln!(out, "{:55} {}", lab.base(scenario.name), scenario.about)?;
    }
    writeln!(out, "{:55} A port where nobody listens", lab.base("refused"))?;
    writeln!(out, "Any key and any model will do. Ctrl-C ends the lab.")?;
    out.flush()?;
    drop(out);
    loop {
        thread::park();
    }
}
