//! `cargo xtask finish`: makes what Trunk has put together the page as it is served.
//!
//! Trunk calls this between writing the page and putting it in place (`[[hooks]]` in Trunk.toml).

mod glue;
pub(crate) mod later;
mod part;
mod scripts;
mod snip;
mod styles;
mod wasm;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::project::Project;

/// Rewrites the page that Trunk is about to put in place.
///
/// # Errors
/// Outside of a Trunk build, and where the page or its wasm is not what Trunk makes today.
pub(crate) fn run(project: &Project) -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("`cargo xtask finish` is a step of `trunk build`; Trunk says where the page is")
    })?;
    let public_url = env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "./".to_owned());
    let index = folder.join("index.html");
    let html = fs::read_to_string(&index).map_err(Failure::io("cannot read the page"))?;
    let profile = env::var("TRUNK_PROFILE").unwrap_or_default();
    let profile = if profile == "release" { "release" } else { "debug" };
    let compiled = project.target().join("wasm32-unknown-unknown").join(profile);
    part::part(project, &folder, &compiled)?;
    scripts::tighten(&folder, &html, &public_url)?;
    let html = wasm::shrink(&folder, &html)?;
    let html = later::gather(&folder, &html, &public_url)?;
    let html = styles::join(&folder, &html, &public_url)?;
    let page = scripts::externalize(&html, &public_url)?;
    for (name, text) in &page.scripts {
        fs::write(folder.join(name), text).map_err(Failure::io(format!("cannot write {name}")))?;
    }
    fs::write(&index, page.html).map_err(Failure::io("cannot write the page"))
}

/// `cargo xtask shrink FILE`: makes a wasm file as small as the page's, for the benchmarks.
///
/// # Errors
/// Without exactly one file, or when it cannot be made smaller.
pub(crate) fn shrink(args: Args) -> Result<()> {
    match args.rest().as_slice() {
        [file] => wasm::in_place(Path::new(file), None),
        _ => Err(Failure::new("`cargo xtask shrink` takes one wasm file")),
    }
}
