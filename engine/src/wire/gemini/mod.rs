//! Maps Gemini `streamGenerateContent`: chunks of candidates, each a list of parts; the end of the body is the end.
//!
//! Protocols reference §5.1. Parts have no keys, so text of the same kind runs on until another kind comes. A
//! `finishReason` may come twice with text in between (code execution), so only the end of the body decides.

mod partial_args;
mod request;

pub(super) use request::request;

use super::blocks::Blocks;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::read_events::ReadEvents;
use super::stop::reason_after_calls;
use super::{
    BlockIndex, BlockKind, Citation, Deltas, Identity, Opaque, ProviderError, StopReason, ToolIdentity, Usage,
};
use crate::json::{Document, Value};
use partial_args::PartialArgs;

/// Gemini gives at most eight candidates; whatever claims a higher index shares the last place.
const CHOICE_LIMIT: usize = 16;

/// Maps the chunks of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<()>,
    choices: Vec<Choice>,
    /// Nearly every chunk repeats the running usage. The newest is kept here and read when it counts.
    usage: String,
    has_id: bool,
    has_model: bool,
    /// The prompt was refused, which is an end too.
    blocked: bool,
    end_state: EndState,
}

/// The state of one candidate.
#[derive(Debug, Default)]
struct Choice {
    /// The block that text is appended to.
    current: Option<BlockIndex>,
    /// The newest block, for what belongs to no part of its own.
    newest: Option<BlockIndex>,
    /// A call whose arguments arrive in pieces.
    call: Option<(BlockIndex, PartialArgs)>,
    called: bool,
    /// A finish reason was seen and no content since.
    finished: bool,
    /// Number of sources that were passed on; later chunks repeat the list.
    sources: usize,
}

impl ReadEvents for Mapper {
    /// Maps one chunk. Gemini names no events.
    fn map(&mut self, name: &str, chunk: Value<'_>, out: &mut Deltas) {
        if chunk.is_array() {
            // What comes without `alt=sse`, and errors of some endpoints.
            chunk.items().filter(|item| !item.is_array()).for_each(|item| self.map(name, item, out));
            return;
        }
        let before = out.len();
        let (mut known, mut finished) = (false, false);
        for (key, value) in chunk.members() {
            match key {
                "candidates" => {
                    known = true;
                    for candidate in value.items() {
                        finished |= self.candidate(candidate, out);
                    }
                }
                "usageMetadata" if value.is_object() => {
                    known = true;
                    self.usage.clear();
                    self.usage.push_str(value.raw());
                }
                "modelVersion" if !self.has_model => {
                    if let Some(model) = value.as_text() {
                        self.has_model = true;
                        out.identity(Identity { id: None, model: Some(model.decode().into_owned()) });
                    }
                }
                "responseId" if !self.has_id => {
                    if let Some(id) = value.as_text() {
                        self.has_id = true;
                        out.identity(Identity { id: Some(id.decode().into_owned()), model: None });
                    }
                }
                "promptFeedback" => {
                    known = true;
                    if let Some(word) = value.text("blockReason") {
                        self.blocked = true;
                        out.stop(StopReason::Filtered, &word.decode());
                        out.unknown("promptFeedback", value.raw());
                    }
                }
                "error" if value.is_truthy() => {
                    known = true;
                    self.end_state.fail(chunk, out);
                }
                _ => {}
            }
        }
        if finished {
            self.flush_usage(out);
        }
        if !known {
            self.end_state.unexplained(name, false, chunk, out);
        } else if out.len() == before {
            out.keep_alive();
        }
    }

    /// Takes a `[DONE]` sentinel: Gemini has none, and a proxy's proves nothing.
    fn done(&mut self, _out: &mut Deltas) {}

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    /// Maps a whole answer, not streamed: one chunk, or an array of them.
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        let is_answer = answer.get("candidates").is_some() || answer.get("promptFeedback").is_some();
        if !is_answer && !answer.is_array() && ProviderError::from_json(None, answer).is_some() {
            self.end_state.fail(answer, out);
        } else {
            self.map("", answer, out);
        }
    }

    /// Ends the body: the answer is whole if each candidate has finished or the prompt was blocked.
    fn finish(&mut self, out: &mut Deltas) {
        let is_whole = !self.choices.is_empty() && self.choices.iter().all(|choice| choice.finished);
        if !is_whole {
            self.blocks.drop_half_surrogates();
        }
        // Arguments that were cut stay open: closed brackets would say that they are whole.
        for at in 0..self.choices.len() {
            if is_whole {
                self.end_call(at, out);
            }
        }
        self.blocks.close_all(out);
        self.flush_usage(out);
        if is_whole || self.blocked {
            self.end_state.end(out);
        }
    }
}

