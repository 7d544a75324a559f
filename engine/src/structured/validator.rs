//! [`Validator`] is the kept crate's, behind what the rest of this module needs of it. Nothing is ever fetched.

use super::fault::{FAULT_LIMIT, Fault};
use super::kinds;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{
    Draft, PatternOptions, Registry, Retrieve, Uri, ValidationError, ValidationOptions, ValidatorMap,
};
use serde_json::{Map, Value, json};
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

/// Compiled schemas by name.
#[derive(Debug, Default)]
pub(super) struct Validators(Option<ValidatorMap>);

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
    /// Compiles a schema that stands alone, of the draft 2020-12 unless it says otherwise.
    pub(super) fn new(schema: &Value) -> Result<Validator, Box<Refusal>> {
        let options = match schema.get("$schema") {
            Some(_) => options(),
            None => options().with_draft(Draft::Draft202012),
        };
        options.build(schema).map(Validator).map_err(|error| Box::new(Refusal::of(error)))
    }

    /// Returns what is wrong with a value, at most as much as is told.
    pub(super) fn faults(&self, value: &Value) -> Vec<Fault> {
        faults(&self.0, value)
    }
}

impl Validators {
    /// Compiles schemas of the draft 2020-12, each under its name. What cannot be compiled is left out.
    pub(super) fn of(schemas: Map<String, Value>, documents: Option<&Documents>) -> Validators {
        let options = options().with_draft(Draft::Draft202012);
        let options = match documents.and_then(|documents| documents.0.as_ref()) {
            Some(registry) => options.with_registry(registry),
            None => options,
        };
        Validators(options.build_map(&json!({ "$defs": schemas })).ok())
    }

    /// Returns what is wrong with a value by the schema of that name, at most as much as is told.
    pub(super) fn faults(&self, name: &str, value: &Value) -> Vec<Fault> {
        self.get(name).map_or_else(Vec::new, |validator| faults(validator, value))
    }

    /// Returns whether a value is valid by the schema of that name.
    pub(super) fn is_valid(&self, name: &str, value: &Value) -> bool {
        self.get(name).is_some_and(|validator| validator.is_valid(value))
    }

    fn get(&self, name: &str) -> Option<&jsonschema::Validator> {
        self.0.as_ref()?.get(&format!("#/$defs/{name}"))
    }
}

/// Returns a schema that is the part of the documents at a JSON Pointer.
pub(super) fn reference(pointer: &str) -> Value {
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
    json!({ "$ref": address })
}

fn options<'a>() -> ValidationOptions<'a> {
    jsonschema::options()
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(false)
        .with_retriever(Refuse)
}

fn faults(validator: &jsonschema::Validator, value: &Value) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for error in validator.iter_errors(value) {
        let path = error.instance_path().as_str().to_owned();
        let fault = Fault { path, words: kinds::in_words(error.kind()) };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
        if faults.len() == FAULT_LIMIT {
            break;
        }
    }
    faults
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
