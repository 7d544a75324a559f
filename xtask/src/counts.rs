//! Reads how many tests ran from what test programs print.

use std::ops::AddAssign;

/// Tests that passed and tests that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// Creates the counts of a part that is one check: it passed or it failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// Adds what `line` reports, if it is the summary of a test program:
    /// `test result: ok. 25 passed; 0 failed; 0 ignored; …`, as libtest and wasm-bindgen-test-runner print it.
    pub(crate) fn read(&mut self, line: &str) {
        let line = without_colours(line);
        if let Some((_, result)) = line.split_once("test result: ") {
            let number =
                |what| result.split([';', '.']).find_map(|part| number_before(part, what)).unwrap_or(0);
            *self += Self { passed: number("passed"), failed: number("failed") };
        }
    }

    pub(crate) fn all(self) -> u64 {
        self.passed + self.failed
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn number_before(part: &str, what: &str) -> Option<u64> {
    part.trim().strip_suffix(what)?.trim().parse().ok()
}

/// Leaves out the `ESC [ … m` sequences with which terminals are told to change colour.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut pieces = line.split("\u{1b}[");
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for line in lines {
            counts.read(line);
        }
        counts
    }

    #[test]
    fn several_test_programs_are_added_up() {
        let counts = of(&[
            "running 25 tests",
            "test counts::tests::passed_in_a_name ... ok",
            "test result: ok. 25 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.21s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]);
        assert_eq!(counts, Counts { passed: 28, failed: 2 });
    }

    #[test]
    fn the_browser_runners_summary_counts_too() {
        assert_eq!(
            of(&["test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.31s"]),
            Counts { passed: 7, failed: 0 }
        );
    }

    #[test]
    fn colours_do_not_hide_a_failure() {
        assert_eq!(
            of(&["test result: \u{1b}[31mFAILED\u{1b}[m. 0 passed; 1 failed; 0 ignored"]),
            Counts { passed: 0, failed: 1 }
        );
    }

    #[test]
    fn other_lines_with_numbers_count_nothing() {
        assert_eq!(of(&["12 passed; 3 failed", "fixtures: 5 passed", ""]), Counts::default());
    }
}
