//! What a Realtime server knows: the session's options, the items in their order, the answer that runs.

use serde_json::{Value, json};
use std::collections::VecDeque;

/// One conversation, which lasts as long as its socket.
#[derive(Debug)]
pub(super) struct Conversation {
    /// The session as it is told to the client.
    pub(super) session: Value,
    pub(super) running: Option<Running>,
    items: Vec<Item>,
    ids: usize,
}

/// Something that was said.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: String,
    role: String,
    text: String,
}

/// An answer that is being said.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) response: String,
    pub(super) item: String,
    /// The item before it.
    pub(super) previous: Option<String>,
    pub(super) said: String,
    pub(super) said_words: usize,
    words: VecDeque<String>,
}

impl Item {
    /// Reads an item of the client's. `None` where the content is not of the role's kind.
    pub(super) fn read(id: String, item: &Value) -> Option<Self> {
        let role = item["role"].as_str()?;
        let kind = match role {
            "user" | "system" => "input_text",
            "assistant" => "output_text",
            _ => return None,
        };
        let text = |part: &Value| (part["type"] == kind).then(|| part["text"].as_str().map(str::to_owned))?;
        let texts = item["content"].as_array()?.iter().map(text).collect::<Option<Vec<_>>>()?;
        Some(Self { id, role: role.to_owned(), text: texts.concat() })
    }

    /// The item as it is told to the client.
    pub(super) fn shown(&self, status: &str) -> Value {
        let kind = if self.role == "assistant" { "output_text" } else { "input_text" };
        json!({
            "id": self.id, "object": "realtime.item", "type": "message", "status": status,
            "role": self.role, "content": [{ "type": kind, "text": self.text }],
        })
    }
}

impl Running {
    /// Takes the next word over into what is said.
    pub(super) fn next_word(&mut self) -> Option<String> {
        let word = self.words.pop_front()?;
        self.said.push_str(&word);
        self.said_words += 1;
        Some(word)
    }
}

impl Conversation {
    /// Begins a conversation with the model that the address names.
    pub(super) fn new(target: &str) -> Self {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let model = query.split('&').find_map(|pair| pair.strip_prefix("model=")).unwrap_or("lab-small");
        let session = json!({
            "type": "realtime", "object": "realtime.session", "id": "sess_lab", "model": model,
            "output_modalities": ["audio"], "instructions": "", "tools": [],
        });
        Self { session, running: None, items: Vec::new(), ids: 0 }
    }

    /// Returns an id that no other thing has.
    pub(super) fn new_id(&mut self, kind: &str) -> String {
        self.ids += 1;
        format!("{kind}_{}", self.ids)
    }

    /// Takes over the options that are named.
    pub(super) fn update_session(&mut self, options: &Value) {
        let (Some(session), Some(options)) = (self.session.as_object_mut(), options.as_object()) else {
            return;
        };
        session.extend(options.iter().map(|(name, value)| (name.clone(), value.clone())));
    }

    /// Adds an item behind the one of that id, else at the end. Returns the id of the one before; `None` where there is no
    /// such item.
    pub(super) fn insert(&mut self, item: Item, behind: Option<&str>) -> Option<Option<String>> {
        let at = match behind {
            None => self.items.len(),
            Some("root") => 0,
            Some(behind) => self.items.iter().position(|item| item.id == behind)? + 1,
        };
        let previous = at.checked_sub(1).and_then(|before| self.items.get(before));
        let previous = previous.map(|item| item.id.clone());
        self.items.insert(at, item);
        Some(previous)
    }

    /// Returns what the person said last.
    pub(super) fn newest_words(&self) -> &str {
        let newest = self.items.iter().rev().find(|item| item.role == "user");
        newest.map_or("nothing", |item| item.text.as_str())
    }

    /// Begins an answer: its item stands at the end from here on.
    pub(super) fn begin(&mut self, text: &str) -> Running {
        let (response, item) = (self.new_id("resp"), self.new_id("item"));
        let previous = self.items.last().map(|item| item.id.clone());
        self.items.push(Item { id: item.clone(), role: "assistant".to_owned(), text: String::new() });
        let words = text.split_inclusive(' ').map(str::to_owned).collect();
        Running { response, item, previous, said: String::new(), said_words: 0, words }
    }

    /// Keeps what an answer has said in its item.
    pub(super) fn keep(&mut self, running: &Running) {
        if let Some(item) = self.items.iter_mut().find(|item| item.id == running.item) {
            item.text.clone_from(&running.said);
        }
    }
}
