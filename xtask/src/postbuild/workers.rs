//! Gathers the workers, which colour code and draw formulas, in a folder that is named after its content.
//!
//! Trunk leaves the names of such programs as they are, so that a browser could run one of the last version with the page
//! of this one. Page and workers speak in numbers of one list, which must be the same one.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::page;
use crate::run;

use super::split::placed;
use super::wasm;

/// The beginning of the folder's name.
pub(crate) const FOLDER: &str = "workers";

/// Placeholder in index.html for the folder's address: one word, with or without quotes around it.
const PLACE: &str = "WORKERS_FOLDER";

/// The files that Trunk has built, and their names in the folder. A script names the module beside it by its own name.
const FILES: [(&str, &str); 5] = [
    ("typeset-code.js", "code-module.js"),
    ("typeset-code_bg.wasm", "code.wasm"),
    ("typeset-math.js", "math-module.js"),
    ("typeset-math_bg.wasm", "math.wasm"),
    ("typeset.css", "typeset.css"),
];

/// The workers, each started by a script of two calls.
const WORKERS: [&str; 2] = ["code", "math"];

/// Optimises the workers, moves them into their folder, makes the grammars there, and gives the page that names it.
///
/// # Errors
/// When Trunk built not all of them, the grammars cannot be made, or the page has no place for the name.
pub(super) fn gather(folder: &Path, html: &str, public_url: &str) -> Result<String> {
    for worker in WORKERS {
        wasm::optimize(&folder.join(format!("typeset-{worker}{}", wasm::ENDING)))?;
    }
    let own = folder.join(FOLDER);
    fs::create_dir_all(&own).map_err(Failure::io("cannot make the folder of the workers"))?;
    grammars(&own)?;
    let name = move_files(folder, &own)?;
    fs::rename(&own, folder.join(&name)).map_err(Failure::io("cannot name the folder of the workers"))?;
    placed(html, PLACE, &format!("{public_url}{name}/"))
}

/// Writes a file for each language, by the package `typeset`, natively.
fn grammars(folder: &Path) -> Result<()> {
    let mut make = run::cargo();
    make.args(["run", "--quiet", "--offline", "--package", "typeset", "--bin", "typeset-grammars", "--"]);
    run::visibly(make.arg(folder))
}

/// Moves the files into `own`, writes the scripts that start the workers, and gives the name for the folder.
fn move_files(folder: &Path, own: &Path) -> Result<String> {
    for (from, to) in FILES {
        fs::rename(folder.join(from), own.join(to)).map_err(Failure::io(format!("Trunk built no {from}")))?;
    }
    for worker in WORKERS {
        // What is thrown from a timer is told to the page, as a promise that fails is not.
        let text = format!(
            "importScripts(\"{worker}-module.js\");wasm_bindgen({{module_or_path:\"{worker}.wasm\"}})\
             .catch(why=>setTimeout(()=>{{throw why}}));\n"
        );
        fs::write(own.join(format!("{worker}.js")), text)
            .map_err(Failure::io("cannot write a worker's start"))?;
    }
    let mut hash = Hash::default();
    for file in page::files(own)? {
        hash.add(file.file_name().unwrap_or_default().as_encoded_bytes());
        hash.add(&fs::read(&file).map_err(Failure::io(format!("cannot read {}", file.display())))?);
    }
    Ok(format!("{FOLDER}-{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_after_all_that_is_in_it_and_starts_files_that_are_there() {
        let folder = std::env::temp_dir().join(format!("tokenfall-later-test-{}", std::process::id()));
        let own = folder.join(FOLDER);
        let mut names = Vec::new();
        for grammar in ["grammar\n1", "grammar\n2"] {
            fs::create_dir_all(&own).unwrap();
            for (name, _) in FILES {
                fs::write(folder.join(name), name).unwrap();
            }
            fs::write(own.join("rust.bin"), grammar).unwrap();
            names.push(move_files(&folder, &own).unwrap());
        }
        for worker in WORKERS {
            let start = fs::read_to_string(own.join(format!("{worker}.js"))).unwrap();
            let named: Vec<_> = start.split('"').skip(1).step_by(2).collect();
            assert_eq!(named.len(), 2, "{start}");
            assert!(named.iter().all(|name| own.join(name).is_file()), "{start}");
        }
        let missing = move_files(&folder, &own);
        fs::remove_dir_all(&folder).unwrap();
        assert_ne!(names[0], names[1]);
        assert!(missing.unwrap_err().to_string().contains("typeset-code.js"));
    }

    #[test]
    fn the_page_has_a_place_for_the_folders_address() {
        let index = placed(include_str!("../../../index.html"), PLACE, "./workers-1/").unwrap();
        assert!(index.contains("<meta name=\"workers\" content=\"./workers-1/\">"));
    }
}
