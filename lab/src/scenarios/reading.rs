//! Answers for what a reader does with them: copies, searches, scrolls.

use std::time::Duration;

use super::{always, chat::Chat};
use crate::script::{Answer, Scenario};

/// The text of `reading`: one of each thing that can be taken along or asked for.
pub const READING: &str = "# Tea\n\nWater and **leaves**, see [the guide](https://tea.example/guide).\n\n\
1. boil\n2. pour\n\n```rust\nfn steep() {}\n```\n\n| leaf | formula |\n| --- | --- |\n| green | =1+1 |\n| black | \"4\" |\n\n\
![A cup](https://pictures.example/cup.png) and ![A dot](data:image/png;base64,\
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)\n\n\
Links: [bank](https://xn--bnk-sna.example/), [user](https://bank.example@evil.example/), [number](http://192.168.0.1/), \
[plain](https://tea.example/shop).\n\n\
Hidden\u{e0041}\u{e0042}\u{e0043} words, <b id=composer class=page role=alert style=color:red>raw</b>.\n\nThe end of the page.\n";

/// The text of `right-to-left`.
const RIGHT_TO_LEFT: &str = "```rust\nfn steep() {}\n```\n\nالشاي مشروب ساخن و`steep()` دالة.\n\n1. اغلِ الماء\n2. صبّه\n\n\
> اقتباس\n\n| ورق | وقت |\n|---|---|\n| أخضر | 3 |\n\nAnd one paragraph in English.\n";

/// Paragraphs, lists, code and tables in `reading-long`: 300 KB.
pub const LONG_ROUNDS: usize = 400;

/// The scenario whose server lists [`MANY_MODELS_COUNT`] models.
pub const MANY_MODELS: &str = "many-models";
/// How many models `many-models` lists.
pub const MANY_MODELS_COUNT: usize = 300_000;

/// Words in the one line of `reading-line`: 100 KB.
pub const LINE_WORDS: usize = 14_000;

pub(super) fn scenarios() -> Vec<Scenario> {
    let whole = |text: &str| Chat::begin().clauses(text).finish("stop").usage(100, 0).done();
    let list: String = (1..=1200).map(|number| format!("{number}. item {number}\n")).collect();
    let line: String = (0..LINE_WORDS).map(|number| format!("w{number} ")).collect();
    vec![
        always(
            "reading",
            "One of each thing that can be copied, saved, loaded or followed",
            whole(READING).every(Duration::from_millis(2)),
        ),
        always(
            "right-to-left",
            "Code first, then Arabic with a list, a table and an English paragraph",
            whole(RIGHT_TO_LEFT).every(Duration::from_millis(2)),
        ),
        always(
            "reading-mixed",
            "The blocks of `reading-long`, slowly enough to be drawn over many frames",
            whole(&mixed(40)).every(Duration::from_millis(2)),
        ),
        always(
            "reading-long",
            "300 KB of mixed blocks",
            whole(&mixed(LONG_ROUNDS)).every(Duration::ZERO).in_one_burst(),
        ),
        always(
            "fast-code",
            "A line of code every 12 ms, for longer than anybody reads",
            fast_code().finish("stop").usage(100, 0).done().every(Duration::from_millis(12)),
        ),
        always(
            "slow-words",
            "A word every 50 ms, for longer than anybody reads",
            Chat::begin()
                .words(&"The kettle hums and the clock goes on.\n\n".repeat(150))
                .finish("stop")
                .usage(100, 0)
                .done()
                .every(Duration::from_millis(50)),
        ),
        always(
            "burst-of-items",
            "A list of 20,000 items in one burst",
            burst((0..20_000).map(|item| format!("- item {item}\n")).collect()),
        ),
        always(
            "burst-of-cells",
            "A table of 18,000 cells in one burst",
            burst(
                format!("{}{}{}", "|h".repeat(100), "|\n", "|-".repeat(100))
                    + "|\n"
                    + &("|c".repeat(100) + "|\n").repeat(180),
            ),
        ),
        always(
            "burst-of-links",
            "A paragraph of 6,000 links in one burst",
            burst((0..6_000).map(|link| format!("[a{link}](https://tea.example/{link}) ")).collect()),
        ),
        always(MANY_MODELS, "A server that lists 300,000 models", burst("Yes.\n".to_owned())),
        always(
            "reading-list",
            "A list of 1,200 numbered items",
            whole(&list).every(Duration::ZERO).in_one_burst(),
        ),
        always(
            "reading-line",
            "A paragraph of 100 KB in one line",
            whole(&line.replace(' ', ", ")).every(Duration::ZERO).in_one_burst(),
        ),
    ]
}

/// All of it as one delta.
fn burst(text: String) -> Answer {
    Chat::begin().text(&text).finish("stop").usage(100, 0).done().every(Duration::ZERO).in_one_burst()
}

fn fast_code() -> Chat {
    let begun = Chat::begin().text("```rust\n");
    (0..4_000).fold(begun, |chat, line| chat.text(&format!("let x = line_{line}();\n"))).text("```\n")
}

fn mixed(rounds: usize) -> String {
    let sentence = "The kettle hums, the clock goes on, and the page keeps its place while the text grows. ";
    (0..rounds)
        .map(|round| {
            format!(
                "## Round {round}\n\n{sentence}needle-{round} {sentence}\n\n- one of {round}\n- two\n  - inner *words*\n\n\
                 ```rust\nfn round_{round}() {{\n    let x = {round};\n}}\n```\n\n| a | b |\n|---|---|\n| {round} | {sentence} |\n\n\
                 > {sentence}\n\n{sentence}{sentence}\n\n"
            )
        })
        .collect()
}
