//! Maps OpenAI Chat Completions, and the many servers that copy it (protocols reference §3).
//!
//! A chunk holds choices, a choice holds a delta, and a delta holds the next piece of whatever grows. All dialects are
//! read by the same rules (§3.2): what one server calls `reasoning` another calls `reasoning_content`, text may come as
//! a list of parts, and the end may lack its `[DONE]`. Nothing here asks which server it is.

mod calls;
pub(super) mod control;
mod key;
mod speech;
mod usage;

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::stop::reason;
use super::{BlockKind, Decimal, Deltas, Identity, Prompt, ProviderError, StopReason};
use crate::json::{Text, Value};
use calls::Calls;
use key::Key;
use serde::Serialize;

/// OpenAI's own limit for `n`. Choices beyond it are passed on unread.
const CHOICE_LIMIT: u64 = 128;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: Vec<Spoken<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
    /// Options that make most servers count tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    /// OpenAI's newer name, `max_completion_tokens`, is unknown to most of the servers that copy this protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    /// llama.cpp's own: counts with each token.
    #[serde(skip_serializing_if = "Option::is_none")]
    timings_per_token: Option<bool>,
    /// llama.cpp's own: how much of the prompt was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_progress: Option<bool>,
    /// llama.cpp's own: the reasoning can be ended while it streams (`control`).
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_control: Option<bool>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

/// Returns the path behind the base URL, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let request = Request {
        model: &prompt.model,
        messages: prompt.spoken(),
        stream: prompt.streams(),
        stream_options: prompt.stream.then_some(StreamOptions { include_usage: true }),
        temperature: prompt.temperature.as_ref(),
        max_tokens: prompt.max_tokens,
        timings_per_token: prompt.counts.then_some(true),
        return_progress: prompt.counts.then_some(true),
        reasoning_control: prompt.counts.then_some(true),
    };
    ("/chat/completions".to_owned(), Body::new(&request))
}

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    calls: Calls,
    /// The choices by index, at most [`CHOICE_LIMIT`].
    choices: Vec<Choice>,
    id: String,
    model: String,
    /// Number of sources that were passed on of a list that is repeated in each chunk.
    cited: usize,
    has_usage: bool,
    /// The reason for which the answer that is shown stopped, as it was last told.
    stop: Option<StopReason>,
    /// The stop that says that the server failed. It counts at the end, since the error itself may come behind it.
    broke: Option<String>,
    failed: bool,
    ended: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Choice {
    seen: bool,
    /// A delta has brought something; a full `message` behind it is a repetition.
    spoke: bool,
    finished: bool,
    /// Under which name its reasoning comes.
    voice: Option<&'static str>,
    /// Whether its sound has come in words.
    transcribed: bool,
}

/// The members of a chunk that mean something.
#[derive(Default)]
struct Chunk<'a> {
    choices: Option<Value<'a>>,
    id: Option<Text<'a>>,
    model: Option<Text<'a>>,
    usage: Option<Value<'a>>,
    timings: Option<Value<'a>>,
    groq: Option<Value<'a>>,
    progress: Option<Value<'a>>,
    sources: Option<Value<'a>>,
    error: Option<Value<'a>>,
    /// Whether it has a member that some servers hide an error in, beside empty or null choices.
    may_hide: bool,
}

