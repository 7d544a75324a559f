//! Words of the page: header, welcome, composer, transcript, and what stands under an answer.

/// The page's name.
pub const NAME: &str = "Tokenfall";

// Header and notices.

/// The model's button while none is chosen.
pub const CHOOSE_A_MODEL: &str = "Choose a model";
/// The title of the model's button.
pub const CHOOSE_MODEL_TITLE: &str = "Choose the model";
/// The button that shows or hides the list of conversations.
pub const CONVERSATIONS: &str = "Conversations";
/// The button that begins an empty conversation.
pub const NEW_CHAT: &str = "New chat";
/// The way out of another page's frame.
pub const OPEN_IN_OWN_TAB: &str = "Open Tokenfall in a tab of its own";
/// The device has no network.
pub const OFFLINE: &str =
    "This device is offline. Hosted models cannot be reached; a model on this device still answers.";
/// A part of the page is being fetched.
pub const LOADING: &str = "Loading…";
/// A part of the page could not be fetched.
pub const LOADING_FAILED: &str = "The rest of this page could not be fetched. Try again; if that does not help, there may be a new version: copy what you typed and reload the page.";
/// A question waits for the server's list of models.
pub const LOOKING_FOR_MODELS: &str = "Looking for models on the server…";
/// The title of the button that closes a dialog, with its key.
pub const CLOSE_TITLE: &str = "Close (Esc)";

/// The document's title while an answer is being written.
#[must_use]
pub fn title_answering() -> String {
    format!("● Answering – {NAME}")
}

/// The document's title once an answer came while nobody looked.
#[must_use]
pub fn title_answered() -> String {
    format!("✓ Answered – {NAME}")
}

/// A question or an answer with others below it, for screen readers.
pub const OLD_TURN: &str = "Enter leads to the links and buttons in here, Escape out of them.";

// Welcome.

/// The heading of an empty page.
pub const WELCOME: &str = "Ask a model, and watch the answer arrive.";
/// The sentence below it.
pub const WELCOME_BELOW: &str = "This page talks straight to the model you choose, hosted or on your own machine. There is no server in between.";
/// The card that plays the recording.
pub const PLAY_A_SAMPLE: &str = "Play a sample";
/// What the card brings.
pub const PLAY_A_SAMPLE_BELOW: &str = "A recorded answer at the pace at which it came. Needs no model.";
/// The same as a link, beside a model that is there.
pub const PLAY_A_RECORDED_SAMPLE: &str = "Play a recorded sample";
/// The card that opens the settings.
pub const CONNECT_A_MODEL: &str = "Connect a model";
/// The same, where the page comes with a model.
pub const CONNECT_ANOTHER_MODEL: &str = "Connect another model";
/// What can be connected.
pub const CONNECT_BELOW: &str = "Ollama, llama.cpp, LM Studio, vLLM, or a provider with your key.";
/// Questions to begin with.
pub const EXAMPLES: [&str; 3] = [
    "Explain how rain forms, to a ten-year-old.",
    "Write a haiku about waiting for an answer.",
    "Compare TCP and UDP in a small table.",
];

// Composer.

/// The name of the field for questions.
pub const MESSAGE: &str = "Message";
/// What the empty field shows.
pub const ASK_ANYTHING: &str = "Ask anything";
/// The button that sends.
pub const SEND: &str = "Send";
/// Its title, with its key.
pub const SEND_TITLE: &str = "Send (Enter)";
/// The button that stops an answer.
pub const STOP: &str = "Stop";
/// Its title, with its key.
pub const STOP_TITLE: &str = "Stop (Esc)";
/// The button that takes something away from a draft.
pub const REMOVE: &str = "Remove";

/// A draft holds characters that cannot be seen.
#[must_use]
pub fn text_holds_hidden(characters: usize) -> String {
    match characters {
        1 => "This text holds a character that cannot be seen. The model would read it.".to_owned(),
        _ => {
            format!("This text holds {characters} characters that cannot be seen. The model would read them.")
        }
    }
}

/// The page came over https, and the server is another machine's plain http.
pub const REFUSED_FROM_HTTPS: &str = "This page came over https, from which browsers refuse plain http to another machine. Use an https address, or open this page over http.";

// Transcript.

/// The name of the transcript.
pub const CONVERSATION: &str = "Conversation";
/// The button that goes to the end.
pub const TO_THE_END: &str = "To the end";
/// The heading of a question, for screen readers.
pub const YOU: &str = "You";
/// The heading of an answer, for screen readers.
pub const ANSWER: &str = "Answer";
/// The button that shows a further piece of a very long question.
pub const SHOW_MORE: &str = "Show more of it";
/// The button that unfolds a long question.
pub const SHOW_ALL: &str = "Show all";
/// The button that folds it again.
pub const SHOW_LESS: &str = "Show less";
/// Above an answer that is played from a file.
pub const RECORDING: &str = "Sample – replayed at its original speed";
/// The fold of an answer's reasoning, once it is over and its time is not known.
pub const THOUGHTS: &str = "Thoughts";
/// The same while it is being written.
pub const THINKING: &str = "Thinking";

/// The fold of an answer's reasoning, with its time.
#[must_use]
pub fn thought_for(time: &str) -> String {
    format!("Thought for {time}")
}

