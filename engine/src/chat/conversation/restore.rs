//! Puts a conversation together from what was stored.

use super::Conversation;
use crate::chat::metadata::TurnMetadata;
use crate::chat::stored_turn::{Choice, StoredTurn, TurnId};
use crate::chat::turn::{Turn, TurnState};
use crate::wire::Role;
use std::collections::BTreeMap;

impl Conversation {
    /// Puts a conversation together from its turns, in any order, and returns which turns are stand-ins.
    ///
    /// Nothing that is there is lost. Where a turn's parent is missing (its record was damaged), an empty turn that was
    /// interrupted stands in for it, behind the turn before that; a turn behind itself or a later one stands behind the
    /// one before it; of several turns with one id the first counts. A `head` that is not there shows the newest line.
    pub fn restore(
        turns: Vec<StoredTurn>,
        head: Option<TurnId>,
        choices: Vec<Choice>,
        next: u32,
    ) -> (Conversation, Vec<TurnId>) {
        let mut all: BTreeMap<TurnId, StoredTurn> = BTreeMap::new();
        for turn in turns {
            all.entry(turn.id).or_insert(turn);
        }
        let missing = all.values().filter_map(|turn| {
            let parent = turn.parent.filter(|parent| *parent < turn.id && !all.contains_key(parent))?;
            Some((parent, opposite(turn.turn.role)))
        });
        let missing: BTreeMap<TurnId, Role> = missing.collect();
        for (id, role) in &missing {
            all.insert(*id, stand_in(*id, *role));
        }
        let mut conversation = Conversation::new();
        let mut before = None;
        for (id, stored) in all {
            let is_good = stored.parent.is_none_or(|parent| parent < id);
            let parent = if is_good && !missing.contains_key(&id) { stored.parent } else { before };
            conversation.next = conversation.next.max(id.number().saturating_add(1));
            conversation.bear(StoredTurn { parent, ..stored });
            before = Some(id);
        }
        conversation.next = conversation.next.max(next);
        for choice in choices {
            let is_known = conversation.node(choice.child).is_some_and(|node| node.parent == choice.parent);
            if let (true, Err(place)) = (is_known, conversation.choice_at(choice.parent)) {
                conversation.choices.insert(place, choice);
            }
        }
        let is_shown = head.is_some_and(|head| conversation.is_there(head));
        let line = head.filter(|_| is_shown).or_else(|| conversation.next_behind(None));
        conversation.count = conversation.roots.ids.iter().map(|root| conversation.count_from(*root)).sum();
        let end = line.map(|line| conversation.end_of_line(line));
        if end == head {
            // Just as it was stored: nothing is remembered anew.
            conversation.head = end;
        } else {
            conversation.set_head(end);
        }
        (conversation, missing.into_keys().collect())
    }
}

fn opposite(role: Role) -> Role {
    match role {
        Role::User => Role::Assistant,
        Role::Assistant => Role::User,
    }
}

/// Stands in for a turn whose record is lost; where it belongs is only known from its number.
fn stand_in(id: TurnId, role: Role) -> StoredTurn {
    let turn = Turn { role, state: TurnState::Interrupted, ..Turn::answer() };
    StoredTurn { id, parent: None, deleted: None, turn, metadata: TurnMetadata::default() }
}
