//! `lab [PORT] [TAPE…]`: starts the fault server, lists the addresses of all scenarios, feeds and sockets and waits, for people who try
//! the page against faults. Tapes are played under their file's name. Without a port it takes 8099.

use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    thread,
};

use lab::script::Scenario;

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
    let mut port = PORT;
    let mut tapes = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.parse() {
            Ok(number) => port = number,
            Err(_) => tapes.push(Scenario::from_tape_file(Path::new(&argument))?),
        }
    }
    let lab = lab::Lab::with(port, tapes)?;
    let mut out = io::stdout().lock();
    for scenario in lab.scenarios() {
        writeln!(out, "{:55} {}", lab.base(&scenario.name), scenario.about)?;
    }
    for feed in lab.feeds() {
        writeln!(out, "{:55} GET: {}", lab.base(&feed.name), feed.about)?;
    }
    for socket in lab.sockets() {
        writeln!(out, "{:55} {}", lab.base(&socket.name), socket.about)?;
    }
    writeln!(out, "{:55} A port where nobody listens", lab.base("refused"))?;
    writeln!(out, "Any key and any model will do. Ctrl-C ends the lab.")?;
    out.flush()?;
    drop(out);
    loop {
        thread::park();
    }
}
