//! Plays one socket and says how it went.

use std::{io::Write as _, net::TcpStream, time::Duration};

use super::{
    Act, Socket, Talk,
    connection::{Connection, Gone},
    handshake::{self, Reply},
    realtime,
};
use crate::{
    log::{Log, Outcome, Said},
    play::{self, HOLD_LIMIT, now},
    wire::Request,
};

/// What comes behind an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The next one.
    GoOn,
    /// Nothing: the connection is over.
    Over,
}

/// Answers a handshake, and plays what is behind it.
pub(crate) fn serve(stream: &mut TcpStream, socket: &Socket, request: Request, log: &Log) {
    let reply = handshake::answer(&socket.handshake, &request);
    let target = request.target.clone();
    let number = log.add(&socket.name, request);
    let outcome = match reply {
        Reply::Http(answer) => play::play(stream, &answer, &[]),
        // Otherwise the kernel would hold back small frames and join them into larger writes.
        Reply::Switch(head) => match stream.set_nodelay(true).and_then(|()| stream.write_all(&head)) {
            Ok(()) => talk(&socket.talk, &target, Connection::new(stream, log, number)),
            Err(_) => Outcome::ClientLeft { after: Duration::ZERO, sent: 0 },
        },
    };
    log.set(number, outcome);
}

fn talk(talk: &Talk, target: &str, mut connection: Connection<'_>) -> Outcome {
    let began = now();
    let end = match talk {
        Talk::Acts(acts) => play_all(acts, &mut connection, None).map(|next| {
            if next == Next::GoOn {
                connection.close(Some(1000), "");
            }
        }),
        Talk::Realtime(fault) => realtime::serve(*fault, target, &mut connection),
    };
    match end {
        Ok(()) => Outcome::Played,
        Err(Gone) => Outcome::ClientLeft { after: now().duration_since(began), sent: connection.sent() },
    }
}

/// Plays acts, the last message being what they answer.
fn play_all(acts: &[Act], connection: &mut Connection<'_>, mut newest: Option<Said>) -> Result<Next, Gone> {
    for act in acts {
        match act {
            Act::Text(text) => connection.send_text(text)?,
            Act::Binary(bytes) => connection.send_binary(bytes)?,
            Act::Bytes(bytes) => connection.send_bytes(bytes)?,
            Act::Count(count, gap) => self::count(*count, *gap, connection)?,
            Act::Long(letters) => connection.send_text(&"x".repeat(*letters))?,
            Act::Wait(time) => connection.silence(*time)?,
            Act::Expect(kind) => newest = Some(expect(*kind, connection)?),
            Act::Echo => echo(newest.as_ref(), connection)?,
            Act::Each(answer) => {
                if for_each(answer, connection)? == Next::Over {
                    return Ok(Next::Over);
                }
            }
            Act::Close(code, reason) => {
                connection.close(*code, reason);
                return Ok(Next::Over);
            }
            Act::Drop => {
                connection.cut();
                return Ok(Next::Over);
            }
            Act::Hold => {
                connection.silence(HOLD_LIMIT)?;
                return Ok(Next::Over);
            }
        }
    }
    Ok(Next::GoOn)
}

fn count(count: usize, gap: Duration, connection: &mut Connection<'_>) -> Result<(), Gone> {
    for number in 1..=count {
        connection.queue_text(&format!("message {number}"))?;
        if !gap.is_zero() {
            connection.flush()?;
            connection.silence(gap)?;
        }
    }
    connection.flush()
}

fn expect(kind: Option<&str>, connection: &mut Connection<'_>) -> Result<Said, Gone> {
    let until = now() + HOLD_LIMIT;
    while let Some(said) = connection.next_until(until)? {
        if kind.is_none_or(|kind| said.kind().as_deref() == Some(kind)) {
            return Ok(said);
        }
    }
    Err(Gone)
}

fn echo(newest: Option<&Said>, connection: &mut Connection<'_>) -> Result<(), Gone> {
    match newest {
        Some(Said::Text(text)) => connection.send_text(text),
        Some(Said::Binary(bytes)) => connection.send_binary(bytes),
        Some(Said::Close(_)) | None => Ok(()),
    }
}

fn for_each(answer: &[Act], connection: &mut Connection<'_>) -> Result<Next, Gone> {
    let until = now() + HOLD_LIMIT;
    while let Some(said) = connection.next_until(until)? {
        if play_all(answer, connection, Some(said))? == Next::Over {
            return Ok(Next::Over);
        }
    }
    Ok(Next::GoOn)
}
