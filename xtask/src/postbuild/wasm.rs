//! Runs wasm-opt over each wasm file of the page, and names the files of the first load after their content.
//!
//! Trunk could run wasm-opt itself, but sees the page's wasm only before it is split.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::run;
use crate::tools;

use super::split;

/// The end of a wasm file's name as wasm-bindgen and Trunk write it.
pub(super) const ENDING: &str = "_bg.wasm";

/// Features that the compiler may have used; the module's own list of them is not enough for wasm-opt.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Optimises every wasm file in `folder`. Files that `html` names, and the rest of the page, which the page's script
/// names, get the hash of their new content into their names; what a worker or another script fetches by name keeps its
/// own. Returns `html` with the new names.
///
/// # Errors
/// When there is no wasm, a file cannot be read or written, or wasm-opt fails.
pub(super) fn optimize_page(folder: &Path, html: &str) -> Result<String> {
    optimize(&folder.join(split::REST))?;
    let rest = take(folder, split::REST)?;
    let rest_name = put(folder, split::REST, ".wasm", &rest)?;
    if !html.contains(split::REST) {
        return Err(Failure::new(format!("index.html does not name {}", split::REST)));
    }
    let mut html = html.replace(split::REST, &rest_name);
    for wasm_name in find(folder)? {
        optimize(&folder.join(&wasm_name))?;
        let script_name = wasm_name.replace(ENDING, ".js");
        if html.contains(&wasm_name) {
            let wasm = take(folder, &wasm_name)?;
            let script =
                String::from_utf8_lossy(&take(folder, &script_name)?).replace(split::REST, &rest_name);
            html = html.replace(&wasm_name, &put(folder, &wasm_name, ENDING, &wasm)?);
            html = html.replace(&script_name, &put(folder, &script_name, ".js", script.as_bytes())?);
        }
    }
    Ok(html)
}

/// Reads a file and removes it.
fn take(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    let content = fs::read(&path).map_err(Failure::io(format!("cannot read {name}")))?;
    fs::remove_file(&path).map_err(Failure::io(format!("cannot remove {name}")))?;
    Ok(content)
}

/// Writes what has become of the file `name` under the name of its new content, and returns that.
fn put(folder: &Path, name: &str, ending: &str, content: &[u8]) -> Result<String> {
    let mut hash = Hash::default();
    hash.add(content);
    let renamed = renamed(name, ending, &hash.to_string()).unwrap_or_else(|| name.to_owned());
    fs::write(folder.join(&renamed), content).map_err(Failure::io(format!("cannot write {renamed}")))?;
    Ok(renamed)
}

/// Runs `wasm-opt -Oz` on a wasm file, in place.
///
/// # Errors
/// When wasm-opt is not there or fails.
pub(super) fn optimize(path: &Path) -> Result<()> {
    run::visibly(wasm_opt()?.args(FEATURES).arg("-Oz").arg("-o").arg(path).arg(path))
}

fn find(folder: &Path) -> Result<Vec<String>> {
    let failed = "cannot list the page";
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::io(failed))? {
        let name = entry.map_err(Failure::io(failed))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ENDING) {
            names.push(name);
        }
    }
    names.sort();
    if names.is_empty() { Err(Failure::new("the page has no wasm")) } else { Ok(names) }
}

/// The name with another hash, if it has one.
fn renamed(name: &str, ending: &str, hash: &str) -> Option<String> {
    let (stem, old) = name.strip_suffix(ending)?.rsplit_once('-')?;
    let is_hash = old.len() >= 12 && old.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| format!("{stem}-{hash}{ending}"))
}

fn wasm_opt() -> Result<Command> {
    tools::on_path("wasm-opt").map(Command::new).ok_or_else(|| {
        Failure::new("wasm-opt is not on the PATH: build with `cargo xtask build`, which brings it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_name_has_the_hash_of_the_new_content() {
        let name = "page-0123456789abcdef_bg.wasm";
        assert_eq!(renamed(name, ENDING, "4567").as_deref(), Some("page-4567_bg.wasm"));
        assert_eq!(renamed("tokenfall-take_bg.wasm", ENDING, "4567"), None);
    }
}
