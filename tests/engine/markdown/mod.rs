//! Markdown that streams: the laws, over every cut.

mod bare;
mod entities;
mod href;
mod laws;
mod likely;
mod linear;
mod recorder;
mod spec;
mod unseen;
mod whole;