impl Mapper {
    /// Maps one candidate; whether it named a finish reason.
    fn candidate(&mut self, candidate: Value<'_>, out: &mut Deltas) -> bool {
        let (mut at, mut content, mut reason) = (0, None, None);
        let mut rest = false;
        for (key, value) in candidate.members() {
            match key {
                "index" => at = value.as_u64().map_or(0, |index| index.min(CHOICE_LIMIT as u64 - 1) as usize),
                "content" => content = Some(value),
                "finishReason" => reason = value.as_text(),
                "groundingMetadata" | "citationMetadata" | "urlContextMetadata" => {
                    rest = true;
                }
                _ => {}
            }
        }
        while self.choices.len() <= at {
            self.choices.push(Choice::default());
        }
        for part in content.and_then(|content| content.get("parts")).into_iter().flat_map(|list| list.items())
        {
            self.part(at, part, out);
        }
        if rest {
            self.metadata(at, candidate, out);
        }
        let Some(word) = reason.filter(|word| !word.is_empty()) else { return false };
        self.end_call(at, out);
        self.choices[at].finished = true;
        if at == 0 {
            let word = word.decode();
            // The word stays `STOP` where tools are to be called.
            let reason = reason_after_calls(&word, self.choices[at].called);
            // A message beside `STOP` only says that there are calls.
            let is_good = matches!(reason, StopReason::Finished | StopReason::ToolCalls);
            let detail = if is_good { String::new() } else { candidate.string("finishMessage") };
            out.stop_because(reason, &word, detail);
        }
        true
    }

    fn part(&mut self, at: usize, part: Value<'_>, out: &mut Deltas) {
        let (mut text, mut data, mut signature) = (None, None, None);
        let mut kind = BlockKind::Text;
        for (key, value) in part.members() {
            match key {
                "text" => text = Some(value),
                "thought" if value.is_true() => kind = BlockKind::Reasoning,
                "thoughtSignature" => signature = value.as_text().filter(|text| !text.is_empty()),
                "thought" | "videoMetadata" | "partMetadata" | "mediaResolution" => {}
                _ => data = Some((key, value)),
            }
        }
        if let Some(text) = text.filter(|text| text.is_truthy()) {
            self.choices[at].finished = false;
            let block = match self.choices[at].current {
                Some(block) if self.blocks.kind(block) == kind => block,
                _ => self.open(at, kind, out),
            };
            self.blocks.append_value(block, text, out);
        }
        match data {
            None => {}
            Some(("functionCall", call)) => self.call(at, call, out),
            Some((
                "executableCode"
                | "codeExecutionResult"
                | "inlineData"
                | "fileData"
                | "functionResponse"
                | "toolCall"
                | "toolResponse",
                _,
            )) => {
                self.choices[at].finished = false;
                let block = self.open(at, BlockKind::Other, out);
                self.blocks.append_str(block, part.raw(), out);
                self.close(at, out);
            }
            Some((name, _)) => out.unknown(name, part.raw()),
        }
        if let Some(signature) = signature {
            // It may sit on an empty text part behind all others.
            let block = self.newest(at, out);
            out.opaque(Opaque { block, name: "thoughtSignature", value: signature.decode().into_owned() });
        }
    }

