//! [`Settings`]: what the person chose, and the presets to choose from.
//!
//! Settings are stored as JSON; the key is not among them. Nothing here reads or writes a store.

use super::json::{Decimal, Document, Json, Value};
use super::wire::{BaseUrl, Dialect, Endpoint, Key, Message, Prompt};

/// The version written into stored settings.
pub const SETTINGS_VERSION: u32 = 1;

/// A server that is known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its stored name.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// The protocol it is asked in.
    pub dialect: Dialect,
    /// Its base URL.
    pub base_url: &'static str,
    /// Whether nobody is answered without a key.
    pub wants_key: bool,
    /// What a person has to know before the first question, or empty.
    pub note: &'static str,
}

/// The known servers, local ones first: they need no key.
pub const PRESETS: [Preset; 9] = [
    Preset {
        name: "llama.cpp",
        label: "llama.cpp server",
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:8080/v1",
        wants_key: false,
        note: "llama-server accepts pages of any origin by default.",
    },
    Preset {
        name: "ollama",
        label: "Ollama",
        dialect: Dialect::Ollama,
        base_url: "http://127.0.0.1:11434",
        wants_key: false,
        note: "Pages that are not on localhost need OLLAMA_ORIGINS to name this page's origin.",
    },
    Preset {
        name: "lm-studio",
        label: "LM Studio",
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:1234/v1",
        wants_key: false,
        note: "Turn on CORS in the server tab, or start it with: lms server start --cors",
    },
    Preset {
        name: "vllm",
        label: "vLLM",
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:8000/v1",
        wants_key: false,
        note: "vLLM accepts pages of any origin by default.",
    },
    Preset {
        name: "openai",
        label: "OpenAI",
        dialect: Dialect::Responses,
        base_url: "https://api.openai.com/v1",
        wants_key: true,
        note: "Answers are requested without being stored at OpenAI.",
    },
    Preset {
        name: "anthropic",
        label: "Anthropic",
        dialect: Dialect::Anthropic,
        base_url: "https://api.anthropic.com/v1",
        wants_key: true,
        note: "Your organisation must allow keys in browsers.",
    },
    Preset {
        name: "gemini",
        label: "Gemini",
        dialect: Dialect::Gemini,
        base_url: "https://generativelanguage.googleapis.com/v1beta",
        wants_key: true,
        note: "",
    },
    Preset {
        name: "openrouter",
        label: "OpenRouter",
        dialect: Dialect::ChatCompletions,
        base_url: "https://openrouter.ai/api/v1",
        wants_key: true,
        note: "",
    },
    Preset {
        name: "custom",
        label: "Another server",
        dialect: Dialect::ChatCompletions,
        base_url: "",
        wants_key: false,
        note: "Any server that speaks one of the protocols below.",
    },
];

/// The preset of that name.
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

/// What the person chose. Unknown members of a stored record are ignored, missing ones take their default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// [`SETTINGS_VERSION`].
    pub version: u32,
    /// The preset's name.
    pub preset: String,
    /// The base URL, as typed.
    pub base_url: String,
    /// The protocol's name.
    pub dialect: String,
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
    /// Whether answers are streamed.
    pub stream: bool,
    /// Whether the key is kept on this device.
    pub remember_key: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::for_preset(&PRESETS[0])
    }
}

/// Which field is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name: `base-url`, `key`, `model`, `extra`, `temperature`, `max-tokens`, `dialect`.
    pub field: &'static str,
    /// A sentence for the person.
    pub sentence: String,
}

impl Settings {
    /// The settings a preset starts with.
    pub fn for_preset(preset: &Preset) -> Settings {
        Settings {
            version: SETTINGS_VERSION,
            preset: preset.name.to_owned(),
            base_url: preset.base_url.to_owned(),
            dialect: preset.dialect.name().to_owned(),
            model: String::new(),
            system: String::new(),
            temperature: None,
            max_tokens: None,
            extra: String::new(),
            stream: true,
            remember_key: false,
        }
    }

    /// Reads a stored record; nonsense gives `None`.
    pub fn from_json(json: &str) -> Option<Settings> {
        let mut document = Document::default();
        let record = document.parse(json).ok().filter(Value::is_object)?;
        let mut settings = Settings::default();
        for (field, name) in [
            (&mut settings.preset, "preset"),
            (&mut settings.base_url, "base_url"),
            (&mut settings.dialect, "dialect"),
            (&mut settings.model, "model"),
            (&mut settings.system, "system"),
            (&mut settings.extra, "extra"),
        ] {
            if let Some(value) = record.get(name) {
                *field = value.as_text()?.decode().into_owned();
            }
        }
        for (field, name) in [(&mut settings.stream, "stream"), (&mut settings.remember_key, "remember_key")]
        {
            if let Some(value) = record.get(name) {
                *field = value.as_bool()?;
            }
        }
        if let Some(version) = record.get("version") {
            settings.version = version.as_u64()?.try_into().ok()?;
        }
        if let Some(value) = record.present("temperature") {
            settings.temperature = Some(Decimal::parse(value.raw())?);
        }
        if let Some(value) = record.present("max_tokens") {
            settings.max_tokens = Some(value.as_u64()?.try_into().ok()?);
        }
        (settings.version == SETTINGS_VERSION).then_some(settings)
    }

