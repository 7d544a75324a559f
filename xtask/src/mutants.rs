//! `cargo xtask mutants`: changes the engine in one place at a time and looks whether its tests notice.
//!
//! cargo-mutants makes the changes, in a copy of the checkout. All of them would take a night, so a seed draws a sample:
//! the same seed draws the same ones again, another seed asks about others.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use crate::args::Args;
use crate::clock::Stopwatch;
use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::test;
use crate::tools::{self, Toolbox};

/// The files that are changed: frames, protocols, sessions, turns, figures and tapes.
const FILES: [&str; 6] = [
    "engine/src/session/**/*.rs",
    "engine/src/chat/**/*.rs",
    "engine/src/meter/**/*.rs",
    "engine/src/tape/**/*.rs",
    "engine/src/wire/**/*.rs",
    "decode/src/frame/**/*.rs",
];

/// Tests of other modules, which take long and see none of these files.
const SKIPPED: [&str; 2] = ["markdown::", "json::"];

/// Changes that a run tries where nothing else is said.
const SAMPLE: u16 = 60;

/// Percent of the changes that compile which the tests must notice.
const GOAL: usize = 90;

/// Seconds that a test run gets at least, so that a busy machine is not taken for an endless loop.
const SHORTEST_LIMIT: &str = "180";

/// Folder for the results of cargo-mutants, in the one that it is given.
const RESULTS: &str = "mutants.out";

/// Draws a sample, has it tried and tells what the tests did not notice.
///
/// # Errors
/// When the tests notice less than the goal, or when cargo-mutants cannot be had or run.
pub(crate) fn run(project: &Project, mut args: Args) -> Result<()> {
    let sample = usize::from(args.number("--sample")?.unwrap_or(SAMPLE));
    let seed = args.number("--seed")?.unwrap_or(1);
    args.done()?;
    let toolbox = Toolbox::for_mutants(project)?;
    let all = listed(project, &toolbox)?;
    let drawn = drawn(&all, sample, seed);
    if drawn.is_empty() {
        return Err(Failure::new(format!("there is nothing to try: {sample} of {} changes", all.len())));
    }
    say::step(&format!(
        "trying {} of {} changes of the engine, drawn by seed {seed}",
        drawn.len(),
        all.len()
    ));
    let watch = Stopwatch::start();
    let folder = project.target().join("xtask").join("mutants");
    let _lock = tools::lock(&folder)?;
    forget(&folder.join(RESULTS))?;
    leave_out(&folder.join(RESULTS), &all, &drawn)?;
    let told = run::reading_along(&mut tries(project, &toolbox, &folder)?, say::line);
    // It ends with a failure too where the tests missed a change; what it wrote tells the two apart.
    let outcomes = Outcomes::read(&folder.join(RESULTS))?;
    if outcomes.tried() != drawn.len() {
        let why = told.err().map_or_else(String::new, |failure| format!(": {failure}"));
        return Err(Failure::new(format!(
            "{} changes were tried, not {}{why}",
            outcomes.tried(),
            drawn.len()
        )));
    }
    say::line(&format!("\nTook {watch}."));
    for line in outcomes.lines() {
        say::line(&line);
    }
    match outcomes.reach_the_goal() {
        true => Ok(()),
        false => Err(Failure::new(format!("the tests noticed less than {GOAL} % of the changes"))),
    }
}

