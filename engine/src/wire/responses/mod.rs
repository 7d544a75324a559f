//! Maps OpenAI Responses (protocols reference §2).
//!
//! An answer is a list of items, an item has parts, and events name both by position. Everything is said at least twice:
//! in deltas, in the `.done` of the part, in the `.done` of the item, and in the response at the end. The last word wins,
//! and a stream that has only the last word gives the same answer. `items.rs` reads what is said whole.

mod items;

use super::body::Body;
use super::delta_template::AppendFragment;
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::{Decimal, Deltas, Identity, Message, Prompt, ProviderError, Role, StopReason, Usage};
use crate::json::{Text, Value};
use items::{Address, Items, Part};
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: Vec<Input<'a>>,
    /// The conversation lives in the page: nothing is to be stored elsewhere.
    store: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Input<'a> {
    Question(Spoken<'a>),
    /// llama.cpp takes an earlier answer only in this long form.
    Answer {
        #[serde(rename = "type")]
        kind: &'static str,
        role: &'static str,
        content: [OutputText<'a>; 1],
    },
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "output_text")]
struct OutputText<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct StreamOptions {
    /// Random padding in each delta, a fifth of the stream's bytes.
    include_obfuscation: bool,
}

impl<'a> From<&'a Message> for Input<'a> {
    fn from(message: &'a Message) -> Input<'a> {
        match message.role {
            Role::User => Input::Question(message.spoken()),
            Role::Assistant => Input::Answer {
                kind: "message",
                role: "assistant",
                content: [OutputText { text: &message.text }],
            },
        }
    }
}

/// Returns the path behind the base URL, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let request = Request {
        model: &prompt.model,
        input: prompt.messages.iter().map(Input::from).collect(),
        store: false,
        instructions: prompt.instructions(),
        stream: prompt.streams(),
        stream_options: prompt.stream.then_some(StreamOptions { include_obfuscation: false }),
        temperature: prompt.temperature.as_ref(),
        max_output_tokens: prompt.max_tokens,
    };
    ("/responses".to_owned(), Body::new(&request))
}

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    items: Items,
    failed: bool,
    ended: bool,
}

/// The members of an event that mean something, in whatever order they came.
#[derive(Default)]
struct Fields<'a> {
    kind: Option<Text<'a>>,
    delta: Option<Value<'a>>,
    address: Address<'a>,
    content: u64,
    summary: u64,
    command: u64,
}

impl<'a> Fields<'a> {
    fn read(event: Value<'a>) -> Fields<'a> {
        let mut fields = Fields::default();
        for (key, value) in event.members() {
            match key {
                "type" => fields.kind = value.as_text(),
                "delta" => fields.delta = Some(value),
                "output_index" => fields.address.index = value.as_u64(),
                "item_id" => fields.address.id = value.as_text().filter(|id| !id.is_empty()),
                "content_index" => fields.content = value.as_u64().unwrap_or(0),
                "summary_index" => fields.summary = value.as_u64().unwrap_or(0),
                "command_index" => fields.command = value.as_u64().unwrap_or(0),
                _ => {}
            }
        }
        fields
    }
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let fields = Fields::read(event);
        let kind = fields.kind.and_then(|kind| kind.plain()).unwrap_or(name);
        // The type of a bare error is the error's own.
        let kind = if name == "error" { name } else { kind };
        match kind {
            "response.output_text.delta" => self.delta(Part::Text(fields.content), &fields, out),
            "response.refusal.delta" => self.delta(Part::Refusal(fields.content), &fields, out),
            "response.reasoning_summary_text.delta" => {
                self.delta(Part::Summary(fields.summary), &fields, out)
            }
            "response.reasoning_text.delta" => self.delta(Part::Thought(fields.content), &fields, out),
            "response.function_call_arguments.delta"
            | "response.custom_tool_call_input.delta"
            | "response.mcp_call_arguments.delta"
            | "response.code_interpreter_call_code.delta"
            | "response.apply_patch_call_operation_diff.delta" => self.delta(Part::Call(0), &fields, out),
            "response.shell_call_command.delta" => self.delta(Part::Call(fields.command), &fields, out),
            "response.audio.transcript.delta" | "response.output_audio_transcript.delta" => {
                self.delta(Part::Text(fields.content), &fields, out);
            }

            "response.output_text.done" => {
                self.state(Part::Text(fields.content), "text", &fields, event, out)
            }
            "response.refusal.done" => {
                self.state(Part::Refusal(fields.content), "refusal", &fields, event, out)
            }
            "response.reasoning_summary_text.done" => {
                self.state(Part::Summary(fields.summary), "text", &fields, event, out);
            }
            "response.reasoning_text.done" => {
                self.state(Part::Thought(fields.content), "text", &fields, event, out);
            }
            "response.function_call_arguments.done" | "response.mcp_call_arguments.done" => {
                self.state(Part::Call(0), "arguments", &fields, event, out);
            }
            "response.custom_tool_call_input.done" => self.state(Part::Call(0), "input", &fields, event, out),
            "response.code_interpreter_call_code.done" => {
                self.state(Part::Call(0), "code", &fields, event, out);
            }
            "response.shell_call_command.done" => {
                self.state(Part::Call(fields.command), "command", &fields, event, out);
            }
            "response.apply_patch_call_operation_diff.done" => {
                self.state(Part::Call(0), "diff", &fields, event, out);
            }

            "response.output_item.added" => {
                if let Some(item) = event.present("item") {
                    self.items.added(fields.address, item, out);
                }
            }
            "response.output_item.done" => {
                if let Some(item) = event.present("item") {
                    self.items.done(fields.address, item, out);
                }
            }
            "response.output_text.annotation.added" => {
                if let Some(annotation) = event.present("annotation") {
                    self.items.annotation(fields.address, fields.content, annotation, out);
                }
            }

            "response.created" | "response.queued" | "response.in_progress" => {
                if let Some(response) = event.present("response") {
                    identify(response, out);
                }
            }
            "response.completed"
            | "response.incomplete"
            | "response.failed"
            | "response.cancelled"
            | "response.done" => {
                let response = event.present("response").unwrap_or(event);
                let named = match kind {
                    "response.done" => "completed",
                    _ => kind.strip_prefix("response.").unwrap_or(kind),
                };
                // What the response says of itself is more than what the event is called, if it says that it is over.
                let status = response.string("status");
                let is_over = !matches!(status.as_str(), "" | "queued" | "in_progress");
                self.conclude(if is_over { &status } else { named }, response, out);
            }
            "error" | "response.error" => self.fail(event, out),

            // These only announce or repeat what other events bring. Progress of a tool and a first picture are signs of
            // life behind which a long silence may follow.
            "response.content_part.added"
            | "response.content_part.done"
            | "response.reasoning_summary_part.added"
            | "response.reasoning_summary_part.done"
            | "response.shell_call_command.added"
            | "response.shell_call_output_content.done"
            | "response.audio.transcript.done" => {}
            "ping" | "keepalive" => out.keep_alive(),
            _ if is_tool_progress(kind) => out.keep_alive(),
            // llama.cpp's errors have neither a type nor a name.
            _ if fields.kind.is_none() && ProviderError::from_json(None, event).is_some() => {
                self.fail(event, out);
            }
            _ => out.unknown(kind, event.raw()),
        }
    }

