//! Takes the sources of pulldown-cmark as published and changes the few lines that cost the page 14 KB.
//!
//! The sources are those that cargo has fetched for the build dependency of the same name, checked by the checksum in
//! Cargo.lock. Every change must find exactly what it replaces, else the build fails: another version needs another
//! look. A copy of the whole parser in this repository would be 9,000 lines, of which these differ:
//!
//! - The table of entities is packed (src/entities.rs).
//! - The flags of extensions that `engine::markdown` does not use are zero, so that the compiler drops their code.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "the same file unpacks in the parser and proves here that it does")]
#[path = "src/entities.rs"]
mod entities;

const PACKAGE: &str = "pulldown-cmark-0.13.6";

const FILES: [&str; 9] = [
    "firstpass.rs",
    "lib.rs",
    "linklabel.rs",
    "parse.rs",
    "puncttable.rs",
    "scanners.rs",
    "strings.rs",
    "tree.rs",
    "utils.rs",
];

/// Extensions of `Options` that are never set.
const UNUSED: [&str; 9] = [
    "ENABLE_SMART_PUNCTUATION",
    "ENABLE_HEADING_ATTRIBUTES",
    "ENABLE_YAML_STYLE_METADATA_BLOCKS",
    "ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS",
    "ENABLE_OLD_FOOTNOTES",
    "ENABLE_DEFINITION_LIST",
    "ENABLE_SUPERSCRIPT",
    "ENABLE_SUBSCRIPT",
    "ENABLE_WIKILINKS",
];

/// What the parser calls.
const GET_ENTITY: &str = r#"
pub(crate) fn get_entity(name: &[u8]) -> Option<&'static str> {
    static ENTITIES: std::sync::OnceLock<Entities> = std::sync::OnceLock::new();
    ENTITIES.get_or_init(|| Entities::unpack(include_bytes!("entities.bin"))).get(name)
}
"#;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/entities.rs");
    println!("cargo::rerun-if-env-changed=CARGO_HOME");
    let source = source();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("parser");
    fs::create_dir_all(&out).expect("cannot make the folder of the parser");
    for name in FILES {
        let text = read(&source.join(name));
        let text = match name {
            "lib.rs" => checks(&flags(&text), name),
            "firstpass.rs" | "parse.rs" => checks(&text, name),
            _ => text,
        };
        fs::write(out.join(name), text).expect("cannot write the parser");
    }
    let packed: &'static [u8] = pack(&read(&source.join("entities.rs"))).leak();
    fs::write(out.join("entities.bin"), packed).expect("cannot write the entities");
    let unpack = read(Path::new("src/entities.rs"));
    fs::write(out.join("entities.rs"), format!("{unpack}{GET_ENTITY}"))
        .expect("cannot write the entities' code");
}

/// The folder of the published sources: in cargo's registry, or where `cargo vendor` has put it.
fn source() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    let registries = home.and_then(|home| fs::read_dir(home.join("registry").join("src")).ok());
    let registries = registries.into_iter().flatten().flatten().map(|entry| entry.path().join(PACKAGE));
    let vendored = PathBuf::from("..").join("pulldown-cmark-published");
    let found = registries
        .chain([vendored])
        .map(|folder| folder.join("src"))
        .find(|folder| folder.join("entities.rs").is_file());
    found.unwrap_or_else(|| {
        panic!("{PACKAGE} is neither in registry/src of cargo's home nor in vendor/pulldown-cmark-published")
    })
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// lib.rs with unused flags set to zero, and without what may not stand in a file that is included.
fn flags(text: &str) -> String {
    let mut seen = 0;
    let mut flags = String::with_capacity(text.len());
    for line in text.lines() {
        let start = line.trim_start();
        if start.starts_with("//!") || start.starts_with("#![") {
            continue;
        }
        let unused = start.strip_prefix("const ").and_then(|rest| rest.split_once(" = "));
        match unused.filter(|(name, _)| UNUSED.contains(name)) {
            Some((name, _)) => {
                seen += 1;
                flags.push_str(&format!("const {name} = 0;"));
            }
            None => flags.push_str(line),
        }
        flags.push('\n');
    }
    assert_eq!(seen, UNUSED.len(), "lib.rs defines other options than it did");
    flags
}

/// The text with every question for a flag asked so that a flag of zero is never set: `contains` would say it is.
fn checks(text: &str, name: &str) -> String {
    const ASKED: &str = ".contains(Options::ENABLE_";
    assert!(text.contains(ASKED), "{name} asks for options in another way than it did");
    text.replace(ASKED, ".intersects(Options::ENABLE_")
}

/// Packs the pairs of the published table.
fn pack(text: &str) -> Vec<u8> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for line in text.lines() {
        let Some(line) = line.trim().strip_prefix("(b\"") else { continue };
        let pair = line.strip_suffix("\"),").and_then(|line| line.split_once("\", \""));
        let (name, value) = pair.unwrap_or_else(|| panic!("an entity is written in another way: {line}"));
        let value: String = value.split("\\u{").skip(1).map(character).collect();
        groups.entry(value.clone()).or_default().push(name);
        pairs.push((name, value));
    }
    assert_eq!(pairs.len(), 2125, "there are other entities than there were");
    let mut packed = Vec::new();
    let mut last = 0;
    for (value, names) in &groups {
        if !packed.is_empty() {
            packed.push(entities::NEXT);
        }
        let code = value.chars().next().map_or(0, u32::from);
        let distance = u8::try_from(code - last).ok().filter(|distance| *distance < 0x80);
        match distance.filter(|_| value.chars().count() == 1) {
            Some(distance) => packed.push(entities::DISTANCE + distance),
            None => {
                packed.push(entities::WRITTEN);
                packed.extend(value.as_bytes());
                packed.push(entities::NAMES);
            }
        }
        packed.extend(names.join(" ").as_bytes());
        last = code;
    }
    let unpacked = entities::Entities::unpack(packed.clone().leak());
    for (name, value) in pairs {
        assert_eq!(unpacked.get(name.as_bytes()), Some(value.as_str()), "{name}");
    }
    packed
}

/// The character of `00C6}`.
fn character(escaped: &str) -> char {
    let code = u32::from_str_radix(escaped.trim_end_matches('}'), 16).ok();
    code.and_then(char::from_u32).unwrap_or_else(|| panic!("no character: {escaped}"))
}
