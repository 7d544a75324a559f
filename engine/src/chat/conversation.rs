//! [`Conversation`] keeps a tree of turns, and the line through it that is on show.
//!
//! A second answer to the same question is a sibling of the first, so that trying again loses nothing.

use super::turn::Turn;
use crate::wire::{Message, Role};

/// Names a turn within its conversation, for as long as that lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnId(u32);

/// Turns, each behind its parent.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    nodes: Vec<Node>,
    /// The last turn of the line on show.
    head: Option<TurnId>,
}

#[derive(Clone, Debug)]
struct Node {
    parent: Option<TurnId>,
    turn: Turn,
}

impl Conversation {
    /// Creates an empty one.
    pub fn new() -> Conversation {
        Conversation::default()
    }

    /// Puts a turn behind the one shown last and shows it.
    pub fn push(&mut self, turn: Turn) -> TurnId {
        self.push_behind(self.head, turn)
    }

    /// Puts a turn behind another one (or at the root) and shows the line that ends with it.
    pub fn push_behind(&mut self, parent: Option<TurnId>, turn: Turn) -> TurnId {
        let id = TurnId(self.nodes.len() as u32);
        self.nodes.push(Node { parent, turn });
        self.head = Some(id);
        id
    }

    /// Returns the turn before this one on its line.
    pub fn parent(&self, id: TurnId) -> Option<TurnId> {
        self.nodes.get(id.0 as usize)?.parent
    }

    /// Returns a turn.
    pub fn turn(&self, id: TurnId) -> Option<&Turn> {
        self.nodes.get(id.0 as usize).map(|node| &node.turn)
    }

    /// Puts a finished turn in the place of the one that was being written.
    pub fn store(&mut self, id: TurnId, turn: Turn) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.turn = turn;
        }
    }

    /// Returns the line on show, oldest first.
    pub fn path(&self) -> Vec<TurnId> {
        let mut path = Vec::new();
        let mut at = self.head;
        while let Some(id) = at {
            path.push(id);
            at = self.parent(id);
        }
        path.reverse();
        path
    }

    /// Returns all turns behind the same parent, this one among them, oldest first.
    pub fn siblings(&self, id: TurnId) -> Vec<TurnId> {
        let parent = self.parent(id);
        let ids = (0..self.nodes.len() as u32).map(TurnId);
        ids.filter(|other| self.parent(*other) == parent).collect()
    }

    /// Shows the line that ends with the turn written last behind `id`, or with `id` itself.
    pub fn show(&mut self, id: TurnId) {
        // A turn always stands behind its parent: one pass in order finds the youngest descendant.
        let mut is_below = vec![false; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            let parent = node.parent.is_some_and(|parent| is_below[parent.0 as usize]);
            is_below[at] = parent || at == id.0 as usize;
        }
        if let Some(last) = is_below.iter().rposition(|below| *below) {
            self.head = Some(TurnId(last as u32));
        }
    }

    /// Returns the messages of a request for an answer behind `id`: the line up to and including that turn. Answers
    /// without words (stopped or failed before their first one, or only calls of tools) are left out. Everything the
    /// person wrote is sent: questions that stand in a row then become one message, since providers want the roles to
    /// alternate. Reasoning is not sent back.
    pub fn messages_up_to(&self, id: TurnId) -> Vec<Message> {
        let mut line = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            line.push(id);
            at = self.parent(id);
        }
        let mut messages: Vec<Message> = Vec::new();
        for turn in line.into_iter().rev().filter_map(|id| self.turn(id)) {
            let text = turn.words();
            let joined = match turn.role {
                Role::Assistant if text.trim().is_empty() => continue,
                // The provider paused between the two: they are one answer.
                Role::Assistant => "",
                Role::User => "\n\n",
            };
            match messages.last_mut().filter(|last| last.role == turn.role) {
                Some(last) => {
                    last.text.push_str(joined);
                    last.text.push_str(&text);
                }
                None => messages.push(Message { role: turn.role, text }),
            }
        }
        // An answer that is to go on is refused with white space at its end.
        if let Some(last) = messages.last_mut().filter(|last| last.role == Role::Assistant) {
            last.text.truncate(last.text.trim_end().len());
        }
        messages
    }
}
