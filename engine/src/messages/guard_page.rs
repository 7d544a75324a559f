//! Words of the guard's own dialogs: the rules, a place to try them, and what was withheld of an answer. The names of rules,
//! actions and holds are in `guard`.

use std::fmt::Write as _;

// What opens the rules.

/// The rules of a server, in the settings.
pub const SERVER_RULES: &str = "Rules for what is shown";
/// Beside that button, where there are some.
#[must_use]
pub fn server_rules(rules: usize) -> String {
    match rules {
        0 => SERVER_RULES.to_owned(),
        _ => format!("{SERVER_RULES} ({rules})"),
    }
}
/// The way to the rules of a conversation, from the settings.
pub const OTHER_RULES: &str = "Other rules for this conversation";
/// The rules above a conversation.
pub const CHECKED: &str = "Checked before it is shown:";

/// Says what a conversation is checked by.
#[must_use]
pub fn checked_by(rules: usize, judge: Option<&str>) -> String {
    let rules = match rules {
        1 => "1 rule".to_owned(),
        number => format!("{number} rules"),
    };
    match judge {
        Some(judge) => format!("{rules}, judged by {judge}"),
        None => rules,
    }
}

/// A judge whose server is not set up any more.
pub const UNKNOWN_JUDGE: &str = "a server that is not set up any more";

// The dialog of the rules.

/// The rules of a conversation.
pub const CONVERSATION_RULES: &str = "Rules of this conversation";
/// What they are for.
pub const CONVERSATION_ABOUT: &str = "What they forbid never reaches the screen: answers are checked as they arrive, before any of it is shown. They take the place of the server's rules.";
/// What the rules of a server are for.
#[must_use]
pub fn server_about(server: &str) -> String {
    format!(
        "What they forbid never reaches the screen: answers of {server} are checked as they arrive, before any of it is shown. A conversation can have rules of its own instead."
    )
}
/// Closes the dialog.
pub const CLOSE: &str = "Close the rules";
/// Gives the conversation those of the settings again.
pub const AS_IN_SETTINGS: &str = "Use the rules from the settings";
/// There is no rule.
pub const EMPTY: &str = "There are no rules yet. Add rules for e-mail addresses, keys or links with one press, or write one of your own.";
/// The list of rules.
pub const RULES: &str = "Rules";
/// What is added by one press.
pub const PRESETS: &str = "Add rules for";
/// E-mail addresses, telephone numbers, cards, bank accounts.
pub const PERSONAL: &str = "Personal data";
/// Keys and tokens.
pub const SECRETS: &str = "Keys and tokens";
/// No links.
pub const NO_LINKS: &str = "No links to elsewhere";
/// No code.
pub const NO_CODE: &str = "No code";
/// Adds a rule.
pub const ADD: &str = "Add a rule";

/// Names a rule by its place.
#[must_use]
pub fn rule_number(number: usize) -> String {
    format!("Rule {number}")
}

/// The kind of a rule.
pub const KIND: &str = "Looks for";
/// The text of a rule of words.
pub const WORDS: &str = "Words and phrases";
/// The text of a rule that is a pattern.
pub const PATTERN: &str = "Regular expression";
/// The text of a rule for links.
pub const HOSTS: &str = "Hosts that may be linked";
/// The text of a rule for the length.
pub const MOST: &str = "Most characters";
/// What is done.
pub const ACTION: &str = "Then";
/// Whether it is on.
pub const IS_ON: &str = "On";
/// Takes a rule away.
pub const REMOVE: &str = "Remove this rule";
/// Puts it back.
pub const UNDO: &str = "Undo";

/// A rule was taken away.
#[must_use]
pub fn removed(kind: &str) -> String {
    format!("Removed: {kind}.")
}

/// A problem with a text of one line, at a character.
#[must_use]
pub fn at_character(character: usize, problem: &str) -> String {
    format!("Character {character}: {problem}")
}

/// A problem with a text of several lines.
#[must_use]
pub fn at_line(line: usize, character: usize, problem: &str) -> String {
    format!("Line {line}, character {character}: {problem}")
}

/// All of it is saved.
pub const SAVED: &str = "Saved as you type. It holds from the next question on.";

/// Says what is not saved.
#[must_use]
pub fn not_saved(parts: &[String]) -> String {
    format!("Not saved: {}. Everything else is.", parts.join("; "))
}

/// A rule that was good before.
#[must_use]
pub fn stays_as_it_was(number: usize) -> String {
    format!("the change of rule {number}, which stays in force as it was")
}

/// A rule that was never good.
#[must_use]
pub fn not_in_force(number: usize) -> String {
    format!("rule {number}, which is not in force yet")
}

