//! Reads command-line arguments: flags, options with a value, and words, in any order.

use crate::failure::{Failure, Result};
use crate::help;

/// The rest of a command line, from which a command takes what it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Args {
    words: Vec<String>,
    /// The command whose options a misspelt one is held against; `None` for what other programs call.
    command: Option<&'static help::Command>,
}

impl Args {
    pub(crate) fn new(
        command: Option<&'static help::Command>,
        words: impl IntoIterator<Item = String>,
    ) -> Self {
        Self { words: words.into_iter().collect(), command }
    }

    /// Takes the flag `name`, and returns whether it is given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// Returns the value of `--name VALUE` or `--name=VALUE`; takes both words.
    ///
    /// # Errors
    /// When the value is missing.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.words.iter().position(|word| word.split('=').next() == Some(name)) else {
            return Ok(None);
        };
        let word = self.words.remove(at);
        match word.split_once('=') {
            Some((_, value)) => Ok(Some(value.to_owned())),
            None if at < self.words.len() => Ok(Some(self.words.remove(at))),
            None => Err(Failure::new(format!("{name} needs a value"))),
        }
    }

    /// Returns the number of `--name N` or `--name=N`; takes both words.
    ///
    /// # Errors
    /// When the value is missing or no number that fits.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u16>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        let number = value.parse();
        number
            .map(Some)
            .map_err(|_| Failure::new(format!("{name} needs a number from 0 to 65535, not `{value}`")))
    }

    /// Returns the words that are left.
    ///
    /// # Errors
    /// When one of them looks like an option nobody took; what may have been meant is named.
    pub(crate) fn words(self) -> Result<Vec<String>> {
        let Some(option) = self.words.iter().find(|word| word.starts_with('-')) else {
            return Ok(self.words);
        };
        let mut sentence = format!("unknown option {option}");
        if let Some(command) = self.command {
            match command.option_near(option) {
                Some(near) => sentence.push_str(&format!("; did you mean {near}?")),
                None => sentence
                    .push_str(&format!("; `cargo xtask {} --help` tells those there are", command.name)),
            }
        }
        Err(Failure::new(sentence))
    }

    /// Returns everything that is left, options included, for another program.
    pub(crate) fn rest(self) -> Vec<String> {
        self.words
    }

    /// Ends a command line that has no words.
    ///
    /// # Errors
    /// When something is left.
    pub(crate) fn done(self) -> Result<()> {
        match self.words()?.first() {
            Some(word) => Err(Failure::new(format!("unexpected argument `{word}`"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(help::command("serve"), line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_numbers_and_words_in_any_order() {
        let mut given = args("engine --port=81 --open --model-port 82 ui");
        assert!(given.flag("--open"));
        assert!(!given.flag("--no-model"));
        assert_eq!(given.number("--port").unwrap(), Some(81));
        assert_eq!(given.number("--model-port").unwrap(), Some(82));
        assert_eq!(given.words().unwrap(), ["engine", "ui"]);
    }

    #[test]
    fn a_value_stands_behind_its_option_and_must_be_there() {
        let mut given = args("--for pages x --as=y");
        assert_eq!(given.value("--for").unwrap().as_deref(), Some("pages"));
        assert_eq!(given.value("--as").unwrap().as_deref(), Some("y"));
        assert_eq!(given.value("--in").unwrap(), None);
        assert_eq!(given.words().unwrap(), ["x"]);
        assert!(args("--for").value("--for").is_err());
    }

    #[test]
    fn a_misspelt_option_is_refused_rather_than_ignored_and_the_one_that_was_meant_is_named() {
        let refusal = |line| args(line).words().unwrap_err().to_string();
        assert_eq!(refusal("--nomodel"), "unknown option --nomodel; did you mean --no-model?");
        assert_eq!(
            refusal("--quiet"),
            "unknown option --quiet; `cargo xtask serve --help` tells those there are"
        );
        assert!(args("twice").done().unwrap_err().to_string().contains("twice"));
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        assert!(args("--port").number("--port").is_err());
        assert!(args("--port eighty").number("--port").is_err());
        assert!(args("--port 65536").number("--port").is_err());
    }
}
