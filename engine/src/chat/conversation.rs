//! [`Conversation`] keeps a tree of turns, and the line through it that is on show.
//!
//! A second answer to the same question is a sibling of the first, and so is a question that was edited: trying again
//! loses nothing. What is deleted stays as a tombstone, so that it can come back.

mod deletion;
mod messages;
mod restore;

pub use deletion::Deleted;

use super::metadata::TurnMetadata;
use super::stored_turn::{Choice, StoredTurn, TurnId};
use super::turn::Turn;
#[cfg(debug_assertions)]
use std::cell::Cell;

/// Turns, each behind its parent.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    /// In the order of their ids.
    nodes: Vec<Node>,
    /// The first turns.
    roots: Children,
    /// The last turn of the line on show.
    head: Option<TurnId>,
    /// The number of the next turn.
    next: u32,
    /// Number of turns that are not deleted.
    count: usize,
    /// The turn seen last behind each turn that has, or had, several behind it; in the order of their parents.
    choices: Vec<Choice>,
    /// The turns that have changed since they were saved.
    changed: Vec<TurnId>,
    /// Whether the line on show, the choices or the number of turns has changed since.
    is_changed: bool,
    #[cfg(debug_assertions)]
    work: Cell<u64>,
}

#[derive(Clone, Debug)]
struct Node {
    id: TurnId,
    parent: Option<TurnId>,
    children: Children,
    /// The time of its deletion. What is behind it has gone with it.
    deleted: Option<u64>,
    is_changed: bool,
    turn: Turn,
    metadata: TurnMetadata,
}

/// The turns behind another one.
#[derive(Clone, Debug, Default)]
struct Children {
    /// In the order of their ids, without those that are deleted.
    ids: Vec<TurnId>,
    /// Number of those that there ever were.
    born: usize,
}

impl Children {
    fn bear(&mut self, id: TurnId, is_deleted: bool) {
        self.born += 1;
        if !is_deleted {
            self.ids.push(id);
        }
    }
}

