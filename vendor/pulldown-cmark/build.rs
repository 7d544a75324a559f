//! Takes the sources of pulldown-cmark as published and changes a few lines: what costs the page 14 KB, and formulas.
//!
//! The sources are those that cargo has fetched for the build dependency of the same name, checked by the checksum in
//! Cargo.lock. Every change must find exactly what it replaces, else the build fails: another version needs another
//! look. A copy of the whole parser in this repository would be 9,000 lines, of which these differ:
//!
//! - The table of entities is packed (src/entities.rs).
//! - The flags of extensions that `engine::markdown` does not use are zero, so that the compiler drops their code.
//! - A reference to a link is one however many there are; beyond what the parser copies of addresses it has none (the
//!   parser made text of it, by how much was parsed at once).
//! - No line of a code span, a formula or inline HTML keeps its indentation or the marks of the blocks around it
//!   (<https://spec.commonmark.org/0.31.2/#paragraphs>; the parser kept the one, in comments the other, and took the end of
//!   a span for the end of its line).
//! - Formulas may stand in `\(…\)` and `\[…\]`, as most models write them, beside `$…$` and `$$…$$` (src/tex.rs).

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

/// What differs in the parser: file, how often a text is found there, the text
/// and what takes its place.
const CHANGES: [(&str, usize, &str, &str); 16] = [
    (
        "parse.rs",
        2,
        "skip_container_prefixes(&self.tree, &spanned_bytes[ix..], self.options)",
        "skip_container_prefixes(&self.tree, &self.text.as_bytes()[span_start + ix..], self.options)",
    ),
    (
        "parse.rs",
        1,
        "                buf.push(' ');
                ix += 1;
                ix += skip_container_prefixes(&self.tree, &self.text.as_bytes()[span_start + ix..], self.options);
",
        "                buf.push(' ');
                ix += 1;
                ix += skip_container_prefixes(&self.tree, &self.text.as_bytes()[span_start + ix..], self.options);
                ix += spanned_bytes[ix..].iter().take_while(|byte| matches!(byte, b' ' | b'\\t')).count();
",
    ),
    (
        "parse.rs",
        1,
        "                buf.push_str(&spanned_text[start_ix..ix]);
                ix += skip_container_prefixes(&self.tree, &self.text.as_bytes()[span_start + ix..], self.options);
                start_ix = ix;
",
        "                buf.push_str(&spanned_text[start_ix..ix]);
                ix += skip_container_prefixes(&self.tree, &self.text.as_bytes()[span_start + ix..], self.options);
                ix = ix.min(spanned_bytes.len());
                ix += spanned_bytes[ix..].iter().take_while(|byte| matches!(byte, b' ' | b'\\t')).count();
                start_ix = ix;
",
    ),
    (
        "parse.rs",
        1,
        "                            self.tree[cur_ix].item.body = if !span.is_empty() {
                                let converted_string =
                                    String::from_utf8(span).expect(\"invalid utf8\");
                                ItemBody::OwnedInlineHtml(
                                    self.allocs.allocate_cow(converted_string.into()),
                                )
                            } else {
                                ItemBody::InlineHtml
                            };
",
        "                            drop(span);
                            let mut at = self.tree[cur_ix].item.start;
                            let mut lines = String::new();
                            while let Some(end) = self.text.get(at..ix).and_then(|rest| rest.find('\\n')) {
                                lines.push_str(&self.text[at..=at + end]);
                                at += end + 1;
                                at += skip_container_prefixes(&self.tree, &self.text.as_bytes()[at..], self.options);
                                at += self.text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\\t')).count();
                            }
                            self.tree[cur_ix].item.body = if lines.is_empty() {
                                ItemBody::InlineHtml
                            } else {
                                lines.push_str(self.text.get(at..ix).unwrap_or_default());
                                ItemBody::OwnedInlineHtml(self.allocs.allocate_cow(lines.into()))
                            };
",
    ),
    (
        "parse.rs",
        1,
        "        if self.link_ref_expansion_limit == 0 {
            return None;
        }

        let (link_type, url, title) = self
",
        "        let is_spent = self.link_ref_expansion_limit == 0;
        let (link_type, url, title) = self
",
    ),
    (
        "parse.rs",
        1,
        "                // found a matching definition!
",
        "                if is_spent {
                    return (link_type, \"\".into(), \"\".into());
                }
",
    ),
    // From here on: TeX. An escaped bracket may be a delimiter.
    (
        "firstpass.rs",
        1,
        "                        } else {
                            begin_text = ix + 1;
                            backslash_escaped = true;
                            LoopInstruction::ContinueAndSkip(1)
",
        "                        } else if let Some(body) = crate::tex::delimiter(bytes[ix + 1], self.options) {
                            self.tree.append(Item { start: ix, end: ix + 2, body });
                            begin_text = ix + 2;
                            backslash_escaped = false;
                            LoopInstruction::ContinueAndSkip(1)
                        } else {
                            begin_text = ix + 1;
                            backslash_escaped = true;
                            LoopInstruction::ContinueAndSkip(1)
",
    ),
    // Delimiters match those of their own kind, which is a number beyond those of the braces around dollar signs.
    ("parse.rs", 1, "MaybeMath(bool, bool, u8)", "MaybeMath(bool, bool, u16)"),
    ("parse.rs", 1, "inner: HashMap<u8, VecDeque", "inner: HashMap<u16, VecDeque"),
    ("parse.rs", 2, "brace_context: u8", "brace_context: u16"),
    ("firstpass.rs", 1, "MaybeMath(can_open, can_close, brace_context)", "MaybeMath(can_open, can_close, brace_context.into())"),
    // Two dollar signs are one delimiter; no others are.
    ("parse.rs", 3, "ItemBody::MaybeMath(_can_open, _can_close, _brace_context)", "ItemBody::MaybeMath(_can_open, _can_close, 0..=0xff)"),
    (
        "parse.rs",
        1,
        "ItemBody::MaybeMath(
                                                _can_open,
                                                _can_close,
                                                _brace_context
                                            )",
        "ItemBody::MaybeMath(_can_open, _can_close, 0..=0xff)",
    ),
    // What delimits nothing is the bracket without its backslash.
    (
        "parse.rs",
        1,
        "                    if !can_open {
                        self.tree[cur_ix].item.body = ItemBody::Text {
                            backslash_escaped: false,
                        };
",
        "                    if !can_open {
                        crate::tex::undo(&mut self.tree[cur_ix].item, self.text);
",
    ),
    (
        "parse.rs",
        1,
        "                    if let Some(scan_ix) = result {
                        self.make_math_span(cur_ix, scan_ix);
                    } else {
                        self.tree[cur_ix].item.body = ItemBody::Text {
                            backslash_escaped: false,
                        };
                    }
