//! Structured output on the page: the schema of a conversation, and the JSON of an answer as tree, text and table.

pub mod dialog;
mod form;
pub mod frame;
mod nodes;
mod open;
mod panel;
mod raw_view;
mod row;
mod table_view;
mod told;
mod tree_view;
mod view;

pub use panel::{SchemaOpening, SchemaPanel, TypedSchema};
pub use told::Told;
pub use view::StructuredView;
