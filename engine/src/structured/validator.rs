//! [`Validator`] is the kept crate's, behind what the rest of this module needs of it. Nothing is ever fetched.

use super::fault::{FAULT_LIMIT, Fault};
use super::kinds;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, Registry, Retrieve, Uri, ValidationError};
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::Write as _;

/// The address of the schema, for references to it from outside.
const ADDRESS: &str = "tokenfall:/schema";

/// Refuses to fetch.
struct Refuse;

impl Retrieve for Refuse {
    fn retrieve(&self, _uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        Err(Box::from(""))
    }
}

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Validator(jsonschema::Validator);

/// A schema to which others refer.
#[derive(Debug)]
pub(super) struct Documents(Option<Registry<'static>>);

/// Why a schema cannot be compiled: the place in it, and the reason.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) pointer: String,
    pub(super) kind: ValidationErrorKind,
    pub(super) value: Value,
}

impl Documents {
    pub(super) fn of(schema: &Value) -> Documents {
        let builder = Registry::new().retriever(Refuse).add(ADDRESS, schema.clone());
        Documents(builder.and_then(|builder| builder.prepare()).ok())
    }
}

impl Validator {
    /// Compiles a schema that stands alone.
    pub(super) fn new(schema: &Value) -> Result<Validator, Box<Refusal>> {
        let options = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(false)
            .with_retriever(Refuse);
        let options = match schema.get("$schema") {
            Some(_) => jsonschema::options()
                .with_pattern_options(PatternOptions::regex())
                .should_validate_formats(false)
                .with_retriever(Refuse),
            None => options,
        };
        options.build(schema).map(Validator).map_err(|error| Box::new(Refusal::of(error)))
    }

    /// Compiles the part of a schema at a JSON Pointer.
    pub(super) fn of_part(documents: &Documents, pointer: &str) -> Option<Validator> {
        let mut address = format!("{ADDRESS}#");
        for byte in pointer.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'_' | b'.' => {
                    address.push(char::from(byte));
                }
                _ => {
                    let _ = write!(address, "%{byte:02X}");
                }
            }
        }
        jsonschema::draft202012::options()
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(false)
            .with_retriever(Refuse)
            .with_registry(documents.0.as_ref()?)
            .build(&json!({ "$ref": address }))
            .ok()
            .map(Validator)
    }

    pub(super) fn is_valid(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Returns what is wrong with a value, at most as much as is told.
    pub(super) fn faults(&self, value: &Value) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        for error in self.0.iter_errors(value) {
            let fault = Fault {
                path: error.instance_path().as_str().to_owned(),
                words: kinds::in_words(error.kind()),
            };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
            if faults.len() == FAULT_LIMIT {
                break;
            }
        }
        faults
    }
}

impl Refusal {
    fn of(error: ValidationError<'_>) -> Refusal {
        Refusal {
            pointer: error.instance_path().as_str().to_owned(),
            value: error.instance().as_ref().clone(),
            kind: error.into_parts().kind,
        }
    }
}
