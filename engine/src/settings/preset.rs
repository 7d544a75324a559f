//! [`Preset`] describes a server that is known by name.

use crate::messages::servers as words;
use crate::wire::Dialect;

/// A server that is known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The stored name.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// The protocol it is asked in.
    pub dialect: Dialect,
    /// The base URL.
    pub base_url: &'static str,
    /// Whether nobody is answered without a key.
    pub wants_key: bool,
    /// Address at which the provider gives out keys, or empty where none is wanted.
    pub key_page: &'static str,
    /// A note for the person ahead of the first question, or empty.
    pub note: &'static str,
}

/// The stored name of llama.cpp's preset, whose server is asked for more than others are.
pub(super) const LLAMA_CPP: &str = "llama.cpp";

/// The known servers, local ones first: they need no key.
pub const PRESETS: [Preset; 10] = [
    Preset {
        name: LLAMA_CPP,
        label: words::LLAMA_CPP,
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:8080/v1",
        wants_key: false,
        key_page: "",
        note: words::LLAMA_CPP_NOTE,
    },
    Preset {
        name: "ollama",
        label: words::OLLAMA,
        dialect: Dialect::Ollama,
        base_url: "http://127.0.0.1:11434",
        wants_key: false,
        key_page: "",
        note: words::OLLAMA_NOTE,
    },
    Preset {
        name: "lm-studio",
        label: words::LM_STUDIO,
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:1234/v1",
        wants_key: false,
        key_page: "",
        note: words::LM_STUDIO_NOTE,
    },
    Preset {
        name: "vllm",
        label: words::VLLM,
        dialect: Dialect::ChatCompletions,
        base_url: "http://127.0.0.1:8000/v1",
        wants_key: false,
        key_page: "",
        note: words::VLLM_NOTE,
    },
    Preset {
        name: "openai",
        label: words::OPENAI,
        dialect: Dialect::Responses,
        base_url: "https://api.openai.com/v1",
        wants_key: true,
        key_page: "https://platform.openai.com/api-keys",
        note: words::OPENAI_NOTE,
    },
    Preset {
        name: "anthropic",
        label: words::ANTHROPIC,
        dialect: Dialect::Anthropic,
        base_url: "https://api.anthropic.com/v1",
        wants_key: true,
        key_page: "https://platform.claude.com/settings/keys",
        note: words::ANTHROPIC_NOTE,
    },
    Preset {
        name: "gemini",
        label: words::GEMINI,
        dialect: Dialect::Gemini,
        base_url: "https://generativelanguage.googleapis.com/v1beta",
        wants_key: true,
        key_page: "https://aistudio.google.com/api-keys",
        note: "",
    },
    Preset {
        name: "openrouter",
        label: words::OPENROUTER,
        dialect: Dialect::ChatCompletions,
        base_url: "https://openrouter.ai/api/v1",
        wants_key: true,
        key_page: "https://openrouter.ai/settings/keys",
        note: "",
    },
    Preset {
        name: "browser",
        label: words::BROWSER_MODEL,
        dialect: Dialect::BrowserModel,
        base_url: "",
        wants_key: false,
        key_page: "",
        note: words::BROWSER_MODEL_NOTE,
    },
    Preset {
        name: "custom",
        label: words::CUSTOM,
        dialect: Dialect::ChatCompletions,
        base_url: "",
        wants_key: false,
        key_page: "",
        note: words::CUSTOM_NOTE,
    },
];

/// Returns the preset of that name.
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}
