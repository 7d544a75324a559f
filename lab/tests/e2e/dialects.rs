//! Every provider's dialect, asked at its own path, with the key in its own header.

use lab::scenarios::DIALECT_TEXT;
use serde_json::json;

use crate::browser::run;

const KEY: &str = "sk-canary-5f1e";

fn speaks(dialect: &'static str, scenario: &'static str, path: &'static str, header: &'static str) {
    run(async |page| {
        page.use_settings(json!({ "base_url": page.lab.base(scenario), "dialect": dialect })).await;
        page.open_settings().await;
        page.fill("key", KEY).await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.answer().await.trim(), DIALECT_TEXT);
        let request = page.questions(scenario).remove(0).request;
        assert_eq!(request.path(), format!("/s/{scenario}{path}"));
        assert!(request.header(header).is_some_and(|value| value.contains(KEY)), "{:?}", request.headers);
        let tokens = page.number("tokens-in").await;
        assert!(tokens.contains("24"), "{tokens:?}");
    });
}

#[test]
fn anthropic() {
    speaks("anthropic", "anthropic", "/v1/messages", "x-api-key");
}

#[test]
fn responses() {
    speaks("responses", "responses", "/v1/responses", "authorization");
}

#[test]
fn gemini() {
    speaks("gemini", "gemini", "/v1beta/models/lab-small:streamGenerateContent", "x-goog-api-key");
}

#[test]
fn ollama() {
    speaks("ollama", "ollama", "/api/chat", "authorization");
}
