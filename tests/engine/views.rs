//! The page's views: what of them may become markup, and that each component is mounted by a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tokenfall::engine::markup::{ATTRIBUTES, TAGS, is_inert};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of each Rust file in `folder` and below it.
fn texts(folder: &str) -> Vec<String> {
    let mut folders = vec![root().join(folder)];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

/// The tag and the attributes of each element that a view writes as text alone: Leptos makes those from their markup.
fn inert(view: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for part in view.split('<').skip(1) {
        let Some((head, content)) = part.split_once('>') else { continue };
        let tag: String = head.chars().take_while(char::is_ascii_alphanumeric).collect();
        let is_element = tag.starts_with(|first: char| first.is_ascii_lowercase());
        let mut rest = head[tag.len()..].trim();
        let mut attributes = Vec::new();
        while let Some((name, value)) = rest.split_once("=\"").filter(|(name, _)| !name.contains(' ')) {
            attributes.push(name.to_owned());
            rest = value.split_once('"').map_or("", |(_, rest)| rest).trim();
        }
        let text = content.trim();
        let is_text = 2 < text.len() && text.starts_with('"') && text.ends_with('"');
        if is_element && rest.is_empty() && is_text {
            found.push((tag, attributes));
        }
    }
    found
}

#[test]
fn elements_of_text_alone_are_found_whatever_stands_around_them() {
    let view =
        r#"<div class=x><h2 id="a" class="b">"Words" </h2><h3>{live}</h3><p>"More"</p><Icon x="y"/></div>"#;
    let both = vec!["id".to_owned(), "class".to_owned()];
    assert_eq!(inert(view), [("h2".to_owned(), both), ("p".to_owned(), Vec::new())]);
}

#[test]
fn the_views_write_no_element_as_text_alone_that_the_policy_refuses() {
    let (mut tags, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    for text in texts("src/ui") {
        for view in text.split("view! {").skip(1) {
            for (tag, names) in inert(view) {
                tags.insert(tag);
                attributes.extend(names);
            }
        }
    }
    let listed = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert!(tags.is_subset(&listed(&TAGS)), "{tags:?} may not become markup");
    assert!(attributes.is_subset(&listed(&ATTRIBUTES)), "{attributes:?} may not become markup");
}

/// The components of the page: name and source, up to the next one.
fn components() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for text in texts("src/ui") {
        for part in text.split("#[component]\n").skip(1) {
            let head = part.strip_prefix("pub ").unwrap_or(part);
            let name = head.strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            found.extend(name.map(|name| (name.to_owned(), part.to_owned())));
        }
    }
    found
}

/// Whether a view in `text` holds that component.
fn holds(text: &str, name: &str) -> bool {
    [" ", "\n", "/"].iter().any(|next| text.contains(&format!("<{name}{next}")))
}

#[test]
fn each_component_is_mounted_by_a_test_or_by_a_component_that_is() {
    let components = components();
    let mut mounted: BTreeSet<&str> = BTreeSet::new();
    let mut sources = vec![texts("tests/ui").concat()];
    while let Some(source) = sources.pop() {
        for (name, own) in &components {
            if holds(&source, name) && mounted.insert(name) {
                sources.push(own.clone());
            }
        }
    }
    assert!(20 <= components.len(), "only {} components were found", components.len());
    let left: Vec<_> = components.iter().filter(|(name, _)| !mounted.contains(name.as_str())).collect();
    assert!(left.is_empty(), "no test in tests/ui mounts {left:?}");
}

/// Markup that is no static part of a view of ours, of the kinds that have got past filters. The browsers themselves are tried
/// with it in lab/tests/engines/policies.rs.
fn hostile() -> Vec<String> {
    let markup: Vec<String> = serde_json::from_str(include_str!("../cases/hostile-markup.json")).unwrap();
    assert!(40 <= markup.len());
    markup
}

#[test]
fn hostile_markup_of_every_known_kind_is_not_inert_alone_or_behind_what_is() {
    for markup in hostile() {
        assert!(!is_inert(&markup), "{markup}");
        assert!(!is_inert(&format!("<h2 id=\"a\">b</h2>{markup}")), "behind an inert part: {markup}");
        assert!(!is_inert(&format!("<h2>{markup}</h2>")), "inside of one: {markup}");
    }
}

#[test]
fn what_leptos_writes_for_our_views_is_inert() {
    for markup in [
        "",
        "Text with &lt;entities&gt; and \"quotes\" '",
        "<h2 id=\"settings-title\">Settings</h2>",
        "<h3 class=\"a b\" id=\"\">one<!>two</h3>",
    ] {
        assert!(is_inert(markup), "{markup}");
    }
}
