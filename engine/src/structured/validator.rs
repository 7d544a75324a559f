//! Validates by a kept crate.