impl<'a> Chunk<'a> {
    fn read(event: Value<'a>) -> Chunk<'a> {
        let mut chunk = Chunk::default();
        for (key, value) in event.members().filter(|(_, value)| !value.is_null()) {
            match key {
                "choices" => chunk.choices = Some(value),
                "id" => chunk.id = value.as_text(),
                "model" => chunk.model = value.as_text(),
                "usage" => chunk.usage = Some(value),
                "timings" => chunk.timings = Some(value),
                "x_groq" => chunk.groq = Some(value),
                "prompt_progress" => chunk.progress = Some(value),
                // Perplexity sends both; the results have titles.
                "search_results" => chunk.sources = Some(value),
                "citations" => chunk.sources = chunk.sources.or(Some(value)),
                "error" => chunk.error = Some(value),
                "base_resp" | "status_msg" | "error_msg" | "msg" | "code" | "error_code" => {
                    chunk.may_hide = true
                }
                _ => {}
            }
        }
        chunk
    }
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        if self.ended {
            return;
        }
        let before = out.len();
        let chunk = Chunk::read(event);
        self.identify(&chunk, out);
        let mut usage = chunk.usage;
        if let Some(choices) = chunk.choices {
            let single = choices.is_object().then_some(choices);
            for choice in choices.items().chain(single) {
                let inner = self.choice(choice, false, out);
                usage = usage.or(inner);
            }
        }
        self.count(usage, &chunk, out);
        if let Some(progress) = chunk.progress {
            let number = |name| progress.number(name).unwrap_or(0);
            out.progress(number("processed"), number("total"));
        }
        if let Some(sources) = chunk.sources {
            self.sources(sources, out);
        }
        // A gateway may put an error beside content, or an empty one beside a good answer.
        let groq_error = chunk.groq.and_then(|groq| groq.get("error")).filter(Value::is_truthy);
        if chunk.error.is_some_and(|error| error.is_truthy()) || name == "error" {
            self.fail(event, out);
        } else if groq_error.is_some() {
            self.fail(chunk.groq.unwrap_or(event), out);
        } else if chunk.may_hide && ProviderError::hidden_in(event).is_some() {
            self.fail(event, out);
        }
        if out.len() == before && !self.failed {
            let is_ping = name == "ping" || event.text("type").is_some_and(|kind| kind == *"ping");
            // An error may stand beside `choices: null`, which says nothing by itself.
            if chunk.choices.is_some() || chunk.usage.is_some() || chunk.groq.is_some() || is_ping {
                out.keep_alive();
            } else if ProviderError::from_json(None, event).is_some() {
                self.fail(event, out);
            } else if event.get("choices").is_some() {
                out.keep_alive();
            } else {
                out.unknown(name, event.raw());
            }
        }
    }

    fn done(&mut self, out: &mut Deltas) {
        if self.ended {
            return;
        }
        self.blocks.close_all(out);
        // Snowflake never says why it stopped; the sentinel alone means that it had finished.
        if self.stop.is_none() && !self.failed && self.choices.iter().any(|choice| choice.seen) {
            let reason = if self.calls.is_empty() { StopReason::Finished } else { StopReason::ToolCalls };
            out.stop(reason, "");
        }
        self.end(out);
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        let chunk = Chunk::read(answer);
        self.identify(&chunk, out);
        let mut any = false;
        for choice in chunk.choices.into_iter().flat_map(|choices| choices.items()) {
            any = true;
            self.choice(choice, true, out);
        }
        self.count(chunk.usage, &chunk, out);
        if let Some(sources) = chunk.sources {
            self.sources(sources, out);
        }
        if chunk.error.is_some_and(|error| error.is_truthy())
            || (chunk.may_hide && ProviderError::hidden_in(answer).is_some())
            || (!any && ProviderError::from_json(None, answer).is_some())
        {
            self.fail(answer, out);
        } else if !any {
            out.unknown("", answer.raw());
        }
        self.blocks.close_all(out);
        if any {
            self.end(out);
        }
    }

    /// Ends the body. Several servers leave the sentinel out: the answer is whole if every choice said why it stopped.
    fn finish(&mut self, out: &mut Deltas) {
        let mut seen = self.choices.iter().filter(|choice| choice.seen).peekable();
        let is_whole = !self.failed && seen.peek().is_some() && seen.all(|choice| choice.finished);
        if is_whole {
            self.blocks.close_all(out);
            self.end(out);
        } else {
            self.blocks.close_cut(out);
        }
    }
}

