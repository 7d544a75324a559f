//! `cargo xtask test`: every part of the proof, or the parts that are named, and one line that adds them up.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Args;
use crate::check;
use crate::clock::Stopwatch;
use crate::counts::Counts;
use crate::failure::{Failure, Result};
use crate::lab_tests;
use crate::postbuild::host::Host;
use crate::project::Project;
use crate::say;
use crate::size;
use crate::specs;
use crate::suite::{cargo_test, counting};
use crate::tidy;
use crate::tools::{self, Toolbox};

/// Well above every suite's time, so that a busy machine does not fail a test: seconds for one test program.
const BROWSER_TESTS_LIMIT: &str = "600";
/// Seconds for chromedriver to answer.
const DRIVER_LIMIT: &str = "60";

/// Variable from which proptest reads the number that its generated inputs begin with.
const SEED: &str = "PROPTEST_RNG_SEED";
/// The number where none is given.
const SEEDED: &str = "20261122";

/// A part of the proof, in the order CI runs them: what is quick and fails often comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Tidy,
    Check,
    Xtask,
    Engine,
    Typeset,
    Lab,
    Browser,
    Ui,
    Size,
    E2e,
    Engines,
}

const ALL: [Part; 11] = [
    Part::Tidy,
    Part::Check,
    Part::Xtask,
    Part::Engine,
    Part::Typeset,
    Part::Lab,
    Part::Browser,
    Part::Ui,
    Part::Size,
    Part::E2e,
    Part::Engines,
];

/// The report of a part.
#[derive(Debug)]
struct Report {
    part: Part,
    counts: Counts,
    seconds: f64,
    failure: Option<Failure>,
}

/// Runs the parts named by `args`, or all.
///
/// # Errors
/// When a part failed or a name is unknown. The other parts run all the same.
pub(crate) fn run(project: &Project, args: Args) -> Result<()> {
    let mut reports = Vec::new();
    for part in chosen(&args.words()?)? {
        say::step(&format!("test {}: {}", part.name(), part.what()));
        let watch = Stopwatch::start();
        let mut counts = Counts::default();
        let failure = part.run(project, &mut counts).err();
        if let Some(failure) = &failure {
            say::problem(&format!("{}: {failure}", part.name()));
        }
        reports.push(settled(Report { part, counts, seconds: watch.seconds(), failure }));
    }
    say::line("");
    for line in table(&reports) {
        say::line(&line);
    }
    match reports.iter().filter(|report| report.failure.is_some()).count() {
        0 => Ok(()),
        failed => Err(Failure::new(format!("{failed} of {} parts failed", reports.len()))),
    }
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Check => "check",
            Self::Xtask => "xtask",
            Self::Engine => "engine",
            Self::Typeset => "typeset",
            Self::Lab => "lab",
            Self::Browser => "browser",
            Self::Ui => "ui",
            Self::Size => "size",
            Self::E2e => "e2e",
            Self::Engines => "engines",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Tidy => "rules of this project that no compiler knows",
            Self::Check => "format, lints, layers, documentation",
            Self::Xtask => "the project's commands",
            Self::Engine => "decoding, mapping, folding, measuring; natively",
            Self::Typeset => "highlighting and formulas, natively",
            Self::Lab => "the server of tapes and faults",
            Self::Browser => "the shell, inside headless Chromium",
            Self::Ui => "the components, inside headless Chromium",
            Self::Size => "what the page fetches, against the budget",
            Self::E2e => "the built page in Chromium against the lab and a real model",
            Self::Engines => "its main jobs in Chromium, Firefox and WebKitGTK",
        }
    }

    fn run(self, project: &Project, counts: &mut Counts) -> Result<()> {
        match self {
            Self::Tidy => one(counts, tidy::run(project)),
            Self::Check => one(counts, check::lints(project)),
            Self::Size => one(counts, size::run(project, Host::Own)),
            Self::Xtask => counting(cargo_test(project, &["-p", "xtask"]), counts),
            Self::Engine => engine(project, counts),
            Self::Typeset => {
                counting(cargo_test(project, &["-p", "typeset", "--lib", "--test", "typeset"]), counts)
            }
            Self::Lab => lab_tests::server(project, counts),
            Self::Browser => in_browser(project, counts, "browser"),
            Self::Ui => in_browser(project, counts, "ui"),
            Self::E2e => lab_tests::e2e(project, counts),
            Self::Engines => lab_tests::engines(project, counts),
        }
    }
}

fn chosen(names: &[String]) -> Result<Vec<Part>> {
    if names.is_empty() {
        return Ok(ALL.to_vec());
    }
    let known = || ALL.map(Part::name).join(", ");
    let find = |name: &String| ALL.into_iter().find(|part| part.name() == name);
    names
        .iter()
        .map(|name| {
            find(name).ok_or_else(|| Failure::new(format!("no part `{name}`; there are {}", known())))
        })
        .collect()
}

fn one(counts: &mut Counts, outcome: Result<()>) -> Result<()> {
    *counts += Counts::one(outcome.is_ok());
    outcome
}

/// Has the laws over generated input try the same inputs each time, so that who changes something else is not stopped by
/// an old fault. Plain `cargo test` searches on at random, `PROPTEST_CASES` says how long.
pub(crate) fn seed(tests: &mut Command) {
    if env::var_os(SEED).is_none() {
        tests.env(SEED, SEEDED);
    }
}