/// A judge that was good before.
pub const JUDGE_STAYS: &str = "the change of the judge, who judges as before";
/// A judge that was never good.
pub const JUDGE_IS_NOT: &str = "the judge, who is not in force yet";

/// Nothing is saved, for a reason that is about all rules.
#[must_use]
pub fn nothing_saved(problem: &str) -> String {
    format!("Not saved: {problem} The rules that were saved before stay in force.")
}

/// How much is held back.
pub const HOLD: &str = "Hold back";
/// What it costs to hold back as little as is safe.
pub const MATCH_COSTS: &str = "Costs least: mostly nothing you would notice.";
/// What it costs to hold back sentences.
pub const SENTENCE_COSTS: &str = "Text comes a sentence at a time: mostly a second or less.";
/// What it costs to hold back blocks.
pub const BLOCK_COSTS: &str = "Text comes a paragraph at a time: a few seconds, and longer for long code.";
/// What it costs to hold back all.
pub const WHOLE_COSTS: &str = "You wait for the whole answer, as if it did not stream.";
/// Withheld text goes back to the model.
pub const SENDS_WITHHELD: &str = "Send withheld text back to the model";
/// What that means.
pub const SENDS_WITHHELD_HINT: &str = "Off: with your next question the model reads its own answer as you saw it. On: it reads it as it wrote it, also what you did not see.";

// The judge.

/// The heading.
pub const JUDGE: &str = "Judge";
/// Whether there is one.
pub const HAS_JUDGE: &str = "Have another model judge the text first";
/// The server that judges.
pub const JUDGE_SERVER: &str = "Server that judges";
/// None is chosen.
pub const CHOOSE: &str = "Choose a server";
/// No server is set up.
pub const NO_SERVERS: &str =
    "No server is set up yet. Choose one in the settings first: it is kept there and can judge then.";
/// The model that judges.
pub const JUDGE_MODEL: &str = "Model";

/// An empty field for the model.
#[must_use]
pub fn model_of_server(model: &str) -> String {
    format!("As set up there: {model}")
}

/// What it is told.
pub const JUDGE_PROMPT: &str = "What it looks for";
/// How that is used.
pub const JUDGE_PROMPT_HINT: &str =
    "It answers ALLOW or WITHHOLD for each part. How it has to answer is told it besides.";
/// A prompt to begin with.
pub const DEFAULT_PROMPT: &str = "You check text before a person reads it. Withhold text that tells private details of a person who is no public figure, that gives away passwords or other secrets, or that helps somebody to do harm. Allow all other text, also where it only mentions such things.";
/// Puts that prompt back.
pub const USE_DEFAULT: &str = "Use the text that is offered";
/// The parts that it sees.
pub const JUDGE_SEES: &str = "It sees, before you do";
/// How long it may take.
pub const JUDGE_SECONDS: &str = "Seconds it may take for each part";
/// It fails.
pub const ON_FAILURE: &str = "Show the text where the judge fails or is late";
/// What that means.
pub const ON_FAILURE_HINT: &str = "Off: what was not judged in time is withheld.";

/// Who sees the text.
#[must_use]
pub fn host_sees(host: &str) -> String {
    format!(
        "{host} gets the text of every answer to read, and asks its price for it. Your questions are not sent there."
    )
}

// The place to try rules.

/// The heading.
pub const TRY: &str = "Try them";
/// What it is.
pub const TRY_HINT: &str =
    "Paste a text, or open a recording. It stays in this page. A judge is not asked here.";
/// The text.
pub const TRY_TEXT: &str = "Text to try";
/// Puts the sample in.
pub const USE_SAMPLE: &str = "Use the sample";
/// Opens a recording.
pub const OPEN_TAPE: &str = "Open a recording";
/// The sample: nothing of it belongs to anybody.
pub const SAMPLE: &str = "Write to ada@example.org, or call +44 20 7946 0958.\n\nThe test card 4111 1111 1111 1111 is refused on purpose, and so is GB82 WEST 1234 5698 7654 32.\n\nHere is [the manual](https://docs.example.com/start), and a command:\n\n```sh\ncurl https://api.example.com -H \"Authorization: Bearer sk-proj-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH\"\n```\n\nEverything else in this answer is harmless, and would be shown as it comes.";
/// The file cannot be read.
pub const FILE_GONE: &str = "The file could not be read. Choose it again.";
/// The file is none.
pub const NO_TAPE: &str =
    "This is no recording. Choose a file whose name ends in .tape.jsonl, as “Watch a stream” saves them.";
/// There is no answer in it.
pub const NO_TEXT: &str = "There is no text of an answer in this recording.";

/// What is tried is a recording.
#[must_use]
pub fn of_tape(name: &str, pieces: usize) -> String {
    format!("{name}: {pieces} pieces of text, at the times at which they came.")
}

