//! Tokenfall.

pub mod engine;
