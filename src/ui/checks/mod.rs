//! What answers are checked by before they are shown: rules in the part `extras`, schemas in the part `schema`.

pub mod guard;
mod judge;
mod part;
mod rules;
mod schema;
mod slices;
pub mod structured;

pub use part::{bring_checks, bring_schemas};
pub use structured::{SchemaOpening, SchemaPanel};
