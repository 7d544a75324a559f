//! Tests of the worker's work, natively: code, formulas, and what hostile input makes of them.

#[cfg(test)]
mod code;
#[cfg(test)]
#[cfg(test)]
mod formula;
