//! Tests of the protocols: one module for each.

mod ag_ui;
mod again;
mod alive;
mod anthropic;
mod browser_model;
mod chat_completions;
mod cohere;
mod delta_template;
mod gemini;
mod halves;
mod interactions;
mod mended;
mod mistyped;
mod models;
mod names;
mod ollama;
mod own_events;
mod plain_text;
mod played;
mod realtime;
mod responses;
mod socket;
mod stops;
mod tags;
mod ui_messages;
