//! `cargo xtask size`: what the release page fetches, against the two numbers in `size-budget.txt`.
//!
//! Bytes are counted after `gzip -9`, the way a static host sends them.

mod references;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::page;
use crate::postbuild::host::Host;
use crate::postbuild::workers::FOLDER;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools;

const BUDGET: &str = "size-budget.txt";

/// Fetched by the page itself as soon as it runs; no markup names it.
const BY_THE_PAGE: &str = "tokenfall.json";

/// The most that may be fetched, in bytes after `gzip -9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Budget {
    first: u64,
    question: u64,
}

/// Names of the built page's files, by when they are fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fetched {
    first: Vec<String>,
    question: Vec<String>,
    /// Files that are fetched on demand, without those in the folder of the workers.
    on_demand: Vec<String>,
}

/// Builds the page for `host`, prints its weight file by file, and compares both sums with the budget.
///
/// # Errors
/// When the page is heavier than the budget, or cannot be built or measured.
pub(crate) fn run(project: &Project, host: Host) -> Result<()> {
    let budget = budget(&project.read(BUDGET)?)?;
    let dist = page::build_for(project, host)?;
    let fetched = sorted(&dist)?;
    let first = print(&dist, "first load", &fetched.first)?;
    let question = first + print(&dist, "for the first question", &fetched.question)?;
    print(&dist, "on demand", &fetched.on_demand)?;
    workers(&dist)?;
    say::line(&format!("{:9} {first:9}  first load; the budget is {}", "", budget.first));
    say::line(&format!(
        "{:9} {question:9}  all that a question needs; the budget is {}",
        "", budget.question
    ));
    held(budget, first, question)
}

/// Prints the files below a heading, and gives the sum of their bytes after `gzip -9`.
fn print(dist: &Path, heading: &str, names: &[String]) -> Result<u64> {
    let mut sum = 0;
    say::line(&format!("{:>9} {:>9}  {heading}", "bytes", "gzip -9"));
    for name in names {
        let path = dist.join(name);
        let bytes = fs::metadata(&path).map_err(Failure::io(format!("cannot read {name}")))?.len();
        let small = gzip(&path)?;
        sum += small;
        say::line(&format!("{bytes:9} {small:9}  {name}"));
    }
    Ok(sum)
}

/// Fails with what is too heavy.
fn held(budget: Budget, first: u64, question: u64) -> Result<()> {
    let sums =
        [("the first load", first, budget.first), ("what a question needs", question, budget.question)];
    let heavy = sums.iter().filter(|(_, bytes, most)| bytes > most);
    let heavy: Vec<_> = heavy.map(|(what, bytes, most)| format!("{what}: {bytes} of {most} bytes")).collect();
    match heavy.as_slice() {
        [] => Ok(()),
        heavy => Err(Failure::new(format!("the page is too heavy: {}", heavy.join(", ")))),
    }
}

/// Sorts the files of the built page by when they are fetched.
///
/// # Errors
/// When the files cannot be listed, or index.html names none that a question needs.
fn sorted(dist: &Path) -> Result<Fetched> {
    let first = first_load(dist)?;
    let html = fs::read_to_string(dist.join("index.html")).map_err(Failure::io("cannot read index.html"))?;
    let question = references::early_parts(&html);
    let is_there = |name: &String| dist.join(name).is_file();
    if question.is_empty() || !question.iter().all(is_there) {
        return Err(Failure::new("index.html does not name the parts that a question needs"));
    }
    let files = page::files(dist)?;
    let names = files.iter().filter_map(|path| path.strip_prefix(dist).ok());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let is_other =
        |name: &String| !first.contains(name) && !question.contains(name) && !name.starts_with(FOLDER);
    let on_demand = names.filter(is_other).collect();
    Ok(Fetched { first, question, on_demand })
}

/// Prints what the workers fetch; grammars come one by one and are packed already.
fn workers(dist: &Path) -> Result<()> {
    let (mut code, mut math, mut style, mut grammars) = (0, 0, 0, Vec::new());
    for path in page::files(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().into_owned();
        let Some((folder, name)) = name.split_once('/').filter(|(folder, _)| folder.starts_with(FOLDER))
        else {
            continue;
        };
        let bytes = gzip(&dist.join(folder).join(name))?;
        match name {
            name if name.ends_with(".bin") => grammars.push(bytes),
            name if name.starts_with("code") => code += bytes,
            name if name.starts_with("math") => math += bytes,
            _ => style += bytes,
        }
    }
    grammars.sort_unstable();
    let (middle, most) = (grammars.get(grammars.len() / 2), grammars.last());
    let grammar = format!(
        "for its language, at most {} (middle of {})",
        most.copied().unwrap_or_default(),
        grammars.len()
    );
    for (bytes, what) in [
        (style, "the style of code and formulas"),
        (math, "the worker for formulas"),
        (code, "the worker for code"),
        (middle.copied().unwrap_or_default(), &grammar),
    ] {
        say::line(&format!("{:9} {bytes:9}  {what}", ""));
    }
    Ok(())
}

/// Names of the files, index.html first.
fn first_load(dist: &Path) -> Result<Vec<String>> {
    let mut names = vec!["index.html".to_owned()];
    if dist.join(BY_THE_PAGE).is_file() {
        names.push(BY_THE_PAGE.to_owned());
    }
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        next += 1;
        let Ok(text) = fs::read_to_string(dist.join(&name)) else { continue };
        for found in references::of(&name, &text) {
            if !names.contains(&found) && dist.join(&found).is_file() {
                names.push(found);
            }
        }
    }
    Ok(names)
}

