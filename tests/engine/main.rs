//! Tests of the engine, native: one module for each module of the engine.

mod architecture;
mod frame;
mod json;
mod wire;