",
        "                    let inside = |close: TreeIndex| self.tree[cur_ix].item.end..self.tree[close].item.start;
                    let start = self.tree[cur_ix].item.start;
                    match result {
                        Some(close) if crate::tex::is_formula(self.text, start, inside(close)) => {
                            self.make_math_span(cur_ix, close);
                        }
                        _ => crate::tex::undo(&mut self.tree[cur_ix].item, self.text),
                    }
",
    ),
    (
        "parse.rs",
        1,
        "ItemBody::Math(self.allocs.allocate_cow(cow), is_display)",
        "ItemBody::Math(
            self.allocs.allocate_cow(cow),
            is_display || self.text[self.tree[open].item.start..].starts_with(\"\\\\[\"),
        )",
    ),
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
    println!("cargo::rerun-if-changed=src/tex.rs");
    println!("cargo::rerun-if-env-changed=CARGO_HOME");
    let source = source();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("parser");
    fs::create_dir_all(&out).expect("cannot make the folder of the parser");
    for name in FILES {
        let text = read(&source.join(name));
        let text = match name {
            "lib.rs" => checks(&flags(&text), name) + "\nmod tex;\npub use tex::is_tex;\n",
            "firstpass.rs" | "parse.rs" => checks(&changed(text, name), name),
            _ => text,
        };
        fs::write(out.join(name), text).expect("cannot write the parser");
    }
    let packed: &'static [u8] = pack(&read(&source.join("entities.rs"))).leak();
    fs::write(out.join("entities.bin"), packed).expect("cannot write the entities");
    fs::write(out.join("tex.rs"), read(Path::new("src/tex.rs"))).expect("cannot write what knows TeX");
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

/// The text with its [`CHANGES`].
fn changed(mut text: String, name: &str) -> String {
    for (_, times, from, to) in CHANGES.iter().filter(|(file, ..)| *file == name) {
        assert_eq!(text.matches(from).count(), *times, "{name} has something else in place of: {from}");
        text = text.replace(from, to);
    }
    text
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
