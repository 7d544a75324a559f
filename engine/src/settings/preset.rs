//! [`Preset`]: servers that are known by name.

use crate::wire::Dialect;

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

/// The stored name of llama.cpp's preset, whose server is asked for more than others are.
pub(super) const LLAMA_CPP: &str = "llama.cpp";

/// The known servers, local ones first: they need no key.
pub const PRESETS: [Preset; 9] = [
    Preset {
        name: LLAMA_CPP,
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
