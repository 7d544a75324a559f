//! Tests of this protocol.