/// What is tried was typed.
#[must_use]
pub fn paced(words: u32) -> String {
    format!("Tried as if it came at {words} words a second.")
}

/// Only the beginning is tried.
#[must_use]
pub fn beginning(characters: &str) -> String {
    format!("Only the first {characters} characters are tried.")
}

/// What would be shown.
pub const WOULD_SHOW: &str = "Would be shown";
/// What would be withheld.
pub const WOULD_WITHHOLD: &str = "Would be withheld";
/// No rule is there to try.
pub const NOTHING_TO_TRY: &str = "No rule is in force: all of it would be shown at once.";
/// Nothing would be withheld.
pub const NOTHING_WITHHELD: &str = "Nothing would be withheld.";

/// How many places.
#[must_use]
pub fn places(places: usize) -> String {
    match places {
        1 => "1 place".to_owned(),
        number => format!("{number} places"),
    }
}

/// What comes of the text.
#[must_use]
pub fn outcome(count: usize, longest: &str, most: &str) -> String {
    let withheld = match count {
        0 => NOTHING_WITHHELD.to_owned(),
        number => format!("{} would be withheld.", places(number)),
    };
    format!("{withheld} Text would be held back for {longest} at the longest, {most} characters at the most.")
}

/// A rule would end the answer.
#[must_use]
pub fn would_stop(rule: &str) -> String {
    format!("The answer would be stopped by the rule “{rule}”.")
}

/// The plot.
pub const PLOT: &str = "Characters over time: as they would come, and as they would be shown";
/// A curve.
pub const CURVE_CAME: &str = "Came";
/// A curve.
pub const CURVE_SHOWN: &str = "Shown";

/// Where the axis of time ends.
#[must_use]
pub fn up_to(time: &str, characters: &str) -> String {
    format!("{characters} characters in {time}")
}

/// A place in a text, and what a rule did there.
#[must_use]
pub fn tried_place(rule: &str, action: &str, from: usize, to: usize) -> String {
    format!("{rule}: {action}, characters {from} to {to}")
}

// In an answer.

/// Text is held back.
#[must_use]
pub fn held_back(bytes: &str) -> String {
    format!("{CHECKED} {bytes} bytes of text are held back.")
}

/// Something was withheld.
#[must_use]
pub fn withheld(count: usize, rules: &[String]) -> String {
    let mut text = format!("{} withheld", places(count));
    if !rules.is_empty() {
        let _ = write!(text, ": {}", rules.join(", "));
    }
    text
}

/// A rule has ended the answer.
#[must_use]
pub fn stopped_by(rule: &str) -> String {
    format!("Stopped by your rule “{rule}”")
}

/// Opens the list.
pub const WHAT: &str = "What was withheld";
/// Closes the list.
pub const CLOSE_LIST: &str = "Close the list";
/// Above the list.
pub const LIST_ABOUT: &str =
    "The answer as it came is kept with it, apart from what is shown, copied and sent back.";

/// A place in a block.
#[must_use]
pub fn place(block: usize, from: usize, to: usize) -> String {
    format!("Block {block}, characters {from} to {to}")
}

/// Shows the text of a place.
pub const SHOW: &str = "Show withheld";
/// Hides it again.
pub const HIDE: &str = "Hide it";
/// Puts it into the answer.
pub const RELEASE: &str = "Put it into the answer";
/// It is there now.
pub const RELEASED: &str = "It is in the answer now.";
/// The answer is not there any more.
pub const GONE: &str = "The answer is not here any more, so nothing was changed.";

// Among the numbers of an answer.

/// The heading.
pub const GROUP: &str = "Guard";
/// The longest time for which text was held back.
pub const LONGEST_HOLD: (&str, &str) = (
    "longest hold",
    "The longest time text was held back before it was shown, by your rules or by the wait for the judge.",
);
/// How many places were withheld.
pub const COUNT: (&str, &str) = ("withheld", "Places of the answer that were not shown.");
/// How many parts were judged.
pub const JUDGED: (&str, &str) = ("judged", "Parts of the answer that the judge was asked about.");
/// For how many it failed.
pub const JUDGE_FAILED: (&str, &str) =
    ("judge failed", "Parts for which the judge gave no verdict, or none in time.");
/// The tokens that it took.
pub const JUDGE_TOKENS: (&str, &str) =
    ("judge's tokens", "Tokens the judge read and wrote, as far as its server said.");
/// The longest time that it took.
pub const JUDGE_LONGEST: (&str, &str) = ("judge's longest", "The longest time the judge took for a part.");

// Files that go out.

/// Whether a file that can be imported again gets what was withheld.
pub const EXPORT_WITHHELD: &str = "In JSONL: also what your rules withheld of answers";
