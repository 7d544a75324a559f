//! Picks the messages of a request from a line of turns.

use super::Conversation;
use crate::chat::Turn;
use crate::chat::stored_turn::TurnId;
use crate::wire::{Message, Role};

impl Conversation {
    /// Returns the messages of a request for an answer behind `id`: the line up to and including that turn. Answers
    /// without words (stopped or failed before their first one, or only calls of tools) are left out. Everything the
    /// person wrote is sent: questions that stand in a row then become one message, since providers want the roles to
    /// alternate. Reasoning is not sent back, and what a guard withheld only `with_withheld`.
    pub fn messages_up_to(&self, id: TurnId, with_withheld: bool) -> Vec<Message> {
        let mut messages: Vec<Message> = Vec::new();
        let turns = self.line(id).into_iter().filter_map(|id| self.turn(id));
        let spoken = |turn: &Turn| if with_withheld { turn.as_it_came().spoken() } else { turn.spoken() };
        for (role, text) in turns.flat_map(spoken) {
            let joined = match role {
                Role::Assistant if text.trim().is_empty() => continue,
                // The provider paused between the two: they are one answer.
                Role::Assistant => "",
                Role::User => "\n\n",
            };
            match messages.last_mut().filter(|last| last.role == role) {
                Some(last) => {
                    last.text.push_str(joined);
                    last.text.push_str(&text);
                }
                None => messages.push(Message { role, text }),
            }
        }
        // An answer that is to go on is refused with white space at its end.
        if let Some(last) = messages.last_mut().filter(|last| last.role == Role::Assistant) {
            last.text.truncate(last.text.trim_end().len());
        }
        messages
    }
}
