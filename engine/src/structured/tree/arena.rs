//! [`Arena`] holds the nodes of a tree by number, and what of them changed.

use super::node::{Change, ClosedValue, Judgement, Label, Node, NodeId, OpenValue};
use serde_json::{Map, Number, Value};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A string, decoded as far as it came.
    Text(String),
    /// A number or a word, as it stands in the text.
    Scalar,
    /// An object: its members, and the name that is being read.
    Object { members: Vec<NodeId>, name: Option<String> },
    /// A list.
    Array(Vec<NodeId>),
}

/// What a value is called.
#[derive(Debug)]
pub(super) enum Name {
    Root,
    Member(Rc<str>),
    Item(usize),
}

/// A node.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) parent: Option<NodeId>,
    pub(super) name: Name,
    pub(super) kind: Kind,
    /// Its place in the answer's text; of an open one, up to what was read.
    pub(super) place: Range<usize>,
    pub(super) is_open: bool,
    /// Whether the change that tells of its growing waits to be taken.
    is_growing: bool,
    is_judged: bool,
    words: Vec<String>,
}

/// The nodes of a tree.
#[derive(Debug, Default)]
pub(super) struct Arena {
    entries: Vec<Entry>,
    changes: VecDeque<Change>,
}

impl Arena {
    /// Returns the number of nodes.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn entry(&self, id: NodeId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub(super) fn entry_mut(&mut self, id: NodeId) -> &mut Entry {
        &mut self.entries[id.0 as usize]
    }

    /// Forgets all nodes.
    pub(super) fn clear(&mut self) {
        if !self.entries.is_empty() {
            self.entries.clear();
            self.changes.clear();
            self.changes.push_back(Change::Restarted);
        }
    }

    /// Adds a node to its container.
    pub(super) fn open(&mut self, parent: Option<NodeId>, name: Name, kind: Kind, at: usize) -> NodeId {
        let id = NodeId(self.entries.len() as u32);
        self.entries.push(Entry {
            parent,
            name,
            kind,
            place: at..at,
            is_open: true,
            is_growing: false,
            is_judged: false,
            words: Vec::new(),
        });
        if let Some(parent) = parent {
            match &mut self.entry_mut(parent).kind {
                Kind::Object { members: children, .. } | Kind::Array(children) => children.push(id),
                Kind::Text(_) | Kind::Scalar => {}
            }
        }
        self.changes.push_back(Change::Opened(id));
        id
    }

    /// Notes that a node has grown, once until that is taken.
    pub(super) fn grow(&mut self, id: NodeId) {
        if !std::mem::replace(&mut self.entry_mut(id).is_growing, true) {
            self.changes.push_back(Change::Grew(id));
        }
    }

    /// Closes a node that ends before `at`.
    pub(super) fn close(&mut self, id: NodeId, at: usize) {
        let entry = self.entry_mut(id);
        entry.place.end = at;
        entry.is_open = false;
        self.changes.push_back(Change::Closed(id));
    }

    /// Notes what the schema says of a node.
    pub(super) fn judge(&mut self, id: NodeId, words: Vec<String>) {
        let entry = self.entry_mut(id);
        entry.is_judged = true;
        entry.words.extend(words);
        self.changes.push_back(Change::Judged(id));
    }

    /// Takes the oldest changes.
    pub(super) fn take_changes(&mut self, max: usize) -> Vec<Change> {
        let count = max.min(self.changes.len());
        let taken: Vec<Change> = self.changes.drain(..count).collect();
        for change in &taken {
            if let Change::Grew(id) = change {
                self.entry_mut(*id).is_growing = false;
            }
        }
        taken
    }

    /// Returns a node as its type says. The text is the answer's.
    pub(super) fn node<'a>(&'a self, id: NodeId, text: &'a str) -> Node<'a> {
        let entry = self.entry(id);
        let raw = text.get(entry.place.clone()).unwrap_or_default();
        if entry.is_open {
            return Node::Open(match &entry.kind {
                Kind::Text(text) => OpenValue::Text(text),
                Kind::Scalar => OpenValue::Scalar(raw),
                Kind::Object { members, name } => OpenValue::Object { members, name: name.as_deref() },
                Kind::Array(items) => OpenValue::Array(items),
            });
        }
        Node::Closed(match &entry.kind {
            Kind::Text(text) => ClosedValue::Text(text),
            Kind::Scalar => closed_scalar(raw),
            Kind::Object { members, .. } => ClosedValue::Object(members),
            Kind::Array(items) => ClosedValue::Array(items),
        })
    }

    pub(super) fn label(&self, id: NodeId) -> Label<'_> {
        match &self.entry(id).name {
            Name::Root => Label::Root,
            Name::Member(name) => Label::Name(name),
            Name::Item(index) => Label::Index(*index),
        }
    }

    pub(super) fn judgement(&self, id: NodeId) -> Judgement<'_> {
        let entry = self.entry(id);
        match (entry.is_judged, entry.words.as_slice()) {
            (false, _) => Judgement::NotJudged,
            (true, []) => Judgement::Passed,
            (true, words) => Judgement::Failed(words),
        }
    }

    /// Returns the JSON Pointer of a node.
    pub(super) fn pointer(&self, id: NodeId) -> String {
        let mut names = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            match &self.entry(id).name {
                Name::Root => {}
                Name::Member(name) => names.push(name.replace('~', "~0").replace('/', "~1")),
                Name::Item(index) => names.push(index.to_string()),
            }
            next = self.entry(id).parent;
        }
        names.iter().rev().flat_map(|name| ["/", name]).collect()
    }

    /// Returns the node at a JSON Pointer; of members of one name the last.
    pub(super) fn find(&self, pointer: &str) -> Option<NodeId> {
        let mut id = (!self.entries.is_empty()).then_some(NodeId(0))?;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            id = match &self.entry(id).kind {
                Kind::Object { members, .. } => {
                    *members.iter().rev().find(|member| self.label(**member) == Label::Name(&token))?
                }
                Kind::Array(items) => *items.get(token.parse::<usize>().ok()?)?,
                Kind::Text(_) | Kind::Scalar => return None,
            };
        }
        Some(id)
    }

    /// Returns a closed node as JSON, and counts the nodes in it.
    pub(super) fn value(&self, id: NodeId, text: &str, steps: &mut u64) -> Value {
        *steps += 1;
        let entry = self.entry(id);
        match &entry.kind {
            Kind::Text(text) => Value::String(text.clone()),
            Kind::Scalar => scalar(text.get(entry.place.clone()).unwrap_or_default()),
            Kind::Object { members, .. } => {
                let mut map = Map::with_capacity(members.len());
                for member in members {
                    if let Name::Member(name) = &self.entry(*member).name {
                        map.insert(name.to_string(), self.value(*member, text, steps));
                    }
                }
                Value::Object(map)
            }
            Kind::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(*item, text, steps)).collect())
            }
        }
    }

    /// Returns a closed node as JSON without what is in its members or items.
    pub(super) fn shape(&self, id: NodeId, text: &str, steps: &mut u64) -> Value {
        match &self.entry(id).kind {
            Kind::Text(_) | Kind::Scalar => self.value(id, text, steps),
            Kind::Object { members, .. } => {
                *steps += members.len() as u64;
                let names = members.iter().filter_map(|member| match &self.entry(*member).name {
                    Name::Member(name) => Some((name.to_string(), Value::Null)),
                    Name::Root | Name::Item(_) => None,
                });
                Value::Object(names.collect())
            }
            Kind::Array(items) => {
                *steps += items.len() as u64;
                Value::Array(vec![Value::Null; items.len()])
            }
        }
    }
}

fn closed_scalar(raw: &str) -> ClosedValue<'_> {
    match raw {
        "true" => ClosedValue::Bool(true),
        "false" => ClosedValue::Bool(false),
        "null" => ClosedValue::Null,
        number => ClosedValue::Number(number),
    }
}

fn scalar(raw: &str) -> Value {
    match closed_scalar(raw) {
        ClosedValue::Bool(value) => Value::Bool(value),
        // The reader has seen that it is a number.
        ClosedValue::Number(raw) => raw.parse::<Number>().map_or(Value::Null, Value::Number),
        ClosedValue::Null | ClosedValue::Text(_) | ClosedValue::Object(_) | ClosedValue::Array(_) => {
            Value::Null
        }
    }
}
