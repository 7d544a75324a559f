//! [`Settings`] holds the person's choices, and presets fill them in.
//!
//! Settings are stored as JSON, by their serde derives; the key is not among them. Nothing here reads or writes a store.

mod deployment;
mod field;
mod migration;
mod preset;
mod profile;

pub use deployment::Deployment;
pub use field::{Field, Problem};
pub use migration::{KeyRecordV1, Migrated, RecentModelV1};
pub use preset::{PRESETS, Preset, preset};
pub use profile::{KeyRecord, PROFILES_VERSION, Profile, Profiles};

use super::messages::{problems as words, servers};
use super::wire::{
    BaseUrl, Decimal, Dialect, Endpoint, Extra, ExtraProblem, Key, Message, OwnEventField, OwnEventFields,
    OwnEvents, Prompt, Protocol,
};
use preset::LLAMA_CPP;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// The version written into stored settings.
pub const SETTINGS_VERSION: u32 = 1;

/// The person's choices. Unknown members of a stored record are ignored, missing ones take their default; a member that
/// cannot be read makes the whole record unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// [`SETTINGS_VERSION`].
    #[serde(deserialize_with = "known_version")]
    pub version: u32,
    /// The preset's name.
    pub preset: String,
    /// The base URL, as typed.
    pub base_url: String,
    /// The protocol that the server speaks.
    pub dialect: Dialect,
    /// The model's id, as typed.
    pub model: String,
    /// The system prompt.
    pub system: String,
    /// The temperature; `None` leaves it to the provider.
    pub temperature: Option<Decimal>,
    /// The most tokens of an answer; `None` leaves it to the provider.
    pub max_tokens: Option<u32>,
    /// Raw JSON to be merged into each request; empty for none.
    pub extra: String,
    /// The rules by which a server's own events are read.
    #[serde(skip_serializing_if = "OwnEventFields::is_empty")]
    pub events: OwnEventFields,
    /// The rules for what of an answer may be shown, as JSON of [`Rules`](crate::checks::Rules); empty for none. The first load hands
    /// them on and need not read them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rules: String,
    /// Whether answers are streamed.
    pub stream: bool,
    /// Whether the key is kept on this device.
    pub remember_key: bool,
    /// The id of the [`Profile`] that these are the settings of; empty where there is none yet.
    pub profile: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::for_preset(&PRESETS[0])
    }
}

impl Settings {
    /// Returns the settings a preset starts with.
    pub fn for_preset(preset: &Preset) -> Settings {
        Settings {
            version: SETTINGS_VERSION,
            preset: preset.name.to_owned(),
            base_url: preset.base_url.to_owned(),
            dialect: preset.dialect,
            model: String::new(),
            system: String::new(),
            temperature: None,
            max_tokens: None,
            extra: String::new(),
            events: OwnEventFields::default(),
            rules: String::new(),
            stream: true,
            remember_key: false,
            profile: String::new(),
        }
    }

