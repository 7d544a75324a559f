//! Makes a tree of records of the messages of one imported conversation.

use super::jsonl::{Timings, ToolCall, with_texts};
use crate::archive::{
    BlockRecord, BranchRecord, ConversationRecord, LANES, LaneRecord, TITLE_LIMIT, ToolRecord, TurnRecord,
    UsageRecord, own_title, restore, title_of,
};
use crate::messages::archive as words;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

/// A conversation with its turns, ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The conversation, under an id of its own.
    pub record: ConversationRecord,
    /// Its turns.
    pub turns: Vec<TurnRecord>,
    /// The id that it has in the file.
    pub source_id: String,
}

/// What was left out or mended, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Losses {
    pub(super) tool_results: usize,
    pub(super) attachments: usize,
    pub(super) systems: usize,
    pub(super) mended: usize,
}

/// The conversation's own members, as in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Conv {
    id: Value,
    name: Value,
    #[serde(rename = "lastModified")]
    last_modified: Value,
    #[serde(rename = "currNode")]
    curr_node: Value,
    pinned: Value,
    #[serde(rename = "forkedFromConversationId")]
    forked_from: Value,
    tokenfall: Option<ConversationRecord>,
}

/// A message, as in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct FileMessage {
    id: Value,
    #[serde(rename = "type")]
    kind: Value,
    timestamp: Value,
    role: String,
    content: Option<String>,
    parent: Value,
    thinking: Option<String>,
    reasoning_content: Option<String>,
    tool_calls: Value,
    extra: Vec<Value>,
    timings: Option<Timings>,
    model: Option<String>,
    tokenfall: Option<TurnRecord>,
}

/// A conversation that is being read.
#[derive(Debug, Default)]
pub(super) struct Session {
    conv: Conv,
    /// All messages in the order of the file; those that are no turns hold the tree together.
    nodes: Vec<Node>,
    ids: HashMap<String, usize>,
    system: Option<String>,
    pub(super) losses: Losses,
}

#[derive(Debug)]
struct Node {
    parent: Option<String>,
    turn: Option<Box<TurnRecord>>,
}

impl Session {
    pub(super) fn new(conv: Conv) -> Session {
        Session { conv, ..Session::default() }
    }