    /// Takes a `[DONE]` sentinel. Some proxies add one; what ends a response is its own event.
    fn done(&mut self, _out: &mut Deltas) {}

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        self.items.blocks()
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        let is_response =
            answer.present("output").is_some() || answer.text("object").is_some_and(|o| o == *"response");
        if is_response {
            let status = answer.string("status");
            self.conclude(if status.is_empty() { "completed" } else { &status }, answer, out);
        } else if ProviderError::from_json(None, answer).is_some() {
            self.fail(answer, out);
        } else {
            out.unknown("", answer.raw());
        }
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.items.close_cut(out);
    }
}

impl Mapper {
    fn delta(&mut self, part: Part, fields: &Fields<'_>, out: &mut Deltas) {
        let Some(delta) = fields.delta else { return };
        match delta.as_text() {
            Some(text) => self.items.append(fields.address, part, text, out),
            None if delta.is_null() => {}
            // Text it is not, but it is something the model said.
            None => self.items.append_raw(fields.address, part, delta.raw(), out),
        }
    }

    fn state(&mut self, part: Part, name: &str, fields: &Fields<'_>, event: Value<'_>, out: &mut Deltas) {
        if let Some(text) = event.text(name) {
            self.items.state(fields.address, part, text, out);
        }
    }

    fn fail(&mut self, event: Value<'_>, out: &mut Deltas) {
        if !std::mem::replace(&mut self.failed, true) {
            out.error(
                ProviderError::from_json(None, event)
                    .unwrap_or_else(|| ProviderError::from_object(None, event, event.raw())),
            );
        }
    }

    /// Ends the response; `word` is its last status.
    fn conclude(&mut self, word: &str, response: Value<'_>, out: &mut Deltas) {
        identify(response, out);
        self.items.reconcile(response, out);
        self.items.close_all(out);
        if let Some(usage) = response.present("usage").filter(Value::is_object) {
            out.usage(read_usage(usage));
        }
        let reason = response.get("incomplete_details").map(|details| details.string("reason"));
        let reason = reason.unwrap_or_default();
        match word {
            "completed" if self.items.wants_tools() => out.stop(StopReason::ToolCalls, word),
            "completed" => out.stop(StopReason::Finished, word),
            "incomplete" => {
                let word = if reason.is_empty() { word } else { &reason };
                out.stop(super::stop::reason(word), word);
            }
            _ => out.stop(super::stop::reason(word), word),
        }
        if response.get("error").is_some_and(|error| error.is_truthy()) || word == "failed" {
            self.fail(response, out);
        }
        // A background response that is still running is not at its end.
        if !matches!(word, "queued" | "in_progress") && !std::mem::replace(&mut self.ended, true) {
            out.end();
        }
    }
}

/// Returns whether an event says that a tool of the provider is at work: `response.web_search_call.searching` and its
/// like.
fn is_tool_progress(kind: &str) -> bool {
    let Some((stem, phase)) = kind.strip_prefix("response.").and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let is_phase = matches!(
        phase,
        "in_progress"
            | "searching"
            | "interpreting"
            | "generating"
            | "calling"
            | "completed"
            | "failed"
            | "compacting"
    );
    let is_tool = stem.ends_with("_call") || stem == "mcp_list_tools" || stem == "compaction";
    (is_tool && is_phase)
        || kind == "response.image_generation_call.partial_image"
        || kind == "response.shell_call_output_content.delta"
}

fn identify(response: Value<'_>, out: &mut Deltas) {
    let named = |name| Some(response.string(name)).filter(|text| !text.is_empty());
    let identity = Identity { id: named("id"), model: named("model") };
    if identity != Identity::default() {
        out.identity(identity);
    }
}

fn read_usage(usage: Value<'_>) -> Usage {
    let inner = |object: &str, name: &str| usage.get(object).and_then(|details| details.number(name));
    Usage {
        input: usage.number("input_tokens"),
        cached: inner("input_tokens_details", "cached_tokens"),
        output: usage.number("output_tokens"),
        reasoning: inner("output_tokens_details", "reasoning_tokens"),
        raw: usage.raw().to_owned(),
    }
}
