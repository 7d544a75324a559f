//! Tests of a server's own events: rules, what is refused of them, what they give on samples, and what becomes of streams.

mod refused;
mod streams;
mod trial;

use tokenfall::engine::wire::{OwnEventFields, OwnEvents};

/// Fields for text, reasoning, error and end.
fn fields([text, reasoning, error, end]: [&str; 4]) -> OwnEventFields {
    OwnEventFields {
        text: text.to_owned(),
        reasoning: reasoning.to_owned(),
        error: error.to_owned(),
        end: end.to_owned(),
    }
}

/// Rules that have to be good.
fn rules(texts: [&str; 4]) -> OwnEvents {
    OwnEvents::parse(&fields(texts)).unwrap_or_else(|problem| panic!("{texts:?}: {}", problem.fault))
}
