//! Judges a path and its text by each rule.
//!
//! Words that must not appear are written in two halves here, so that this file keeps its own rules.

use super::exceptions::{LONGER, MARKUP};

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) path: String,
    /// The line, from 1; 0 is the file as a whole.
    pub(super) line: usize,
    pub(super) what: String,
}

/// A longer file holds two things.
pub(super) const LINES: usize = 400;

/// Calls that turn text into markup or code. What a model writes is untrusted.
const UNSAFE_CALLS: [&str; 6] = [
    concat!("inner", "HTML"),
    concat!("set_inner", "_html"),
    concat!("insert_adjacent", "_html"),
    concat!("outer", "HTML"),
    concat!("document.", "write"),
    concat!("ev", "al("),
];

const LEFT_OPEN: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
const MACHINE_PATHS: [&str; 3] = [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

/// Returns everything that is wrong with a file.
pub(super) fn judge(path: &str, text: &str) -> Vec<Finding> {
    // Recorded bytes are what they are.
    if path.contains("/fixtures/") || path.ends_with(".lock") || path.ends_with("package-lock.json") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut found = |line, what: String| findings.push(Finding { path: path.to_owned(), line, what });
    if is_code(path) && text.lines().count() > LINES && !excepted(path, &LONGER) {
        found(
            0,
            format!("more than {LINES} lines: split it, or list it with a reason in tidy/exceptions.rs"),
        );
    }
    if path.ends_with(".rs") && is_module(path) && !text.starts_with("//!") {
        found(1, "a module begins with a `//!` line that says what it is".to_owned());
    }
    if !text.is_empty() && !text.ends_with('\n') && is_code(path) {
        found(0, "the last line does not end".to_owned());
    }
    for (number, line) in (1..).zip(text.lines()) {
        if line.ends_with([' ', '\t']) {
            found(number, "blanks at the end of the line".to_owned());
        }
        for word in LEFT_OPEN.iter().filter(|word| line.contains(*word)) {
            found(number, format!("{word}: do it, or write an issue"));
        }
        for place in MACHINE_PATHS.iter().filter(|place| line.contains(*place)) {
            found(number, format!("{place} is a path of one machine"));
        }
        if path.starts_with("src/") && !line.trim_start().starts_with("//") && !excepted(path, &MARKUP) {
            for call in UNSAFE_CALLS.iter().filter(|call| line.contains(*call)) {
                found(number, format!("{call}: untrusted text becomes text nodes, never markup or code"));
            }
        }
        if path.starts_with(".github/workflows/")
            && let Some(action) = unpinned_action(line)
        {
            found(
                number,
                format!("{action}: an action is named by its full commit, with the version behind it"),
            );
        }
        if (path == "index.html" || path.starts_with("style/"))
            && let Some(address) = foreign_address(line)
        {
            found(number, format!("{address}: the page loads nothing from elsewhere"));
        }
    }
    findings
}

/// Exceptions nobody needs any more.
pub(super) fn idle_exceptions(read: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let idle = |path: &str, what: &str| Finding {
        path: path.to_owned(),
        line: 0,
        what: format!("{what}; take it out of tidy/exceptions.rs"),
    };
    let short = LONGER.iter().filter(|(path, _)| read(path).is_none_or(|text| text.lines().count() <= LINES));
    let calls = |text: String| UNSAFE_CALLS.iter().any(|call| text.contains(call));
    let plain = MARKUP.iter().filter(|(path, _)| !read(path).is_some_and(calls));
    let short = short.map(|(path, _)| idle(path, "needs no exception from the length rule"));
    short.chain(plain.map(|(path, _)| idle(path, "needs no exception from the markup rule"))).collect()
}

fn excepted(path: &str, list: &[(&str, &str)]) -> bool {
    list.iter().any(|(listed, _)| *listed == path)
}

fn is_code(path: &str) -> bool {
    let endings = [".rs", ".css", ".js", ".mjs", ".py", ".html", ".toml", ".yml", ".sh"];
    endings.iter().any(|ending| path.ends_with(ending))
}

fn is_module(path: &str) -> bool {
    ["src/", "tests/", "xtask/", "lab/"].iter().any(|folder| path.starts_with(folder))
}

/// Returns the action of a step that is not named as `OWNER/NAME@COMMIT # vN.N.N`: a tag can be moved to other code.
fn unpinned_action(line: &str) -> Option<&str> {
    let action = line.trim_start().trim_start_matches("- ").strip_prefix("uses:")?.trim();
    let (name, version) = action.split_once(" # v").unwrap_or((action, ""));
    let commit = name.split_once('@').map_or("", |(_, commit)| commit);
    let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_version = version.split('.').count() == 3;
    (!is_commit || !has_version).then_some(action)
}

/// Returns an address of another host. The names of XML vocabularies look like addresses and are never fetched.
fn foreign_address(line: &str) -> Option<&str> {
    let starts = line.match_indices("//").filter_map(|(at, _)| {
        let before = &line[..at];
        let scheme = ["https:", "http:"].into_iter().find(|scheme| before.ends_with(scheme));
        match scheme {
            Some(scheme) => Some(at - scheme.len()),
            // `src="//host/"` and `url(//host/)` take the page's own scheme.
            None => before.ends_with(['"', '\'', '(']).then_some(at),
        }
    });
    let mut addresses = starts.map(|start| {
        let address = &line[start..];
        &address[..address.find(['"', '\'', ')', ' ', '<', '>', ';']).unwrap_or(address.len())]
    });
    addresses.find(|address| !address.contains("//www.w3.org/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "//! What it is.\n\n/// Never through innerHTML.\nfn f() {}\n";

    fn whats(path: &str, text: &str) -> Vec<String> {
        judge(path, text).into_iter().map(|finding| finding.what).collect()
    }

    fn breaks(path: &str, text: &str, rule: &str) {
        let whats = whats(path, text);
        assert!(whats.iter().any(|what| what.contains(rule)), "{path}: {whats:?} has no `{rule}`");
    }

    #[test]
    fn a_good_module_breaks_no_rule() {
        assert_eq!(whats("src/engine/good.rs", GOOD), [""; 0]);
    }

    #[test]
    fn a_module_of_401_lines_is_too_long_and_one_of_400_is_not() {
        let lines = |number: usize| format!("//! x\n{}", "x\n".repeat(number - 1));
        breaks("src/a.rs", &lines(401), "more than 400 lines");
        assert_eq!(whats("src/a.rs", &lines(400)), [""; 0]);
        assert_eq!(whats("README.md", &lines(401)), [""; 0]);
    }

    #[test]
    fn markup_from_text_is_found_in_code_but_not_in_comments() {
        for call in UNSAFE_CALLS {
            breaks("src/ui/a.rs", &format!("//! x\nnode.{call}(x);\n"), call);
        }
        assert_eq!(whats("lab/src/a.rs", &format!("//! x\nnode.{}(x);\n", UNSAFE_CALLS[0])), [""; 0]);
    }

    #[test]
    fn a_module_without_a_first_line_about_itself_is_found() {
        breaks("src/a.rs", "use std::fmt;\n", "begins with");
        breaks("lab/tests/e2e/main.rs", "\n//! late\n", "begins with");
    }

    #[test]
    fn notes_to_oneself_and_machine_paths_are_found_in_any_file() {
        breaks("README.md", &format!("{} write\n", LEFT_OPEN[0]), "do it");
        breaks("style/a.css", &format!("/* {} later */\n", LEFT_OPEN[1]), "do it");
        breaks(".ci/run", &format!("cd {}x\n", MACHINE_PATHS[0]), "one machine");
        breaks("docs/a.md", &format!("see {}me/x\n", MACHINE_PATHS[1]), "one machine");
    }

    #[test]
    fn blanks_at_the_end_are_found_with_their_line() {
        let findings = judge("a.md", "one\ntwo \n");
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
        assert_eq!(judge("tests/fixtures/a.sse", "data: x \n"), []);
    }

    #[test]
    fn the_page_names_no_other_host() {
        for line in [
            "<script src=\"https://cdn.example/x.js\">",
            "@import url(//fonts.example/css);",
            "<link href='http://example.com/'>",
        ] {
            breaks("index.html", &format!("{line}\n"), "from elsewhere");
            breaks("style/base.css", &format!("{line}\n"), "from elsewhere");
        }
        let fine = "<svg xmlns=\"http://www.w3.org/2000/svg\"> connect-src https: http: // a remark\n";
        assert_eq!(whats("index.html", fine), [""; 0]);
        assert_eq!(
            whats("src/ui/presets.rs", "//! x\nconst A: &str = \"https://api.example/v1\";\n"),
            [""; 0]
        );
    }

    #[test]
    fn an_action_whose_code_can_be_exchanged_is_found() {
        let path = ".github/workflows/a.yml";
        let commit = "0123456789abcdef".repeat(3)[..40].to_owned();
        for action in ["a/b@v4", "a/b", "a/b@main # v1.2.3", &commit[1..], &format!("a/b@{commit}")] {
            breaks(path, &format!("      - uses: {action}\n"), "full commit");
            breaks(path, &format!("        uses: {action}\n"), "full commit");
        }
        assert_eq!(whats(path, &format!("      - uses: a/b@{commit} # v4.2.2\n        run: x\n")), [""; 0]);
    }

    #[test]
    fn exceptions_give_a_reason() {
        for (path, reason) in LONGER.iter().chain(&MARKUP) {
            assert!(reason.len() > 20, "{path} needs a reason");
        }
    }
}
