//! Words of the settings sheet: labels, hints, what an empty field shows, and problems with a field.

/// The heading of the sheet.
pub const SETTINGS: &str = "Settings";
/// The button that closes the sheet.
pub const CLOSE: &str = "Close the settings";
/// Its title, with its key.
pub const CLOSE_TITLE: &str = "Close (Esc)";
/// The fields about the server.
pub const GROUP_SERVER: &str = "Server and model";
/// The fields about answers.
pub const GROUP_ANSWERS: &str = "Answers";
/// The fields about the request itself.
pub const GROUP_REQUEST: &str = "Request";

// Server and model.

/// The choice of a server.
pub const SERVER: &str = "Server";
/// Those that were set up.
pub const YOUR_SERVERS: &str = "Your servers";
/// Those that are known by name, and any other.
pub const ADD_SERVER: &str = "Add a server";
/// The name of the server that is set.
pub const SERVER_NAME: &str = "Name of this server";
/// Where it is shown.
pub const SERVER_NAME_HINT: &str = "Shown in your list of servers. You can leave it empty.";
/// What an empty name shows.
pub const SERVER_NAME_PLACEHOLDER: &str = "For example: At work";
/// The button that removes the server that is set.
pub const REMOVE_SERVER: &str = "Remove this server";
/// The button that puts it back.
pub const PUT_SERVER_BACK: &str = "Put it back";

/// A server was removed.
#[must_use]
pub fn server_removed(name: &str) -> String {
    format!("{name} was removed.")
}

/// The choice of a protocol.
pub const PROTOCOL: &str = "Protocol";
/// What a protocol is.
pub const PROTOCOL_HINT: &str = "The API that the server offers.";
/// The base address.
pub const ADDRESS: &str = "Address";
/// How an address looks. Ollama's own has no version.
pub const ADDRESS_HINT: &str = "Address of the API, including /v1 – for example http://127.0.0.1:8080/v1.";
/// How the address of a server without models looks.
pub const WHOLE_ADDRESS_HINT: &str =
    "The whole address that takes the question, for example http://127.0.0.1:3000/api/chat.";
/// What an empty address shows.
pub const ADDRESS_PLACEHOLDER: &str = "https://…";
/// The key.
pub const KEY: &str = "Key";
/// Where a key goes and how long it stays.
pub const KEY_HINT: &str = "Sent only to this address. Kept in memory only, unless you tick the box below.";
/// What an empty key shows.
pub const KEY_PLACEHOLDER: &str = "Not needed for local servers";
/// The switch that keeps the key.
pub const KEEP_KEY: &str = "Keep the key on this device";
/// The name of the model.
pub const MODEL: &str = "Model";
/// Whose name that is.
pub const MODEL_HINT: &str = "The model's name on the server.";
/// What an empty name means.
pub const MODEL_PLACEHOLDER: &str = "First model the server offers";
/// The button that fetches the list of models.
pub const LOAD_MODELS: &str = "Load the server's models";
/// The same while the list is on its way.
pub const LOADING: &str = "Loading…";

/// The same once there is a list.
#[must_use]
pub fn models_found(number: usize) -> String {
    match number {
        1 => "1 model found. Load again".to_owned(),
        _ => format!("{number} models found. Load again"),
    }
}

// The menu of models.

/// The menu's name.
pub const MODEL_MENU: &str = "Models";
/// The search among the models.
pub const FIND_MODEL: &str = "Find a model";
/// The models that were in use lately.
pub const RECENT_MODELS: &str = "Recent";
/// The way to all settings.
pub const ALL_SETTINGS: &str = "All settings";

/// The models of other servers that were set up.
pub const MODELS_ELSEWHERE: &str = "On your other servers";

/// The models of a server.
#[must_use]
pub fn models_on(host: &str) -> String {
    format!("On {host}")
}

/// The button that takes what was typed as a model's name.
#[must_use]
pub fn use_typed(name: &str) -> String {
    format!("Use “{name}”")
}

/// So many models are not shown.
#[must_use]
pub fn more_models(number: &str) -> String {
    format!("{number} more. Type to find them.")
}

// Answers and request.

/// The system prompt.
pub const SYSTEM: &str = "System prompt";
/// What it is.
pub const SYSTEM_HINT: &str = "Instructions that stand above every conversation without its own.";
/// What an empty one shows.
pub const SYSTEM_PLACEHOLDER: &str = "For example: Answer briefly.";
/// The temperature.
pub const TEMPERATURE: &str = "Temperature";
/// What it does.
pub const TEMPERATURE_HINT: &str = "Lower is more predictable, higher more varied.";
/// The limit of an answer.
pub const LIMIT: &str = "Answer limit (tokens)";
/// What it does.
pub const LIMIT_HINT: &str = "A longer answer is cut off there.";
/// What an empty parameter means.
pub const SERVER_DEFAULT: &str = "Server default";
/// The switch between streamed and whole answers.
pub const STREAM: &str = "Show answers while they are written";
/// JSON for each request.
pub const EXTRA: &str = "Extra JSON";
/// What it does.
pub const EXTRA_HINT: &str = "Added to every request last. Set a field to null to remove it.";
/// How it looks.
pub const EXTRA_PLACEHOLDER: &str = r#"{"top_p": 0.9}"#;

// Problems.

/// The temperature is no number.
pub const TEMPERATURE_REFUSED: &str = "The temperature must be a number from 0 up.";
/// The limit is no number.
pub const LIMIT_REFUSED: &str = "The limit must be a whole number from 1 up.";
/// The key was entered for another server than the one that is set.
pub const KEY_OF_OTHER_SERVER: &str =
    "The address has changed since the key was entered. Enter the key for this server.";
/// The same, when the address is left.
pub const KEY_CLEARED: &str = "The key was cleared, because it was entered for another server.";
/// The settings changed while the list of models was on its way.
pub const SERVER_CHANGED: &str = "The server was changed meanwhile. Choose a model, or load the list again.";

/// A protocol's own path was taken off the address.
#[must_use]
pub fn ending_taken_off(ending: &str) -> String {
    format!("{ending} was taken off the end: this page adds it by itself.")
}

/// The list of models was found with `/v1`, or without.
#[must_use]
pub fn address_changed(address: &str) -> String {
    format!("The server answers at {address}, so the address was changed to that.")
}

/// The list of models is empty.
#[must_use]
pub fn no_models_listed(host: &str) -> String {
    format!("{host} lists no models. Type the model's name.")
}

/// The list of models is longer than what is kept of it.
#[must_use]
pub fn list_is_cut(all: &str, kept: &str) -> String {
    format!("The list has {all} models; these are the first {kept}. Type another one's name.")
}

/// The list of models ended in its middle.
#[must_use]
pub fn list_broke_off(host: &str) -> String {
    format!("{host} broke off its list of models. Load it again.")
}

/// The list of models is too long.
#[must_use]
pub fn list_too_long(host: &str) -> String {
    format!("{host}'s list of models is too long to be read here. Type the model's name.")
}

/// The list of models did not come.
#[must_use]
pub fn list_timed_out(host: &str, seconds: u64) -> String {
    format!("{host} has sent no list of models in {seconds} s. Load it again, or type the model's name.")
}

/// Nor is there a list with `/v1`, or without.
#[must_use]
pub fn no_list_there_either(sentence: &str, address: &str) -> String {
    format!("{sentence} There is no list at {address} either.")
}
