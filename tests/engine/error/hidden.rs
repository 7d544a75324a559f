//! Errors beside the members of an answer, and behind a router's own sentence.

use crate::support::{sse, turn_of};
use tokenfall::engine::chat::{Failure, Server, Turn, TurnState};
use tokenfall::engine::error::Category;
use tokenfall::engine::settings::Field;
use tokenfall::engine::wire::{BaseUrl, Dialect, ProviderError};

fn turn(event: &str) -> Turn {
    turn_of(Dialect::ChatCompletions, sse(&[event, "[DONE]"]))
}

fn failure(event: &str) -> Failure {
    turn(event).failure.unwrap()
}

#[test]
fn an_error_hidden_beside_choices_is_told_in_the_servers_words() {
    for hidden in [
        r#""base_resp":{"status_code":1008,"status_msg":"insufficient balance"}"#,
        r#""status_code":1008,"status_msg":"insufficient balance""#,
        r#""code":1113,"msg":"insufficient balance""#,
        r#""code":"Arrearage","error_msg":"insufficient balance""#,
        r#""error_code":17,"error_msg":"insufficient balance""#,
    ] {
        for choices in ["", r#""choices":null,"#, r#""choices":[],"#] {
            let event = format!("{{\"id\":\"o\",{choices}{hidden}}}");
            let failure = failure(&event);
            assert!(failure.sentence().contains("no credit or quota left: insufficient balance"), "{event}");
        }
    }
}

#[test]
fn a_code_that_says_that_all_is_well_is_no_error() {
    for well in [
        r#""base_resp":{"status_code":0,"status_msg":""}"#,
        r#""base_resp":{"status_code":0,"status_msg":"success"}"#,
        r#""code":0,"msg":"ok""#,
        r#""code":200,"msg":"success""#,
        r#""code":"success","msg":"done""#,
        r#""msg":"hello""#,
        r#""code":5"#,
    ] {
        let event = format!(
            "{{\"choices\":[{{\"delta\":{{\"content\":\"a\"}},\"finish_reason\":\"stop\"}}],{well}}}"
        );
        assert_eq!((turn(&event).state, turn(&event).text().as_str()), (TurnState::Complete, "a"), "{well}");
    }
}

#[test]
fn what_the_provider_behind_a_router_said_joins_the_routers_sentence() {
    for raw in [
        r#""{\"error\":{\"message\":\"model is warming up\"}}""#,
        r#""model is warming up""#,
        r#"{"error":{"message":"model is warming up"}}"#,
    ] {
        let body = format!(
            r#"{{"error":{{"message":"Provider returned error","code":502,"metadata":{{"provider_name":"X","raw":{raw}}}}}}}"#
        );
        let error = ProviderError::from_body(502, body.as_bytes());
        assert_eq!(error.message, "Provider returned error (model is warming up)", "{raw}");
    }
    let long = format!(r#"{{"error":{{"message":"No","metadata":{{"raw":"{}"}}}}}}"#, "é".repeat(4_000));
    assert!(ProviderError::from_body(502, long.as_bytes()).message.len() < 400);
}

#[test]
fn a_wrong_path_answered_with_status_200_names_the_address_field() {
    let base = BaseUrl::parse("http://127.0.0.1:1234", false).unwrap();
    let server = Server::new(&base, "lm-studio", Dialect::ChatCompletions);
    let event = r#"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#;
    let failure = Failure { server, ..failure(event) };
    assert_eq!(failure.field(), Some(Field::BaseUrl));
    assert!(failure.advice("http://page").contains("/v1"), "{}", failure.advice("http://page"));
    let error = ProviderError::new(None, "", "", "Unexpected endpoint or method.", "");
    assert_eq!(error.category, Category::NotFound);
}