/// Reads lines of a name and a number; `#` begins a remark.
///
/// # Errors
/// When one of the two numbers is missing or no number, or a line is neither of them.
fn budget(file: &str) -> Result<Budget> {
    let (mut first, mut question) = (None, None);
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || Failure::new(format!("{BUDGET}: `{line}` is not `first` or `question` and a number"));
        let (name, bytes) = line.split_once(' ').ok_or_else(wrong)?;
        let bytes: u64 = bytes.trim().parse().map_err(|_| wrong())?;
        match name {
            "first" => first = Some(bytes),
            "question" => question = Some(bytes),
            _ => return Err(wrong()),
        }
    }
    match (first, question) {
        (Some(first), Some(question)) => Ok(Budget { first, question }),
        _ => Err(Failure::new(format!("{BUDGET} needs a number for `first` and one for `question`"))),
    }
}

/// Bytes after `gzip -9`, by gzip itself or by node, which the build needs anyway: no crate is worth a number.
fn gzip(file: &Path) -> Result<u64> {
    let counted = if tools::on_path("gzip").is_some() {
        let output = Command::new("gzip").args(["-9", "-n", "-c"]).arg(file).output();
        output.ok().filter(|output| output.status.success()).map(|output| output.stdout.len() as u64)
    } else {
        let script = "process.stdout.write(String(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]),{level:9}).length))";
        run::quietly(Command::new("node").args(["-e", script]).arg(file))
            .and_then(|printed| printed.parse().ok())
    };
    counted.ok_or_else(|| Failure::new(format!("neither gzip nor node could compress {}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_two_named_numbers() {
        let both = Budget { first: 125_000, question: 460_000 };
        assert_eq!(budget("# why\nfirst 125000\n\nquestion 460000\n").unwrap(), both);
        assert_eq!(budget("question 460000\nfirst 125000\n").unwrap(), both);
        assert_eq!(budget(include_str!("../../../size-budget.txt")).unwrap(), both);
        for wrong in
            ["first 140000\n", "140000\n460000\n", "first 140 KB\nquestion 1\n", "first 1\nquestoin 2\n"]
        {
            assert!(budget(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_page_above_either_number_fails_and_names_it() {
        let budget = Budget { first: 10, question: 30 };
        assert!(held(budget, 10, 30).is_ok());
        let first = held(budget, 11, 30).unwrap_err().to_string();
        assert!(first.contains("the first load: 11 of 10") && !first.contains("question"), "{first}");
        let question = held(budget, 10, 31).unwrap_err().to_string();
        assert!(question.contains("a question needs: 31 of 30") && !question.contains("load"), "{question}");
    }

    #[test]
    fn files_are_sorted_by_when_they_are_fetched() {
        let dist = std::env::temp_dir().join(format!("tokenfall-size-test-{}", std::process::id()));
        fs::create_dir_all(dist.join("samples")).unwrap();
        fs::create_dir_all(dist.join(format!("{FOLDER}-1"))).unwrap();
        for (name, text) in [
            (
                "index.html",
                "<meta content=split_chat-1.wasm,chunk_0-1.wasm name=early-parts><script type=\"module\" src=\"./start-1.js\"></script><a href=\"later.html\">x</a>",
            ),
            ("start-1.js", "import init from './page-1.js'; init({ module_or_path: './page-1_bg.wasm' });"),
            ("page-1.js", "import * as parts from './page-1.parts.js'; const gone = './absent.js';"),
            ("page-1.parts.js", "fetch(new URL(\"./split_chat-1.wasm\", import.meta.url))"),
            ("chunk_0-1.wasm", "\0asm"),
            ("split_settings-1.wasm", "\0asm"),
            ("page-1_bg.wasm", "\0asm"),
            ("tokenfall.json", "{}"),
            ("later.html", ""),
            ("samples/tour.jsonl", ""),
            ("workers-1/code.js", ""),
        ] {
            fs::write(dist.join(name), text).unwrap();
        }
        let without = sorted(&dist);
        fs::write(dist.join("split_chat-1.wasm"), "\0asm").unwrap();
        let fetched = sorted(&dist);
        fs::remove_dir_all(&dist).unwrap();
        assert!(without.unwrap_err().to_string().contains("a question needs"));
        let fetched = fetched.unwrap();
        assert_eq!(
            fetched.first,
            ["index.html", "tokenfall.json", "start-1.js", "page-1.js", "page-1_bg.wasm", "page-1.parts.js"]
        );
        assert_eq!(fetched.question, ["split_chat-1.wasm", "chunk_0-1.wasm"]);
        assert_eq!(fetched.on_demand, ["later.html", "samples/tour.jsonl", "split_settings-1.wasm"]);
    }

    #[test]
    fn repeated_bytes_shrink() {
        let file = std::env::temp_dir().join(format!("tokenfall-gzip-test-{}", std::process::id()));
        fs::write(&file, "a".repeat(10_000)).unwrap();
        let bytes = gzip(&file);
        fs::remove_file(&file).unwrap();
        assert!((20..200).contains(&bytes.unwrap()));
    }
}
