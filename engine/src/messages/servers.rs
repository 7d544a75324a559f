//! Words for known servers: their names, notes for who chooses one, and the names of protocols.

/// The name of llama.cpp's server.
pub const LLAMA_CPP: &str = "llama.cpp server";
/// Its note.
pub const LLAMA_CPP_NOTE: &str = "llama-server accepts pages of any origin by default.";
/// The name of Ollama.
pub const OLLAMA: &str = "Ollama";
/// Its note.
pub const OLLAMA_NOTE: &str =
    "Pages that are not on localhost need OLLAMA_ORIGINS to name this page's origin.";
/// The name of LM Studio.
pub const LM_STUDIO: &str = "LM Studio";
/// Its note.
pub const LM_STUDIO_NOTE: &str = "Turn on CORS in the server tab, or start it with: lms server start --cors";
/// The name of vLLM.
pub const VLLM: &str = "vLLM";
/// Its note.
pub const VLLM_NOTE: &str = "vLLM accepts pages of any origin by default.";
/// The name of OpenAI.
pub const OPENAI: &str = "OpenAI";
/// Its note.
pub const OPENAI_NOTE: &str = "Answers are requested without being stored at OpenAI.";
/// The name of Anthropic.
pub const ANTHROPIC: &str = "Anthropic";
/// Its note.
pub const ANTHROPIC_NOTE: &str = "Your organisation must allow keys in browsers.";
/// The name of Gemini.
pub const GEMINI: &str = "Gemini";
/// The name of OpenRouter.
pub const OPENROUTER: &str = "OpenRouter";
/// The model that the browser brings along.
pub const BROWSER_MODEL: &str = "This browser's own model";
/// Its note.
pub const BROWSER_MODEL_NOTE: &str = "Chrome and Edge on a desktop have one (Prompt API): it answers on this device, without address and key. \
     It takes no temperature and no limit, and counts no tokens. Your own JSON goes into its options.";
/// Its name in sentences of what went wrong.
pub const PROMPT_API: &str = "Prompt API";
/// Any other server.
pub const CUSTOM: &str = "Another server";
/// Its note.
pub const CUSTOM_NOTE: &str = "Any server that speaks one of the protocols below.";

/// A server whose name another one has too.
#[must_use]
pub fn numbered(name: &str, number: usize) -> String {
    format!("{name} ({number})")
}

// Protocols, for a server that is none of these.

/// OpenAI Chat Completions.
pub const CHAT_COMPLETIONS_PROTOCOL: &str = "OpenAI Chat Completions";
/// OpenAI Responses.
pub const RESPONSES_PROTOCOL: &str = "OpenAI Responses";
/// Anthropic Messages.
pub const ANTHROPIC_PROTOCOL: &str = "Anthropic Messages";
/// Gemini `streamGenerateContent`.
pub const GEMINI_PROTOCOL: &str = "Gemini";
/// Gemini Interactions.
pub const INTERACTIONS_PROTOCOL: &str = "Gemini Interactions";
/// Ollama's own.
pub const OLLAMA_PROTOCOL: &str = "Ollama";
/// Cohere v2 chat.
pub const COHERE_PROTOCOL: &str = "Cohere";
/// A body that is text and nothing else.
pub const PLAIN_TEXT: &str = "Plain text";
/// Server-Sent Events that a person describes.
pub const OWN_EVENTS: &str = "Your own events";
/// Lines that a person describes.
pub const OWN_LINES: &str = "Your own lines";
/// The UI message stream of Vercel's AI SDK.
pub const UI_MESSAGES: &str = "Vercel AI SDK UI messages";
/// AG-UI.
pub const AG_UI: &str = "AG-UI";
/// OpenAI Realtime.
pub const REALTIME: &str = "OpenAI Realtime";
