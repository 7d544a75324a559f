//! [`Verdicts`] judge the values of a tree as they close.

use super::arena::{Arena, Kind, Name};
use super::node::NodeId;
use crate::messages::structured as words;
use crate::structured::fault::{FAULT_LIMIT, Fault};
use crate::structured::locations::{Locations, SetId, Step};

/// How many times the text may be read again to judge containers as they close. What would cost more waits for the end.
const BUDGET: u64 = 8;
/// What may be read again in any case.
const LEAST_BUDGET: u64 = 64 * 1024;

/// What a schema says of the values of a tree.
#[derive(Debug)]
pub(super) struct Verdicts {
    /// The places of the schema, unless nothing can be judged before the end.
    locations: Option<Locations>,
    sets: Vec<SetId>,
    faults: Vec<Fault>,
    /// Those that no schema speaks of: names that stand twice.
    twice: Vec<Fault>,
    spent: u64,
    spare: String,
}

impl Verdicts {
    pub(super) fn new(locations: Option<Locations>) -> Verdicts {
        Verdicts {
            locations,
            sets: Vec::new(),
            faults: Vec::new(),
            twice: Vec::new(),
            spent: 0,
            spare: String::new(),
        }
    }

    pub(super) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    pub(super) fn twice(&self) -> &[Fault] {
        &self.twice
    }

    /// Forgets what was said of a value that was none.
    pub(super) fn clear(&mut self) {
        self.sets.clear();
        self.faults.clear();
        self.twice.clear();
    }

    /// Returns a text that nobody reads.
    pub(super) fn spare(&mut self) -> &mut String {
        &mut self.spare
    }

    /// Returns whether the whole may begin with that bracket.
    pub(super) fn may_begin(&self, byte: u8) -> bool {
        self.locations.as_ref().is_none_or(|locations| {
            locations.may_be(if byte == b'{' { words::OBJECT_TYPE } else { words::ARRAY_TYPE })
        })
    }

    /// Notes which places of the schema must hold for a new node; returns how many steps that took.
    pub(super) fn open(&mut self, arena: &Arena, node: NodeId) -> u64 {
        let Some(locations) = &mut self.locations else { return 0 };
        let entry = arena.entry(node);
        let parent = entry.parent.and_then(|parent| self.sets.get(parent.0 as usize)).copied();
        let set = match (parent, &entry.name) {
            (Some(set), Name::Member(name)) => locations.child(set, Step::Name(name)),
            (Some(set), Name::Item(index)) => locations.child(set, Step::Item(*index)),
            (Some(_) | None, _) => locations.root(),
        };
        self.sets.truncate(node.0 as usize);
        self.sets.push(set);
        locations.take_steps()
    }

    /// Tells of a name that stands twice in its object.
    pub(super) fn tell_twice(&mut self, arena: &Arena, object: NodeId, name: &str) {
        let fault = Fault { path: arena.pointer(object), words: words::name_twice(name) };
        if self.twice.len() < FAULT_LIMIT && !self.twice.contains(&fault) {
            self.twice.push(fault.clone());
            self.add(fault.path, fault.words);
        }
    }

    /// Judges all nodes that are closed.
    pub(super) fn judge_all(&mut self, arena: &mut Arena, text: &str, steps: &mut u64) {
        for index in 0..arena.len() {
            *steps += 1;
            let node = NodeId(index as u32);
            if !arena.entry(node).is_open {
                self.judge(arena, node, text, steps);
            }
        }
    }

    /// Judges a node that has closed.
    pub(super) fn judge(&mut self, arena: &mut Arena, node: NodeId, text: &str, steps: &mut u64) {
        let Some(locations) = &mut self.locations else { return };
        let Some(set) = self.sets.get(node.0 as usize).copied() else { return };
        let entry = arena.entry(node);
        let is_container = matches!(entry.kind, Kind::Object { .. } | Kind::Array(_));
        let size = entry.place.len() as u64;
        let mut found: Vec<Fault> = Vec::new();
        let (mut whole, mut shape) = (None, None);
        for place in locations.places(set).iter().copied() {
            *steps += 1;
            let value = if is_container && !locations.needs_children(place) {
                shape.get_or_insert_with(|| arena.shape(node, text, steps))
            } else {
                let budget = BUDGET * text.len() as u64 + LEAST_BUDGET;
                if is_container && self.spent + size > budget {
                    continue;
                }
                self.spent += size;
                whole.get_or_insert_with(|| arena.value(node, text, steps))
            };
            for fault in locations.check(place, value) {
                if !found.contains(&fault) {
                    found.push(fault);
                }
            }
        }
        let pointer = if found.is_empty() { String::new() } else { arena.pointer(node) };
        arena.judge(node, found.iter().map(Fault::in_words).collect());
        for fault in found {
            self.add(format!("{pointer}{}", fault.path), fault.words);
        }
    }

    fn add(&mut self, path: String, words: String) {
        let fault = Fault { path, words };
        if self.faults.len() < FAULT_LIMIT && !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}
