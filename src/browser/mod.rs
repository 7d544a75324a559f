//! The shell: gives the engine bytes and time, and the page nodes. It decides nothing.
//!
//! Whatever the browser is handed here (a closure, a listener, a reader, a timer) has an owner whose drop takes it back.

pub mod clock;
pub mod dom;
pub mod frame_loop;
pub mod pump;
pub mod store;
pub mod take;
mod timer;
pub mod transport;
pub mod typeset;
