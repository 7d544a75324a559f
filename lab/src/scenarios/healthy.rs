//! Answers that come to a good end, in every shape a server may give them.

use std::time::Duration;

use super::{
    always,
    chat::{self, Chat},
};
use crate::script::{Answer, Cors, Framing, Scenario, When};

/// The text of `slow-answer`: a paragraph, a list, code and a table.
pub const SLOW_ANSWER: &str = "Tea needs three things, and **time** is the one people forget:

- fresh water, not boiled twice
- a warm pot
- patience: *three* minutes

In code:

```rust
fn steep(minutes: u32) -> &'static str {
    if minutes < 3 { \"wait\" } else { \"pour\" }
}
```

| leaf | water | minutes |
| --- | ---: | ---: |
| green | 75 °C | 2 |
| black | 95 °C | 4 |

Pour slowly, and enjoy the `silence` 🍵.
";

/// The text of `guide`: every kind of block there is, for the eye.
pub const GUIDE: &str = include_str!("guide.md");

/// The text of `wide`: a table, code and a formula that are wider than a page, then a table and code that are not.
const WIDE: &str = include_str!("wide.md");

/// The reasoning of `reasoning`.
pub const REASONING: &str =
    "The user asks for a sum. Seventeen and twenty-five: seven and five are twelve, carry one, so 42.\n";

/// The answer of `reasoning`.
pub const REASONING_ANSWER: &str = "The sum is **42**.\n";

/// Paragraphs of `long-answer`; the n-th begins with `Paragraph n`.
pub const LONG_PARAGRAPHS: usize = 80;

/// The text of `untrusted`, with `ELSEWHERE` for the second origin. Nothing of it may run or be fetched.
pub const UNTRUSTED: &str = "Before <img src=x onerror=\"window.__pwned=1\"> and <script>window.__pwned=1</script> after.

<iframe srcdoc=\"<script>parent.__pwned=1</script>\"></iframe>

<style>body { display: none }</style>

[run](javascript:window.__pwned=1) and [data](data:text/html,<script>window.__pwned=1</script>) and ![pixel](ELSEWHERE/pixel.png)

<svg onload=\"window.__pwned=1\"></svg> End of the untrusted answer.
";

pub(super) fn scenarios(elsewhere: &str) -> Vec<Scenario> {
    let slow = Chat::begin().words(SLOW_ANSWER);
    let tokens = slow.len() - 1;
    let slow = slow.finish("stop").usage(tokens, 0).done();
    let at = |milliseconds| slow.clone().every(Duration::from_millis(milliseconds));
    let instant = at(0);
    let json = || chat::completion(SLOW_ANSWER, None, tokens);
    let thought_tokens = chat::words(REASONING).len();
    let thinking = Chat::begin().reasoning(REASONING).words(REASONING_ANSWER);
    let thinking_tokens = thinking.len() - 1;
    let thinking = thinking.finish("stop").usage(thinking_tokens, thought_tokens).done();

    vec![
        // One address for both ways of asking, so that a test can compare the two turns.
        Scenario {
            answers: vec![(When::StreamOff, json()), (When::Always, at(40))],
            ..always("slow-answer", "Markdown, a word every 40 ms; JSON when no stream is asked for", at(40))
        },
        Scenario {
            answers: vec![
                (When::StreamOff, chat::completion(REASONING_ANSWER, Some(REASONING), thinking_tokens)),
                (When::Always, thinking.clone().every(Duration::from_millis(30))),
            ],
            ..always("reasoning", "Reasoning first, then the answer", instant.clone())
        },
        always(
            "long-answer",
            "Eighty paragraphs, fast enough to scroll and slow enough to scroll away",
            Chat::begin()
                .clauses(&long_text())
                .finish("stop")
                .usage(2000, 0)
                .done()
                .every(Duration::from_millis(12)),
        ),
        always(
            "guide",
            "A long answer with every kind of block",
            Chat::begin().words(GUIDE).finish("stop").usage(600, 0).done().every(Duration::from_millis(8)),
        ),
        always(
            "wide",
            "A table, code and a formula wider than the page, and small ones",
            Chat::begin().words(WIDE).finish("stop").usage(420, 0).done().every(Duration::from_millis(4)),
        ),
        always(
            "burst",
            "The whole answer in one write, as a buffering proxy gives it",
            instant.clone().in_one_burst(),
        ),
        always("one-byte-chunks", "Every byte is a chunk of its own", instant.clone().split_every(1)),
        always("crlf", "CRLF line ends", crlf(&slow)),
        always("bom", "A byte order mark before the first event", bom(&slow)),
        always(
            "wrong-content-type",
            "A stream labelled text/plain",
            at(5).with_content_type(Some("text/plain")),
        ),
        always("no-content-type", "A stream without a content type", at(5).with_content_type(None)),
        always("content-length", "A stream with a content length", at(5).framed(Framing::Length)),
        always(
            "until-close",
            "A stream that ends where the connection does",
            at(5).framed(Framing::UntilClose),
        ),
        always("non-streaming-json", "One JSON answer, whatever was asked for", json()),
        always(
            "truncated",
            "The model stops at its token limit",
            Chat::begin()
                .words("This answer ends where its limit")
                .finish("length")
                .usage(6, 0)
                .done()
                .every(Duration::from_millis(20)),
        ),
        always(
            "filtered",
            "A content filter ends the answer",
            Chat::begin()
                .words("This answer is stopped by")
                .finish("content_filter")
                .usage(5, 0)
                .done()
                .every(Duration::from_millis(20)),
        ),
        always(
            "untrusted",
            "Markup, scripts and remote images in the answer",
            Chat::begin()
                .words(&UNTRUSTED.replace("ELSEWHERE", elsewhere))
                .finish("stop")
                .usage(60, 0)
                .done()
                .every(Duration::from_millis(5)),
        ),
        // For what is done while an answer is written: a browser on a busy machine takes seconds for it.
        Scenario {
            answers: vec![
                (
                    When::Attempt(1),
                    Chat::begin()
                        .words("The first one takes its time")
                        .finish("stop")
                        .usage(6, 0)
                        .done()
                        .every(Duration::from_millis(1_500)),
                ),
                (When::Always, instant.clone()),
            ],
            ..always("slow-first", "A word every 1.5 s for the first question, at once for others", at(0))
        },
        Scenario {
            answers: vec![
                (
                    When::Attempt(1),
                    Answer::whole(
                        503,
                        "application/json",
                        r#"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#,
                    ),
                ),
                (When::Always, at(5)),
            ],
            cors: Cors::Open,
            ..always("busy-once", "503 for the first question, an answer for the second", at(5))
        },
    ]
}

fn long_text() -> String {
    let sentence =
        "The kettle hums, the clock goes on, and the page keeps its place while the text grows below it. ";
    (1..=LONG_PARAGRAPHS).map(|number| format!("Paragraph {number}. {sentence}{sentence}\n\n")).collect()
}

fn crlf(chat: &Chat) -> Answer {
    let events = chat.joined().replace('\n', "\r\n");
    Answer::stream(chat::SSE, events.split_inclusive("\r\n\r\n"), Duration::from_millis(5))
}

fn bom(chat: &Chat) -> Answer {
    Answer::stream(chat::SSE, ["\u{feff}".to_owned(), chat.joined()], Duration::from_millis(5))
}