    /// Returns whether these are the settings that their preset starts with, apart from the system prompt, which belongs to
    /// no server: nothing of them would be lost without a profile.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        preset(&self.preset).is_some_and(|preset| {
            let (system, profile) = (self.system.clone(), self.profile.clone());
            *self == Settings { system, profile, ..Settings::for_preset(preset) }
        })
    }

    /// Returns the address without its scheme, for a line of its own; a name where there is no address.
    #[must_use]
    pub fn address(&self) -> &str {
        if !self.dialect.has_address() {
            return servers::BROWSER_MODEL;
        }
        self.base_url.split_once("://").map_or(&self.base_url, |(_, rest)| rest)
    }

    /// Returns the origin of the address, which a key is bound to; empty for an address that cannot be used.
    #[must_use]
    pub fn origin(&self) -> String {
        BaseUrl::parse(&self.base_url, false).map(|base| base.origin().to_owned()).unwrap_or_default()
    }

    /// Checks address and key, and returns the endpoint.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn endpoint(&self, key: &str) -> Result<Endpoint, Problem> {
        if !self.dialect.has_address() {
            return Ok(Endpoint { dialect: self.dialect, base: BaseUrl::NONE, key: None });
        }
        let key =
            Key::new(key).map_err(|problem| Problem { field: Field::Key, sentence: problem.to_string() })?;
        // A browser can send it as a sub-protocol alone.
        if let Some(key) = key.as_ref().filter(|_| self.dialect == Dialect::Realtime)
            && !key.is_token()
        {
            return Err(Problem { field: Field::Key, sentence: words::KEY_IS_NO_TOKEN.to_owned() });
        }
        let base = BaseUrl::parse(&self.base_url, key.is_some())
            .map_err(|problem| Problem { field: Field::BaseUrl, sentence: problem.to_string() })?;
        Ok(Endpoint { dialect: self.dialect, base, key })
    }

    /// Checks that there is a key, where the preset's own address is asked and wants one. A list of models may be had
    /// without.
    ///
    /// # Errors
    /// The key that is missing.
    pub fn require_key(&self, key: &str) -> Result<(), Problem> {
        match preset(&self.preset) {
            Some(preset)
                if preset.wants_key && preset.base_url == self.base_url.trim() && key.trim().is_empty() =>
            {
                let sentence = words::key_missing(preset.label, preset.key_page);
                Err(Problem { field: Field::Key, sentence })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Checks the fields of a request, and returns the prompt.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn prompt(&self, messages: Vec<Message>) -> Result<Prompt, Problem> {
        let prompt = self.prompt_with(messages, None)?;
        Ok(Prompt { extra: self.extra()?, ..prompt })
    }

    /// Checks all fields of a request but the person's own JSON, and returns the prompt with those members: see
    /// [`Settings::extra`].
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn prompt_with(&self, messages: Vec<Message>, extra: Option<Extra>) -> Result<Prompt, Problem> {
        let model = self.model.trim();
        if model.is_empty() && self.dialect.names_model() {
            let sentence = words::MODEL_MISSING.to_owned();
            return Err(Problem { field: Field::Model, sentence });
        }
        if self.max_tokens == Some(0) {
            return Err(Problem { field: Field::MaxTokens, sentence: words::LIMIT_IS_ZERO.to_owned() });
        }
        Ok(Prompt {
            model: model.to_owned(),
            system: self.system.trim().to_owned(),
            messages,
            temperature: self.temperature.clone(),
            max_tokens: self.max_tokens,
            stream: self.stream,
            counts: self.is_llama_cpp_stream(),
            extra,
        })
    }

    /// Returns whether answers are streamed from llama.cpp's server, which is asked for what it alone can do.
    #[must_use]
    pub fn is_llama_cpp_stream(&self) -> bool {
        self.preset == LLAMA_CPP && self.dialect == Dialect::ChatCompletions && self.stream
    }

    /// Returns the protocol that the server speaks.
    ///
    /// # Errors
    /// A rule for the server's own events that cannot be read.
    pub fn protocol(&self) -> Result<Protocol, Problem> {
        if !self.dialect.has_own_rules() {
            return Ok(Protocol::of(self.dialect));
        }
        let rules = OwnEvents::parse(&self.events).map_err(|problem| {
            let (field, typed) = match problem.field {
                OwnEventField::Text => (Field::EventText, &self.events.text),
                OwnEventField::Reasoning => (Field::EventReasoning, &self.events.reasoning),
                OwnEventField::Error => (Field::EventError, &self.events.error),
                OwnEventField::End => (Field::EventEnd, &self.events.end),
            };
            let place = typed.get(..problem.at).map_or(1, |before| before.chars().count() + 1);
            Problem { field, sentence: words::rule_refused(&problem.fault.to_string(), place) }
        })?;
        Ok(Protocol::own_events(rules, self.dialect.is_ndjson()))
    }

    /// Returns whether there is JSON of the person's own to be merged over a request.
    #[must_use]
    pub fn has_extra(&self) -> bool {
        !self.extra.trim().is_empty()
    }

    /// Reads the person's own JSON; `None` if there is none.
    ///
    /// # Errors
    /// A text that is no JSON object.
    pub fn extra(&self) -> Result<Option<Extra>, Problem> {
        if !self.has_extra() {
            return Ok(None);
        }
        let problem = |sentence| Problem { field: Field::Extra, sentence };
        Extra::parse(&self.extra).map(Some).map_err(|error| match error {
            ExtraProblem::NoObject => problem(words::EXTRA_IS_NO_OBJECT.to_owned()),
            ExtraProblem::Unreadable(cause) => problem(words::extra_unreadable(&cause)),
        })
    }
}

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        SETTINGS_VERSION => Ok(SETTINGS_VERSION),
        other => Err(D::Error::custom(words::unknown_version(u64::from(other)))),
    }
}
