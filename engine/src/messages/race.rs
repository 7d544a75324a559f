//! Words for a race: what two lanes come to, and what is not known.

use std::time::Duration;

/// The race, in the side bar and as the heading of its dialog.
pub const RACE: &str = "Race";
/// What it is.
pub const RACE_TITLE: &str =
    "Ask one question several times at once, and compare the answers and their speed";
/// Closes the dialog, and ends what runs.
pub const CLOSE: &str = "Close the race";

/// The field with the question.
pub const QUESTION: &str = "Question";
/// What is not sent with it.
pub const QUESTION_HINT: &str = "It is asked alone, below the instructions of the settings: nothing else of the conversation goes with it.";
/// There is no question.
pub const QUESTION_MISSING: &str = "Write the question that all lanes are asked.";
/// Names the choices that fill in the lanes.
pub const PRESETS: &str = "Compare";
/// A choice: the same request, streamed and not.
pub const STREAM_AGAINST_WHOLE: &str = "Stream against whole";
/// A choice: two models.
pub const MODEL_AGAINST_MODEL: &str = "This model against another";
/// A choice: two ways to a model.
pub const DIRECT_AGAINST_PROXY: &str = "Direct against through my proxy";
/// A choice: what differs by chance alone.
pub const SAME_SEVERAL_TIMES: &str = "The same question several times";
/// Said where the second server is still to be set up.
pub const NO_OTHER_SERVER: &str =
    "Only one server is set up. Add the other one in the settings, then choose it here.";
/// Said where the other model is still to be named.
pub const NAME_OTHER_MODEL: &str = "Name the other model.";

/// The name of a lane's field: its name.
pub const NAME: &str = "Name";
/// The name of a lane's field: its server.
pub const SERVER: &str = "Server";
/// The name of a lane's field: its model.
pub const MODEL: &str = "Model";
/// The name of a lane's field: the temperature.
pub const TEMPERATURE: &str = "Temperature";
/// The name of a lane's field: the most tokens of an answer.
pub const LIMIT: &str = "Most tokens";
/// The name of a lane's field: JSON of the person's own.
pub const EXTRA: &str = "Own JSON";
/// A field that is left to the server.
pub const SERVER_DEFAULT: &str = "server's default";
/// The name of a lane's field: whether its answer is streamed.
pub const STREAM: &str = "Stream the answer";
/// Folds the fields that few people need.
pub const MORE_FIELDS: &str = "Temperature, limit, own JSON";
/// Adds a lane like the last one.
pub const ADD_LANE: &str = "Add a lane";
/// Takes a lane away.
pub const REMOVE_LANE: &str = "Remove this lane";
/// The server of a lane was removed from the settings meanwhile.
pub const SERVER_GONE: &str = "This server is no longer set up. Choose another one.";
/// Sends all requests.
pub const START: &str = "Start";

/// The name of a lane whose answer is streamed.
pub const STREAMING: &str = "Streaming";
/// The name of a lane whose answer comes in one piece.
pub const WHOLE: &str = "Whole";

/// Ends all lanes that still run.
pub const STOP_ALL: &str = "Stop all";
/// Ends one lane.
pub const STOP_LANE: &str = "Stop";
/// Leads back to the fields.
pub const CHANGE: &str = "Change the race";
/// Sends the same requests again.
pub const AGAIN: &str = "Race again";
/// All lanes are over.
pub const OVER: &str = "The race is over.";
/// The drawing of text over time.
pub const PLOT: &str = "Text over time";
/// What the drawing shows.
pub const PLOT_HINT: &str = "How much text each lane had, from the request on. A step is a piece that came at once, a level line a pause.";
/// The reasoning of a lane.
pub const REASONING: &str = "Thoughts";
/// Nothing was sent back yet.
pub const SENDING: &str = "Waiting for the server";
/// The server is there, and has said no word.
pub const WAITING: &str = "Waiting for the first word";
/// The answer is being written.
pub const WRITING: &str = "Writing";
/// The answer is there.
pub const DONE: &str = "Done";
/// The person ended it.
pub const STOPPED: &str = "Stopped";

/// The server refused, or could not be reached.
pub const FAILED: &str = "Failed";
/// The connection broke.
pub const BROKE_OFF: &str = "Broke off";
/// The answer is not whole, in ways that are told below it.
pub const ENDED: &str = "Ended";
/// The question of a lane went out more than once.
pub const ASKED_AGAIN: &str = "It was asked again: its times count from the last try.";

/// The table of figures.
pub const FIGURES: &str = "Figures";
/// Marks the best of a row.
pub const BEST: &str = "best";
/// The sentences and comparisons of pairs.
pub const PAIRS: &str = "Pair by pair";
/// Compares two answers.
pub const COMPARE: &str = "The same answer?";
/// Not all differences are drawn.
pub const MORE_DIFFERENCES: &str = "There are more differences, which are not drawn.";
/// Puts a lane's answer into the conversation.
pub const TAKE: &str = "Take this answer into the conversation";
/// An answer was put there.
pub const TAKEN: &str = "The question and its answers stand in the conversation now, with this one on show.";
/// Nothing can be put there now.
pub const TAKE_LATER: &str =
    "An answer is being written in the conversation. Wait for its end or stop it, then take this one.";
