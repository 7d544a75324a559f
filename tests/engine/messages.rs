//! Words for people stand in `engine/src/messages` and nowhere else in the engine, the browser layer and the workers.

use super::architecture::{root, sources};
use proc_macro2::{TokenStream, TokenTree};
use std::fs;

/// Files whose long strings are no words for people, each with the reason.
const EXCEPTIONS: [(&str, &str); 11] = [
    ("engine/src/error/mod.rs", "words that providers write, to be recognised"),
    ("engine/src/typeset/mod.rs", "names of languages"),
    ("engine/src/tape/jsonl.rs", "the message of an `expect` that no input reaches"),
    ("engine/src/wire/body.rs", "the message of an `expect` that no input reaches"),
    ("src/browser/export/copy.rs", "a selector"),
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
    let folders = ["engine/src", "src/browser", "typeset/src"];
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
/// documentation is one.
fn sentences(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(code.parse().unwrap(), &mut found);
    found.retain(|text| is_sentence(text));
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let mut is_attribute = false;
    for token in tokens {
        let is_behind_sign = std::mem::replace(&mut is_attribute, false);
        match token {
            TokenTree::Group(_) if is_behind_sign => {}
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
            TokenTree::Ident(_) => {}
        }
    }
}

fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let is_closed = text.starts_with(char::is_uppercase) && text.contains(' ') && text.ends_with('.');
    is_closed || 3 < words
}

#[test]
fn a_sentence_is_found_by_its_words_or_its_full_stop_and_not_in_documentation() {
    let code = r##"
        //! One two three four.
        /// One two three four.
        #[expect(lint, reason = "one two three four")]
        fn f() { let a = ("Try again.", "no key here", r#"one two {x} three four"#, '"', "{a}: {b}", "md-x md-y md-z"); }
    "##;
    assert_eq!(sentences(code), ["Try again.", "one two {x} three four"]);
}
