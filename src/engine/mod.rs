//! The engine: pure.