fn engine(project: &Project, counts: &mut Counts) -> Result<()> {
    // Not captured: tests that skip because a folder of fixtures is absent say so, and the reader must see it.
    let mut tests =
        cargo_test(project, &["-p", "tokenfall", "--lib", "--test", "engine", "--", "--nocapture"]);
    seed(&mut tests);
    match specs::folder(project) {
        Ok(folder) => drop(tests.env("TOKENFALL_SPECS", folder)),
        Err(failure) => say::line(&format!("  could not fetch the specifications of Markdown: {failure}")),
    }
    match specs::schema_suite(project) {
        Ok(folder) => drop(tests.env("TOKENFALL_JSON_SCHEMA_SUITE", folder)),
        Err(failure) => say::line(&format!("  could not fetch the test suite of JSON Schema: {failure}")),
    }
    let outcome = counting(tests, counts);
    outcome
        .and(counting(cargo_test(project, &["-p", "tokenfall", "-p", "tokenfall-decode", "--doc"]), counts))
}

fn in_browser(project: &Project, counts: &mut Counts, layer: &str) -> Result<()> {
    let toolbox = Toolbox::for_browser_tests(project)?;
    let browser = tools::browser()?;
    let mut command = toolbox.command("wasm-pack")?;
    command
        .args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
        .arg(&browser.driver);
    // Without a `--` before them: wasm-pack gives these options to the build as well as to the test run.
    command.arg(project.root()).args(["--features", layer, "--test", layer]);
    if env::var_os("CHROME").is_some() {
        command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", with_binary(project, &browser.chrome)?);
    }
    command.env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TESTS_LIMIT);
    command.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", DRIVER_LIMIT);
    counting(command, counts)
}

/// Writes webdriver.json for a browser that the driver would not find by itself.
fn with_binary(project: &Project, chrome: &Path) -> Result<PathBuf> {
    let file = project.target().join("xtask").join("webdriver.json");
    let own = naming_binary(&project.read("webdriver.json")?, &chrome.to_string_lossy());
    fs::write(&file, own).map_err(Failure::io("cannot write the driver's settings"))?;
    Ok(file)
}

fn naming_binary(settings: &str, chrome: &str) -> String {
    let options = "\"goog:chromeOptions\": {";
    let escaped = chrome.replace('\\', "\\\\").replace('"', "\\\"");
    settings.replacen(options, &format!("{options}\n    \"binary\": \"{escaped}\","), 1)
}

/// Settles a report: a part without a single test proves nothing, and a part that broke off counts as a failure at
/// least.
fn settled(mut report: Report) -> Report {
    if report.failure.is_none() && report.counts.all() == 0 {
        report.failure = Some(Failure::new("ran no tests"));
    }
    if report.failure.is_some() {
        report.counts.failed = report.counts.failed.max(1);
    }
    report
}

fn table(reports: &[Report]) -> Vec<String> {
    let mut total = Counts::default();
    let mut lines = Vec::new();
    for Report { part, counts, seconds, failure } in reports {
        total += *counts;
        let numbers = format!(
            "{:8} {:6} passed {:4} failed {seconds:8.1} s",
            part.name(),
            counts.passed,
            counts.failed
        );
        lines.push(match failure {
            Some(failure) => format!("{numbers}  {failure}"),
            None => numbers,
        });
    }
    lines.push(format!("{} passed, {} failed", total.passed, total.failed));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(passed: u64, failed: u64, failure: Option<&str>) -> Report {
        let failure = failure.map(Failure::new);
        Report { part: Part::Engine, counts: Counts { passed, failed }, seconds: 1.0, failure }
    }

    #[test]
    fn a_part_that_ran_no_test_is_a_failure() {
        let report = settled(report(0, 0, None));
        assert_eq!(report.counts.failed, 1);
        assert_eq!(report.failure.unwrap().to_string(), "ran no tests");
    }

    #[test]
    fn a_part_that_broke_off_after_passing_tests_is_a_failure() {
        let report = settled(report(12, 0, Some("killed")));
        assert_eq!(report.counts, Counts { passed: 12, failed: 1 });
    }

    #[test]
    fn the_last_line_adds_all_parts_up() {
        let lines = table(&[report(3, 0, None), report(4, 2, Some("x"))]);
        assert_eq!(lines.last().unwrap(), "7 passed, 2 failed");
    }

    #[test]
    fn no_name_means_everything_and_a_wrong_one_is_refused() {
        assert_eq!(chosen(&[]).unwrap(), ALL);
        assert_eq!(chosen(&["ui".to_owned(), "tidy".to_owned()]).unwrap(), [Part::Ui, Part::Tidy]);
        assert!(chosen(&["e3e".to_owned()]).unwrap_err().to_string().contains("e2e"));
    }

    #[test]
    fn a_browser_named_by_the_reader_is_named_to_the_driver() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../webdriver.json");
        let own = naming_binary(&fs::read_to_string(file).unwrap(), "C:\\chrome \"beta\".exe");
        assert!(
            own.contains(
                r#""goog:chromeOptions": {
    "binary": "C:\\chrome \"beta\".exe",
    "args": ["#
            ),
            "{own}"
        );
    }
}
