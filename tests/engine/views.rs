//! The page's views: what of them may become markup, and what the tests try of each component.

mod coverage;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tokenfall::engine::markup::{Grammar, VIEWS};

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

/// An opening tag with literal attributes only.
struct Opening<'a> {
    tag: &'a str,
    attributes: Vec<&'a str>,
    /// Whether it closes itself.
    is_closed: bool,
    behind: &'a str,
}

fn opening(text: &str) -> Option<Opening<'_>> {
    let (head, behind) = text.strip_prefix('<')?.split_once('>')?;
    let (head, is_closed) = head.strip_suffix('/').map_or((head, false), |head| (head, true));
    let name_end = |text: &str| {
        text.find(|next: char| !(next.is_ascii_alphanumeric() || next == '-')).unwrap_or(text.len())
    };
    let (tag, mut rest) = head.split_at(name_end(head));
    if !tag.starts_with(|first: char| first.is_ascii_lowercase()) {
        return None;
    }
    let mut attributes = Vec::new();
    while !rest.trim_start().is_empty() {
        let (name, value) = rest.trim_start().split_at(name_end(rest.trim_start()));
        rest = match value.strip_prefix("=\"") {
            Some(value) => value.split_once('"')?.1,
            None if value.is_empty() || value.starts_with(char::is_whitespace) => value,
            None => return None,
        };
        attributes.push(name);
    }
    Some(Opening { tag, attributes, is_closed, behind })
}

/// What stands in an element up to its own closing tag, and what is behind that.
fn content<'a>(opening: &Opening<'a>) -> Option<(&'a str, &'a str)> {
    if opening.is_closed {
        return Some(("", opening.behind));
    }
    let (again, end) = (format!("<{}", opening.tag), format!("</{}>", opening.tag));
    let mut from = 0;
    loop {
        let at = from + opening.behind[from..].find(&end)?;
        from = at + end.len();
        let before = &opening.behind[..at];
        if before.matches(&again).count() == before.matches(&end).count() {
            return Some((before, &opening.behind[from..]));
        }
    }
}

/// The tags and the attributes of the elements that Leptos makes from their markup: those of which a view says all by
/// literals, but not the only element of a view, nor one without attributes and content.
fn made_from_markup(view: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let (mut tags, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    let mut rest = view;
    while let Some(at) = rest.find('<') {
        let is_first = view.len() - rest.len() + at == view.len() - view.trim_start().len();
        rest = &rest[at..];
        let found = opening(rest).and_then(|opening| content(&opening).map(|both| (opening, both)));
        if let Some((outer, (inside, behind))) = found {
            let is_bare = outer.attributes.is_empty() && inside.is_empty();
            let is_only = is_first && behind.trim_start().starts_with('}');
            let marks: String = inside.split('"').step_by(2).collect();
            let is_literal = !marks.contains('{')
                && inside
                    .match_indices('<')
                    .all(|(at, _)| inside[at..].starts_with("</") || opening(&inside[at..]).is_some());
            if is_literal && !is_bare && !is_only {
                let inner = inside.match_indices('<').filter_map(|(at, _)| opening(&inside[at..]));
                for element in inner.chain([outer]) {
                    tags.insert(element.tag);
                    attributes.extend(element.attributes);
                }
                rest = behind;
                continue;
            }
        }
        rest = &rest[1..];
    }
    (tags, attributes)
}

#[test]
fn elements_that_leptos_makes_from_markup_are_found_whatever_stands_around_them() {
    for (view, tags, attributes) in [
        (r#"<div class=x><h2 id="a" class="b">"Words {}" </h2><p>{live}</p></div>"#, "h2", "class id"),
        (r#"<div class=x><hr/><p><em>"a"</em><br/>"b"</p></div>"#, "br em p", ""),
        (r#"<div title="a"><div class="b"></div><div lang="c">{live}</div></div>"#, "div", "class"),
        (r#" <input autofocus /> <span class="a"></span> }"#, "input span", "autofocus class"),
        (r#" <p class="only">"Words"</p> }"#, "", ""),
        (r#"<p><Icon x="y"/></p><p on:click=act>"a"</p><p {..}>"a"</p><Row>"a"</Row>"#, "", ""),
        (r"let found: Vec<u8> = read::<u8>(a < b);", "", ""),
    ] {
        let expected = (tags.split_whitespace().collect(), attributes.split_whitespace().collect());
        assert_eq!(made_from_markup(view), expected, "{view}");
    }
}

#[test]
fn the_policy_lets_through_what_leptos_makes_from_markup_in_our_views_and_no_tag_or_attribute_more() {
    let texts = texts("src/ui");
    let (mut tags, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    for view in texts.iter().flat_map(|text| text.split("view! {").skip(1)) {
        let found = made_from_markup(view);
        tags.extend(found.0);
        attributes.extend(found.1);
    }
    // Leptos itself makes nothing else from markup in a browser: in its sources only `InertElement` does, which these views
    // become, and `inner_html`, which our views may not use (architecture.rs).
    assert_eq!(tags, VIEWS.tags.iter().copied().collect());
    assert_eq!(attributes, VIEWS.attributes.iter().copied().collect());
}

/// Markup that is no static part of a view of ours, of the kinds that have got past filters. The browsers themselves are tried
/// with it in lab/tests/engines/policies.rs.
fn hostile() -> Vec<String> {
    let markup: Vec<String> = serde_json::from_str(include_str!("../cases/hostile-markup.json")).unwrap();
    assert!(40 <= markup.len());
    markup
}

/// A grammar with tags and attributes, as views had them once: that of the page lists none.
const SOME: Grammar<'static> = Grammar { tags: &["h2", "h3"], attributes: &["class", "id"] };

#[test]
fn hostile_markup_of_every_known_kind_is_not_inert_alone_or_behind_what_is() {
    for markup in hostile() {
        for grammar in [SOME, VIEWS] {
            assert!(!grammar.is_inert(&markup), "{markup}");
            assert!(!grammar.is_inert(&format!("Text<!>{markup}")), "behind text: {markup}");
            assert!(
                !grammar.is_inert(&format!("<h2 id=\"a\">b</h2>{markup}")),
                "behind an element: {markup}"
            );
            assert!(!grammar.is_inert(&format!("<h2>{markup}</h2>")), "inside of one: {markup}");
        }
    }
}

#[test]
fn what_leptos_writes_of_listed_elements_is_inert_and_text_is_without_any() {
    for markup in ["", "Text with &lt;entities&gt; and \"quotes\" '", "one<!>two"] {
        assert!(SOME.is_inert(markup) && VIEWS.is_inert(markup), "{markup}");
    }
    for markup in
        ["<h2 id=\"settings-title\">Settings</h2>", "<h3 class=\"a b\" id=\"\">one<!>two</h3>", "<h2></h2>"]
    {
        assert!(SOME.is_inert(markup), "{markup}");
        assert!(!VIEWS.is_inert(markup), "the page's own grammar lists no tag: {markup}");
    }
}
