//! What servers of people's own stream: plain text, events and lines of their own, and the protocols of front ends.

use std::time::Duration;

use super::{always, chat, events::RAW_TEXT};
use crate::script::{Answer, Scenario};

/// The text of `own-events`, `own-lines` and `ui-messages`.
pub const FRONT_END_TEXT: &str = "The weather in Bern: 21 °C and \"sunny\".";
/// The reasoning of these and of `ag-ui`.
pub const FRONT_END_THOUGHT: &str = "Bern is a city, so I ask the tool.";
/// The text of `ag-ui`: two messages.
pub const AG_UI_TEXT: [&str; 2] = ["I look it up.", FRONT_END_TEXT];

const GAP: Duration = Duration::from_millis(30);

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        at(
            "plain-text",
            "The body is the text",
            Answer::stream("text/plain; charset=utf-8", chat::words(RAW_TEXT), GAP),
        ),
        at("own-events", "A server's own events: kind and body", sse(own())),
        at(
            "own-lines",
            "The same as lines of JSON",
            Answer::stream("application/x-ndjson", own().into_iter().map(|line| line + "\n"), GAP),
        ),
        at(
            "ui-messages",
            "Vercel's UI message stream, with reasoning, a tool and two steps",
            ui_messages(ui()),
        ),
        at(
            "ui-messages-error",
            "Vercel's UI message stream, with an error in mid-answer",
            ui_messages(ui_error()),
        ),
        at("ag-ui", "AG-UI, with a step, reasoning, a tool and state", sse(ag_ui())),
        at("ag-ui-error", "AG-UI, with an error in mid-answer", sse(ag_ui_error())),
    ]
}

/// The address is the whole one: nothing comes behind it.
fn at(name: &'static str, about: &'static str, answer: Answer) -> Scenario {
    Scenario { base_path: "", ..always(name, about, answer) }
}

fn sse(data: Vec<String>) -> Answer {
    Answer::stream(chat::SSE, data.into_iter().map(|data| format!("data: {data}\n\n")), GAP)
}

/// Pieces of a text as JSON strings, each put into `around` in place of `{}`.
fn pieces(around: &str, text: &str) -> Vec<String> {
    chat::words(text).into_iter().map(|word| around.replace("{}", &chat::json_string(word))).collect()
}

