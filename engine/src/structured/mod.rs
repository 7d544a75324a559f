//! Structured output: JSON that follows a schema, checked while it streams.

pub use crate::checks::SchemaChoice;
