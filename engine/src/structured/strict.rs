//! Tells whether a schema keeps to the rules of `strict`.
