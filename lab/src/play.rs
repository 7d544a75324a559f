//! Plays one answer on one socket and says how it went.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crate::{
    log::Outcome,
    script::{Answer, End, Framing, Step},
    wire,
};

/// How long a held connection is kept at most, so that a forgotten client does not hold a thread for ever.
pub(crate) const HOLD_LIMIT: Duration = Duration::from_secs(30 * 60);
/// How long the end of the client's side is awaited after a complete answer.
pub(crate) const FAREWELL: Duration = Duration::from_millis(500);
/// How long a client has to read what came before a reset, which takes away what it has not read.
const BEFORE_RESET: Duration = Duration::from_millis(500);

/// How late an answer may be and still come back to its times. Who did not read for longer gets no burst behind it.
const CATCH_UP: Duration = Duration::from_millis(250);

/// Plays `answer`; `cors` are the headers that go with it.
pub(crate) fn play(stream: &mut TcpStream, answer: &Answer, cors: &[(&'static str, String)]) -> Outcome {
    play_controlled(stream, answer, cors, &|_| false)
}

/// The same, with what tells whether the reasoning of the completion of that id was ended.
pub(crate) fn play_controlled(
    stream: &mut TcpStream,
    answer: &Answer,
    cors: &[(&'static str, String)],
    is_over: &dyn Fn(&str) -> bool,
) -> Outcome {
    let began = now();
    let mut sent = 0;
    // Any IO error here means that the other side is gone: the socket itself cannot fail in another way.
    match play_steps(stream, answer, cors, &mut sent, is_over) {
        Ok(true) => Outcome::Played,
        Ok(false) | Err(_) => Outcome::ClientLeft { after: now().duration_since(began), sent },
    }
}

/// `true` when the script came to its end, `false` when the client left before.
fn play_steps(
    stream: &mut TcpStream,
    answer: &Answer,
    cors: &[(&'static str, String)],
    sent: &mut usize,
    is_over: &dyn Fn(&str) -> bool,
) -> io::Result<bool> {
    // Otherwise the kernel would hold back small writes and join them into larger ones.
    stream.set_nodelay(true)?;
    if let Some(status) = answer.status {
        if answer.end == End::Reset {
            thread::sleep(answer.head_after);
        } else if !still_there_after(stream, answer.head_after)? {
            return Ok(false);
        }
        stream.write_all(&wire::head(status, headers(answer, cors).iter().map(|(k, v)| (*k, v.as_str()))))?;
        // Each wait ends at a time of its own: what the clock and the kernel add to one is taken from the next.
        let mut due = now();
        let mut steps = answer.steps.as_slice();
        while let [step, behind @ ..] = landing(steps, is_over) {
            steps = behind;
            match step {
                Step::Write(bytes) => {
                    stream.write_all(&framed(answer.framing, bytes))?;
                    *sent += bytes.len();
                }
                Step::Wait(time) => {
                    let started = now();
                    due = (due + *time).max(started.checked_sub(CATCH_UP).unwrap_or(started));
                    let left = due.saturating_duration_since(started);
                    // Reading would take the byte that makes the reset.
                    if answer.end == End::Reset {
                        thread::sleep(left);
                    } else if !still_there_after(stream, left)? {
                        return Ok(false);
                    }
                }
                Step::ReasoningOver(_) => {}
            }
        }
    }
    match answer.end {
        End::Complete => {
            if answer.status.is_some_and(has_body) && answer.framing == Framing::Chunked {
                stream.write_all(b"0\r\n\r\n")?;
            }
            stream.shutdown(Shutdown::Write)?;
            // Closing before the client has read everything could turn the end into a reset.
            still_there_after(stream, FAREWELL)?;
            Ok(true)
        }
        End::Cut => {
            stream.shutdown(Shutdown::Write)?;
            still_there_after(stream, FAREWELL)?;
            Ok(true)
        }
        // The caller drops the socket, with the byte that was left unread still in it.
        End::Reset => {
            thread::sleep(BEFORE_RESET);
            Ok(true)
        }
        End::Hold => still_there_after(stream, HOLD_LIMIT),
    }
}

/// The steps that are left to play, of those that were: from the end of the reasoning on, if that was ended.
fn landing<'a>(steps: &'a [Step], is_over: &dyn Fn(&str) -> bool) -> &'a [Step] {
    let over = |step: &Step| matches!(step, Step::ReasoningOver(id) if is_over(id));
    steps.iter().position(over).and_then(|at| steps.get(at..)).unwrap_or(steps)
}

fn headers(answer: &Answer, cors: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let mut all = cors.to_vec();
    all.extend(answer.headers.iter().cloned());
    if answer.status.is_some_and(has_body) {
        match answer.framing {
            Framing::Chunked => all.push(("transfer-encoding", "chunked".to_owned())),
            Framing::Length => {
                let promised = answer.body().len() + usize::from(answer.end != End::Complete);
                all.push(("content-length", promised.to_string()));
            }
            Framing::UntilClose => {}
        }
    }
    all.push(("connection", "close".to_owned()));
    all
}

fn framed(framing: Framing, bytes: &[u8]) -> Vec<u8> {
    match framing {
        // A chunk of length zero would end the body.
        Framing::Chunked if !bytes.is_empty() => {
            let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
            chunk.extend_from_slice(bytes);
            chunk.extend_from_slice(b"\r\n");
            chunk
        }
        Framing::Chunked | Framing::Length | Framing::UntilClose => bytes.to_vec(),
    }
}

/// RFC 9112 §6.3: no body follows these.
fn has_body(status: u16) -> bool {
    status != 204 && status != 304
}

/// Waits by reading, which notices at once when the client leaves. What it sends meanwhile is dropped.
pub(crate) fn still_there_after(stream: &mut TcpStream, time: Duration) -> io::Result<bool> {
    let until = now() + time;
    let mut ignored = [0_u8; 1024];
    loop {
        let left = until.saturating_duration_since(now());
        if left.is_zero() {
            return Ok(true);
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut ignored) {
            Ok(0) => return Ok(false),
            Ok(_) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                return Ok(true);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Ok(false),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the lab is native: it waits on real sockets in real time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
