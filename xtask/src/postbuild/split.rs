//! Splits the page's wasm at its split points: what the first load needs, and a part for each thing that is fetched later.
//!
//! A split point is a function with `#[wasm_split]` (src/ui/lazy.rs lists them). What the linker wrote still says which
//! function and which data names which (build.rs asks for that); the package `split` follows it from each split point and
//! writes modules with one memory, one stack and one table, and the script that fetches them. The main module is the page
//! for wasm-bindgen, in the place of the whole one that Trunk gave to it. Trunk has no splitting of its own
//! (trunk-rs/trunk#1022), which is why these are steps of ours. Only names of files are replaced in what the tools write.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::project::Project;
use crate::run;
use crate::tools;

use super::wasm::{self, ENDING};

/// Cargo's name of the page.
const PAGE: &str = "tokenfall-page";
/// The end of the name of the script that fetches the parts.
pub(crate) const LINK: &str = ".parts.js";
/// The part that a question needs: index.html asks for it early.
const CHAT: &str = "chat";
/// Placeholder in index.html for the names of the files of that part and of the script.
const EARLY: &str = "EARLY_PARTS";
const SCRIPT: &str = "PARTS_SCRIPT";

/// The page in `folder`, once it is split.
#[derive(Debug)]
pub(super) struct Split {
    /// Trunk's name of the page, without ending.
    trunk: String,
    /// The name it has now: scripts and module name each other by it.
    stem: String,
    /// The files of each part, without ending.
    parts: Vec<(String, Vec<String>)>,
}

/// Puts the parts of the page into `folder`, in the place of the whole one. `compiled` is where cargo put its output.
///
/// # Errors
/// When cargo's output is not there or cannot be split, or wasm-bindgen fails.
pub(super) fn split(project: &Project, folder: &Path, compiled: &Path) -> Result<Split> {
    let trunk = page_in(folder)?;
    let whole = compiled.join(PAGE).with_extension("wasm");
    let version = |tool| run::quietly(Command::new(tool).arg("--version")).unwrap_or_default();
    let made_by = version("wasm-bindgen") + &version("wasm-opt");
    let compiled = fs::read(&whole).map_err(Failure::io("cargo has not compiled the page"))?;
    let stem = format!("{PAGE}-{}", hash_of(&[&compiled, made_by.as_bytes()]));
    let own = project.target().join("xtask").join("parts");
    if own.exists() {
        fs::remove_dir_all(&own).map_err(Failure::io("cannot clear the folder of parts"))?;
    }
    fs::create_dir_all(&own).map_err(Failure::io("cannot make the folder of parts"))?;
    let mut command = run::cargo();
    command.current_dir(project.root()).args(["run", "--quiet", "--offline", "--package", "split", "--"]);
    command.arg(whole).arg(&own);
    command.args([format!("./{stem}{LINK}"), format!("./{stem}.js")]);
    let mut parts = Vec::new();
    run::reading_along(&mut command, |line| parts.extend(part(line)))?;
    let wasm_bindgen = tools::on_path("wasm-bindgen").ok_or_else(|| {
        Failure::new("wasm-bindgen is not on the PATH: build with `cargo xtask build`, which brings it")
    })?;
    let options = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &stem];
    let mut bind = Command::new(wasm_bindgen);
    run::visibly(bind.args(options).arg("--out-dir").arg(folder).arg(own.join("main.wasm")))?;
    for ending in [ENDING, ".js"] {
        fs::remove_file(folder.join(format!("{trunk}{ending}")))
            .map_err(Failure::io("Trunk made no page"))?;
    }
    let split = Split { trunk, stem, parts };
    let files = split.files().into_keys().map(|file| format!("{file}.wasm"));
    for file in files.chain([format!("{}{LINK}", split.stem)]) {
        fs::copy(own.join(&file), folder.join(&file)).map_err(Failure::io(format!("no part {file}")))?;
    }
    Ok(split)
}

