//! Plays OpenAI Realtime in text: a conversation of items, and answers that quote the newest of them.
//!
//! Names and shapes are those of the API's reference (general availability, 2025-08), a refused key's close is what
//! clients report of the real one: an error event, then code 3000 with `invalid_request_error.invalid_api_key`.

mod conversation;
mod events;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::connection::{Connection, Gone};
use crate::{
    log::Said,
    play::{HOLD_LIMIT, now},
};
use conversation::{Conversation, Item, Running};

/// What follows in each answer behind the quotation of the newest item: some seconds at 50 words a second.
pub const REALTIME_WORDS: &str =
    "The kettle hums, the clock goes on, and there is time to say another word. ";
/// How often it does.
const ROUNDS: usize = 14;
/// The time between two words.
const GAP: Duration = Duration::from_millis(20);
/// The word of an answer at which faults begin.
const FAULT_AT: usize = 15;

/// What goes wrong with a Realtime socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealtimeFault {
    /// Nothing.
    None,
    /// The TCP connection ends in the middle of an answer.
    Drops,
    /// The socket is closed in the middle of an answer, with that code.
    Closes(u16),
    /// An answer begins, and then nothing more is said.
    Stalls,
    /// An answer begins, and is told to have failed.
    Fails,
    /// An error event comes in place of an answer.
    Error,
    /// The key is refused, by an error event and a close with that code.
    RefusesKey(u16),
    /// Nothing is ever said.
    Silent,
}

/// Whether the connection goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    Over,
}

/// Plays until the client goes, or the fault ends it.
pub(super) fn serve(fault: RealtimeFault, target: &str, connection: &mut Connection<'_>) -> Result<(), Gone> {
    let mut server = Server { fault, connection, conversation: Conversation::new(target), due: now() };
    if let RealtimeFault::RefusesKey(code) = fault {
        let error = events::error("invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
        server.send(error)?;
        server.connection.close(Some(code), "invalid_request_error.invalid_api_key");
        return Ok(());
    }
    if fault == RealtimeFault::Silent {
        return server.connection.silence(HOLD_LIMIT);
    }
    let session = server.conversation.session.clone();
    server.send(json!({ "type": "session.created", "session": session }))?;
    while server.turn()? == Next::GoOn {}
    Ok(())
}

struct Server<'a, 'b> {
    fault: RealtimeFault,
    connection: &'a mut Connection<'b>,
    conversation: Conversation,
    /// When the next word is due, while an answer runs.
    due: Instant,
}

impl Server<'_, '_> {
    /// Takes a message, or says the next word.
    fn turn(&mut self) -> Result<Next, Gone> {
        let is_running = self.conversation.running.is_some();
        let until = if is_running { self.due } else { now() + HOLD_LIMIT };
        match self.connection.next_until(until)? {
            Some(said) => self.take(&said).map(|()| Next::GoOn),
            None if is_running => {
                // At least a moment is left for reading, however late it is.
                self.due = (self.due + GAP).max(now() + GAP / 4);
                self.word()
            }
            None => Ok(Next::Over),
        }
    }

    fn send(&mut self, mut event: Value) -> Result<(), Gone> {
        if let Some(members) = event.as_object_mut() {
            members.insert("event_id".to_owned(), self.conversation.new_id("event").into());
        }
        self.connection.send_text(&event.to_string())
    }

    fn refuse(&mut self, code: &str, message: &str) -> Result<(), Gone> {
        self.send(events::error("invalid_request_error", code, message))
    }

    fn take(&mut self, said: &Said) -> Result<(), Gone> {
        let Some(event) = said.json() else {
            return self.refuse("invalid_json", "The message is no JSON object.");
        };
        match event["type"].as_str().unwrap_or_default() {
            "session.update" => self.update_session(&event["session"]),
            "conversation.item.create" => self.create_item(&event),
            "response.create" => self.begin(),
            "response.cancel" => match self.conversation.running.take() {
                Some(running) => self.finish(running, "cancelled"),
                None => self.refuse("response_cancel_not_active", "No answer runs that could be cancelled."),
            },
            other => self.refuse("invalid_value", &format!("Invalid value of `type`: '{other}'.")),
        }
    }

    fn update_session(&mut self, options: &Value) -> Result<(), Gone> {
        if options["type"] != "realtime" {
            return self.refuse("missing_required_parameter", "Missing parameter: 'session.type'.");
        }
        self.conversation.update_session(options);
        let session = self.conversation.session.clone();
        self.send(json!({ "type": "session.updated", "session": session }))
    }

    fn create_item(&mut self, event: &Value) -> Result<(), Gone> {
        let id = match event["item"]["id"].as_str() {
            Some(id) => id.to_owned(),
            None => self.conversation.new_id("item"),
        };
        let Some(item) = Item::read(id, &event["item"]) else {
            return self.refuse("invalid_value", "The item has no role, or content of another role's kind.");
        };
        let shown = item.shown("completed");
        let Some(previous) = self.conversation.insert(item, event["previous_item_id"].as_str()) else {
            return self.refuse("item_not_found", "The item that it should come behind is not there.");
        };
        for kind in ["conversation.item.added", "conversation.item.done"] {
            self.send(json!({ "type": kind, "previous_item_id": previous, "item": shown }))?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Gone> {
        if self.fault == RealtimeFault::Error {
            return self.send(events::error("server_error", "server_error", "The lab stopped by itself."));
        }
        if self.conversation.running.is_some() {
            let code = "conversation_already_has_active_response";
            return self.refuse(code, "An answer runs already. Wait for its end, or cancel it.");
        }
        let text = format!(
            "You said: “{}”. {}",
            self.conversation.newest_words(),
            REALTIME_WORDS.repeat(ROUNDS).trim_end()
        );
        let running = self.conversation.begin(&text);
        for event in events::beginning(&running) {
            self.send(event)?;
        }
        self.conversation.running = Some(running);
        self.due = now() + GAP;
        Ok(())
    }

    /// Says the next word of the answer that runs, or ends it.
    fn word(&mut self) -> Result<Next, Gone> {
        let Some(mut running) = self.conversation.running.take() else { return Ok(Next::GoOn) };
        if running.said_words == FAULT_AT {
            match self.fault {
                RealtimeFault::Drops => {
                    self.connection.cut();
                    return Ok(Next::Over);
                }
                RealtimeFault::Closes(code) => {
                    self.connection.close(Some(code), "The lab goes away.");
                    return Ok(Next::Over);
                }
                RealtimeFault::Stalls => {
                    return self.connection.silence(HOLD_LIMIT).map(|()| Next::Over);
                }
                RealtimeFault::Fails => return self.finish(running, "failed").map(|()| Next::GoOn),
                RealtimeFault::None
                | RealtimeFault::Error
                | RealtimeFault::RefusesKey(_)
                | RealtimeFault::Silent => {}
            }
        }
        let Some(word) = running.next_word() else {
            return self.finish(running, "completed").map(|()| Next::GoOn);
        };
        self.send(events::delta(&running, &word))?;
        self.conversation.running = Some(running);
        Ok(Next::GoOn)
    }

    fn finish(&mut self, running: Running, status: &str) -> Result<(), Gone> {
        self.conversation.keep(&running);
        for event in events::end(&running, status) {
            self.send(event)?;
        }
        Ok(())
    }
}