/// What has changed since it was asked last: the records to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The turns, each once.
    pub turns: Vec<TurnId>,
    /// Whether the conversation's own record has changed: the line on show, the number of turns.
    pub is_conversation_changed: bool,
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

    /// Puts a turn beside another one, as a question that was edited, and shows the line that ends with it.
    pub fn push_beside(&mut self, id: TurnId, turn: Turn) -> TurnId {
        self.push_behind(self.parent(id), turn)
    }

    /// Puts a turn behind another one (or at the root) and shows the line that ends with it. Behind one that is deleted
    /// it is not shown until that has come back, and then it is what was seen last there.
    pub fn push_behind(&mut self, parent: Option<TurnId>, turn: Turn) -> TurnId {
        let id = TurnId::from_number(self.next);
        self.next += 1;
        let metadata = TurnMetadata::default();
        self.bear(StoredTurn { id, parent, deleted: None, turn, metadata });
        self.mark(id);
        // The end of the line on show is there.
        if parent == self.head || self.is_there(id) {
            self.count += 1;
            self.set_head(Some(id));
        } else {
            let deleted = self.line(id).into_iter().rev().find(|id| self.deleted(*id).is_some());
            self.remember(Some(id), deleted);
        }
        id
    }

    /// Returns the turn before this one on its line.
    pub fn parent(&self, id: TurnId) -> Option<TurnId> {
        self.node(id)?.parent
    }

    /// Returns a turn, also one that is deleted.
    pub fn turn(&self, id: TurnId) -> Option<&Turn> {
        self.node(id).map(|node| &node.turn)
    }

    /// Returns what is known of a turn besides what was said.
    pub fn metadata(&self, id: TurnId) -> Option<&TurnMetadata> {
        self.node(id).map(|node| &node.metadata)
    }

    /// Returns the time of a turn's own deletion, in Unix milliseconds.
    pub fn deleted(&self, id: TurnId) -> Option<u64> {
        self.node(id)?.deleted
    }

    /// Puts a finished turn in the place of the one that was being written.
    pub fn store(&mut self, id: TurnId, turn: Turn) {
        if let Some(node) = self.node_mut(id) {
            node.turn = turn;
            self.mark(id);
        }
    }

    /// Puts down what is known of a turn besides what was said.
    pub fn set_metadata(&mut self, id: TurnId, metadata: TurnMetadata) {
        if let Some(node) = self.node_mut(id) {
            node.metadata = metadata;
            self.mark(id);
        }
    }

    /// Returns the number of turns, without those that are deleted.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Returns whether there is no turn that is not deleted.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the last turn of the line on show.
    pub fn head(&self) -> Option<TurnId> {
        self.head
    }

    /// Returns the number that the next turn will have.
    pub fn next_number(&self) -> u32 {
        self.next
    }

    /// Returns the turn seen last behind each turn that has, or had, several behind it.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Returns all turns in the order of their ids, also those that are deleted.
    pub fn ids(&self) -> impl Iterator<Item = TurnId> + '_ {
        self.nodes.iter().map(|node| node.id)
    }

    /// Returns the line on show, oldest first.
    pub fn path(&self) -> Vec<TurnId> {
        self.head.map_or_else(Vec::new, |head| self.line(head))
    }

    /// Returns the line that ends with a turn, oldest first.
    pub fn line(&self, id: TurnId) -> Vec<TurnId> {
        let mut line = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| self.node(*id).is_some()) {
            line.push(id);
            at = self.parent(id);
        }
        line.reverse();
        line
    }

    /// Returns all turns behind the same parent, this one among them, oldest first. Deleted ones are left out.
    pub fn siblings(&self, id: TurnId) -> Vec<TurnId> {
        let siblings = self.node(id).map(|node| self.children(node.parent)).unwrap_or_default();
        self.count(siblings.len() as u64);
        siblings.to_vec()
    }

    /// Returns the place of a turn among its siblings, counted from 1, and their number: "2 of 3". `None` for one that is
    /// deleted.
    pub fn position(&self, id: TurnId) -> Option<(usize, usize)> {
        let siblings = self.children(self.node(id)?.parent);
        self.count_search(siblings.len());
        siblings.binary_search(&id).ok().map(|at| (at + 1, siblings.len()))
    }

    /// Shows the line that was seen last through `id`: behind each turn the one that was on show, or else the newest.
    /// Does nothing for a turn that is deleted or was never there.
    pub fn show(&mut self, id: TurnId) {
        if self.is_there(id) {
            let head = self.end_of_line(id);
            self.set_head(Some(head));
        }
    }

    /// Copies the line up to and including a turn into a conversation of its own, whose turns are counted anew.
    pub fn fork(&self, id: TurnId) -> Conversation {
        let mut fork = Conversation::new();
        for node in self.line(id).into_iter().filter_map(|id| self.node(id)) {
            let copy = fork.push(node.turn.clone());
            fork.set_metadata(copy, node.metadata.clone());
        }
        fork
    }

    /// Returns what has changed since the last call, and counts it as saved.
    pub fn take_changes(&mut self) -> Changes {
        let turns = std::mem::take(&mut self.changed);
        for id in &turns {
            if let Some(node) = self.node_mut(*id) {
                node.is_changed = false;
            }
        }
        Changes { turns, is_conversation_changed: std::mem::take(&mut self.is_changed) }
    }

    /// Takes changes back that could not be saved: they are among the next ones.
    pub fn put_back(&mut self, changes: &Changes) {
        for id in &changes.turns {
            self.mark(*id);
        }
        self.is_changed |= changes.is_conversation_changed;
    }

    /// Returns whether something has changed since [`Conversation::take_changes`].
    pub fn has_changes(&self) -> bool {
        self.is_changed || !self.changed.is_empty()
    }

    /// Number of turns that were looked at, in whatever loop; a search counts its steps.
    #[cfg(debug_assertions)]
    pub fn work(&self) -> u64 {
        self.work.get()
    }

    /// Marks a turn as changed.
    fn mark(&mut self, id: TurnId) {
        let Some(node) = self.node_mut(id) else { return };
        if !std::mem::replace(&mut node.is_changed, true) {
            self.changed.push(id);
        }
    }

    /// Follows the turns that were seen last behind `id`.
    fn end_of_line(&self, id: TurnId) -> TurnId {
        let mut at = id;
        while let Some(next) = self.next_behind(Some(at)) {
            self.count(1);
            at = next;
        }
        at
    }

    /// Returns the turn that was seen last behind `parent`, or else the newest.
    fn next_behind(&self, parent: Option<TurnId>) -> Option<TurnId> {
        let children = self.children(parent);
        let chosen =
            self.choice_at(parent).ok().and_then(|at| self.choices.get(at)).map(|choice| choice.child);
        self.count_search(children.len());
        chosen.filter(|child| children.binary_search(child).is_ok()).or_else(|| children.last().copied())
    }

    /// Shows the line that ends with a turn.
    fn set_head(&mut self, head: Option<TurnId>) {
        let before = std::mem::replace(&mut self.head, head);
        // What is behind the line that was on show is remembered already.
        self.remember(head, before);
    }

    /// Remembers the line from a turn up to another one behind each turn that has several behind it.
    fn remember(&mut self, from: Option<TurnId>, to: Option<TurnId>) {
        self.is_changed = true;
        let mut at = from;
        while let Some(child) = at.filter(|id| Some(*id) != to) {
            self.count(1);
            let parent = self.parent(child);
            if 1 < self.family(parent).map_or(0, |children| children.born) {
                match self.choice_at(parent) {
                    Ok(found) => self.choices[found].child = child,
                    Err(free) => self.choices.insert(free, Choice { parent, child }),
                }
            }
            at = parent;
        }
    }

    fn choice_at(&self, parent: Option<TurnId>) -> Result<usize, usize> {
        self.count_search(self.choices.len());
        self.choices.binary_search_by_key(&parent, |choice| choice.parent)
    }

    /// Returns whether neither the turn nor one before it is deleted.
    fn is_there(&self, id: TurnId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            self.count(1);
            match self.node(id) {
                Some(node) if node.deleted.is_none() => at = node.parent,
                Some(_) | None => return false,
            }
        }
        true
    }

    /// Adds a turn that is younger than all others.
    fn bear(&mut self, stored: StoredTurn) {
        let StoredTurn { id, parent, deleted, turn, metadata } = stored;
        let children = Children::default();
        self.nodes.push(Node { id, parent, children, deleted, is_changed: false, turn, metadata });
        if let Some(family) = self.family_mut(parent) {
            family.bear(id, deleted.is_some());
        }
    }

    fn children(&self, parent: Option<TurnId>) -> &[TurnId] {
        self.family(parent).map_or(&[], |family| &family.ids)
    }

    fn family(&self, parent: Option<TurnId>) -> Option<&Children> {
        match parent {
            Some(parent) => self.node(parent).map(|node| &node.children),
            None => Some(&self.roots),
        }
    }

    fn family_mut(&mut self, parent: Option<TurnId>) -> Option<&mut Children> {
        match parent {
            Some(parent) => self.node_mut(parent).map(|node| &mut node.children),
            None => Some(&mut self.roots),
        }
    }

    fn node(&self, id: TurnId) -> Option<&Node> {
        self.nodes.get(self.place(id)?)
    }

    fn node_mut(&mut self, id: TurnId) -> Option<&mut Node> {
        let place = self.place(id)?;
        self.nodes.get_mut(place)
    }

    /// Finds a turn among the nodes: most often its number is its place.
    fn place(&self, id: TurnId) -> Option<usize> {
        let place = id.number() as usize;
        self.count(1);
        if self.nodes.get(place).is_some_and(|node| node.id == id) {
            return Some(place);
        }
        self.count_search(self.nodes.len());
        self.nodes.binary_search_by_key(&id, |node| node.id).ok()
    }

    /// Counts a search among so many.
    fn count_search(&self, length: usize) {
        self.count(u64::from(usize::BITS - length.leading_zeros()));
    }

    #[cfg(debug_assertions)]
    fn count(&self, steps: u64) {
        self.work.set(self.work.get() + steps);
    }

    #[cfg(not(debug_assertions))]
    fn count(&self, _steps: u64) {}
}
