//! Tests of the protocols: one module for each.

mod anthropic;
mod chat_completions;
mod cohere;
mod gemini;
mod halves;
mod interactions;
mod mistyped;
mod models;
mod ollama;
mod played;
mod repeats;
mod responses;