/// A button copied what it is for.
pub const COPIED: &str = "Copied";
/// The browser refused a copy.
pub const COULD_NOT_COPY: &str = "Could not copy: select the text and press Ctrl+C";
/// The button that copies an answer.
pub const COPY_THE_ANSWER: &str = "Copy the answer";
/// Its title.
pub const COPY_TITLE: &str = "Copy the answer as Markdown";
/// The button that asks a question again.
pub const ASK_AGAIN: &str = "Ask again";
/// The same for a recording.
pub const PLAY_AGAIN: &str = "Play again";
/// The way to the answer before this one.
pub const ANSWER_BEFORE: &str = "The answer before";
/// The way to the answer after this one.
pub const ANSWER_AFTER: &str = "The answer after";

/// Which of several answers this is.
#[must_use]
pub fn version_of(number: usize, all: usize) -> String {
    format!("{number} of {all}")
}

/// The heading of an answer's sources.
pub const SOURCES: &str = "Sources";

/// The fold of records that have no picture here.
#[must_use]
pub fn also_received(records: usize) -> String {
    format!("Also received ({records})")
}

// Waiting.

/// The button that asks at once what would be asked again later.
pub const TRY_NOW: &str = "Try now";

/// A question failed and goes out again by itself. The unit stays with its number.
#[must_use]
pub fn asking_again(sentence: &str, seconds: u64, is_told_by_server: bool) -> String {
    let about = if is_told_by_server { "" } else { "about\u{a0}" };
    match seconds {
        0 => format!("{sentence} Asking again now."),
        _ => format!("{sentence} Asking again in {about}{seconds}\u{a0}s."),
    }
}

/// The same for a screen reader.
#[must_use]
pub fn asking_again_soon(sentence: &str) -> String {
    format!("{sentence} Asking again soon.")
}

/// The server reads the prompt.
#[must_use]
pub fn reading_the_prompt(done: &str, all: &str) -> String {
    format!("Reading the prompt: {done} of {all} tokens")
}

/// Text has come, and then nothing.
#[must_use]
pub fn no_data_for(seconds: u64) -> String {
    format!("No data for {seconds} s")
}

/// Text has come, and then only what is not shown.
#[must_use]
pub fn nothing_to_read_for(seconds: u64) -> String {
    format!("Connected, but nothing to read for {seconds} s")
}

/// A server on this machine is silent.
#[must_use]
pub fn model_may_be_loading(seconds: u64) -> String {
    format!("Still waiting, {seconds} s: the server may be loading the model")
}

/// A server on this machine is asked over https and is silent.
#[must_use]
pub fn address_may_be_plain(seconds: u64) -> String {
    format!(
        "Still waiting, {seconds} s: the address begins with https, and servers on this machine usually speak plain http"
    )
}

/// The request is on its way.
#[must_use]
pub fn waiting_for_server(seconds: u64) -> String {
    format!("Waiting for the server, {seconds} s")
}

/// The server has answered, without a word so far.
#[must_use]
pub fn waiting_for_first_word(seconds: u64) -> String {
    format!("Waiting for the first word, {seconds} s")
}

// Ends.

/// An answer begins, for screen readers.
pub const ANSWERING: &str = "Answering";

/// The button above the first turn in the page, when so many are before it.
#[must_use]
pub fn earlier_turns(count: usize) -> String {
    if count == 1 { "Show 1 earlier message".to_owned() } else { format!("Show {count} earlier messages") }
}
/// The text so far turned out to be reasoning.
pub const MOVED: &str = "The text so far was reasoning and stands under the thoughts now. ";
/// An answer is complete, for screen readers.
pub const ANSWER_COMPLETE: &str = "Answer complete";
/// An answer has ended, in whichever way.
pub const ANSWER_ENDED: &str = "The answer is there";
/// An answer was stopped, for screen readers.
pub const STOPPED_BRIEFLY: &str = "Stopped";
/// An answer was cut off, for screen readers.
pub const ANSWER_CUT_OFF: &str = "Answer cut off at the limit";
/// An answer was withheld, for screen readers.
pub const ANSWER_WITHHELD: &str = "Answer withheld by a filter";

/// An answer failed, for screen readers.
#[must_use]
pub fn answer_failed(sentence: &str) -> String {
    format!("Answer failed: {sentence}")
}

/// An answer was stopped behind some text.
pub const STOPPED_WITH_TEXT: &str = "Stopped. The text so far is kept.";
/// An answer was stopped ahead of any text.
pub const STOPPED: &str = "Stopped before anything came.";
/// An answer ended well and holds nothing.
pub const EMPTY_ANSWER: &str = "The model sent an empty answer.";
/// An answer came whole.
pub const IN_ONE_PIECE: &str = "It came in one piece, not streamed.";
/// Some events were no JSON.
pub const EVENTS_LEFT_OUT: &str = "Some events could not be read and were left out.";
/// What the person typed went into the answer that is being written.
pub const SAID: &str = "Said. The answer goes on with it.";
/// What the person said while the answer was being written, for screen readers.
pub const SAID_MEANWHILE: &str = "You said meanwhile";
/// The button that has the model go on behind an answer that is not whole.
pub const GO_ON: &str = "Continue";
/// The button under an error.
pub const TRY_AGAIN: &str = "Try again";
/// The fold of an error's details.
pub const DETAILS: &str = "Details";
/// The way from an error to the settings.
pub const SETTINGS: &str = "Settings";
