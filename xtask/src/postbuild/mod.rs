//! `cargo xtask postbuild`: makes what Trunk has put together the page as it is served.
//!
//! Trunk calls this between writing the page and putting it in place (`[[hooks]]` in Trunk.toml). The steps are those that
//! Trunk does not have: splitting the wasm, wasm-opt on each part, esbuild on each script, a folder for the workers, one stylesheet for the first paint and
//! one for later, no inline script, and the content security policy of the place where the page will be served.

pub(crate) mod host;
mod scripts;
pub(crate) mod split;
mod styles;
mod wasm;
pub(crate) mod workers;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::project::Project;
use host::Host;

/// Rewrites the page that Trunk is about to put in place.
///
/// # Errors
/// Outside of a Trunk build, and where the page or its wasm is not what Trunk makes today.
pub(crate) fn run(project: &Project) -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("`cargo xtask postbuild` is a step of `trunk build`; Trunk says where the page is")
    })?;
    let public_url = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "./".to_owned());
    let host = Host::from_environment()?;
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).map_err(Failure::io("cannot read the page"))?;
    let profile = env::var("TRUNK_PROFILE").unwrap_or_default();
    let profile = if profile == "release" { "release" } else { "debug" };
    let compiled = project.target().join("wasm32-unknown-unknown").join(profile);
    let html = split::split(project, &folder, &compiled)?.finish(&folder, &html)?;
    let html = workers::gather(&folder, &html, &public_url)?;
    let html = host::with_policy(&html, host)?;
    let html = styles::join(&folder, &html, &public_url)?;
    let page = scripts::externalize(&html, &public_url)?;
    for (name, text) in &page.scripts {
        fs::write(folder.join(name), text).map_err(Failure::io(format!("cannot write {name}")))?;
    }
    for file in fs::read_dir(&folder).map_err(Failure::io("cannot list the page"))? {
        let path = file.map_err(Failure::io("cannot list the page"))?.path();
        if path.extension().is_some_and(|ending| ending == "js") {
            scripts::minify(&path)?;
        }
    }
    fs::write(&index, page.html).map_err(Failure::io("cannot write the page"))
}

/// Serves `cargo xtask optimize FILE`: runs wasm-opt on a wasm file as on the page's, for the benchmarks.
///
/// # Errors
/// Without exactly one file, or when wasm-opt fails.
pub(crate) fn optimize(args: Args) -> Result<()> {
    match args.rest().as_slice() {
        [file] => wasm::optimize(Path::new(file)),
        _ => Err(Failure::new("`cargo xtask optimize` takes one wasm file")),
    }
}
