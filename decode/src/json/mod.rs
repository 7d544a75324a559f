//! Reads JSON as streams need it: validated in one pass over the text, without building a tree.
//!
//! [`Document::parse`] writes one small token per value into a vector that is used again for the next event, and
//! [`Value`] walks those tokens. Fields nobody asks for cost their scan and nothing more. Strings stay slices of the
//! event until someone wants them; [`Text`] decodes them, and joins a surrogate pair that a server cut in two between
//! events (`"\ud83d"`, then `"\udc66"`): `JSON.parse` accepts such halves and serde_json does not, which is the
//! reason, next to speed, that this module exists. [`EventTemplate`] finds the text of an event that repeats another
//! without parsing it. It knows nothing of providers.

mod indent;
mod parse;
mod scan;
mod template;
mod text;
mod value;

pub use indent::Indent;
pub use parse::{Document, Malformed};
pub use template::EventTemplate;
pub use text::{Carry, Text};
pub use value::Value;
