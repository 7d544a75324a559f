//! Builds streams and answers in the OpenAI Chat Completions dialect, event by event.

use std::time::Duration;

use crate::script::Answer;

pub(super) const SSE: &str = "text/event-stream";

/// The id of every completion.
pub(super) const ID: &str = "chatcmpl-lab";

/// A stream under construction: a list of events, each with its blank line.
#[derive(Debug, Clone, Default)]
pub(super) struct Chat {
    events: Vec<String>,
}

impl Chat {
    /// Begins as llama.cpp does: a first chunk with the role and no content.
    pub(super) fn begin() -> Self {
        Self::default().delta(r#"{"role":"assistant","content":null}"#, "null")
    }

    /// Text, a delta for each word.
    pub(super) fn words(self, text: &str) -> Self {
        words(text).into_iter().fold(self, Self::text)
    }

    /// Text, a delta for each clause: fewer events for long texts.
    pub(super) fn clauses(self, text: &str) -> Self {
        text.split_inclusive([',', '.']).fold(self, Self::text)
    }

    /// One delta of text.
    pub(super) fn text(self, text: &str) -> Self {
        self.delta(&format!(r#"{{"content":{}}}"#, json_string(text)), "null")
    }

    /// Reasoning, a delta for each word.
    pub(super) fn reasoning(self, text: &str) -> Self {
        words(text).into_iter().fold(self, |chat, word| {
            chat.delta(&format!(r#"{{"reasoning_content":{}}}"#, json_string(word)), "null")
        })
    }

    /// The chunk with the finish reason.
    pub(super) fn finish(self, reason: &str) -> Self {
        self.delta("{}", &json_string(reason))
    }

    /// The extra chunk with the usage: 24 tokens in, 8 of them cached.
    pub(super) fn usage(self, out: usize, reasoning: usize) -> Self {
        let usage = usage(out, reasoning);
        self.raw(&format!(
            "data: {{\"id\":\"chatcmpl-lab\",\"object\":\"chat.completion.chunk\",\"created\":1763800000,\"model\":\"lab-small\",\"choices\":[],\"usage\":{usage}}}\n\n"
        ))
    }

    /// The sentinel.
    pub(super) fn done(self) -> Self {
        self.raw("data: [DONE]\n\n")
    }

    /// Bytes of the caller's choice as one event.
    pub(super) fn raw(mut self, event: &str) -> Self {
        self.events.push(event.to_owned());
        self
    }

    /// A comment, as keep-alives are.
    pub(super) fn ping(self) -> Self {
        self.raw(": ping\n\n")
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The events joined.
    pub(super) fn joined(&self) -> String {
        self.events.concat()
    }

    /// A chunked answer, an event a write.
    pub(super) fn every(self, gap: Duration) -> Answer {
        Answer::stream(SSE, self.events, gap)
    }

    /// A fragment of the first call's arguments.
    pub(super) fn arguments(self, text: &str) -> Self {
        let text = json_string(text);
        self.delta(&format!(r#"{{"tool_calls":[{{"index":0,"function":{{"arguments":{text}}}}}]}}"#), "null")
    }

    /// A chunk with that delta.
    pub(super) fn delta(self, delta: &str, finish: &str) -> Self {
        self.raw(&format!(
            "data: {{\"id\":\"chatcmpl-lab\",\"object\":\"chat.completion.chunk\",\"created\":1763800000,\"model\":\"lab-small\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{finish}}}]}}\n\n"
        ))
    }
}

/// A whole answer as one JSON object, for a client that does not stream.
pub(super) fn completion(text: &str, reasoning: Option<&str>, out: usize) -> Answer {
    let usage = usage(out, reasoning.map_or(0, |text| words(text).len()));
    let thought =
        reasoning.map(|text| format!(r#""reasoning_content":{},"#, json_string(text))).unwrap_or_default();
    let text = json_string(text);
    let body = format!(
        r#"{{"id":"chatcmpl-lab","object":"chat.completion","created":1763800000,"model":"lab-small","choices":[{{"index":0,"message":{{"role":"assistant",{thought}"content":{text}}},"finish_reason":"stop"}}],"usage":{usage}}}"#
    );
    Answer::whole(200, "application/json", body)
}

/// Splits after each run of blanks: joined, the pieces give the text again.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split_inclusive([' ', '\n']).collect()
}

/// Text as a JSON string, quotes included (RFC 8259 §7).
pub(super) fn json_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn usage(out: usize, reasoning: usize) -> String {
    let total = 24 + out;
    format!(
        r#"{{"prompt_tokens":24,"completion_tokens":{out},"total_tokens":{total},"prompt_tokens_details":{{"cached_tokens":8}},"completion_tokens_details":{{"reasoning_tokens":{reasoning}}}}}"#
    )
}
