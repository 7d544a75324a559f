//! `cargo xtask size`: what the first load of the release page fetches, against the budget in `size-budget.txt`.
//!
//! Bytes are counted after `gzip -9`, the way a static host sends them. Files a click brings later do not count.

mod references;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::finish::later::FOLDER;
use crate::page;
use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools;

const BUDGET: &str = "size-budget.txt";

/// Fetched by the page itself as soon as it runs; no markup names it.
const BY_THE_PAGE: &str = "tokenfall.json";

/// Builds the page, prints its weight file by file, and compares the sum with the budget.
///
/// # Errors
/// When the page is heavier than the budget, or cannot be built or measured.
pub(crate) fn run(project: &Project) -> Result<()> {
    let budget = budget(&project.read(BUDGET)?)?;
    let dist = page::build(project)?;
    let (mut raw, mut zipped) = (0, 0);
    say::line(&format!("{:>9} {:>9}  first load", "bytes", "gzip -9"));
    for name in first_load(&dist)? {
        let path = dist.join(&name);
        let bytes = fs::metadata(&path).map_err(Failure::io(format!("cannot read {name}")))?.len();
        let small = gzip(&path)?;
        raw += bytes;
        zipped += small;
        say::line(&format!("{bytes:9} {small:9}  {name}"));
    }
    let verdict = format!("{raw:9} {zipped:9}  together; the budget is {budget}");
    if zipped > budget {
        return Err(Failure::new(format!("the page is too heavy:\n{verdict}")));
    }
    say::line(&verdict);
    say::line(&format!(
        "{:>9} {:>9}  once somebody touches the page or plays the sample",
        "bytes", "gzip -9"
    ));
    for name in later(&dist)? {
        let path = dist.join(&name);
        let bytes = fs::metadata(&path).map_err(Failure::io(format!("cannot read {name}")))?.len();
        say::line(&format!("{bytes:9} {:9}  {name}", gzip(&path)?));
    }
    parts(&dist)
}

/// Names of the files that are no part of the first load, nor in the folder of parts.
fn later(dist: &Path) -> Result<Vec<String>> {
    let first = first_load(dist)?;
    let files = page::files(dist)?;
    let names = files.iter().filter_map(|path| path.strip_prefix(dist).ok());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    Ok(names.filter(|name| !first.contains(name) && !name.starts_with(FOLDER)).collect())
}

/// Prints what is fetched for what is done or shown; grammars come one by one and are packed already.
fn parts(dist: &Path) -> Result<()> {
    let (mut take, mut typeset, mut code, mut math, mut grammars) = (0, 0, 0, 0, Vec::new());
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
            name if name.contains("take") => take += bytes,
            _ => typeset += bytes,
        }
    }
    grammars.sort_unstable();
    let (middle, most) = (grammars.get(grammars.len() / 2), grammars.last());
    let grammar = format!(
        "for its language, at most {} (middle of {})",
        most.copied().unwrap_or_default(),
        grammars.len()
    );
    say::line(&format!("{:>9} {:>9}  once it is wanted", "", "gzip -9"));
    for (bytes, what) in [
        (take, "with the first selection, copy of a table or saved code"),
        (typeset, "with the first code or formula"),
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

fn budget(file: &str) -> Result<u64> {
    let mut numbers = file.lines().filter(|line| !line.starts_with('#')).map(|line| line.trim().parse());
    match numbers.next() {
        Some(Ok(bytes)) => Ok(bytes),
        Some(Err(_)) | None => Err(Failure::new(format!("{BUDGET} holds no number of bytes"))),
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
    fn the_budget_is_the_first_number() {
        assert_eq!(budget("# why\n204800\n").unwrap(), 204_800);
        assert!(budget("# why\n").is_err());
        assert!(budget("200 KB\n").is_err());
    }

    #[test]
    fn the_first_load_follows_references_and_leaves_the_rest() {
        let dist = std::env::temp_dir().join(format!("tokenfall-size-test-{}", std::process::id()));
        fs::create_dir_all(dist.join("samples")).unwrap();
        for (name, text) in [
            (
                "index.html",
                "<script type=\"module\" src=\"./start-1.js\"></script><a href=\"later.html\">x</a>",
            ),
            ("start-1.js", "import init from './page-1.js'; init({ module_or_path: './page-1_bg.wasm' });"),
            ("page-1.js", "export default 1; const gone = './absent.js';"),
            ("page-1_bg.wasm", "\0asm"),
            ("tokenfall.json", "{}"),
            ("later.html", ""),
            ("samples/tour.jsonl", ""),
        ] {
            fs::write(dist.join(name), text).unwrap();
        }
        let (names, later) = (first_load(&dist), later(&dist));
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(
            names.unwrap(),
            ["index.html", "tokenfall.json", "start-1.js", "page-1.js", "page-1_bg.wasm"]
        );
        assert_eq!(later.unwrap(), ["later.html", "samples/tour.jsonl"]);
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
