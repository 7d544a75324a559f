//! Messages hold every word that the page shows to people, apart from the code that decides when: the seam for languages.
//!
//! Each file is a flat table of one area. A constant is a whole label or sentence; a function takes what is put into one.

pub mod archive;
pub mod browser_model;
pub mod checks;
pub mod composer;
pub mod curl;
pub mod end;
pub mod event_source;
pub mod failure;
pub mod figures;
pub mod guard;
pub mod guard_page;
pub mod history;
pub mod keys;
pub mod own_events;
pub mod page;
pub mod problems;
pub mod prose;
pub mod race;
pub mod servers;
pub mod sheet;
pub mod sockets;
pub mod store;
pub mod structured;
pub mod structured_page;
pub mod transfer;
pub mod watch;
pub mod watch_page;

/// Ends a sentence of somebody else's with a full stop, if it ends in a letter, a figure or a closing sign.
fn sentence(message: &str) -> String {
    let is_open = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || c == ')' || c == '"' || c == '\'';
    let stop = if message.ends_with(is_open) { "." } else { "" };
    format!("{message}{stop}")
}
