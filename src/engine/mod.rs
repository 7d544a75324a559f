//! The engine: pure.
pub mod error;
pub mod frame;
pub mod json;
pub mod stamp;
pub mod wire;
