//! The tree of turns against a model that is as plain as possible, and the work it takes.

use proptest::prelude::*;
use std::collections::BTreeMap;
use tokenfall::engine::chat::{Choice, Conversation, Deleted, StoredTurn, Turn, TurnId};

/// Every turn with its parent and whether it is deleted itself; nothing is kept but that and what was seen last.
#[derive(Clone, Debug, Default)]
struct Model {
    turns: Vec<(Option<usize>, bool)>,
    head: Option<usize>,
    seen: BTreeMap<Option<usize>, usize>,
}

impl Model {
    fn line(&self, id: usize) -> Vec<usize> {
        let mut line = vec![id];
        while let Some(parent) = self.turns[line[0]].0 {
            line.insert(0, parent);
        }
        line
    }

    fn is_there(&self, id: usize) -> bool {
        self.line(id).iter().all(|id| !self.turns[*id].1)
    }

    fn children(&self, parent: Option<usize>) -> Vec<usize> {
        (0..self.turns.len()).filter(|id| self.turns[*id].0 == parent && !self.turns[*id].1).collect()
    }

    fn end(&self, mut id: usize) -> usize {
        while !self.children(Some(id)).is_empty() {
            let children = self.children(Some(id));
            let seen = self.seen.get(&Some(id)).filter(|seen| children.contains(seen));
            id = *seen.unwrap_or(children.last().unwrap());
        }
        id
    }

    fn set_head(&mut self, head: Option<usize>) {
        self.head = head;
        self.see(head);
    }

    fn see(&mut self, end: Option<usize>) {
        for id in end.map(|end| self.line(end)).unwrap_or_default() {
            self.seen.insert(self.turns[id].0, id);
        }
    }

    fn push(&mut self, parent: Option<usize>) {
        self.turns.push((parent, false));
        let id = self.turns.len() - 1;
        if self.is_there(id) {
            self.set_head(Some(id));
        } else {
            // What is deleted is remembered apart: from the deleted turn on.
            let line = self.line(id);
            let from = line.iter().rposition(|id| self.turns[*id].1).unwrap();
            for id in &line[from + 1..] {
                self.seen.insert(self.turns[*id].0, *id);
            }
        }
    }

    fn show(&mut self, id: usize) {
        if self.is_there(id) {
            self.set_head(Some(self.end(id)));
        }
    }

    /// Deletes, and returns the head that went with it.
    fn delete(&mut self, id: usize) -> Option<Option<usize>> {
        if !self.is_there(id) {
            return None;
        }
        let parent = self.turns[id].0;
        let siblings = self.children(parent);
        let at = siblings.iter().position(|other| *other == id).unwrap();
        let near = if at > 0 { siblings.get(at - 1) } else { siblings.get(1) }.copied();
        let gone = self.head.filter(|head| self.line(*head).contains(&id));
        self.turns[id].1 = true;
        if gone.is_some() {
            self.set_head(near.map(|near| self.end(near)).or(parent));
        }
        Some(gone)
    }

    fn undo(&mut self, id: usize, head: Option<usize>) -> bool {
        if !std::mem::take(&mut self.turns[id].1) {
            return false;
        }
        let behind = (self.head == self.turns[id].0).then_some(id);
        if let Some(head) = head.or(behind).filter(|_| self.is_there(id)) {
            self.show(head);
        }
        true
    }
}

#[derive(Clone, Debug)]
enum Step {
    Push(usize),
    Beside(usize),
    Root,
    Show(usize),
    Delete(usize),
    Undo(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0usize..40).prop_map(Step::Push),
        3 => (0usize..40).prop_map(Step::Beside),
        1 => Just(Step::Root),
        4 => (0usize..40).prop_map(Step::Show),
        3 => (0usize..40).prop_map(Step::Delete),
        3 => (0usize..10).prop_map(Step::Undo),
    ];
    prop::collection::vec(step, 1..60)
}

fn id(number: usize) -> TurnId {
    TurnId::from_number(number as u32)
}

fn numbers(ids: &[TurnId]) -> Vec<usize> {
    ids.iter().map(|id| id.number() as usize).collect()
}

