//! [`Field`] names the fields of the settings, and [`Problem`] tells the fault of one.

/// A field of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The server: one that was set up, or one that is known.
    Preset,
    /// The name that the person gives the server.
    ServerName,
    /// The protocol.
    Dialect,
    /// The base address.
    BaseUrl,
    /// The key.
    Key,
    /// The model's id.
    Model,
    /// The system prompt.
    System,
    /// The temperature.
    Temperature,
    /// The most tokens of an answer.
    MaxTokens,
    /// The JSON that is merged into each request.
    Extra,
    /// The member of a server's own events that is text.
    EventText,
    /// The one that is reasoning.
    EventReasoning,
    /// The one that is an error.
    EventError,
    /// What says that it was the last event.
    EventEnd,
    /// The rules for what is shown of an answer.
    Rules,
    /// The schema of the JSON that an answer is to be.
    Schema,
}

impl Field {
    /// Returns the name that its control has in the page.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Preset => "preset",
            Field::ServerName => "server-name",
            Field::Dialect => "dialect",
            Field::BaseUrl => "base-url",
            Field::Key => "key",
            Field::Model => "model",
            Field::System => "system",
            Field::Temperature => "temperature",
            Field::MaxTokens => "max-tokens",
            Field::Extra => "extra",
            Field::EventText => "event-text",
            Field::EventReasoning => "event-reasoning",
            Field::EventError => "event-error",
            Field::EventEnd => "event-end",
            Field::Rules => "rules",
            Field::Schema => "schema",
        }
    }
}

/// A field that cannot be used as it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field to mend.
    pub field: Field,
    /// A sentence for the person.
    pub sentence: String,
}
