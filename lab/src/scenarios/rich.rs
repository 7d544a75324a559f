//! Answers that bring more than text: calls of tools, sources, several answers at once, things nobody knows.

use std::time::Duration;

use super::{always, chat::Chat};
use crate::script::Scenario;

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        always(
            "tool-call",
            "A call whose arguments stream in fragments, and one without arguments",
            Chat::begin()
                .delta(r#"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":""}}]}"#, "null")
                .arguments(r#"{"city":"<b>Bern"#)
                .arguments(r#"</b>","days":[1,2"#)
                .arguments(r#"],"units":{}}"#)
                .delta(r#"{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"get_time","arguments":""}}]}"#, "null")
                .finish("tool_calls")
                .done()
                .every(Duration::from_millis(400)),
        ),
        always(
            "sources",
            "Sources for an answer: one twice, one that is no web address",
            Chat::begin()
                .words("The kettle hums.")
                .delta(
                    r#"{"annotations":[
                        {"type":"url_citation","url_citation":{"url":"https://tea.example/kettle?a=1","title":"On <i>kettles</i>"}},
                        {"type":"url_citation","url_citation":{"url":"https://tea.example/kettle?a=1","title":"Again"}},
                        {"type":"url_citation","url_citation":{"url":"javascript:alert(1)","title":"A trap"}},
                        {"type":"url_citation","url_citation":{"url":"https://cup.example/","title":""}}]}"#
                        .replace('\n', "")
                        .as_str(),
                    "null",
                )
                .finish("stop")
                .done()
                .every(Duration::from_millis(20)),
        ),
        always(
            "two-answers",
            "Two answers to one question, mixed",
            ["The first ", "The second ", "answer.", "answer, which differs."]
                .iter()
                .enumerate()
                .fold(Chat::default(), |chat, (at, text)| {
                    chat.raw(&format!(
                        "data: {{\"choices\":[{{\"index\":{},\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n",
                        at % 2
                    ))
                })
                .raw("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"},{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
                .done()
                .every(Duration::from_millis(20)),
        ),
        always(
            "unknown-event",
            "An event that no client knows, beside a good answer",
            Chat::begin()
                .words("All is well.")
                .raw("data: {\"type\":\"event_of_tomorrow\",\"payload\":\"<script>never()</script>\"}\n\n")
                .finish("stop")
                .done()
                .every(Duration::from_millis(20)),
        ),
        always(
            "lone-tag",
            "Reasoning that ends in a closing tag without an opening one, and then an answer",
            Chat::begin()
                .words("The person greets me, so I greet back.\n</think>\n\nGood day to you.")
                .finish("stop")
                .done()
                .every(Duration::from_millis(120)),
        ),
        always(
            "nameless-call",
            "A call of a tool that the server gives no name",
            Chat::begin()
                .delta(r#"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"arguments":"{\"city\":\"Bern\"}"}}]}"#, "null")
                .finish("tool_calls")
                .done()
                .every(Duration::from_millis(20)),
        ),
    ]
}