/// Reads a line that the package `split` prints: the name of a part and its files.
fn part(line: &str) -> Option<(String, Vec<String>)> {
    let mut words = line.strip_prefix("part ")?.split(' ').map(str::to_owned);
    let name = words.next()?;
    let files: Vec<String> = words.collect();
    (!files.is_empty()).then_some((name, files))
}

/// Returns Trunk's name of the page, without ending.
fn page_in(folder: &Path) -> Result<String> {
    let failed = "cannot list the page";
    for entry in fs::read_dir(folder).map_err(Failure::io(failed))? {
        let name = entry.map_err(Failure::io(failed))?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(ENDING).filter(|stem| stem.starts_with(PAGE)) {
            return Ok(stem.to_owned());
        }
    }
    Err(Failure::new("the page has no wasm"))
}

impl Split {
    /// Returns each file once, and the parts that need it.
    fn files(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (part, own) in &self.parts {
            for file in own {
                files.entry(file).or_default().push(part);
            }
        }
        files
    }

    /// Optimises the page and its parts, names each part after its content, and gives `html` with the names.
    ///
    /// # Errors
    /// When a file cannot be read or written, wasm-opt fails, or `html` has no place for a name.
    pub(super) fn finish(&self, folder: &Path, html: &str) -> Result<String> {
        let link = format!("{}{LINK}", self.stem);
        let mut script = String::from_utf8_lossy(&read(folder, &link)?).into_owned();
        let mut early = Vec::new();
        for (file, parts) in self.files() {
            let old = format!("{file}.wasm");
            wasm::optimize(&folder.join(&old))?;
            let new = format!("{file}-{}.wasm", hash_of(&[&read(folder, &old)?]));
            fs::rename(folder.join(&old), folder.join(&new))
                .map_err(Failure::io(format!("cannot name {old}")))?;
            script = script.replace(&format!("\"./{old}\""), &format!("\"./{new}\""));
            if parts.contains(&CHAT) {
                early.push((fs::metadata(folder.join(&new)).map_or(0, |file| file.len()), new));
            }
        }
        fs::write(folder.join(&link), script).map_err(Failure::io("cannot write how parts are fetched"))?;
        wasm::optimize(&folder.join(format!("{}{ENDING}", self.stem)))?;
        let html = html.replace(&self.trunk, &self.stem);
        // The longest first: while its bytes come the ways of the others are hidden behind it.
        early.sort();
        let early: Vec<String> = early.into_iter().rev().map(|(_, name)| name).collect();
        // Without a space: the minifier leaves away the quotes around a word.
        let html = placed(&html, EARLY, &early.join(","))?;
        placed(&html, SCRIPT, &format!("./{link}"))
    }
}

/// Returns `html` with `text` in the one place that is called `name`.
pub(super) fn placed(html: &str, name: &str, text: &str) -> Result<String> {
    match html.split(name).collect::<Vec<_>>().as_slice() {
        [before, after] => Ok(format!("{before}{text}{after}")),
        _ => Err(Failure::new(format!("index.html does not have the word {name} once"))),
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(name)).map_err(Failure::io(format!("cannot read {name}")))
}

fn hash_of(contents: &[&[u8]]) -> Hash {
    let mut hash = Hash::default();
    for content in contents {
        hash.add(content);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_part_and_its_files() {
        let files = vec!["chunk_0".to_owned(), "split_chat".to_owned()];
        assert_eq!(part("part chat chunk_0 split_chat"), Some(("chat".to_owned(), files)));
        assert_eq!(part("part empty"), None, "a part without code needs no file");
        assert_eq!(part("warning: unused variable"), None);
    }

    #[test]
    fn a_page_without_the_place_of_a_name_stops_the_build() {
        assert_eq!(placed("<a PLACE>", "PLACE", "x").unwrap(), "<a x>");
        assert!(placed("<a>", "PLACE", "x").is_err());
        assert!(placed("PLACE PLACE", "PLACE", "x").is_err());
        let index = include_str!("../../../index.html");
        for name in [EARLY, SCRIPT] {
            assert!(placed(index, name, "x").is_ok(), "{name}");
        }
    }
}
