//! Maps a body that is the answer's text and nothing else, and writes the request that most such servers take.
//!
//! Plain text has no end marker: the end of the answer is as certain as the transport's word that the body is complete.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::{BlockIndex, Decimal, Deltas, Prompt};
use crate::json::Value;
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    model: &'a str,
    messages: Vec<Spoken<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
}

/// Returns no path, since the address is the whole one, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let request = Request {
        model: &prompt.model,
        messages: prompt.spoken(),
        stream: prompt.stream,
        temperature: prompt.temperature.as_ref(),
        max_tokens: prompt.max_tokens,
    };
    (String::new(), Body::new(&request))
}

/// Maps the pieces of one body.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<()>,
    block: Option<BlockIndex>,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    /// Takes every piece as it stands.
    fn raw(&mut self, _name: &str, data: &str, out: &mut Deltas) -> bool {
        let block = match self.block {
            Some(block) => block,
            None => self.blocks.open_in_chunks((), out),
        };
        self.block = Some(block);
        self.blocks.append_str(block, data, out);
        true
    }

    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        self.raw(name, event.raw(), out);
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        self.raw("", answer.raw(), out);
    }

    fn closed(&mut self, out: &mut Deltas) {
        self.blocks.close_all(out);
        self.end_state.end(out);
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}
