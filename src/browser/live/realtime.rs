//! Asks OpenAI Realtime over a socket, and lets the person speak while the answer runs.

use super::connection::{Kind, NotSent};
use super::feed::Feed;
use super::socket::{Socket, Speaker};
use crate::browser::pump::{Connection, Running};
use crate::browser::transport::TransportError;
use crate::engine::session::Session;
use crate::engine::wire::realtime::{Talk, address};
use crate::engine::wire::{Endpoint, Prompt, realtime_subprotocols};
use std::cell::RefCell;
use std::rc::Rc;

/// Asks a prompt over a socket of its own, and feeds the answer to the session. `wake` is called behind each message and the end.
/// What is [said](Connection::say) meanwhile breaks off what is being said, and the same answer goes on with regard to it.
///
/// # Errors
/// An address that the browser refuses.
pub fn ask(
    endpoint: &Endpoint,
    prompt: &Prompt,
    session: Rc<RefCell<Session>>,
    wake: Rc<dyn Fn()>,
) -> Result<Running, TransportError> {
    let mut talk = Talk::default();
    let opening = RefCell::new(talk.open(prompt));
    let voice = Rc::new(Voice { talk: RefCell::new(talk), opening });
    let socket = Socket::open(
        &address(endpoint, &prompt.model),
        &realtime_subprotocols(endpoint.key.as_ref()),
        Rc::new(Feed::new(session, wake)),
        Rc::clone(&voice) as Rc<dyn Speaker>,
    )?;
    Ok(Running::new(Rc::new(Answer { socket, voice })))
}

/// The client's side of the conversation.
struct Voice {
    talk: RefCell<Talk>,
    /// The messages that ask, until they went out.
    opening: RefCell<Vec<String>>,
}

impl Speaker for Voice {
    fn opened(&self, socket: &Socket) {
        let _ = send_all(socket, &self.opening.take());
    }

    fn heard(&self, socket: &Socket, text: &str) {
        let answer = self.talk.borrow_mut().heard(text);
        // Behind the end nothing goes out.
        let _ = send_all(socket, answer.as_slice());
    }
}

/// An answer that is asked for over a socket.
struct Answer {
    socket: Rc<Socket>,
    voice: Rc<Voice>,
}

impl Connection for Answer {
    fn stop(&self) {
        let cancel = self.voice.talk.borrow_mut().stop();
        // Where it does not stand nothing runs.
        let _ = send_all(&self.socket, cancel.as_slice());
        self.socket.stop();
    }

    fn say(&self, text: &str) -> bool {
        if self.socket.may_send().is_err() {
            return false;
        }
        let events = self.voice.talk.borrow_mut().say(text);
        send_all(&self.socket, &events).is_ok()
    }
}

fn send_all(socket: &Socket, events: &[String]) -> Result<(), NotSent> {
    events.iter().try_for_each(|event| socket.write(event))
}
