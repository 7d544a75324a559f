//! The project's own streams, `tests/fixtures/<protocol>/<hazard>`: what each must become, in every cut.

use super::play;
use crate::cuts::cuttings;
use std::path::Path;
use tokenfall::engine::chat::TurnState::{self, Complete, Failed, Interrupted, Stopped, Truncated};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

/// A stream by its file.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) dialect: Dialect,
    pub(crate) body: Vec<u8>,
}

/// All of them, in the order of their names.
pub(crate) fn all() -> Vec<Stream> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut streams = Vec::new();
    // Where the person says what events mean, there is no stream that everybody's rules read.
    let is_ruled = |dialect: &Dialect| matches!(dialect, Dialect::OwnEvents | Dialect::OwnLines);
    for dialect in Dialect::ALL.into_iter().filter(|dialect| !is_ruled(dialect)) {
        for entry in root.join(dialect.name()).read_dir().unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{}/{}", dialect.name(), path.file_name().unwrap().to_string_lossy());
            streams.push(Stream { name, dialect, body: std::fs::read(path).unwrap() });
        }
    }
    streams.sort_by(|a, b| a.name.cmp(&b.name));
    streams
}

/// State, reasoning, text, and the arguments of calls, of each stream.
const EXPECTED: [(&str, TurnState, &str, &str, &str); 60] = [
    ("ag-ui/chunks-without-ids.sse", Complete, "", "Hello", "{\"a\":1}"),
    ("ag-ui/cut.sse", Interrupted, "", "Half", ""),
    ("ag-ui/run-error-after-text.sse", Failed, "", "Half", ""),
    ("ag-ui/run-with-a-tool.sse", Complete, "hm", "It is 9°.", "{\"city\":\"Köln\"}"),
    ("anthropic/no-message-stop.sse", Interrupted, "", "Half", ""),
    ("anthropic/overloaded-after-text.sse", Failed, "", "Half", ""),
    ("anthropic/plain-with-ping.sse", Complete, "", "Hello wörld", ""),
    ("anthropic/thinking-signature-and-tool.sse", Complete, "hm", "Looking", "{\"q\":1}"),
    ("browser-model/error-after-text.ndjson", Failed, "", "Half", ""),
    ("browser-model/fetched-then-text.ndjson", Complete, "", "Hello wörld 👦\n", ""),
    ("browser-model/no-done.ndjson", Interrupted, "", "Half", ""),
    ("chat-completions/bare-json-error.sse", Failed, "", "Half of", ""),
    ("chat-completions/byte-order-mark.sse", Complete, "", "Hi", ""),
    ("chat-completions/crlf-comments-and-ids.sse", Complete, "", "one two", ""),
    ("chat-completions/data-on-several-lines.sse", Complete, "", "pretty", ""),
    ("chat-completions/error-after-text.sse", Failed, "", "Half of", ""),
    ("chat-completions/events-behind-the-end.sse", Complete, "", "Once", ""),
    ("chat-completions/finish-without-sentinel.sse", Complete, "", "Whole", ""),
    ("chat-completions/last-event-unterminated.sse", Complete, "", "Whole", ""),
    ("chat-completions/length-limit.sse", Truncated, "", "Once upon", ""),
    ("chat-completions/lone-cr.sse", Complete, "", "one two", ""),
    ("chat-completions/malformed-utf8.sse", Complete, "", "a\u{fffd}b", ""),
    ("chat-completions/no-end.sse", Interrupted, "", "Never finished", ""),
    ("chat-completions/no-space-behind-the-colon.sse", Complete, "", "tight", ""),
    ("chat-completions/null-behind-values.sse", Complete, "", "Hi", ""),
    ("chat-completions/plain.sse", Complete, "", "Hello, wörld 👦🏽 ok", ""),
    ("chat-completions/reasoning-then-text.sse", Complete, "let me think", "It is 4", ""),
    ("chat-completions/split-surrogates.sse", Complete, "", "a👦b", ""),
    ("chat-completions/tool-call-in-fragments.sse", Complete, "", "", "{\"a\":1}{}"),
    ("chat-completions/two-choices-interleaved.sse", Complete, "", "a1 a2", ""),
    ("chat-completions/unreadable-event-between.sse", Complete, "", "ab", ""),
    ("cohere/no-message-end.sse", Interrupted, "", "Half", ""),
    ("cohere/plain.sse", Complete, "", "Hello wörld", ""),
    ("gemini/no-finish-reason.sse", Interrupted, "", "Half", ""),
    ("gemini/plain-crlf.sse", Complete, "", "Hello wörld", ""),
    ("gemini/text-behind-the-first-finish.sse", Complete, "", "one two", ""),
    ("gemini/thought-then-call.sse", Complete, "hm", "", "{\"a\": 1}"),
    ("interactions/no-completed.sse", Interrupted, "", "Half", ""),
    ("interactions/thought-then-text.sse", Complete, "hm", "Hello wörld", ""),
    ("ollama/blank-lines-and-no-last-line-end.ndjson", Complete, "", "Whole", ""),
    ("ollama/error-after-text.ndjson", Failed, "", "Half", ""),
    ("ollama/no-done.ndjson", Interrupted, "", "Half", ""),
    ("ollama/plain.ndjson", Complete, "", "Hello wörld", ""),
    ("ollama/thinking-then-text.ndjson", Complete, "hm", "yes", ""),
    ("plain-text/byte-order-mark.txt", Complete, "", "Hi there\n", ""),
    ("plain-text/cut-in-a-character.txt", Interrupted, "", "Hello w", ""),
    ("plain-text/looks-like-events.txt", Complete, "", "data: {\"a\":1}\n\ndata: [DONE]\n\n", ""),
    ("plain-text/malformed-utf8.txt", Complete, "", "a\u{fffd}b\u{fffd}\u{fffd}c", ""),
    ("plain-text/markup.txt", Complete, "", "<b>Hello</b> wörld 👦🏽", ""),
    ("realtime/cut.sse", Interrupted, "", "Hello", ""),
    ("realtime/text-and-call.sse", Complete, "", "Hello", "{\"a\":1}"),
    ("responses/failed-after-text.sse", Failed, "", "Half", ""),
    ("responses/final-text-is-another.sse", Complete, "", "Hello wörld", ""),
    ("responses/final-text-is-longer.sse", Complete, "", "Hello wörld", ""),
    ("responses/no-completed.sse", Interrupted, "", "Half", ""),
    ("responses/plain.sse", Complete, "", "Hello wörld", ""),
    ("ui-messages/abort.sse", Stopped, "", "Half", ""),
    ("ui-messages/cut.sse", Interrupted, "", "Half", ""),
    ("ui-messages/error-after-text.sse", Failed, "", "Half", ""),
    ("ui-messages/two-steps-with-a-tool.sse", Complete, "hm", "Looking. It is 9°.", "{\"city\":\"Köln\"}"),
];

#[test]
fn each_stream_becomes_what_it_must_in_every_cut() {
    use tokenfall::engine::wire::BlockKind;

    let streams = all();
    let names: Vec<_> = streams.iter().map(|stream| stream.name.as_str()).collect();
    assert_eq!(
        names,
        EXPECTED.map(|(name, ..)| name),
        "each file has its expectation and the other way round"
    );
    for (stream, (name, state, reasoning, text, calls)) in streams.iter().zip(EXPECTED) {
        let whole = play(stream.dialect, End::Closed, [stream.body.as_slice()]);
        let arguments: String =
            whole.blocks_of(BlockKind::ToolCall).map(|block| block.text.as_str()).collect();
        assert_eq!(
            (whole.state, whole.reasoning().as_str(), whole.text().as_str(), arguments.as_str()),
            (state, reasoning, text, calls),
            "{name}"
        );
        for (cut, chunks) in cuttings(&stream.body) {
            assert_eq!(play(stream.dialect, End::Closed, chunks), whole, "{name}, {cut}");
        }
    }
}