    /// Maps a call, which comes whole, or (Vertex) its arguments in pieces until one says no more `willContinue`.
    fn call(&mut self, at: usize, call: Value<'_>, out: &mut Deltas) {
        let name = call.string("name");
        let goes_on = call.get("willContinue").is_some_and(|value| value.is_true());
        self.choices[at].finished = false;
        if !name.is_empty() || self.choices[at].call.is_none() {
            self.end_call(at, out);
            let is_end_of_nothing = name.is_empty() && call.members().next().is_none();
            if is_end_of_nothing {
                return;
            }
            self.choices[at].called = true;
            let block = self.open(at, BlockKind::ToolCall, out);
            out.tool(ToolIdentity { block, id: call.string("id"), name, kind: "function".to_owned() });
            if let Some(args) = call.present("args") {
                self.blocks.append_value(block, args, out);
            }
            self.choices[at].call = Some((block, PartialArgs::default()));
        }
        if let Some((block, args)) = &mut self.choices[at].call {
            let mut json = String::new();
            for piece in call.get("partialArgs").into_iter().flat_map(|list| list.items()) {
                args.push(piece, &mut json);
            }
            if !json.is_empty() {
                self.blocks.append_str(*block, &json, out);
            }
        }
        if !goes_on {
            self.end_call(at, out);
        }
    }

    fn end_call(&mut self, at: usize, out: &mut Deltas) {
        if let Some((block, mut args)) = self.choices[at].call.take() {
            let mut json = String::new();
            args.finish(&mut json);
            if !json.is_empty() {
                self.blocks.append_str(block, &json, out);
            } else if !self.blocks.has_text(block) {
                self.blocks.append_str(block, "{}", out);
            }
            self.blocks.close(block, out);
            self.choices[at].current.take_if(|current| *current == block);
        }
    }

    fn open(&mut self, at: usize, kind: BlockKind, out: &mut Deltas) -> BlockIndex {
        self.close(at, out);
        let block = self.blocks.open((), kind, at as u32, out);
        self.choices[at].current = Some(block);
        self.choices[at].newest = Some(block);
        block
    }

    fn close(&mut self, at: usize, out: &mut Deltas) {
        if let Some(block) = self.choices[at].current.take() {
            self.blocks.close(block, out);
        }
    }

    fn newest(&mut self, at: usize, out: &mut Deltas) -> BlockIndex {
        match self.choices[at].newest {
            Some(block) => block,
            None => self.open(at, BlockKind::Text, out),
        }
    }

    /// Sources, and what explains the finish.
    fn metadata(&mut self, at: usize, candidate: Value<'_>, out: &mut Deltas) {
        if let Some(value) = candidate.get("urlContextMetadata").filter(Value::is_truthy) {
            out.unknown("urlContextMetadata", value.raw());
        }
        if let Some(grounding) = candidate.get("groundingMetadata") {
            if grounding.members().next().is_some() {
                // The queries, the supports and the search widget (a page's markup) stay raw.
                out.unknown("groundingMetadata", grounding.raw());
            }
            let chunks = grounding.get("groundingChunks").into_iter().flat_map(|list| list.items());
            for chunk in chunks.skip(self.choices[at].sources) {
                self.choices[at].sources += 1;
                let source = chunk.get("web").or_else(|| chunk.get("retrievedContext")).unwrap_or(chunk);
                self.cite(at, source, chunk, out);
            }
        }
        for name in ["citationSources", "citations"] {
            let list = candidate.get("citationMetadata").and_then(|metadata| metadata.get(name));
            for source in list.into_iter().flat_map(|list| list.items()) {
                self.cite(at, source, source, out);
            }
        }
    }

    fn cite(&mut self, at: usize, source: Value<'_>, record: Value<'_>, out: &mut Deltas) {
        let block = self.newest(at, out);
        out.citation(Citation {
            block,
            title: source.string("title"),
            url: source.string("uri"),
            quote: String::new(),
            raw: record.raw().to_owned(),
        });
    }

    fn flush_usage(&mut self, out: &mut Deltas) {
        let mut document = Document::default();
        if let Ok(usage) = document.parse(&self.usage) {
            let thoughts = usage.number("thoughtsTokenCount");
            // The candidates' count leaves the thoughts out.
            let output = [usage.number("candidatesTokenCount"), thoughts];
            // What its own tools brought is read like the prompt, and counted beside it.
            let input = [usage.number("promptTokenCount"), usage.number("toolUsePromptTokenCount")];
            out.usage(Usage {
                input: input.into_iter().flatten().reduce(u64::saturating_add),
                cached: usage.number("cachedContentTokenCount"),
                output: output.into_iter().flatten().reduce(u64::saturating_add),
                reasoning: thoughts,
                raw: self.usage.clone(),
            });
        }
        self.usage.clear();
    }
}
