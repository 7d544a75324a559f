//! What answers are checked by before they are shown: rules in the part `checks`, schemas in the part `schema`.

pub mod guard;
mod judge;
mod part;
mod rules;
mod schema;
pub mod structured;

pub use part::{bring_checks, bring_schemas};
pub use structured::{SchemaOpening, SchemaPanel};
