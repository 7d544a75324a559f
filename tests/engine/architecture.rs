//! ARCHITECTURE.md against the code: its tables say who may use whom, and this holds the `use` lines to them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
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

/// The names that follow `prefix` in code, also within braces: `prefix{a, b::c}`.
fn names_behind(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                let mut word = String::new();
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        word.push(c);
                    }
                }
                names.extend(
                    word.split(',').filter_map(|item| item.trim().split("::").next()).map(str::to_owned),
                );
            }
            None => {
                names.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    names
}

/// Code without its comments: documentation may name what it likes.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[test]
fn engine_modules_use_only_what_the_page_allows() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let allowed = table(&page, "module", 1);
    let engine = root().join("src/engine");
    let decode = root().join("decode/src");
    let mut seen = BTreeSet::new();
    let files = sources(&engine).into_iter().map(|path| (&engine, path));
    for (folder, path) in files.chain(sources(&decode).into_iter().map(|path| (&decode, path))) {
        let inner = path.strip_prefix(folder).unwrap();
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if parts[0] == "mod.rs" || parts[0] == "lib.rs" {
            continue;
        }
        let module = parts[0].trim_end_matches(".rs").to_owned();
        let may_use =
            allowed.get(&module).unwrap_or_else(|| panic!("{module} is missing in ARCHITECTURE.md"));
        seen.insert(module.clone());
        let code = code_of(&path);
        // How many `super::` lead from this file to `engine`.
        let is_folder_root = parts.last().is_some_and(|name| name == "mod.rs");
        let up = if is_folder_root { parts.len() - 1 } else { parts.len() };
        let root = if folder == &decode { "crate::" } else { "crate::engine::" };
        let mut used = names_behind(&code, root);
        used.extend(
            names_behind(&code, &"super::".repeat(up)).into_iter().filter(|name| allowed.contains_key(name)),
        );
        used.remove(&module);
        for name in used {
            assert!(
                may_use.contains(&name),
                "{} uses engine::{name}, which ARCHITECTURE.md does not allow",
                inner.display()
            );
        }
    }
    // One module, and a package that nothing of ours may be named in.
    for path in sources(&root().join("markdown/src")) {
        assert!(!code_of(&path).contains("tokenfall"), "{} names another package of ours", path.display());
    }
    seen.insert("markdown".to_owned());
    let named: BTreeSet<_> = allowed.into_keys().collect();
    assert_eq!(seen, named, "the modules of src/engine, decode and markdown, and those of the table");
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
    let engine = ["src/engine", "decode/src", "markdown/src"];
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

#[test]
fn the_reader_of_use_lines_sees_paths_braces_and_nesting() {
    let code = "use super::super::wire::{Delta, x};\nuse crate::engine::{chat::Turn, timestamp};\nlet a = super::super::frame::Frame;";
    assert_eq!(names_behind(code, "crate::engine::"), ["chat", "timestamp"].map(str::to_owned).into());
    assert_eq!(names_behind(code, "super::super::"), ["frame", "wire"].map(str::to_owned).into());
}
