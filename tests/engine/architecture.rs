//! ARCHITECTURE.md against the code: its tables say who may use whom, and this holds the `use` lines to them.

mod imports;
mod paths;
mod resolving;

use imports::{Resolver, circles};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Folders in which no file may reach itself through others.
const WITHOUT_CIRCLES: [&str; 6] =
    ["engine/src", "src/browser", "src/ui", "decode/src", "markdown/src", "xtask/src"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The rows of the table whose first heading is `heading`: first cell without back-ticks, then the cell in `column`.
fn table(page: &str, heading: &str, column: usize) -> BTreeMap<String, BTreeSet<String>> {
    let mut lines = page.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |")));
    lines.next();
    lines.next();
    lines
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
            let names =
                cells[column].split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
            (cells[0].trim_matches('`').to_owned(), names.collect())
        })
        .collect()
}

/// Code without its comments: documentation may name what it likes.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// The paths of our packages, resolved together.
fn resolver() -> Resolver {
    let read = |path: &str| fs::read_to_string(root().join(path)).ok();
    let mut resolver = Resolver::default();
    for (name, file) in [
        ("tokenfall_decode", "decode/src/lib.rs"),
        ("tokenfall_markdown", "markdown/src/lib.rs"),
        ("tokenfall_engine", "engine/src/lib.rs"),
        ("tokenfall", "src/lib.rs"),
        ("xtask", "xtask/src/main.rs"),
    ] {
        resolver.add(name, file, &read);
    }
    resolver
}

/// The first name of a file's path inside `folder`, without its ending; `None` for the folder's own root.
fn module_in<'a>(file: &'a str, folder: &str) -> Option<&'a str> {
    let inner = file.strip_prefix(folder)?.strip_prefix('/')?;
    let name = inner.split('/').next()?.trim_end_matches(".rs");
    (!["lib", "main", "mod"].contains(&name)).then_some(name)
}

/// The module of the engine that a file belongs to, also where it is a package of its own.
fn engine_module(file: &str) -> Option<&str> {
    let inner = ["engine/src", "decode/src"].into_iter().find_map(|folder| module_in(file, folder));
    inner.or_else(|| file.starts_with("markdown/src/").then_some("markdown"))
}

fn browser_part(file: &str) -> Option<&str> {
    module_in(file, "src/browser")
}

/// Holds arrows to the table in ARCHITECTURE.md whose first heading is `heading`: `module_of` gives the row of a file,
/// `name_of` what other rows call it.
fn hold_to_table(
    heading: &str,
    module_of: impl Fn(&str) -> Option<&str>,
    name_of: impl Fn(&str) -> Option<&str>,
) {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let allowed = table(&page, heading, 1);
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for (file, reached) in resolver().arrows() {
        let Some(module) = module_of(&file) else { continue };
        let may_use = allowed.get(module).unwrap_or_else(|| panic!("{module} is missing in ARCHITECTURE.md"));
        seen.insert(module.to_owned());
        for (to, paths) in &reached {
            let Some(used) = name_of(to).filter(|used| *used != module) else { continue };
            if !may_use.contains(used) {
                wrong.push(format!("{file} uses {used}: {paths:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md does not allow:\n{}", wrong.join("\n"));
    let named: BTreeSet<_> = allowed.into_keys().collect();
    assert_eq!(seen, named, "modules that exist, and those of the table");
}

#[test]
fn engine_modules_use_only_what_the_page_allows() {
    hold_to_table("module", engine_module, engine_module);
}

#[test]
fn browser_modules_use_only_what_the_page_allows() {
    hold_to_table("browser's", browser_part, |file| {
        browser_part(file).or_else(|| engine_module(file).map(|_| "engine"))
    });
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut arrows = resolver().arrows();
    arrows.retain(|file, _| WITHOUT_CIRCLES.iter().any(|folder| file.starts_with(&format!("{folder}/"))));
    assert!(arrows.len() > 150, "{} files: the resolver has lost some", arrows.len());
    let circles = circles(&arrows);
    assert!(circles.is_empty(), "{} circles:\n\n{}", circles.len(), circles.join("\n\n"));
}

#[test]
fn no_layer_reaches_up_or_out() {
    let browser_crates = ["js_sys", "wasm_bindgen", "wasm_bindgen_futures", "web_sys", "leptos", "gloo"];
    let clocks_and_io = [
        "std::time::Instant",
        "SystemTime",
        "std::fs",
        "std::net",
        "std::thread",
        "std::env",
        "std::process",
    ];
    let engine = ["engine/src", "decode/src", "markdown/src"];
    for path in engine.into_iter().flat_map(|folder| sources(&root().join(folder))) {
        let code = code_of(&path);
        for word in
            browser_crates.iter().chain(&clocks_and_io).chain(&["crate::browser", "crate::ui", "async fn"])
        {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
    for path in sources(&root().join("src/browser")) {
        let code = code_of(&path);
        for word in ["crate::ui", "leptos"] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn no_code_of_ours_makes_markup_from_text() {
    let sinks = ["inner_html", "innerHTML", "insert_adjacent_html", "outer_html", "document.write", "eval("];
    // It names the one sink that it guards.
    let guard = root().join("src/browser/trusted_types.rs");
    for path in sources(&root().join("src")).into_iter().filter(|path| *path != guard) {
        let code = code_of(&path);
        for sink in sinks {
            assert!(!code.contains(sink), "{} names {sink}", path.display());
        }
    }
}