fn assert_same(tree: &Conversation, model: &Model) {
    let path = model.head.map(|head| model.line(head)).unwrap_or_default();
    assert_eq!(numbers(&tree.path()), path, "the line on show");
    let there: Vec<usize> = (0..model.turns.len()).filter(|id| model.is_there(*id)).collect();
    assert_eq!(tree.len(), there.len(), "number of turns");
    assert_eq!(model.head.is_none(), there.is_empty(), "something is on show");
    assert!(
        model.head.is_none_or(|head| model.children(Some(head)).is_empty()),
        "the line is shown to its end"
    );
    for at in there {
        let siblings = model.children(model.turns[at].0);
        assert_eq!(numbers(&tree.siblings(id(at))), siblings);
        let place = siblings.iter().position(|other| *other == at).unwrap();
        assert_eq!(tree.position(id(at)), Some((place + 1, siblings.len())));
        assert_eq!(tree.parent(id(at)).map(|parent| parent.number() as usize), model.turns[at].0);
    }
}

/// What a store would hold.
fn stored(tree: &Conversation, number: TurnId) -> StoredTurn {
    StoredTurn {
        id: number,
        parent: tree.parent(number),
        deleted: tree.deleted(number),
        turn: tree.turn(number).unwrap().clone(),
        metadata: tree.metadata(number).unwrap().clone(),
    }
}

fn run(steps: &[Step], mut after: impl FnMut(&mut Conversation, &Model)) {
    let (mut tree, mut model) = (Conversation::new(), Model::default());
    let mut deletions: Vec<(Deleted, Option<usize>)> = Vec::new();
    for step in steps {
        let known = |at: &usize| (!model.turns.is_empty()).then(|| at % model.turns.len());
        match step {
            Step::Push(at) => {
                let parent = known(at);
                tree.push_behind(parent.map(id), Turn::question("Q"));
                model.push(parent);
            }
            Step::Beside(at) => {
                let Some(at) = known(at) else { continue };
                tree.push_beside(id(at), Turn::question("Q"));
                model.push(model.turns[at].0);
            }
            Step::Root => {
                tree.push_behind(None, Turn::question("Q"));
                model.push(None);
            }
            Step::Show(at) => {
                let Some(at) = known(at) else { continue };
                tree.show(id(at));
                model.show(at);
            }
            Step::Delete(at) => {
                let Some(at) = known(at) else { continue };
                let deleted = tree.delete(id(at), 5);
                let expected = model.delete(at);
                assert_eq!(deleted.is_some(), expected.is_some());
                deletions.extend(deleted.zip(expected));
            }
            Step::Undo(at) => {
                if deletions.is_empty() {
                    continue;
                }
                let (deleted, head) = deletions.swap_remove(at % deletions.len());
                assert_eq!(tree.undo(&deleted), model.undo(deleted.turn.number() as usize, head));
            }
        }
        assert_same(&tree, &model);
        after(&mut tree, &model);
    }
}

proptest! {
    #[test]
    fn the_tree_is_that_of_a_plain_model_whatever_is_pushed_shown_deleted_and_undone(steps in steps()) {
        run(&steps, |_, _| {});
    }

    #[test]
    fn what_is_saved_by_changes_alone_restores_the_same_tree(steps in steps(), every in 1usize..4) {
        let mut store: BTreeMap<TurnId, StoredTurn> = BTreeMap::new();
        let mut own: (Option<TurnId>, Vec<Choice>, u32) = Default::default();
        let mut at = 0;
        run(&steps, |tree, model| {
            at += 1;
            if at % every != 0 {
                return;
            }
            let changes = tree.take_changes();
            assert!(!tree.has_changes());
            for id in changes.turns {
                store.insert(id, stored(tree, id));
            }
            if changes.is_conversation_changed {
                own = (tree.head(), tree.choices().to_vec(), tree.next_number());
            }
            let turns = store.values().rev().cloned().collect();
            let (restored, stand_ins) = Conversation::restore(turns, own.0, own.1.clone(), own.2);
            assert_eq!(stand_ins, []);
            assert!(!restored.has_changes());
            assert_same(&restored, model);
            assert_eq!(restored.choices(), tree.choices());
        });
    }

    #[test]
    fn turns_that_are_lost_leave_all_others_reachable(steps in steps(), lost in prop::collection::vec(any::<bool>(), 60)) {
        run(&steps, |tree, _| {
            let turns: Vec<_> = tree.ids().filter(|id| !lost[id.number() as usize % 60]).map(|id| StoredTurn { deleted: None, ..stored(tree, id) }).collect();
            let ids: Vec<_> = turns.iter().map(|turn| turn.id).collect();
            let (restored, stand_ins) = Conversation::restore(turns, tree.head(), tree.choices().to_vec(), 0);
            assert_eq!(restored.len(), ids.len() + stand_ins.len());
            for id in ids {
                assert_eq!(restored.line(id).last(), Some(&id));
                assert!(restored.position(id).is_some());
            }
        });
    }

    #[test]
    fn purging_forgets_what_was_deleted_before_and_no_number_is_given_again(steps in steps()) {
        run(&steps, |tree, model| {
            let mut tree = tree.clone();
            let next = tree.next_number();
            assert_eq!(tree.purge(5), []);
            let gone = numbers(&tree.purge(6));
            let expected: Vec<_> = (0..model.turns.len()).filter(|id| !model.is_there(*id)).collect();
            assert_eq!(gone, expected);
            assert_same(&tree, model);
            assert_eq!(tree.push(Turn::question("Q")).number(), next);
        });
    }
}

