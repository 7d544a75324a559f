//! Reads the list of models that a server offers.

use super::{Dialect, Endpoint, HttpRequest};
use crate::json::{Document, Malformed, Value};

/// The most bytes of a model's id that are kept (limit L14).
const ID_LIMIT: usize = 300;
/// The most models of a list that are kept: more than anybody looks through.
const MODEL_LIMIT: usize = 1_000;

/// The models a server offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Models {
    /// The models' ids, each once, in the server's order: the first thousand.
    pub ids: Vec<String>,
    /// Number of further entries.
    pub left_out: usize,
}

/// The most objects that a list may lie in.
const DEEPEST: u32 = 2;

/// Returns the request for an endpoint's model list (protocols reference §8.1).
pub fn models_request(endpoint: &Endpoint) -> HttpRequest {
    let url = match endpoint.dialect {
        Dialect::Responses
        | Dialect::ChatCompletions
        | Dialect::PlainText
        | Dialect::OwnEvents
        | Dialect::OwnLines
        | Dialect::UiMessages
        | Dialect::AgUi
        | Dialect::Realtime
        | Dialect::BrowserModel => endpoint.base.join("/models"),
        Dialect::Anthropic => endpoint.base.join("/models?limit=1000"),
        Dialect::Gemini | Dialect::Interactions => endpoint.base.join("/models?pageSize=1000"),
        Dialect::Ollama => endpoint.base.join("/api/tags"),
        // Cohere keeps its list under v1 although it chats under v2.
        Dialect::Cohere => {
            endpoint.base.versioned(format!("{}/v1/models?page_size=1000", endpoint.base.origin()))
        }
    };
    HttpRequest { method: "GET".into(), url, headers: endpoint.headers(false), body: None }
}

/// Returns the ids in a model list: OpenAI's and Anthropic's `data[].id`, Gemini's `models[].name` (of those that can
/// answer), Ollama's and Cohere's `models[].name`, Together's bare array, and what gateways make of them: `result`,
/// `items`, a list inside of `data`, a list that is empty or `null` beside the real one. Each once, in the server's
/// order.
///
/// # Errors
/// A body that is no JSON.
pub fn read_models(body: &str) -> Result<Models, Malformed> {
    let mut document = Document::default();
    let value = document.parse(body)?;
    let mut models = Models::default();
    let mut seen = std::collections::BTreeSet::new();
    for item in list(value, DEEPEST).into_iter().flat_map(|list| list.items()) {
        if models.ids.len() == MODEL_LIMIT {
            models.left_out += 1;
            continue;
        }
        let methods = item.get("supportedGenerationMethods");
        if methods.is_some_and(|methods| {
            !methods.items().any(|method| method.as_text().is_some_and(|text| text == *"generateContent"))
        }) {
            continue;
        }
        let id =
            ["id", "name", "model"].into_iter().find_map(|name| item.text(name)).or_else(|| item.as_text());
        let Some(id) = id else { continue };
        let id = id.decode();
        let id = id.strip_prefix("models/").unwrap_or(&id);
        if !id.is_empty() && id.len() <= ID_LIMIT && seen.insert(id.to_owned()) {
            models.ids.push(id.to_owned());
        }
    }
    Ok(models)
}

/// Returns the list in an answer: the answer itself, or the first that is not empty under a usual name, also inside of
/// an object there.
fn list(value: Value<'_>, depth: u32) -> Option<Value<'_>> {
    if value.items().next().is_some() {
        return Some(value);
    }
    let mut members = ["data", "models", "result", "items"].into_iter().filter_map(|name| value.get(name));
    if depth == 0 { None } else { members.find_map(|member| list(member, depth - 1)) }
}
