//! The browser layer gives the engine bytes and time, and the page nodes. It decides nothing.
//!
//! Whatever the browser is handed here (a closure, a listener, a reader) has an owner whose drop takes it back, but for what
//! lives as long as the page: the listeners of lazy parts, and timers, which end by themselves.

mod by_name;
pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod dom;
pub mod export;
pub mod files;
pub mod frame_loop;
pub mod live;
pub mod lock;
pub mod notification;
pub mod pump;
pub mod storage;
pub mod store;
pub mod stylesheet;
pub mod timer;
pub mod transport;
pub mod trusted_types;
pub mod typeset;
