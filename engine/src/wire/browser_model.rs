//! Maps what the browser's own model brings (the Prompt API of Chrome and Edge), and writes what it is asked.
//!
//! That API has calls and strings, no bytes. So that an answer is a body as all others are, the page writes a line of JSON for
//! each thing that it brings: a piece of text, the share of the model that is fetched, an error, the end. Chunks are what is
//! new, as the specification has it; browsers that gave the whole text so far each time are not supported.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::prompt::{Message, Prompt, Role, Spoken};
use super::read_events::ReadEvents;
use super::{BlockIndex, Deltas, ProviderError};
use crate::json::Value;
use serde::Serialize;

/// Options of `LanguageModel.create`, and beside them what the session is asked.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    initial_prompts: Vec<Spoken<'a>>,
    prompt: Asked<'a>,
}

/// What the session is asked: the question, or an answer that is to go on.
#[derive(Serialize)]
#[serde(untagged)]
enum Asked<'a> {
    Question(&'a str),
    GoOn([Begun<'a>; 1]),
}

/// An answer that is to go on.
#[derive(Serialize)]
struct Begun<'a> {
    #[serde(flatten)]
    spoken: Spoken<'a>,
    prefix: bool,
}

/// Returns no path, since there is no address, and the options with the question in them.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let mut said: Vec<&Message> = prompt.said().collect();
    let empty = Message { role: Role::User, text: String::new() };
    let last = said.pop().unwrap_or(&empty);
    let asked = match last.role {
        Role::User => Asked::Question(&last.text),
        Role::Assistant => Asked::GoOn([Begun { spoken: last.spoken(), prefix: true }]),
    };
    let system = prompt.instructions().map(Spoken::system);
    let request = Request {
        initial_prompts: system.into_iter().chain(said.into_iter().map(Message::spoken)).collect(),
        prompt: asked,
    };
    (String::new(), Body::new(&request))
}

/// A thing that the browser's model brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Line<'a> {
    /// A piece of the text.
    Text(&'a str),
    /// The share of the model that is fetched, in per cent.
    Fetched(u8),
    /// The answer is whole.
    Done(bool),
    /// It failed.
    Error {
        /// The kind, as the browser names it, or the state of the model.
        #[serde(rename = "type")]
        kind: &'a str,
        /// What the person is told.
        message: &'a str,
        /// The browser's own words.
        cause: &'a str,
    },
}

impl Line<'_> {
    /// Returns the line as it stands in the body.
    #[must_use]
    pub fn written(&self) -> String {
        let mut line = Body::new(self).into_text(None);
        line.push('\n');
        line
    }
}

/// Maps the lines of one answer.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<()>,
    block: Option<BlockIndex>,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, line: Value<'_>, out: &mut Deltas) {
        let before = out.len();
        let mut is_known = false;
        for (key, value) in line.members() {
            match key {
                "text" => self.text(value, out),
                "fetched" => {
                    if let Some(share) = line.number(key) {
                        out.progress(share, 100);
                    }
                }
                "done" if value.is_true() => {
                    self.blocks.close_all(out);
                    self.end_state.end(out);
                }
                "error" if value.is_truthy() => self.fail(value, out),
                _ => continue,
            }
            is_known = true;
        }
        if !is_known {
            self.end_state.unexplained(name, false, line, out);
        } else if out.len() == before {
            out.keep_alive();
        }
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn text(&mut self, text: Value<'_>, out: &mut Deltas) {
        if !text.is_truthy() {
            return;
        }
        let block = match self.block {
            Some(block) => block,
            None => self.blocks.open_in_chunks((), out),
        };
        self.block = Some(block);
        self.blocks.append_value(block, text, out);
    }

    /// Passes on an error; the browser's own words are for the details.
    fn fail(&mut self, error: Value<'_>, out: &mut Deltas) {
        let found = ProviderError::from_object(None, error, &error.string("cause"));
        self.end_state.error(found, out);
    }
}