/// Takes away what an earlier run left: a run that breaks off before it begins must not be told by its results.
fn forget(results: &Path) -> Result<()> {
    match fs::remove_dir_all(results) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::io("cannot remove the results of an earlier run")(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Puts the names that were not drawn where `--iterate` looks for those that an earlier run has settled. `--re` would name the
/// drawn ones, but in 27.1.0 it does not hold for members that are left out of a struct.
fn leave_out(results: &Path, all: &[String], drawn: &[&str]) -> Result<()> {
    let others = all.iter().filter(|name| !drawn.contains(&name.as_str()));
    let text: String = others.map(|name| format!("{name}\n")).collect();
    fs::create_dir_all(results)
        .and_then(|()| fs::write(results.join("previously_caught.txt"), text))
        .map_err(Failure::io("cannot write which changes were not drawn"))
}

/// Returns all changes there are, by name: file, line, column, and what becomes of what.
fn listed(project: &Project, toolbox: &Toolbox) -> Result<Vec<String>> {
    let mut list = mutants(project, toolbox)?;
    let names = run::quietly(list.arg("--list"))
        .ok_or_else(|| Failure::new(format!("`{}` failed", run::describe(&list))))?;
    Ok(names.lines().map(str::to_owned).collect())
}

/// Draws `count` of the names, as the seed wants it; a name that is new or gone does not change what becomes of the
/// others.
fn drawn(names: &[String], count: usize, seed: u16) -> Vec<&str> {
    let lot = |name: &str| {
        let mut hash = Hash::default();
        hash.add(&seed.to_le_bytes());
        hash.add(name.as_bytes());
        hash.to_string()
    };
    let mut lots: Vec<_> = names.iter().map(|name| (lot(name), name.as_str())).collect();
    lots.sort_unstable();
    lots.into_iter().take(count).map(|(_, name)| name).collect()
}

fn mutants(project: &Project, toolbox: &Toolbox) -> Result<Command> {
    let mut command = toolbox.command("cargo-mutants")?;
    command.args([
        "mutants",
        "--no-config",
        "--colors=never",
        "--package=tokenfall",
        "--package=tokenfall-decode",
    ]);
    command.args(FILES.map(|file| format!("--file={file}"))).current_dir(project.root());
    Ok(command)
}

/// Returns the run, whose results go below `folder`.
fn tries(project: &Project, toolbox: &Toolbox, folder: &Path) -> Result<Command> {
    let mut command = mutants(project, toolbox)?;
    command.args([
        "--iterate",
        "--gitignore=true",
        "--test-package=tokenfall",
        "--cargo-arg=--test=engine",
        "--output",
    ]);
    command.arg(folder).args(["--minimum-test-timeout", SHORTEST_LIMIT, "--", "--"]);
    command.args(SKIPPED.iter().flat_map(|module| ["--skip", module]));
    // Kept between runs: the copy of the checkout is another one each time, what it depends on is not.
    command.env("CARGO_TARGET_DIR", project.target().join("mutants"));
    test::seed(&mut command);
    Ok(command)
}

/// The outcome of each change, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Outcomes {
    caught: Vec<String>,
    /// The tests did not come to their end: an endless loop is noticed too.
    endless: Vec<String>,
    missed: Vec<String>,
    /// Changes that do not compile, which ask the tests nothing.
    unviable: Vec<String>,
}

impl Outcomes {
    /// Returns the lists that cargo-mutants left.
    ///
    /// # Errors
    /// When it left none.
    fn read(folder: &Path) -> Result<Self> {
        let names = |file: &str| {
            let text = fs::read_to_string(folder.join(file))
                .map_err(Failure::io(format!("cargo-mutants left no {file}; what it said is above")))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        Ok(Self {
            caught: names("caught.txt")?,
            endless: names("timeout.txt")?,
            missed: names("missed.txt")?,
            unviable: names("unviable.txt")?,
        })
    }

    fn noticed(&self) -> usize {
        self.caught.len() + self.endless.len()
    }

    fn viable(&self) -> usize {
        self.noticed() + self.missed.len()
    }

    fn tried(&self) -> usize {
        self.viable() + self.unviable.len()
    }

    fn reach_the_goal(&self) -> bool {
        self.noticed() * 100 >= self.viable() * GOAL
    }

    /// Returns the missed ones by name, the figures, and the line that ends every run of tests.
    fn lines(&self) -> Vec<String> {
        let missed = self.missed.iter().map(|name| format!("missed   {name}"));
        let endless = self.endless.iter().map(|name| format!("endless  {name}"));
        let mut lines: Vec<_> = endless.chain(missed).collect();
        lines.push(format!(
            "{} viable ({} more do not compile), {} caught ({} of them by a test that did not end), {} missed: {} %",
            self.viable(),
            self.unviable.len(),
            self.noticed(),
            self.endless.len(),
            self.missed.len(),
            (self.noticed() * 100).checked_div(self.viable()).unwrap_or(100)
        ));
        lines.push(format!("{} passed, {} failed", self.noticed(), self.missed.len()));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("src/a.rs:{number}:5: replace f -> bool with true")).collect()
    }

    #[test]
    fn a_seed_draws_the_same_sample_again_and_another_seed_another_one() {
        let all = names(500);
        let sample = drawn(&all, 60, 7);
        assert_eq!(sample, drawn(&all, 60, 7));
        let others = drawn(&all, 60, 8);
        let both = sample.iter().filter(|name| others.contains(name)).count();
        // 60 of 500 twice have 7 in common on average.
        assert!(both < 25, "{both}");
        let mut each = sample.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), 60, "none is drawn twice");
    }

    #[test]
    fn a_sample_reaches_all_parts_of_the_list_and_is_no_longer_than_it() {
        let all = names(500);
        let mut quarters = [0; 4];
        for name in drawn(&all, 100, 1) {
            let place = all.iter().position(|known| known == name).unwrap();
            quarters[place / 125] += 1;
        }
        assert!(quarters.iter().all(|number| (10..=40).contains(number)), "{quarters:?}");
        assert_eq!(drawn(&all[..3], 60, 1).len(), 3);
    }

    #[test]
    fn a_name_that_is_gone_leaves_the_rest_of_the_sample() {
        let all = names(500);
        let before = drawn(&all, 60, 1);
        let without: Vec<_> = all.iter().filter(|name| *name != before[0]).cloned().collect();
        assert_eq!(drawn(&without, 59, 1), before[1..]);
    }

    #[test]
    fn what_was_not_drawn_is_left_out_by_its_whole_name() {
        let results = env::temp_dir().join(format!("tokenfall-mutants-drawn-{}", std::process::id()));
        let all =
            ["a.rs:1:1: delete !", "a.rs:1:11: delete !", "a.rs:2:1: delete field b"].map(str::to_owned);
        leave_out(&results, &all, &["a.rs:1:1: delete !"]).unwrap();
        let left_out = fs::read_to_string(results.join("previously_caught.txt")).unwrap();
        fs::remove_dir_all(&results).unwrap();
        assert_eq!(left_out, "a.rs:1:11: delete !\na.rs:2:1: delete field b\n");
    }

    #[test]
    fn the_share_counts_what_compiles_and_an_endless_loop_as_noticed() {
        let outcomes = Outcomes {
            caught: names(17),
            endless: names(1),
            missed: vec!["src/b.rs:1:1: delete !".to_owned(), "src/b.rs:2:1: delete -".to_owned()],
            unviable: names(5),
        };
        assert_eq!(outcomes.tried(), 25);
        assert!(outcomes.reach_the_goal(), "18 of 20 are 90 %");
        let lines = outcomes.lines();
        assert!(lines.contains(&"missed   src/b.rs:1:1: delete !".to_owned()), "{lines:?}");
        assert_eq!(
            lines[lines.len() - 2],
            "20 viable (5 more do not compile), 18 caught (1 of them by a test that did not end), 2 missed: 90 %"
        );
        assert_eq!(lines.last().unwrap(), "18 passed, 2 failed");
        let worse = Outcomes { endless: Vec::new(), ..outcomes };
        assert!(!worse.reach_the_goal(), "17 of 19 are less");
        assert!(Outcomes::default().reach_the_goal());
    }

    #[test]
    fn lists_that_are_not_there_are_a_failure_and_no_empty_result() {
        let folder = env::temp_dir().join(format!("tokenfall-mutants-test-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (file, text) in [("caught.txt", "a\nb\n"), ("timeout.txt", ""), ("missed.txt", "c\n")] {
            fs::write(folder.join(file), text).unwrap();
        }
        let without = Outcomes::read(&folder).unwrap_err().to_string();
        fs::write(folder.join("unviable.txt"), "d\n").unwrap();
        let outcomes = Outcomes::read(&folder).unwrap();
        forget(&folder).unwrap();
        assert!(!folder.exists(), "an earlier run's results would be taken for this one's");
        forget(&folder).unwrap();
        assert!(without.contains("no unviable.txt"), "{without}");
        assert_eq!(outcomes.caught, ["a", "b"]);
        assert_eq!((outcomes.missed, outcomes.unviable), (vec!["c".to_owned()], vec!["d".to_owned()]));
    }
}
