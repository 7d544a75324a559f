//! Tests of the protocols: one module for each.

mod again;
mod alive;
mod anthropic;
mod chat_completions;
mod cohere;
mod gemini;
mod halves;
mod interactions;
mod mended;
mod mistyped;
mod models;
mod names;
mod ollama;
mod played;
mod repeats;
mod responses;
mod stops;
mod tags;
