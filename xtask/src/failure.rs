//! [`Failure`] tells the person who ran a command why it failed, in a sentence.

use std::{fmt, io};

/// The result of every command.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// A sentence that says what failed and, where something can be done, what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    sentence: String,
    source: Option<io::Error>,
}

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), source: None }
    }

    /// Makes a function for `map_err`: the sentence says what was being done when `source` came.
    pub(crate) fn io(sentence: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let sentence = sentence.into();
        move |source| Self { sentence, source: Some(source) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
