//! Which links are asked about, from addresses as browsers write them.

use tokenfall::engine::markdown::{Address, LONG_QUERY, LinkRisk, names_another_host};

#[track_caller]
fn check(href: &str, host: &str, expected: Option<LinkRisk>) {
    let address = Address::of(href);
    assert_eq!((address.host, address.risk()), (host, expected), "{href}");
    assert_eq!(format!("{}{}{}", address.before, address.host, address.after), href);
}

#[test]
fn ordinary_links_are_followed_at_once() {
    check("https://docs.rs/", "docs.rs", None);
    check("https://docs.rs:8443/a@b?q=c@d#e", "docs.rs", None);
    check("mailto:a@b.example?subject=c", "", None);
    check("http://7zip.example/", "7zip.example", None);
}

#[test]
fn a_name_before_the_host_is_not_taken_for_the_host() {
    check("https://bank.example@evil.example/", "evil.example", Some(LinkRisk::User));
    check("https://bank.example:x@evil.example:1/", "evil.example", Some(LinkRisk::User));
    check("https://a@[::1]:80/", "[::1]", Some(LinkRisk::User));
}

#[test]
fn letters_that_look_like_others_are_told() {
    check("https://xn--bnk-sna.example/", "xn--bnk-sna.example", Some(LinkRisk::Letters));
    check("https://www.xn--80ak6aa92e.com/", "www.xn--80ak6aa92e.com", Some(LinkRisk::Letters));
}

#[test]
fn numbers_and_machines_nearby_are_told() {
    for host in [
        "127.0.0.1",
        "8.8.8.8",
        "[::1]",
        "[fe80::1]",
        "localhost",
        "app.localhost",
        "printer.local",
        "db.internal",
        "router",
        "fritz.lan",
        "localhost.",
    ] {
        check(&format!("http://{host}:8080/x"), host, Some(LinkRisk::Place));
    }
}

#[test]
fn a_query_that_could_carry_a_conversation_is_told() {
    let long = "q".repeat(LONG_QUERY);
    check(&format!("https://a.example/?{long}"), "a.example", Some(LinkRisk::Query));
    check(&format!("https://a.example#{long}"), "a.example", Some(LinkRisk::Query));
    check(&format!("https://a.example/{long}?{}", &long[1..]), "a.example", None);
}

#[test]
fn text_that_is_the_address_of_another_host_is_told_and_other_text_is_not() {
    for text in ["https://bank.example", "www.bank.com/login", "bank.com", "HTTP://bank.example:80/x"] {
        assert!(names_another_host(text, "evil.example"), "{text}");
    }
    for (text, host) in [
        ("bank.com", "www.bank.com"),
        ("https://bank.example/a", "bank.example"),
        ("bank.com", "login.bank.com"),
        ("README.md", "github.com"),
        ("see bank.com", "evil.example"),
        ("the docs", "docs.rs"),
        ("1.5", "evil.example"),
        ("", "evil.example"),
    ] {
        assert!(!names_another_host(text, host), "{text} {host}");
    }
}
