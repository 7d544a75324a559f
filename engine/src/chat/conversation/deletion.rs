//! Deletes turns with what follows them, and brings them back.
//!
//! A deleted turn is a tombstone: only it is marked, and what is behind it has gone with it. So both ways change one
//! record, and a turn that was deleted before stays deleted when the one before it comes back.

use super::Conversation;
use crate::chat::stored_turn::TurnId;

/// A deletion, which can be undone as long as the turn was not purged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The turn; what is behind it went with it.
    pub turn: TurnId,
    /// Number of turns that went.
    pub count: usize,
    /// The end of the line that was on show, where that went too.
    head: Option<TurnId>,
}

impl Conversation {
    /// Deletes a turn with all that follows it; `at` is the time in Unix milliseconds. Where it was on show, the line
    /// of the sibling before it is, or of the one behind it, or the one up to its parent. `None` if it is gone already.
    pub fn delete(&mut self, id: TurnId, at: u64) -> Option<Deleted> {
        if !self.is_there(id) {
            return None;
        }
        let parent = self.parent(id);
        let (place, _) = self.position(id)?;
        let is_shown = self.head.is_some_and(|head| self.is_below(head, id));
        let count = self.count_from(id);
        let siblings = &mut self.family_mut(parent)?.ids;
        siblings.remove(place - 1);
        let sibling = siblings.get(place.saturating_sub(2)).copied();
        self.count -= count;
        self.node_mut(id)?.deleted = Some(at);
        self.mark(id);
        self.is_changed = true;
        let head = self.head.filter(|_| is_shown);
        if is_shown {
            let head = sibling.map(|sibling| self.end_of_line(sibling)).or(parent);
            self.set_head(head);
        }
        Some(Deleted { turn: id, count, head })
    }

    /// Undoes a deletion, and no other. What was on show before is on show again, if it went with it. Returns whether
    /// the turn was there to come back; behind one that is deleted itself, it is shown once that has come back.
    pub fn undo(&mut self, deleted: &Deleted) -> bool {
        let id = deleted.turn;
        let Some(node) = self.node_mut(id).filter(|node| node.deleted.is_some()) else { return false };
        node.deleted = None;
        let parent = node.parent;
        if let Some(siblings) = self.family_mut(parent)
            && let Err(place) = siblings.ids.binary_search(&id)
        {
            siblings.ids.insert(place, id);
        }
        self.mark(id);
        self.is_changed = true;
        if self.is_there(id) {
            self.count += self.count_from(id);
            // A line does not end before a turn that is there.
            let is_behind_line = self.head == parent;
            if let Some(head) = deleted.head.or(is_behind_line.then_some(id)) {
                self.show(head);
            }
        }
        true
    }

    /// Forgets the turns that were deleted before that time, with all that is behind them, and returns them: their
    /// records can go.
    pub fn purge(&mut self, before: u64) -> Vec<TurnId> {
        let mut gone: Vec<TurnId> = Vec::new();
        for node in &self.nodes {
            // A parent has a lower number, so it was judged already.
            let is_behind = node.parent.is_some_and(|parent| gone.binary_search(&parent).is_ok());
            if is_behind || node.deleted.is_some_and(|at| at < before) {
                gone.push(node.id);
            }
        }
        let is_gone = |id: &TurnId| gone.binary_search(id).is_ok();
        self.nodes.retain(|node| !is_gone(&node.id));
        self.changed.retain(|id| !is_gone(id));
        let choices = self.choices.len();
        self.choices.retain(|choice| {
            !is_gone(&choice.child) && !choice.parent.is_some_and(|parent| is_gone(&parent))
        });
        self.is_changed |= choices != self.choices.len();
        gone
    }

    /// Returns whether `id` is `above` or follows it.
    fn is_below(&self, id: TurnId, above: TurnId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at.filter(|id| *id != above) {
            self.count(1);
            at = self.parent(id);
        }
        at.is_some()
    }

    /// Counts a turn and all that follow it.
    pub(super) fn count_from(&self, id: TurnId) -> usize {
        let mut count = 0;
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            self.count(1);
            count += 1;
            open.extend(self.children(Some(id)));
        }
        count
    }
}
