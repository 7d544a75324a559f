//! Maps the deltas of a message: text, reasoning, refusals, sources, and blocks that are sent whole.

use super::Mapper;
use super::key::Key;
use crate::json::{Text, Value};
use crate::wire::names::{REASONING, holds_text};
use crate::wire::{BlockKind, Citation, Deltas, Opaque};

impl Mapper {
    /// Maps the next piece of whatever grows.
    pub(super) fn delta(&mut self, choice: u32, delta: Value<'_>, out: &mut Deltas) {
        let (mut content, mut list, mut refusal, mut calls) = (None, None, None, None);
        let (mut reasoning, mut details) = ([None; REASONING.len()], None);
        for (key, value) in delta.members().filter(|(_, value)| !value.is_null()) {
            match key {
                "content" => content = Some(value),
                "content_list" => list = Some(value),
                "refusal" => refusal = value.as_text(),
                "tool_calls" => calls = Some(value),
                "function_call" => self.calls.legacy(choice, value, &mut self.blocks, out),
                "reasoning_details" => details = Some(value),
                "reasoning_encrypted" => self.opaque("reasoning_encrypted", choice, value, out),
                "annotations" => {
                    for annotation in value.items() {
                        self.annotation(choice, annotation, out);
                    }
                }
                "images" | "executed_tools" => {
                    for item in value.items() {
                        let block = self.blocks.open(Key::Whole, BlockKind::Other, choice, out);
                        self.blocks.append_str(block, item.raw(), out);
                        self.blocks.close(block, out);
                    }
                }
                "audio" if value.is_truthy() => self.audio(choice, value, out),
                name => match REASONING.iter().position(|known| *known == name) {
                    // `thought: true` says of the content what it is.
                    Some(_) if value.as_bool().is_some() => {}
                    Some(place) => reasoning[place] = Some(value),
                    None if holds_text(name, value) => out.unknown(name, value.raw()),
                    None => {}
                },
            }
        }
        self.reason(choice, reasoning, details, out);
        let is_empty = |value: &Value<'_>| value.as_text().is_some_and(|text| text.is_empty());
        if let Some(content) = content.filter(|value| !is_empty(value)).or(list) {
            self.content(BlockKind::Text, choice, content, out);
        }
        if let Some(refusal) = refusal {
            self.say(BlockKind::Refusal, choice, refusal, out);
        }
        if let Some(calls) = calls {
            let single = calls.is_object().then_some(calls);
            for call in calls.items().chain(single) {
                self.spoke(choice);
                self.calls.fragment(choice, call, &mut self.blocks, out);
            }
        }
    }

