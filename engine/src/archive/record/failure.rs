//! Records of failures: what is needed to say the same words again.

use super::parts::names;
use super::{is_default, micros};
use crate::chat::{Cause, Failure, Program, Server};
use crate::error::Category;
use crate::wire::ProviderError;
use serde::{Deserialize, Serialize};
use std::time::Duration;

names!(category_name, category_of, Category {
    Category::Authentication => "authentication",
    Category::Permission => "permission",
    Category::Billing => "billing",
    Category::NotFound => "not-found",
    Category::TooLong => "too-long",
    Category::InvalidRequest => "invalid-request",
    Category::RateLimit => "rate-limit",
    Category::Overloaded => "overloaded",
    Category::Server => "server",
    Category::Timeout => "timeout",
    Category::Filtered => "filtered",
    Category::Other => "other",
});

names!(program_name, program_of, Program {
    Program::LlamaCpp => "llama.cpp",
    Program::Ollama => "ollama",
    Program::LmStudio => "lm-studio",
    Program::Vllm => "vllm",
    Program::BrowserModel => "browser",
    Program::Other => "",
});

/// A failure of an answer. Which members are there depends on the cause; times are microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FailureRecord {
    /// `unreachable`, `provider`, …: the name of the cause; an unknown one counts as `lost`.
    pub cause: String,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The kind of a provider's error.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// The provider's own word for that kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The provider's code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The provider's sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// The provider's body or event, or the beginning of another one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub raw: String,
    /// The wait that the provider's body names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_wait: Option<u64>,
    /// The limit that was reached, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub limit: String,
    /// The server that was asked.
    pub server: ServerRecord,
    /// Whether something of the answer is here.
    #[serde(skip_serializing_if = "is_default")]
    pub has_text: bool,
    /// The wait that the server asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<u64>,
    /// The transport's reason.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The server that was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerRecord {
    /// Host and port.
    pub host: String,
    /// Whether that is this machine.
    #[serde(skip_serializing_if = "is_default")]
    pub local: bool,
    /// Whether it is asked over https.
    #[serde(skip_serializing_if = "is_default")]
    pub https: bool,
    /// The program that runs there, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub program: String,
    /// The address with or without `/v1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_address: Option<String>,
}

impl FailureRecord {
    pub(super) fn new(failure: &Failure) -> FailureRecord {
        let server = &failure.server;
        let mut record = FailureRecord {
            cause: cause_name(&failure.cause).to_owned(),
            server: ServerRecord {
                host: server.host.clone(),
                local: server.local,
                https: server.https,
                program: program_name(server.program).to_owned(),
                other_address: server.other_address.clone(),
            },
            has_text: failure.has_text,
            wait: failure.retry_after.map(micros),
            reason: failure.reason.clone(),
            ..FailureRecord::default()
        };
        match &failure.cause {
            Cause::Provider(error) => {
                record.status = error.status;
                record.category = category_name(error.category).to_owned();
                record.kind = error.kind.clone();
                record.code = error.code.clone();
                record.message = error.message.clone();
                record.raw = error.raw.clone();
                record.provider_wait = error.retry_after.map(micros);
            }
            Cause::WebPage { status, excerpt } => {
                record.status = Some(*status);
                record.raw = excerpt.clone();
            }
            Cause::OwnPage { excerpt } | Cause::Unreadable { excerpt } => record.raw = excerpt.clone(),
            Cause::TooLarge { what } => record.limit = what.clone(),
            Cause::Unreachable
            | Cause::Redirected
            | Cause::Offline
            | Cause::Empty
            | Cause::CutOff
            | Cause::Lost
            | Cause::PageClosed
            | Cause::Silent => {}
        }
        record
    }

    pub(super) fn into_failure(self) -> Failure {
        let cause = match self.cause.as_str() {
            "unreachable" => Cause::Unreachable,
            "redirected" => Cause::Redirected,
            "offline" => Cause::Offline,
            "provider" => Cause::Provider(ProviderError {
                category: category_of(&self.category).unwrap_or(Category::Other),
                status: self.status,
                kind: self.kind,
                code: self.code,
                message: self.message,
                retry_after: self.provider_wait.map(Duration::from_micros),
                raw: self.raw,
            }),
            "web-page" => Cause::WebPage { status: self.status.unwrap_or(200), excerpt: self.raw },
            "own-page" => Cause::OwnPage { excerpt: self.raw },
            "empty" => Cause::Empty,
            "cut-off" => Cause::CutOff,
            "page-closed" => Cause::PageClosed,
            "silent" => Cause::Silent,
            "unreadable" => Cause::Unreadable { excerpt: self.raw },
            "too-large" => Cause::TooLarge { what: self.limit },
            _ => Cause::Lost,
        };
        let server = Server {
            host: self.server.host,
            local: self.server.local,
            https: self.server.https,
            program: program_of(&self.server.program).unwrap_or_default(),
            other_address: self.server.other_address,
        };
        let retry_after = self.wait.map(Duration::from_micros);
        Failure { cause, server, has_text: self.has_text, retry_after, reason: self.reason }
    }
}

fn cause_name(cause: &Cause) -> &'static str {
    match cause {
        Cause::Unreachable => "unreachable",
        Cause::Redirected => "redirected",
        Cause::Offline => "offline",
        Cause::Provider(_) => "provider",
        Cause::WebPage { .. } => "web-page",
        Cause::OwnPage { .. } => "own-page",
        Cause::Empty => "empty",
        Cause::CutOff => "cut-off",
        Cause::Lost => "lost",
        Cause::PageClosed => "page-closed",
        Cause::Silent => "silent",
        Cause::Unreadable { .. } => "unreadable",
        Cause::TooLarge { .. } => "too-large",
    }
}