#[test]
fn an_edited_question_is_a_sibling_and_each_is_shown_with_what_was_seen_behind_it() {
    let mut tree = Conversation::new();
    let first = tree.push(Turn::question("Q"));
    let answer = tree.push(Turn::answer());
    let other = tree.push_behind(Some(first), Turn::answer());
    tree.show(answer);
    let edited = tree.push_beside(first, Turn::question("Q, please"));
    assert_eq!(tree.position(edited), Some((2, 2)));
    tree.show(first);
    assert_eq!(tree.path(), [first, answer], "not the newest, {other:?}");
}

#[test]
fn a_fork_copies_the_line_and_counts_anew() {
    let mut tree = Conversation::new();
    let first = tree.push(Turn::question("A"));
    tree.push(Turn::answer());
    let second = tree.push_behind(Some(first), Turn::question("B"));
    tree.push(Turn::question("C"));
    let mut fork = tree.fork(second);
    assert_eq!(numbers(&fork.path()), [0, 1]);
    assert_eq!(fork.turn(id(1)).unwrap().text(), "B");
    assert_eq!(fork.take_changes().turns, [id(0), id(1)]);
}

#[test]
fn changes_that_could_not_be_saved_are_among_the_next_ones() {
    let mut tree = Conversation::new();
    let first = tree.push(Turn::question("A"));
    let changes = tree.take_changes();
    let second = tree.push(Turn::question("B"));
    tree.put_back(&changes);
    tree.store(first, Turn::question("C"));
    assert_eq!(tree.take_changes().turns, [second, first]);
}

/// A long line with as many siblings at its end.
#[cfg(debug_assertions)]
fn grown(length: usize) -> (Conversation, TurnId) {
    let mut tree = Conversation::new();
    let mut last = tree.push(Turn::question("Q"));
    for _ in 0..length {
        last = tree.push(Turn::answer());
    }
    let last = tree.push_beside(last, Turn::answer());
    tree.push_beside(last, Turn::answer());
    tree.take_changes();
    (tree, last)
}

#[cfg(debug_assertions)]
#[test]
fn siblings_saving_and_deleting_at_the_end_cost_the_same_in_a_tree_of_any_size() {
    let mut seen = Vec::new();
    for length in [100, 10_000] {
        let (mut tree, last) = grown(length);
        let before = tree.work();
        assert_eq!((tree.siblings(last).len(), tree.position(last)), (3, Some((2, 3))));
        let siblings = tree.work() - before;
        let before = tree.work();
        tree.push(Turn::answer());
        assert_eq!(tree.take_changes().turns.len(), 1);
        seen.push((siblings, tree.work() - before));
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].0 < 20 && seen[0].1 < 20, "{seen:?}");
}

#[cfg(debug_assertions)]
#[test]
fn a_line_of_pushes_is_linear_and_showing_is_linear_in_the_line() {
    let work = |length| {
        let (mut tree, last) = grown(length);
        let grown = tree.work();
        tree.show(last);
        (grown, tree.work() - grown)
    };
    let ((grown, shown), (grown_2, shown_2)) = (work(5_000), work(10_000));
    assert!(10 * grown_2 < 22 * grown, "{grown}, then {grown_2}");
    assert!(10 * shown_2 < 22 * shown, "{shown}, then {shown_2}");
}