/// Opens the figures of a race that was kept.
pub const SHOW: &str = "Show the race";
/// Said of a conversation that was kept of a race.
pub const IS_RACE: &str = "A race: its answers stand beside each other.";
/// Nothing is known of how fast a lane was.
pub const NOT_MEASURED: &str = "The figures of this lane were not kept.";

/// A lane that nothing tells from the others.
#[must_use]
pub fn answer_number(number: usize) -> String {
    format!("Answer {number}")
}

/// The heading of a lane's fields.
#[must_use]
pub fn lane_number(number: usize) -> String {
    format!("Lane {number}")
}

/// The question of a lane goes out again by itself.
#[must_use]
pub fn again_in(seconds: u64) -> String {
    format!("Failed, and asks again in {seconds} s")
}

/// How far a lane is, and for how long.
#[must_use]
pub fn since(what: &str, time: &str) -> String {
    format!("{what}, {time}")
}

/// What a lane asks.
#[must_use]
pub fn about(model: &str, server: &str, is_streamed: bool) -> String {
    let mode = if is_streamed { "streamed" } else { "in one piece" };
    [model, server, mode].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Two lanes beside each other.
#[must_use]
pub fn two(first: &str, second: &str) -> String {
    format!("{first} and {second}")
}

/// What the text of a drawing comes to at its upper end.
#[must_use]
pub fn text_up_to(bytes: &str) -> String {
    format!("{bytes} bytes of text")
}

/// A tick of the axis of time.
#[must_use]
pub fn tick(time: Duration) -> String {
    let millis = time.as_millis() as u64;
    match (millis / 60_000, millis % 60_000 / 1_000, millis % 1_000 / 100) {
        (0, 0, 0) => "0".to_owned(),
        (0, seconds, 0) => format!("{seconds} s"),
        (0, seconds, tenths) => format!("{seconds}.{tenths} s"),
        (minutes, 0, _) => format!("{minutes} min"),
        (minutes, seconds, _) => format!("{minutes}:{seconds:02} min"),
    }
}

/// The figure's lane still runs.
pub const NOT_YET: &str = "not yet";
/// Nothing of the kind came.
pub const NEVER: &str = "none";
/// The server does not say it, or it cannot be measured here.
pub const NOT_TOLD: &str = "n/a";
/// Neither lane has shown a word.
pub const NEITHER: &str = "Neither showed a word";

/// The two answers are the same, letter by letter.
pub const IDENTICAL: &str = "The same answer, letter by letter.";
/// The two answers differ in blanks alone.
pub const SAME_WORDS: &str = "The same words; only blanks and line ends differ.";

/// One lane showed the first word so much earlier than the other.
#[must_use]
pub fn earlier(name: &str, by: Duration) -> String {
    format!("{name} showed the first word {} earlier", span(by))
}

/// Both showed the first word at about the same time.
#[must_use]
pub fn together(after: Duration) -> String {
    format!("Both showed the first word after {}", span(after))
}

/// One lane showed a word, the other none: so far, if it still runs.
#[must_use]
pub fn alone(name: &str, after: Duration, other: &str, still_runs: bool) -> String {
    let none = if still_runs { "none yet" } else { "none" };
    format!("{name} showed the first word after {}, {other} {none}", span(after))
}

/// Both took about the same time.
#[must_use]
pub fn both_took(total: Duration) -> String {
    format!("both took {} in all", span(total))
}

/// A lane took so long.
#[must_use]
pub fn took(name: &str, total: Duration) -> String {
    format!("{name} took {} in all", span(total))
}

/// A lane broke off.
#[must_use]
pub fn broke_off(name: &str, after: Duration) -> String {
    format!("{name} broke off after {}", span(after))
}

/// A lane was stopped.
#[must_use]
pub fn stopped(name: &str, after: Duration) -> String {
    format!("{name} was stopped after {}", span(after))
}

/// A lane still runs.
#[must_use]
pub fn runs(name: &str, since: Duration) -> String {
    format!("{name} is at it for {}", span(since))
}

/// Joins the half about the first word and the one about the whole.
#[must_use]
pub fn sentence(first: &str, whole: &str) -> String {
    format!("{first}; {whole}.")
}

/// Joins what is said of two lanes.
#[must_use]
pub fn and(one: &str, other: &str) -> String {
    format!("{one}, {other}")
}

/// The two answers share some words.
#[must_use]
pub fn shared_words(shared: usize, first: usize, second: usize) -> String {
    format!("Another answer: {shared} words are the same, of {first} and {second}.")
}

/// The beginnings of two long answers share some words.
#[must_use]
pub fn shared_words_of_beginning(shared: usize, words: usize) -> String {
    format!("Of the first {words} words {shared} are the same. The rest was not compared.")
}

/// More requests run to one host than a browser makes at once.
#[must_use]
pub fn crowded(host: &str, requests: usize, limit: usize) -> String {
    format!(
        "{requests} requests run to {host}. Over HTTP/1.1 a browser makes {limit} at once: the others wait, and their times with them."
    )
}

/// A time as a person reads it, cut and never rounded up: `40 ms`, `3.2 s`, `2 min 05 s`.
#[must_use]
pub fn span(time: Duration) -> String {
    let millis = time.as_millis() as u64;
    match millis {
        0..100 => format!("{millis} ms"),
        100..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {:02} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}