    /// Maps reasoning under any of its names. Where several repeat the same text it is said once; what they have of
    /// their own is said too.
    fn reason(
        &mut self,
        choice: u32,
        named: [Option<Value<'_>>; REASONING.len()],
        details: Option<Value<'_>>,
        out: &mut Deltas,
    ) {
        let is_compared = named.iter().flatten().count() > 1;
        let mut first: Option<Value<'_>> = None;
        for (name, value) in REASONING.iter().zip(named) {
            let Some(value) = value.filter(|value| value.is_truthy() && !is_bare(*value)) else { continue };
            match first {
                None => first = Some(value),
                Some(first) if first.raw() == value.raw() => continue,
                Some(_) => {}
            }
            self.voice(choice, name);
            self.content(BlockKind::Reasoning, choice, value, out);
        }
        if is_compared {
            self.blocks.spoil();
        }
        let Some(details) = details else { return };
        self.opaque("reasoning_details", choice, details, out);
        let single = details.is_object().then_some(details);
        for detail in details.items().chain(single) {
            let text = detail.text("text").or_else(|| detail.text("summary")).filter(|text| !text.is_empty());
            // Beside reasoning by another name it is that, said in another form.
            if let Some(text) = text
                && self.voice(choice, "reasoning_details") == Some("reasoning_details")
            {
                self.say(BlockKind::Reasoning, choice, text, out);
            }
        }
    }

    /// Returns the name under which a choice's reasoning came first, which is this one if none came before.
    fn voice(&mut self, choice: u32, name: &'static str) -> Option<&'static str> {
        let choice = self.choices.get_mut(choice as usize)?;
        Some(choice.voice.get_or_insert(name))
    }

    /// Maps sound, of which only the words are shown.
    fn audio(&mut self, choice: u32, audio: Value<'_>, out: &mut Deltas) {
        if let Some(words) = audio.text("transcript").filter(|words| !words.is_empty()) {
            self.say(BlockKind::Text, choice, words, out);
            if let Some(choice) = self.choices.get_mut(choice as usize) {
                choice.transcribed = true;
            }
        } else if audio.get("data").is_some()
            && !self.choices.get(choice as usize).is_some_and(|choice| choice.transcribed)
        {
            out.unknown("audio", audio.raw());
        }
    }

    /// Maps text, or a list of parts of which most are text (Mistral, Snowflake).
    fn content(&mut self, kind: BlockKind, choice: u32, content: Value<'_>, out: &mut Deltas) {
        if let Some(text) = content.as_text() {
            return self.say(kind, choice, text, out);
        }
        if is_scalar(content) {
            return self.say_raw(kind, choice, content.raw(), out);
        }
        let single = content.is_object().then_some(content);
        for part in content.items().chain(single) {
            let name = part.string("type");
            if let Some(thinking) = part.present("thinking") {
                let whole = thinking.as_text();
                for text in thinking.items().filter_map(|piece| piece.text("text")).chain(whole) {
                    self.say(BlockKind::Reasoning, choice, text, out);
                }
            } else if let Some(refusal) = part.text("refusal") {
                self.say(BlockKind::Refusal, choice, refusal, out);
            } else if let Some(text) = part.text("text").or_else(|| part.as_text()) {
                self.say(kind, choice, text, out);
            } else if is_scalar(part) {
                self.say_raw(kind, choice, part.raw(), out);
            } else {
                out.unknown(&name, part.raw());
            }
        }
    }

    /// Appends to the block of that kind, opened with its first words.
    pub(super) fn say(&mut self, kind: BlockKind, choice: u32, text: Text<'_>, out: &mut Deltas) {
        if !text.is_empty() {
            self.spoke(choice);
            let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
            self.blocks.append(block, text, out);
        }
    }

    fn say_raw(&mut self, kind: BlockKind, choice: u32, raw: &str, out: &mut Deltas) {
        self.spoke(choice);
        let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
        self.blocks.append_str(block, raw, out);
    }

    fn spoke(&mut self, choice: u32) {
        if let Some(choice) = self.choices.get_mut(choice as usize) {
            choice.spoke = true;
        }
    }

    /// Keeps opaque data verbatim beside the reasoning: it has to travel back.
    fn opaque(&mut self, name: &'static str, choice: u32, value: Value<'_>, out: &mut Deltas) {
        if value.is_truthy() && !(value.is_array() && value.items().next().is_none()) {
            let kind = BlockKind::Reasoning;
            let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
            out.opaque(Opaque { block, name, value: value.raw().to_owned() });
        }
    }

    fn annotation(&mut self, choice: u32, annotation: Value<'_>, out: &mut Deltas) {
        let source = annotation.present("url_citation").unwrap_or(annotation);
        let kind = BlockKind::Text;
        let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
        out.citation(Citation {
            block,
            title: source.string("title"),
            url: source.string("url"),
            quote: source.string("content"),
            raw: annotation.raw().to_owned(),
        });
    }

    /// Passes on new sources: Perplexity repeats its whole list in each chunk, xAI sends it once.
    pub(super) fn sources(&mut self, sources: Value<'_>, out: &mut Deltas) {
        for source in sources.items().skip(self.cited) {
            self.cited += 1;
            let kind = BlockKind::Text;
            let block = self.blocks.at(Key::Said(kind, 0), kind, 0, out);
            let url = source.as_text().map(|url| url.decode().into_owned());
            out.citation(Citation {
                block,
                title: source.string("title"),
                url: url.unwrap_or_else(|| source.string("url")),
                quote: source.string("snippet"),
                raw: source.raw().to_owned(),
            });
        }
    }
}

/// Returns a number or a truth value where text should be: some servers write what their language makes of `5` or
/// `true`.
fn is_scalar(value: Value<'_>) -> bool {
    value.is_number() || value.as_bool().is_some()
}

/// Returns an object or a list with nothing in it.
fn is_bare(value: Value<'_>) -> bool {
    (value.is_object() && value.members().next().is_none())
        || (value.is_array() && value.items().next().is_none())
}
