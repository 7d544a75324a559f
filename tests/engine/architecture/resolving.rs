//! The resolver itself, over small crates in memory.

use super::imports::{Resolver, circles};

/// The arrows of a crate whose files are given, as `from -> to`, by names without endings.
fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let arrows = resolver(files).arrows();
    let lines = arrows.iter().flat_map(|(from, reached)| {
        reached.keys().map(move |to| format!("{from} -> {to}").replace("a/", "").replace(".rs", ""))
    });
    lines.collect()
}

fn resolver(files: &[(&str, &str)]) -> Resolver {
    let mut resolver = Resolver::default();
    let read = |path: &str| {
        let inner = path.strip_prefix("a/")?;
        files.iter().find(|(name, _)| *name == inner).map(|(_, code)| (*code).to_owned())
    };
    resolver.add("a", "a/lib.rs", &read);
    resolver
}

#[test]
fn paths_braces_nesting_and_super_lead_to_the_files_that_define_the_names() {
    let files = [
        ("lib.rs", "mod one; mod two; mod three;"),
        ("one.rs", "use crate::two::{deep::{Deep, self}, Two as Other}; fn one() {}"),
        ("two/mod.rs", "pub mod deep; pub struct Two;"),
        ("two/deep.rs", "pub struct Deep; mod inner { use super::super::super::three::Three; }"),
        ("three.rs", "pub struct Three; fn f() { let x = vec![crate::one::one()]; }"),
    ];
    assert_eq!(arrows(&files), ["one -> two/deep", "one -> two/mod", "three -> one", "two/deep -> three"]);
}

#[test]
fn a_name_that_is_handed_on_counts_for_the_file_that_defines_it() {
    let files = [
        ("lib.rs", "mod parts; mod user;"),
        ("parts/mod.rs", "mod x; mod y; pub use x::X; pub(crate) use self::y::*;"),
        ("parts/x.rs", "use super::Y; pub struct X;"),
        ("parts/y.rs", "pub struct Y;"),
        ("user.rs", "use crate::parts; fn f(_: parts::Y) -> parts::X { parts::X }"),
    ];
    assert_eq!(arrows(&files), ["parts/x -> parts/y", "user -> parts/x", "user -> parts/y"]);
}

#[test]
fn a_name_that_is_handed_on_and_used_is_an_arrow_too() {
    let files = [
        ("lib.rs", "mod parts;"),
        ("parts/mod.rs", "mod x; pub use x::X; pub struct Made { x: X }"),
        ("parts/x.rs", "use super::Made; pub struct X;"),
    ];
    assert_eq!(arrows(&files), ["parts/mod -> parts/x", "parts/x -> parts/mod"]);
}

#[test]
fn comments_strings_other_packages_methods_and_fields_are_no_arrows() {
    let files = [
        ("lib.rs", "mod one; mod two; mod serde_like;"),
        (
            "one.rs",
            "//! crate::two::f\nuse std::fmt; use serde::two; fn f(a: A) { let _ = (\"crate::two::f\", a.two::<u8>()); a.two; fmt::x(); }",
        ),
        ("two.rs", "pub fn f() -> impl Fn() + use<'static> { || () }"),
        ("serde_like.rs", "fn g() { <A>::two::f(); }"),
    ];
    assert_eq!(arrows(&files), [""; 0]);
}

#[test]
fn a_crate_is_reached_from_another_by_its_name_and_through_what_hands_it_on() {
    let mut resolver = resolver(&[("lib.rs", "pub mod json;"), ("json.rs", "pub struct Value;")]);
    let read = |path: &str| match path {
        "b/lib.rs" => Some("pub use a::json; mod wire;".to_owned()),
        "b/wire.rs" => Some("use crate::json::Value;".to_owned()),
        _ => None,
    };
    resolver.add("b", "b/lib.rs", &read);
    assert_eq!(resolver.arrows()["b/wire.rs"].keys().collect::<Vec<_>>(), ["a/json.rs"]);
}

#[test]
fn a_planted_circle_is_found_with_all_its_arrows_and_a_chain_is_none() {
    let chain = [
        ("lib.rs", "mod one; mod two; mod three;"),
        ("one.rs", "use crate::two::Two;"),
        ("two.rs", "use super::three::Three; pub struct Two;"),
        ("three.rs", "pub struct Three;"),
    ];
    assert_eq!(circles(&resolver(&chain).arrows()), [""; 0]);
    let mut circle = chain;
    circle[1].1 = "use crate::two::Two; pub fn one() {}";
    circle[3].1 = "pub struct Three; fn f() { if true { crate::one::one() } }";
    let expected = "a/one.rs -> a/two.rs: crate::two::Two\na/three.rs -> a/one.rs: crate::one::one\na/two.rs -> a/three.rs: super::three::Three";
    assert_eq!(circles(&resolver(&circle).arrows()), [expected]);
}