    /// The record to store.
    pub fn to_json(&self) -> String {
        let max_tokens = self.max_tokens.map(|limit| Json::number(u64::from(limit)));
        Json::object()
            .with("version", Json::number(u64::from(self.version)))
            .with("preset", Json::text(&self.preset))
            .with("base_url", Json::text(&self.base_url))
            .with("dialect", Json::text(&self.dialect))
            .with("model", Json::text(&self.model))
            .with("system", Json::text(&self.system))
            .with("temperature", self.temperature.as_ref().map_or_else(Json::null, Decimal::to_json))
            .with("max_tokens", max_tokens.unwrap_or_else(Json::null))
            .with("extra", Json::text(&self.extra))
            .with("stream", Json::bool(self.stream))
            .with("remember_key", Json::bool(self.remember_key))
            .into_text()
    }

    /// The defaults a deployment gives in `tokenfall.json`: the members `preset`, `base_url`, `dialect` and `model`, each
    /// of them optional. `None` if the file names nothing.
    pub fn from_deployment(json: &str) -> Option<Settings> {
        let mut document = Document::default();
        let value = document.parse(json).ok()?;
        value.members().next()?;
        let named = preset(&value.string("preset")).or_else(|| preset("custom"))?;
        let mut settings = Settings::for_preset(named);
        for (field, name) in [
            (&mut settings.base_url, "base_url"),
            (&mut settings.dialect, "dialect"),
            (&mut settings.model, "model"),
        ] {
            let given = value.string(name);
            if !given.is_empty() {
                *field = given;
            }
        }
        Some(settings)
    }

    /// Where to ask.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn endpoint(&self, key: &str) -> Result<Endpoint, Problem> {
        let key = Key::new(key).map_err(|problem| Problem { field: "key", sentence: problem.to_string() })?;
        let base = BaseUrl::parse(&self.base_url, key.is_some())
            .map_err(|problem| Problem { field: "base-url", sentence: problem.to_string() })?;
        let dialect = Dialect::from_name(&self.dialect).ok_or_else(|| Problem {
            field: "dialect",
            sentence: "Choose the protocol that the server speaks.".to_owned(),
        })?;
        Ok(Endpoint { dialect, base, key })
    }

    /// That there is a key, where the preset's own address is asked and wants one. A list of models may be had without.
    ///
    /// # Errors
    /// The key that is missing.
    pub fn require_key(&self, key: &str) -> Result<(), Problem> {
        match preset(&self.preset) {
            Some(preset)
                if preset.wants_key && preset.base_url == self.base_url.trim() && key.trim().is_empty() =>
            {
                let sentence = format!("{} answers nobody without a key. Enter yours.", preset.label);
                Err(Problem { field: "key", sentence })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// What to ask.
    ///
    /// # Errors
    /// The first field that cannot be used.
    pub fn prompt(&self, messages: Vec<Message>) -> Result<Prompt, Problem> {
        let model = self.model.trim();
        if model.is_empty() {
            let sentence = "Name a model, or load the server's list and choose one.".to_owned();
            return Err(Problem { field: "model", sentence });
        }
        if self.max_tokens == Some(0) {
            return Err(Problem {
                field: "max-tokens",
                sentence: "The limit must be at least 1 token.".to_owned(),
            });
        }
        Ok(Prompt {
            model: model.to_owned(),
            system: self.system.trim().to_owned(),
            messages,
            temperature: self.temperature.clone(),
            max_tokens: self.max_tokens,
            stream: self.stream,
            extra: self.extra_members()?,
        })
    }

    fn extra_members(&self) -> Result<Option<Json>, Problem> {
        if self.extra.trim().is_empty() {
            return Ok(None);
        }
        let problem = |sentence| Problem { field: "extra", sentence };
        match Document::default().parse(&self.extra) {
            Ok(value) if value.is_object() => Ok(Some(Json::from_value(value))),
            Ok(_) => Err(problem(r#"The extra JSON must be an object, as in {"top_p": 0.9}."#.to_owned())),
            Err(error) => Err(problem(format!("The extra JSON cannot be read: {error}."))),
        }
    }
}
