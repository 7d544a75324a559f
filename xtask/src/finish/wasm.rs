//! Makes the page's wasm small, without the words of panics and through wasm-opt, and the script beside it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::run;
use crate::say;
use crate::tools;

use super::{glue, part, snip};

/// What Trunk calls the wasm: a name, the hash of what the compiler made, and this.
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

/// Size first. Rust puts nothing in the first kilobyte of memory. A function with one caller that is longer than this
/// stays one: gzip likes that better. Functions that are named alike are made alike, and gzip looks 32 KB back.
const FIRST: [&str; 5] = [
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=8",
    "--reorder-functions-by-name",
    "-g",
];
/// For the rest of the page: where its data goes nobody has written before.
const FRESH: &str = "--zero-filled-memory";
/// The names were needed until here.
const THEN: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Shrinks every wasm file in `folder` and the script beside it, renames those that `html` names after their new
/// content, and returns `html` with the new names. What a worker or another script fetches by name keeps its name.
///
/// # Errors
/// When there is none, or a script does not fit its module, and as [`in_place`].
pub(super) fn shrink(folder: &Path, html: &str) -> Result<String> {
    let mut html = html.to_owned();
    // As it is before it is shrunk itself.
    let page = folder.join(part::page_in(folder)? + ENDING);
    in_place(&folder.join(part::REST), Some(&page))?;
    let rest = take(folder, part::REST)?;
    let rest_name = put(folder, part::REST, ".wasm", &rest)?;
    for wasm_name in find(folder)? {
        in_place(&folder.join(&wasm_name), None)?;
        let wasm = take(folder, &wasm_name)?;
        let (wasm, imports) = snip::shorten_imports(&wasm)?;
        let script_name = wasm_name.replace(ENDING, ".js");
        let script = String::from_utf8_lossy(&take(folder, &script_name)?).into_owned();
        let script = glue::rename(&glue::tight(&script), &imports)?.replace(part::REST, &rest_name);
        for (name, ending, content) in
            [(&script_name, ".js", script.as_bytes()), (&wasm_name, ENDING, wasm.as_slice())]
        {
            if html.contains(name) {
                html = html.replace(name, &put(folder, name, ending, content)?);
            } else {
                fs::write(folder.join(name), content).map_err(Failure::io(format!("cannot write {name}")))?;
            }
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

/// Shrinks a wasm file that still has its names. A part of the page is given the page itself, `beside` it.
///
/// # Errors
/// When it cannot be read, has no names, or when wasm-opt fails.
pub(super) fn in_place(path: &Path, beside: Option<&Path>) -> Result<()> {
    let name = path.display();
    let built = fs::read(path).map_err(Failure::io(format!("cannot read {name}")))?;
    let page =
        beside.map(fs::read).transpose().map_err(Failure::io("cannot read the page beside its part"))?;
    let (snipped, counts) = snip::snip(&built, page.as_deref())?;
    if counts.panics == 0 || counts.locations == 0 {
        return Err(Failure::new(format!(
            "{name} has no panics or no names: is it built with strip = \"debuginfo\"? {counts:?}"
        )));
    }
    fs::write(path, snipped).map_err(Failure::io(format!("cannot write {name}")))?;
    for step in [FIRST.as_slice(), &THEN] {
        run::visibly(
            wasm_opt()?.args(FEATURES).args(step).args(beside.map(|_| FRESH)).arg("-o").arg(path).arg(path),
        )?;
    }
    say::line(&format!(
        "  the wasm goes without {} beginnings of panics, {} Debug and {} locations",
        counts.panics, counts.debugs, counts.locations
    ));
    Ok(())
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
