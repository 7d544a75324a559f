//! Splits the page's wasm in two: what the first load needs, and the rest.
//!
//! The border is drawn in src/ui/later.rs. What the linker wrote still says which function and which data names which
//! (build.rs asks for that); the package `split` follows it from both sides of the border and writes two modules with
//! one memory, one stack and one table. The first is the page for wasm-bindgen, in the place of the whole one that Trunk
//! gave to it. The second is fetched by what is put into the page's script here. Trunk has no splitting of its own
//! (trunk-rs/trunk#1022), which is why these are steps of ours.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::run;
use crate::tools;

use super::wasm::ENDING;

/// What cargo calls the page.
const PAGE: &str = "tokenfall-page";
/// What the rest is called until its content names it: here, and in index.html, where assets/later.js reads it.
pub(super) const REST: &str = "tokenfall-rest-000000000000.wasm";

/// What wasm-bindgen writes for the import of the loading.
const IMPORT: &str = "import * as import1 from \"parts\"";
/// What loads the rest: `done` is a function in the table, which gets `data` and whether the rest is there now. After a
/// failure the next call tries again.
const LOAD: &str = "let rest;
const import1 = {
__wasm_split_load_rest: async (done, data) => {
rest ??= fetch(new URL(\"REST\", import.meta.url)).then(answer => __wbg_load(answer, { __wasm_split: PAGE }));
const came = await rest.then(() => true, () => { rest = undefined; return false; });
wasm.__indirect_function_table.get(done)(data, came);
}
};";

/// What the script that wasm-bindgen writes calls its function that instantiates a module.
const INSTANTIATE: &str = "__wbg_load(";

/// Puts the parts of the page into `folder`, in the place of the whole one. `compiled` is where cargo put its output.
///
/// # Errors
/// When cargo's output is not there or cannot be split, or wasm-bindgen fails or writes another script than it does
/// today.
pub(super) fn split(project: &Project, folder: &Path, compiled: &Path) -> Result<()> {
    let name = page_in(folder)?;
    let parts = project.target().join("xtask").join("parts");
    if parts.exists() {
        fs::remove_dir_all(&parts).map_err(Failure::io("cannot clear the folder of parts"))?;
    }
    fs::create_dir_all(&parts).map_err(Failure::io("cannot make the folder of parts"))?;
    let whole = compiled.join(PAGE).with_extension("wasm");
    let split = ["run", "--quiet", "--offline", "--package", "split", "--"];
    run::visibly(run::cargo().current_dir(project.root()).args(split).arg(&whole).arg(&parts))?;
    let wasm_bindgen = tools::on_path("wasm-bindgen").ok_or_else(|| {
        Failure::new("wasm-bindgen is not on the PATH: build with `cargo xtask build`, which brings it")
    })?;
    let main = parts.join("main.wasm");
    let options = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &name];
    run::visibly(Command::new(wasm_bindgen).args(options).arg("--out-dir").arg(folder).arg(&main))?;
    fs::copy(parts.join("split_rest.wasm"), folder.join(REST))
        .map_err(Failure::io("cannot take the rest of the page"))?;
    let link = fs::read_to_string(parts.join("parts")).map_err(Failure::io("cannot read how parts link"))?;
    let script = folder.join(&name).with_extension("js");
    let text = fs::read_to_string(&script).map_err(Failure::io("cannot read the page's script"))?;
    fs::write(&script, with_load(&text, &link)?).map_err(Failure::io("cannot write the page's script"))
}

/// What Trunk called the page, without ending.
pub(super) fn page_in(folder: &Path) -> Result<String> {
    let failed = "cannot list the page";
    for entry in fs::read_dir(folder).map_err(Failure::io(failed))? {
        let name = entry.map_err(Failure::io(failed))?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(ENDING).filter(|stem| stem.starts_with(PAGE)) {
            return Ok(stem.to_owned());
        }
    }
    Err(Failure::new("the page has no wasm"))
}

/// The page's script with the loading in the place of its import. `link` says which exports the rest wants; without
/// optimisation it wants one more, a number by which parts of different builds know each other.
fn with_load(script: &str, link: &str) -> Result<String> {
    let canary = link.find("__canary_").map(|at| {
        let name = &link[at..];
        name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
    });
    let page = canary.map_or_else(|| "wasm".to_owned(), |canary| format!("{{ ...wasm, {canary}: 0 }}"));
    let load = LOAD.replace("REST", REST).replace("PAGE", &page);
    let (before, after) =
        script.split_once(IMPORT).filter(|_| script.contains(INSTANTIATE)).ok_or_else(|| {
            Failure::new("the page's script is not what wasm-bindgen wrote before: see split.rs")
        })?;
    let after = after.strip_prefix(';').unwrap_or(after);
    Ok(format!("{before}{load}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loading_takes_the_place_of_its_import() {
        let script = "import * as import1 from \"parts\"\n\nasync function __wbg_load(module, imports) {}\n";
        let whole = with_load(script, "no bird").unwrap();
        assert!(whole.starts_with("let rest;\nconst import1 = {"));
        assert!(whole.contains(&format!("new URL(\"{REST}\", import.meta.url)")));
        assert!(whole.contains("{ __wasm_split: wasm }"));
        assert!(whole.ends_with("};\n\nasync function __wbg_load(module, imports) {}\n"));
    }

    #[test]
    fn a_script_that_wasm_bindgen_writes_otherwise_stops_the_build() {
        assert!(with_load("async function __wbg_load(module, imports) {}", "").is_err(), "no import");
        assert!(with_load(IMPORT, "").is_err(), "nothing that instantiates");
    }

    #[test]
    fn a_build_without_optimisation_gets_its_canary() {
        let script = format!("{IMPORT};\nfunction {INSTANTIATE}) {{}}");
        let whole = with_load(&script, "{ __wasm_split: { __canary_0a1b: ~0xdead, } }").unwrap();
        assert!(whole.contains("{ __wasm_split: { ...wasm, __canary_0a1b: 0 } }"));
    }
}