fn own() -> Vec<String> {
    let mut events = pieces(r#"{"kind":"thought","body":{"idea":{}}}"#, FRONT_END_THOUGHT);
    events.extend(pieces(r#"{"kind":"word","body":{"piece":{}}}"#, FRONT_END_TEXT));
    events.push(r#"{"kind":"over"}"#.to_owned());
    events
}

/// With the headers of the SDK (`ui-message-stream-headers.ts`).
fn ui_messages(data: Vec<String>) -> Answer {
    sse(data)
        .with_header("x-vercel-ai-ui-message-stream", "v1")
        .with_header("x-accel-buffering", "no")
        .with_header("access-control-expose-headers", "x-vercel-ai-ui-message-stream")
}

fn list(events: &[&str]) -> Vec<String> {
    events.iter().map(|event| (*event).to_owned()).collect()
}

fn ui_begin() -> Vec<String> {
    let mut events = list(&[
        r#"{"type":"start","messageId":"msg-lab","messageMetadata":{"model":"lab-small"}}"#,
        r#"{"type":"start-step"}"#,
        r#"{"type":"reasoning-start","id":"0"}"#,
    ]);
    events.extend(pieces(r#"{"type":"reasoning-delta","id":"0","delta":{}}"#, FRONT_END_THOUGHT));
    events.extend(list(&[
        r#"{"type":"reasoning-end","id":"0"}"#,
        r#"{"type":"tool-input-start","toolCallId":"call-1","toolName":"weather"}"#,
        r#"{"type":"tool-input-delta","toolCallId":"call-1","inputTextDelta":"{\"city\":"}"#,
        r#"{"type":"tool-input-delta","toolCallId":"call-1","inputTextDelta":"\"Bern\"}"}"#,
        r#"{"type":"tool-input-available","toolCallId":"call-1","toolName":"weather","input":{"city":"Bern"}}"#,
        r#"{"type":"tool-output-available","toolCallId":"call-1","output":{"degrees":21}}"#,
        r#"{"type":"finish-step"}"#,
        r#"{"type":"start-step"}"#,
        r#"{"type":"text-start","id":"0"}"#,
    ]));
    events
}

fn ui() -> Vec<String> {
    let mut events = ui_begin();
    events.extend(pieces(r#"{"type":"text-delta","id":"0","delta":{}}"#, FRONT_END_TEXT));
    events.extend(list(&[
        r#"{"type":"text-end","id":"0"}"#,
        r#"{"type":"source-url","sourceId":"s1","url":"https://weather.example/bern","title":"Bern"}"#,
        r#"{"type":"data-chart","id":"c1","data":{"degrees":[19,21]}}"#,
        r#"{"type":"finish-step"}"#,
        r#"{"type":"finish","finishReason":"stop","messageMetadata":{"totalUsage":{"inputTokens":24,"outputTokens":8,"reasoningTokens":8}}}"#,
        "[DONE]",
    ]));
    events
}

fn ui_error() -> Vec<String> {
    let mut events = ui_begin();
    events.extend(list(&[
        r#"{"type":"text-delta","id":"0","delta":"The weather "}"#,
        r#"{"type":"error","errorText":"The tool of the lab broke."}"#,
        "[DONE]",
    ]));
    events
}

fn ag_ui_begin() -> Vec<String> {
    let mut events = list(&[
        r#"{"type":"RUN_STARTED","threadId":"chat","runId":"r1"}"#,
        r#"{"type":"STEP_STARTED","stepName":"look up"}"#,
        r#"{"type":"REASONING_START","messageId":"t1"}"#,
        r#"{"type":"REASONING_MESSAGE_START","messageId":"t1","role":"reasoning"}"#,
    ]);
    events.extend(pieces(
        r#"{"type":"REASONING_MESSAGE_CONTENT","messageId":"t1","delta":{}}"#,
        FRONT_END_THOUGHT,
    ));
    events.extend(list(&[
        r#"{"type":"REASONING_MESSAGE_END","messageId":"t1"}"#,
        r#"{"type":"REASONING_END","messageId":"t1"}"#,
        r#"{"type":"TEXT_MESSAGE_START","messageId":"m1","role":"assistant"}"#,
    ]));
    events.extend(pieces(r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"m1","delta":{}}"#, AG_UI_TEXT[0]));
    events.extend(list(&[
        r#"{"type":"TEXT_MESSAGE_END","messageId":"m1"}"#,
        r#"{"type":"TOOL_CALL_START","toolCallId":"call-1","toolCallName":"weather","parentMessageId":"m1"}"#,
        r#"{"type":"TOOL_CALL_ARGS","toolCallId":"call-1","delta":"{\"city\":"}"#,
        r#"{"type":"TOOL_CALL_ARGS","toolCallId":"call-1","delta":"\"Bern\"}"}"#,
        r#"{"type":"TOOL_CALL_END","toolCallId":"call-1"}"#,
        r#"{"type":"TOOL_CALL_RESULT","messageId":"m2","toolCallId":"call-1","content":"21","role":"tool"}"#,
    ]));
    events
}

fn ag_ui() -> Vec<String> {
    let mut events = ag_ui_begin();
    events.extend(list(&[
        r#"{"type":"STATE_SNAPSHOT","snapshot":{"city":"Bern"}}"#,
        r#"{"type":"STATE_DELTA","delta":[{"op":"add","path":"/degrees","value":21}]}"#,
        r#"{"type":"STEP_FINISHED","stepName":"look up"}"#,
        r#"{"type":"TEXT_MESSAGE_START","messageId":"m3","role":"assistant"}"#,
    ]));
    events.extend(pieces(r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"m3","delta":{}}"#, AG_UI_TEXT[1]));
    events.extend(list(&[
        r#"{"type":"TEXT_MESSAGE_END","messageId":"m3"}"#,
        r#"{"type":"RUN_FINISHED","threadId":"chat","runId":"r1","outcome":{"type":"success"},"usage":[{"inputTokens":24,"outputTokens":16}]}"#,
    ]));
    events
}

fn ag_ui_error() -> Vec<String> {
    let mut events = ag_ui_begin();
    events.push(
        r#"{"type":"RUN_ERROR","message":"The tool of the lab broke.","code":"tool_failed"}"#.to_owned(),
    );
    events
}