impl Mapper {
    /// Ends the answer, after an error too: nothing more will come, and the turn knows that it failed.
    fn end(&mut self, out: &mut Deltas) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        if let Some(word) = self.broke.take().filter(|_| !self.failed) {
            out.error(ProviderError::new(None, &word, "", "", ""));
        }
        out.end();
    }

    fn fail(&mut self, event: Value<'_>, out: &mut Deltas) {
        if !std::mem::replace(&mut self.failed, true) {
            out.error(
                ProviderError::from_json(None, event)
                    .unwrap_or_else(|| ProviderError::from_object(None, event, event.raw())),
            );
        }
    }

    /// Maps the id and the model, which stand in every chunk, are empty in some (Azure), and may change on the way
    /// (routers).
    fn identify(&mut self, chunk: &Chunk<'_>, out: &mut Deltas) {
        let id = chunk.id.filter(|id| !id.is_empty() && *id != *self.id);
        let model = chunk.model.filter(|model| !model.is_empty() && *model != *self.model);
        if id.is_some() || model.is_some() {
            let id = id.map(|id| id.decode().into_owned());
            let model = model.map(|model| model.decode().into_owned());
            self.id = id.clone().unwrap_or_else(|| std::mem::take(&mut self.id));
            self.model = model.clone().unwrap_or_else(|| std::mem::take(&mut self.model));
            out.identity(Identity { id, model });
        }
    }

    /// Gives back a `usage` that stands inside the choice, as older Moonshot servers have it.
    fn choice<'a>(&mut self, choice: Value<'a>, whole: bool, out: &mut Deltas) -> Option<Value<'a>> {
        let before = out.len();
        let (mut index, mut delta, mut message, mut text) = (0, None, None, None);
        let (mut finish, mut error, mut usage) = (None, None, None);
        for (key, value) in choice.members().filter(|(_, value)| !value.is_null()) {
            match key {
                "index" => index = value.as_u64().unwrap_or(0),
                "delta" => delta = Some(value),
                "message" => message = Some(value),
                "text" => text = value.as_text(),
                "finish_reason" => finish = value.as_text().filter(|word| !word.is_empty()),
                "error" => error = Some(value).filter(Value::is_truthy),
                "usage" => usage = Some(value),
                _ => {}
            }
        }
        if index >= CHOICE_LIMIT {
            out.unknown("choice", choice.raw());
            return usage;
        }
        let at = index as usize;
        if self.choices.len() <= at {
            self.choices.resize(at + 1, Choice::default());
        }
        self.choices[at].seen = true;
        let index = index as u32;
        if let Some(delta) = delta {
            self.delta(index, delta, out);
        }
        // A message is cumulative (Perplexity sends one with each delta), so it is read only where it is the last word
        // and nothing else was.
        if let Some(message) = message
            && (whole || finish.is_some())
            && !self.choices[at].spoke
        {
            self.delta(index, message, out);
        }
        if let Some(text) = text {
            self.say(BlockKind::Text, index, text, out);
        }
        if let Some(word) = finish {
            let word = word.decode();
            self.choices[at].finished = true;
            let reason = reason(&word);
            // Some say `stop` once more behind another word, with nothing new: it takes nothing back.
            let is_echo = reason == StopReason::Finished && self.stop.is_some() && out.len() == before;
            // Of several answers the first is shown, and it is the one whose stop counts.
            let is_shown = index == 0 || self.choices.iter().filter(|choice| choice.seen).count() == 1;
            if is_shown && !is_echo {
                self.stop = Some(reason);
                self.broke = (reason == StopReason::Failed).then(|| word.clone().into_owned());
                out.stop(reason, &word);
            }
        }
        if error.is_some() {
            self.fail(choice, out);
        }
        usage
    }

    /// Maps token counts, from the first place that has any.
    fn count(&mut self, usage: Option<Value<'_>>, chunk: &Chunk<'_>, out: &mut Deltas) {
        let usage = usage.or_else(|| chunk.groq.and_then(|groq| groq.present("usage")));
        if let Some(usage) = usage.filter(|usage| usage.members().next().is_some()) {
            self.has_usage = true;
            out.usage(usage::read(usage));
        } else if let Some(timings) = chunk.timings
            && !self.has_usage
        {
            out.usage(usage::from_timings(timings));
        }
    }
}