    /// Takes the next message.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn push(&mut self, message: FileMessage) -> Result<(), String> {
        let id = id_of(&message.id)?;
        let parent = id_of(&message.parent)?;
        let texts = message.extra.iter().filter(|extra| extra["content"].is_string()).count();
        self.losses.attachments += message.extra.len() - texts;
        let turn = match message.role.as_str() {
            _ if message.kind == "root" => None,
            "user" | "assistant" => Some(Box::new(turn_of(message))),
            "system" => {
                let text = message.content.unwrap_or_default();
                match &self.system {
                    Some(_) if !text.is_empty() => self.losses.systems += 1,
                    Some(_) | None => self.system = Some(text),
                }
                None
            }
            "tool" => {
                self.losses.tool_results += 1;
                None
            }
            "" => return Err(words::NO_ROLE.to_owned()),
            other => return Err(words::unknown_role(other)),
        };
        let place = self.nodes.len();
        self.nodes.push(Node { parent, turn });
        match id {
            // Of several messages with one id the first is meant where it is named.
            Some(id) if !self.ids.contains_key(&id) => {
                self.ids.insert(id, place);
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// Number of turns.
    pub(super) fn len(&self) -> usize {
        self.nodes.iter().filter(|node| node.turn.is_some()).count()
    }

    /// Returns the time of its first message and that of its last change, as far as the file names them.
    pub(super) fn times(&self) -> Option<(u64, u64)> {
        let turns = self.nodes.iter().filter_map(|node| node.turn.as_ref());
        let said = turns.map(|turn| turn.created).filter(|time| *time > 0);
        let all = said.chain(time_of(&self.conv.last_modified)).map(|time| (time, time));
        all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// Returns the id that it has in the file.
    pub(super) fn source_id(&self) -> String {
        id_of(&self.conv.id).ok().flatten().unwrap_or_default()
    }

    /// Returns its title, and whether the person chose it.
    pub(super) fn title(&self) -> (String, bool) {
        let turns = self.nodes.iter().filter_map(|node| node.turn.as_deref());
        let question = turns.into_iter().find(|turn| turn.role == "user").map(TurnRecord::words);
        let question = question.unwrap_or_default();
        let named = self.conv.name.as_str().and_then(own_title);
        match (named, &self.conv.tokenfall) {
            (Some(named), Some(record)) => (named, record.has_own_title),
            // llama.cpp takes the first question whole.
            (Some(named), None) if named.chars().count() <= TITLE_LIMIT => {
                let is_made = question.trim_start().starts_with(&named);
                (named, !is_made)
            }
            (Some(_), None) | (None, _) => (title_of(&question), false),
        }
    }

    /// Ties each message to the turn before it. To be called once, when all are here.
    pub(super) fn tie(&mut self) -> Tree {
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.iter().enumerate() {
            let named = node.parent.as_ref().map(|parent| self.ids.get(parent).copied());
            parents.push(match named {
                Some(Some(parent)) => Some(parent),
                Some(None) => {
                    self.losses.mended += usize::from(node.turn.is_some());
                    at.checked_sub(1)
                }
                None => None,
            });
        }
        self.losses.mended += cut_circles(&mut parents);
        Tree { parents, numbers: vec![None; self.nodes.len()] }
    }

    /// Makes records of it.
    pub(super) fn into_records(mut self, mut tree: Tree, id: &str, now: u64) -> Imported {
        let (title, has_own_title) = self.title();
        let source_id = self.source_id();
        let mut next = 0;
        for at in 0..self.nodes.len() {
            tree.number(at, &self.nodes, &mut next);
        }
        let head = id_of(&self.conv.curr_node).ok().flatten();
        let head = head.and_then(|head| self.ids.get(&head)).and_then(|at| tree.turn_at(Some(*at)));
        // The numbers of our own file, which deletions may have left gaps in.
        let mut moved: HashMap<u32, u32> = HashMap::new();
        let mut turns: Vec<TurnRecord> = Vec::new();
        for (at, node) in self.nodes.into_iter().enumerate() {
            let (Some(turn), Some(number)) = (node.turn, tree.turn_at(Some(at))) else { continue };
            let parent = tree.turn_at(tree.parents[at]);
            moved.entry(turn.turn).or_insert(number);
            turns.push(TurnRecord {
                conversation: id.to_owned(),
                turn: number,
                parent,
                deleted: None,
                ..*turn
            });
        }
        turns.sort_by_key(|turn| turn.turn);
        let known = self.conv.tokenfall.take();
        let times = turns.iter().map(|turn| turn.created).filter(|time| *time > 0);
        let first = times.clone().min();
        let changed = time_of(&self.conv.last_modified).or(times.max()).unwrap_or(now);
        let branch = |branch: &BranchRecord| {
            let parent = match branch.parent {
                Some(parent) => Some(*moved.get(&parent)?),
                None => None,
            };
            Some(BranchRecord { parent, child: *moved.get(&branch.child)? })
        };
        let lane =
            |lane: &LaneRecord| Some(LaneRecord { turn: *moved.get(&lane.turn)?, name: lane.name.clone() });
        let race = known.iter().flat_map(|known| &known.race).filter_map(lane).take(LANES).collect();
        let branches = known.iter().flat_map(|known| &known.branches).filter_map(branch).collect();
        let mut record = ConversationRecord {
            id: id.to_owned(),
            title,
            has_own_title,
            created: known.as_ref().map(|known| known.created).or(first).unwrap_or(now),
            changed,
            pinned: self.conv.pinned == true,
            head,
            branches,
            has_no_system: known.as_ref().is_some_and(|known| known.has_no_system && self.system.is_none()),
            system: self.system.unwrap_or_default(),
            model: known.as_ref().map(|known| known.model.clone()).unwrap_or_default(),
            forked_from: self.conv.forked_from.as_str().map(str::to_owned),
            race,
            ..ConversationRecord::default()
        };
        record.update(&restore(&record, turns.clone()).conversation);
        Imported { record, turns, source_id }
    }
}

/// Where each message stands.
#[derive(Debug)]
pub(super) struct Tree {
    parents: Vec<Option<usize>>,
    /// The number of each message that is a turn, of the others that of the turn before them; outer `None` for one that was
    /// not met yet.
    numbers: Vec<Option<Option<u32>>>,
}

impl Tree {
    /// Numbers a turn, behind those before it on its line.
    fn number(&mut self, at: usize, nodes: &[Node], next: &mut u32) {
        let mut line = Vec::new();
        let mut open = Some(at);
        while let Some(place) = open.filter(|place| self.numbers[*place].is_none()) {
            line.push(place);
            open = self.parents[place];
        }
        for place in line.into_iter().rev() {
            let number = if nodes[place].turn.is_some() {
                *next += 1;
                Some(*next - 1)
            } else {
                self.turn_at(self.parents[place])
            };
            self.numbers[place] = Some(number);
        }
    }

    /// Returns the number of the turn at a place, or of the nearest one before it.
    fn turn_at(&self, at: Option<usize>) -> Option<u32> {
        self.numbers[at?].flatten()
    }
}

/// Takes the parent from the first message of each circle, and returns their number.
fn cut_circles(parents: &mut [Option<usize>]) -> usize {
    // The walk in which each message was met.
    let mut met: Vec<Option<usize>> = vec![None; parents.len()];
    let mut cut = 0;
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(place) = at.filter(|place| met[*place].is_none()) {
            met[place] = Some(start);
            at = parents[place];
        }
        if let Some(place) = at.filter(|place| met[*place] == Some(start)) {
            let mut first = place;
            let mut around = parents[place];
            while let Some(next) = around.filter(|next| *next != place) {
                first = first.min(next);
                around = parents[next];
            }
            parents[first] = None;
            cut += 1;
        }
    }
    cut
}

fn turn_of(message: FileMessage) -> TurnRecord {
    let mut content = message.content.unwrap_or_default();
    let reasoning = message.reasoning_content.or(message.thinking).unwrap_or_default();
    if let Some(mut record) = message.tokenfall {
        with_texts(&mut record, &content, &reasoning);
        return TurnRecord { role: message.role, ..record };
    }
    // Texts that were attached are sent as a part of the question there too.
    for extra in &message.extra {
        if let Some(text) = extra["content"].as_str() {
            content.push_str(&words::attached(extra["name"].as_str().unwrap_or_default(), text));
        }
    }
    let block = |kind: &str, text: String| BlockRecord {
        kind: kind.to_owned(),
        text,
        closed: true,
        ..BlockRecord::default()
    };
    let mut blocks = Vec::new();
    if !reasoning.is_empty() {
        blocks.push(block("reasoning", reasoning));
    }
    if !content.is_empty() || message.role == "user" {
        blocks.push(block("text", content));
    }
    for call in calls_of(&message.tool_calls) {
        let tool = ToolRecord { id: call.id, name: call.function.name, kind: call.kind };
        blocks.push(BlockRecord { tool: Some(tool), ..block("tool-call", call.function.arguments) });
    }
    let count = |count: Option<f64>| count.filter(|count| *count >= 0.0).map(|count| count as u64);
    let usage = message.timings.map(|timings| {
        let cached = count(timings.cache_n);
        let input = count(timings.prompt_n).map(|prompt| prompt.saturating_add(cached.unwrap_or_default()));
        UsageRecord { input, cached, output: count(timings.predicted_n), ..UsageRecord::default() }
    });
    TurnRecord {
        role: message.role,
        state: "complete".to_owned(),
        ended: true,
        blocks,
        usage,
        answered_by: message.model,
        created: time_of(&message.timestamp).unwrap_or_default(),
        ..TurnRecord::default()
    }
}

/// Reads calls of tools, which are a list or, in older files, a text that holds one.
fn calls_of(value: &Value) -> Vec<ToolCall> {
    let list = match value.as_str() {
        Some(text) => serde_json::from_str(text).unwrap_or_default(),
        None => value.clone(),
    };
    let calls = list.as_array().into_iter().flatten();
    calls.filter_map(|call| serde_json::from_value(call.clone()).ok()).collect()
}

fn id_of(value: &Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(words::NO_ID.to_owned()),
    }
}

fn time_of(value: &Value) -> Option<u64> {
    let time = value.as_f64().filter(|time| (1.0..=8.64e15).contains(time))?;
    Some(time as u64)
}
