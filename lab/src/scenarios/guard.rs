//! Answers with something that rules forbid, cut where that is hardest to see; and a server that judges.

use std::time::Duration;

use super::{
    always,
    chat::{self, Chat},
};
use crate::script::{Answer, Scenario, When};

/// What rules forbid in `guard-corpus`, as a person would read it.
pub const FORBIDDEN: [&str; 6] = [
    "ada@example.org",
    "grace@example.net",
    "sk-proj-Zq3vN8xW1kT6yB4mR9dF2hJ7cL5pS0aGuE8iO3wV",
    "4111 1111 1111 1111",
    "4012888888881881",
    "evil.example.com",
];

/// What stands behind all of it.
pub const GUARD_END: &str = "All of that is the end.";

/// The parts of `guard-judged`: what they say is what `judge` answers to.
pub const JUDGED_PARTS: [&str; 4] = [
    "The first part is about apples.",
    "The second part is about nettles.",
    "The third part is about riddles.",
    "The fourth part is about pears.",
];

pub(super) fn scenarios() -> Vec<Scenario> {
    let [_, _, key, card, other_card, host] = FORBIDDEN;
    let (begin, end) = key.split_at(13);
    let call = r#"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"pay","arguments":""}}]}"#;
    let corpus = Chat::begin()
        .reasoning("They gave me a key, ")
        .reasoning(begin)
        .reasoning(end)
        .reasoning(", which I keep to myself.\n")
        .words("Write to ada@")
        .text("exam")
        .text("ple.org")
        .words(" or to ")
        // A reader sees no asterisks.
        .text("grace@**exam")
        .text("ple**.net")
        .words(". The card is ");
    let corpus = card.chars().fold(corpus, |chat, digit| chat.text(&digit.to_string()));
    let corpus = corpus
        .words(". See [the manual](https://")
        .text(&host[..6])
        .text(&host[6..])
        .words("/start) for more.\n\n```py\nprint('code')\n```\n\n")
        .words(GUARD_END)
        .delta(call, "null")
        .arguments(r#"{"card":""#)
        .arguments(&other_card[..7])
        .arguments(&other_card[7..])
        .arguments(r#""}"#)
        .finish("stop")
        .usage(60, 10)
        .done();
    let judged = JUDGED_PARTS.join(" ");
    let judged = Chat::begin().words(&judged).finish("stop").usage(28, 0).done();
    let says = |text: &str| chat::completion(text, None, 1);
    let late = Answer { head_after: Duration::from_secs(8), ..says("ALLOW") };
    let judge = Scenario {
        answers: vec![
            (When::Holds("nettles"), says("WITHHOLD")),
            (When::Holds("riddles"), says("That depends on the reader.")),
            (When::Holds("melons"), late),
            (When::Always, says("ALLOW")),
        ],
        ..always(
            "judge",
            "Judges a text: withholds nettles, is late with melons, says nothing of riddles, and allows all else",
            says("ALLOW"),
        )
    };
    vec![
        always(
            "guard-corpus",
            "What rules forbid, split over events and by Markdown, in reasoning, text and arguments",
            corpus.clone().every(Duration::from_millis(25)),
        ),
        always(
            "guard-corpus-slow",
            "The same, so slowly that what a screen reader is given can be read behind each event",
            corpus.every(Duration::from_millis(120)),
        ),
        always(
            "guard-judged",
            "Four sentences, of which a judge does not allow each",
            judged.every(Duration::from_millis(30)),
        ),
        judge,
    ]
}
