//! Addresses: what may be a link, and what only looks like it.

use proptest::prelude::*;
use tokenfall::engine::markdown::Href;

#[test]
fn accepted_addresses_keep_scheme_and_host() {
    for (text, expected, host) in [
        ("https://example.org/a?b#c", "https://example.org/a?b#c", "example.org"),
        ("HTTP://Example.ORG:8080", "http://Example.ORG:8080", "example.org:8080"),
        (" \u{1}https://a.b\n", "https://a.b", "a.b"),
        ("ht\ttps://a.b", "https://a.b", "a.b"),
        ("https:a.b/c", "https://a.b/c", "a.b"),
        ("https:\\\\a.b\\c", "https://a.b\\c", "a.b"),
        ("https://user:pw@a.b/", "https://user:pw@a.b/", "a.b"),
        ("http://[::1]:80/", "http://[::1]:80/", "[::1]:80"),
        ("mailto:me@a.b?subject=hi&cc=x@y.z&attach=/etc/passwd", "mailto:me@a.b?subject=hi", "a.b"),
    ] {
        let href = Href::parse(text).expect(text);
        assert_eq!((href.as_str(), href.host()), (expected, host));
    }
}

#[test]
fn other_schemes_and_malformed_addresses_are_refused() {
    for text in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://a.b/c",
        "file:///etc/passwd",
        "//a.b/c",
        "/relative",
        "a.b",
        "",
        "https://",
        "https://@",
        "https:// a.b",
        "https://a b/",
        "https://a.b:port/",
        "http\u{200b}s://a.b",
        "https://a\u{202e}b.c",
        "javascript&colon;alert(1)",
        "mailto:a@b.c?subject=x%0d%0Abcc:d@e.f",
        "mailto:a%0A@b.c",
        "mailto:a@b.c,d@e.f",
        "mailto:a%2Cd@b.c",
        "mailto:a@x@b.c",
        "mailto:a%40x@b.c",
        "mailto:nobody",
    ] {
        assert_eq!(Href::parse(text), None, "{text:?}");
    }
}

#[test]
fn an_image_comes_over_http_or_is_a_picture_of_points_in_its_address() {
    for text in ["https://a.b/c.png", "data:image/png;base64,iVBORw0KGgo=", "data:image/webp;base64,UklG"] {
        assert!(Href::parse_image(text).is_some(), "{text}");
    }
    for text in [
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png,<svg onload=x>",
        "data:image/png;charset=utf-8;base64,iVBORw0KGgo=",
        "data:image/png;base64,iVBO rw0K",
        "data:text/html;base64,PGI+",
        "blob:https://a.b/c",
        "mailto:a@b.c",
        "javascript:x",
    ] {
        assert_eq!(Href::parse_image(text), None, "{text}");
    }
    assert!(Href::parse("data:image/png;base64,iVBORw0KGgo=").is_none(), "a link never leads there");
}

proptest! {
    #[test]
    fn whatever_is_accepted_begins_with_a_scheme_of_the_list(
        text in "(https?|mailto|javascript|JAVASCRIPT|data)?[:\t\n ]{0,2}[/\\\\]{0,3}[a-z@:.\\[\\]%\u{0}-\u{20}]{0,12}",
    ) {
        if let Some(href) = Href::parse(&text) {
            let known = ["http://", "https://", "mailto:"].iter().any(|start| href.as_str().starts_with(start));
            prop_assert!(known, "{:?}", href);
            prop_assert!(!href.as_str().contains(|c: char| c.is_control()));
        }
    }
}
