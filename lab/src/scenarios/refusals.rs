//! Answers that are no answer: statuses, error bodies, wrong content, and requests a browser may not make.

use std::time::Duration;

use super::{always, chat::Chat};
use crate::script::{Answer, Cors, End, Framing, Scenario, When};

const JSON: &str = "application/json";
/// No real key: what tests enter as one, and then look for.
const CANARY: &str = "sk-canary-5f1e";
const HTML: &str = "text/html; charset=utf-8";
const PAGE: &str = "<!doctype html><html><head><title>Gateway of the lab</title></head><body><h1>Welcome</h1></body></html>\n";

pub(super) fn scenarios(elsewhere: &str) -> Vec<Scenario> {
    let answer = || Chat::begin().words("Never to be read.").finish("stop").done().every(Duration::ZERO);
    let held = |answer: Answer| answer.framed(Framing::Chunked).ending(End::Hold);
    let limit = || error(429, "Rate limit reached for the lab.", "rate_limit_exceeded");
    vec![
        always("401", "The key is refused", error(401, "Incorrect API key provided.", "invalid_api_key")),
        always(
            "401-echo",
            "The key is refused, and repeated in the error",
            error(401, &format!("Incorrect API key provided: {CANARY}."), "invalid_api_key"),
        ),
        always(
            "401-held",
            "The key is refused, and the connection stays open",
            held(error(401, "Incorrect API key provided.", "invalid_api_key")),
        ),
        always(
            "401-text-held",
            "The key is refused in plain words, and the connection stays open",
            held(Answer::whole(401, "text/plain", "Who are you?")),
        ),
        Scenario {
            answers: vec![
                (When::Attempt(1), held(Answer::whole(502, HTML, PAGE))),
                (
                    When::Always,
                    Chat::begin().words("Back again.").finish("stop").done().every(Duration::ZERO),
                ),
            ],
            ..always(
                "502-html-held-once",
                "A proxy's HTML page on a connection that stays open, then an answer",
                answer(),
            )
        },
        Scenario {
            answers: vec![
                (When::Attempt(1), held(error(503, "Loading model", "unavailable_error"))),
                (When::Always, Chat::begin().words("Loaded.").finish("stop").done().every(Duration::ZERO)),
            ],
            ..always("503-held-once", "503 on a connection that stays open, then an answer", answer())
        },
        always(
            "403",
            "The key may not do this",
            error(403, "This key has no access to the model.", "forbidden"),
        ),
        always(
            "404",
            "No such model",
            error(404, "The model `lab-missing` does not exist.", "model_not_found"),
        ),
        always(
            "429",
            "Too many requests, with a Retry-After of 7 s that the page may read",
            limit()
                .with_header("retry-after", "7")
                .with_header("access-control-expose-headers", "retry-after"),
        ),
        always(
            "429-unexposed",
            "Too many requests, with a Retry-After that the page cannot read",
            limit().with_header("retry-after", "7"),
        ),
        always(
            "429-minute",
            "Too many requests, with a retry-after-ms of 55 s",
            limit()
                .with_header("retry-after-ms", "55000")
                .with_header("access-control-expose-headers", "retry-after-ms"),
        ),
        always("500", "The server fails", error(500, "The lab is on fire.", "server_error")),
        always("503-html", "A proxy's HTML page with status 503", Answer::whole(503, HTML, PAGE)),
        always(
            "html-200",
            "A web page with status 200, as a captive portal gives it",
            Answer::whole(200, HTML, PAGE),
        ),
        always(
            "html-as-stream",
            "A web page with status 200, labelled as a stream",
            Answer::whole(200, "text/event-stream", PAGE),
        ),
        always(
            "json-error-200",
            "A JSON error with status 200",
            Answer { status: Some(200), ..error(500, "The upstream model is overloaded.", "overloaded") },
        ),
        always(
            "octet-stream-error",
            "A JSON error labelled as bytes",
            error(400, "Model is not supported.", "bad_request")
                .with_content_type(Some("application/octet-stream")),
        ),
        always("empty-200", "Status 200 without a body", Answer::whole(200, "text/event-stream", "")),
        always("204", "Status 204", Answer { steps: Vec::new(), ..Answer::whole(204, JSON, "") }),
        always(
            "redirect",
            "A redirect to another origin, which must not get the key",
            Answer::whole(307, "text/plain", "")
                .with_header("location", format!("{elsewhere}/v1/chat/completions")),
        ),
        Scenario {
            cors: Cors::AnswerHidden,
            ..always("no-cors", "An answer that the page may not read", answer())
        },
        Scenario {
            cors: Cors::PreflightRefused,
            ..always("preflight-refused", "A server that does not know browsers", answer())
        },
        always(
            "hold-before-headers",
            "The connection is taken and nothing is ever sent",
            Answer { status: None, ..answer().ending(End::Hold) },
        ),
        always(
            "hold-after-headers",
            "Headers come, then nothing",
            Answer { steps: Vec::new(), ..answer().ending(End::Hold) },
        ),
        always(
            "close-before-headers",
            "The connection is closed without an answer",
            Answer { status: None, ..answer().ending(End::Cut) },
        ),
    ]
}

fn error(status: u16, message: &str, code: &str) -> Answer {
    let body =
        format!(r#"{{"error":{{"message":"{message}","type":"{code}","param":null,"code":"{code}"}}}}"#);
    Answer::whole(status, JSON, body)
}
