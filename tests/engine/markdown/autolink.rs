//! Addresses in text become links of their own.

use super::recorder::{open_tree, render};

/// What the links of `text` show, with `->` and the address where that differs.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let tree = render([text]).tree();
    let mut lines = tree.lines().map(str::trim);
    let mut links = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(href) = line.strip_prefix("Link(Href { text: \"") {
            let address = href.split('"').next().unwrap();
            let shown = lines.next().unwrap().trim_matches('"');
            links.push(if shown == address { shown.to_owned() } else { format!("{shown} -> {address}") });
        }
    }
    assert_eq!(links, expected, "{text:?}");
}

#[test]
fn an_address_ends_before_the_punctuation_of_its_sentence() {
    check(
        "see https://a.b/c, or http://d.e. Or https://f.g/h?i=j&k=l!",
        &["https://a.b/c", "http://d.e", "https://f.g/h?i=j&k=l"],
    );
    check("(https://a.b/c)", &["https://a.b/c"]);
    check("(https://a.b/c_(d))", &["https://a.b/c_(d)"]);
    check("\u{89c1}https://a.b\u{3002}", &["https://a.b"]);
    check("HTTPS://A.b", &["HTTPS://A.b -> https://A.b"]);
}

#[test]
fn what_only_looks_like_an_address_stays_text() {
    for text in [
        "xhttps://a.b",
        "https://",
        "https:// a.b",
        "http:///a.b",
        "javascript://a.b",
        "ftp://a.b",
        "://a.b",
        "a https:/b",
        "<a href=\"https://a.b\">",
        "`https://a.b`",
        "    https://a.b",
        "```\nhttps://a.b\n```",
        "<p>\nhttps://a.b\n</p>",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_link_is_not_put_into_a_link() {
    check("[https://a.b](https://c.d)", &["https://a.b -> https://c.d"]);
    check("<https://a.b>", &["https://a.b"]);
}

#[test]
fn half_an_address_is_never_a_link_while_text_is_open() {
    assert_eq!(open_tree("see https://exa"), "Paragraph\n  \"see https://exa\"");
    assert!(open_tree("see https://example.org and").contains("Link"));
}

#[test]
fn code_that_is_resumed_has_no_links() {
    let text = format!("```\n{}```\n\nhttps://a.b\n", "https://a.b\n".repeat(120));
    for parts in [vec![text.as_str()], text.split_inclusive('\n').collect()] {
        assert_eq!(render(parts).tree().matches("Link").count(), 1);
    }
}

#[test]
fn an_address_of_a_hundred_thousand_schemes_is_read_once() {
    let text = "http://a".repeat(100_000);
    assert!(!render([text.as_str()]).tree().contains("Link"), "longer than any address");
    let dots = format!("http://a{}", ").".repeat(3_000));
    check(&dots, &["http://a"]);
}
