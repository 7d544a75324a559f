//! Words for people stand in `engine/src/messages` and nowhere else in the engine, the browser layer, the page and the
//! workers.

use super::architecture::{root, sources};
use proc_macro2::{TokenStream, TokenTree};
use std::fs;
use tokenfall::engine::messages::page;

/// Files whose long strings are no words for people, each with the reason.
const EXCEPTIONS: [(&str, &str); 9] = [
    ("engine/src/error/mod.rs", "words that providers write, to be recognised"),
    ("engine/src/typeset/mod.rs", "names of languages"),
    ("src/browser/dom/find.rs", "a selector"),
    ("src/browser/export/download.rs", "names of languages"),
    ("src/browser/export/link_prompt.rs", "a selector"),
    (
        "src/browser/transport/chunks.rs",
        "a browser whose chunks are no bytes; stands for the browser's own words",
    ),
    ("src/browser/transport/fetch.rs", "a page without a window; stands for the browser's own words"),
    ("typeset/src/grammars.rs", "for who builds the page: writes the grammars' files"),
    ("typeset/src/bin/grammars.rs", "for who builds the page: writes the grammars' files"),
];

#[test]
fn sentences_for_people_stand_in_the_messages_alone() {
    let folders = ["engine/src", "src/browser", "src/ui", "typeset/src"];
    let mut found = Vec::new();
    let mut idle: Vec<_> = EXCEPTIONS.iter().map(|(file, _)| *file).collect();
    for path in folders.into_iter().flat_map(|folder| sources(&root().join(folder))) {
        let file = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        if file.starts_with("engine/src/messages/") {
            continue;
        }
        let texts = sentences(&fs::read_to_string(&path).unwrap());
        if EXCEPTIONS.iter().any(|(known, _)| *known == file) {
            idle.retain(|known| texts.is_empty() || *known != file);
            continue;
        }
        found.extend(texts.iter().map(|text| format!("{file}: {text:?}")));
    }
    assert!(found.is_empty(), "{} sentences outside of the messages:\n{}", found.len(), found.join("\n"));
    assert!(idle.is_empty(), "exceptions that nothing needs any more: {idle:?}");
}

/// The string literals of a file that hold a sentence, as written between their quotes. Attributes are no code, and
/// documentation is one. The message of an `expect` is for programmers: no input reaches it.
fn sentences(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(code.parse().unwrap(), &mut found);
    found.retain(|text| is_sentence(text));
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let (mut is_attribute, mut is_expect) = (false, false);
    for token in tokens {
        let is_behind_sign = std::mem::replace(&mut is_attribute, false);
        let is_behind_expect = std::mem::replace(&mut is_expect, false);
        match token {
            TokenTree::Group(_) if is_behind_sign || is_behind_expect => {}
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let inside = text.trim_start_matches(['b', 'r', '#']).trim_end_matches('#');
                let inside = inside.strip_prefix('"').and_then(|inside| inside.strip_suffix('"'));
                found.extend(inside.map(str::to_owned));
            }
            // `#![…]` has one sign more.
            TokenTree::Punct(sign) => {
                is_attribute = sign.as_char() == '#' || (is_behind_sign && sign.as_char() == '!')
            }
            TokenTree::Ident(name) => is_expect = name == "expect",
        }
    }
}

fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let is_closed = text.starts_with(char::is_uppercase) && text.contains(' ') && text.ends_with('.');
    (is_closed || 3 < words) && !is_drawing(text) && !is_media_query(text)
}

/// Whether a text is the path of a drawing in SVG, whose letters are commands, each with its numbers.
fn is_drawing(text: &str) -> bool {
    !text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic)) && text.is_ascii()
}

/// Whether a text is a query of CSS about the device.
fn is_media_query(text: &str) -> bool {
    text.split(" and ").all(|part| part.starts_with('(') && part.ends_with(')') && part.contains(": "))
}

#[test]
fn a_sentence_is_found_by_its_words_or_its_full_stop_and_not_in_documentation_or_code_of_other_kinds() {
    let code = r##"
        //! One two three four.
        /// One two three four.
        #[expect(lint, reason = "one two three four")]
        fn f() { let a = ("Try again.", "no key here", r#"one two {x} three four"#, '"', "{a}: {b}", "md-x md-y md-z"); }
        fn g() { let b = (c.expect("one two three four"), expect, "five six seven eight"); }
        fn h() { let d = ("M4 3v7M10 3v3M10 10v7", "A b or c d", "A b c d é", "(hover: none) and (pointer: coarse)"); }
        fn i() { let e = ("(one: two) and three four"); }
    "##;
    let expected = [
        "Try again.",
        "one two {x} three four",
        "five six seven eight",
        "A b or c d",
        "A b c d é",
        "(one: two) and three four",
    ];
    assert_eq!(sentences(code), expected);
}

#[test]
fn the_document_says_before_its_program_runs_what_the_page_says_then() {
    let document = fs::read_to_string(root().join("index.html")).unwrap();
    let (_, first_paint) = document.split_once("id=\"first-paint\"").unwrap();
    for words in [page::NAME, page::WELCOME, page::WELCOME_BELOW] {
        assert!(first_paint.contains(&format!(">{words}<")), "{words:?}");
    }
}
