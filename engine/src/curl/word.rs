//! [`Word`] is one argument of a command, as the shell would hand it over.

use super::problem::{CurlProblem, Refusal};

/// One argument, without its quotation marks and escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// The byte of the command at which it begins.
    pub(super) at: usize,
    /// The variables in it, whose values are not known: nothing of them is in the text.
    pub(super) variables: Vec<Variable>,
}

/// A variable of the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    /// The place in the word's text where its value belongs.
    pub(super) within: usize,
    /// The byte of the command at which it stands.
    pub(super) at: usize,
}

impl Word {
    /// Returns the text of a word without variables.
    pub(super) fn plain(&self) -> Result<&str, CurlProblem> {
        match self.variables.first() {
            Some(variable) => Err(Refusal::Variable(variable.name.clone()).at(variable.at)),
            None => Ok(&self.text),
        }
    }

    /// Returns the word behind its first bytes, which hold no variable.
    pub(super) fn behind(&self, start: usize) -> Word {
        let variables = self
            .variables
            .iter()
            .map(|variable| Variable { within: variable.within.saturating_sub(start), ..variable.clone() });
        Word { text: self.text[start..].to_owned(), at: self.at, variables: variables.collect() }
    }
}
