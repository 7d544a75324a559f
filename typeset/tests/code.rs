//! Highlighting: each language does something, pieces are where the text is, and cuts change nothing.

use std::sync::LazyLock;
use tokenfall::engine::typeset::{Class, LANGUAGES, MAX_LINE_BYTES, language};
use typeset::Highlighter;
use typeset::grammars::dumps;

/// A highlighter that knows the languages.
fn highlighter(labels: &[&str]) -> Highlighter {
    static DUMPS: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| dumps().unwrap());
    let mut highlighter = Highlighter::new();
    for label in labels {
        let number = language(label).unwrap_or_else(|| panic!("{label} is a language"));
        highlighter.learn(number, &DUMPS[number as usize].1);
    }
    highlighter
}

/// The pieces of `code`, each as its text and class.
fn pieces(label: &str, code: &str) -> Vec<(String, Class)> {
    let mut rows = Vec::new();
    highlighter(&[label]).lines(1, language(label).unwrap(), code, &mut rows);
    let units: Vec<u16> = code.encode_utf16().collect();
    let text = |from: u32, to: u32| String::from_utf16(&units[from as usize..to as usize]).unwrap();
    let class = |number: u32| *Class::ALL.iter().find(|class| class.number() == number).unwrap();
    rows.chunks(3).map(|row| (text(row[0], row[1]), class(row[2]))).collect()
}

fn has(label: &str, code: &str, wanted: &[(&str, Class)]) {
    let found = pieces(label, code);
    for (text, class) in wanted {
        assert!(
            found.iter().any(|piece| piece == &((*text).to_owned(), *class)),
            "{label}: {text} in {found:?}"
        );
    }
}

#[test]
fn languages_of_the_page_and_grammars_of_the_worker_are_the_same_list() {
    let grammars: Vec<_> =
        include_str!("../grammars.txt").lines().map(|line| line.split(' ').next().unwrap()).collect();
    let languages: Vec<_> = LANGUAGES.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(languages, grammars);
    assert!(40 <= languages.len());
}

#[test]
fn every_language_colours_a_line_of_its_own() {
    for (label, code) in [
        ("bash", "if [ -f \"$x\" ]; then echo hi; fi # note\n"),
        ("c", "int main(void) { return 0; } // note\n"),
        ("cpp", "class A : public B { int x = 1; }; // note\n"),
        ("csharp", "public class A { string x = \"a\"; }\n"),
        ("cmake", "project(x) # note\n"),
        ("css", "a { color: #fff; }\n"),
        ("dart", "void main() { var x = 'a'; }\n"),
        ("diff", "+added\n"),
        ("dockerfile", "FROM debian:12\n"),
        ("elixir", "defmodule A do\n"),
        ("go", "func main() { return }\n"),
        ("graphql", "type A { b: String }\n"),
        ("haskell", "module A where\n"),
        ("html", "<p class=\"a\">b</p>\n"),
        ("ini", "; note\n"),
        ("java", "public class A { int x = 1; }\n"),
        ("javascript", "const x = `a ${b + 1}`;\n"),
        ("json", "{\"a\": [1, true]}\n"),
        ("julia", "function f(x) x + 1 end\n"),
        ("kotlin", "fun main() { val x = 1 }\n"),
        ("lua", "local x = 1 -- note\n"),
        ("makefile", "all: x # note\n"),
        ("markdown", "# Title\n"),
        ("nginx", "server { listen 80; }\n"),
        ("perl", "my $x = \"a\"; # note\n"),
        ("php", "<?php function a() { return \"b\"; }\n"),
        ("protobuf", "message A { string b = 1; }\n"),
        ("python", "def f(x): return None  # note\n"),
        ("r", "f <- function(x) x + 1 # note\n"),
        ("ruby", "def a; puts \"b\"; end\n"),
        ("rust", "fn main() { let x: u32 = 1; }\n"),
        ("scala", "object A { val x = 1 }\n"),
        ("scss", "$a: 1px; .b { c: $a; }\n"),
        ("sql", "SELECT a FROM b WHERE c = 'd';\n"),
        ("swift", "func a() -> Int { return 1 }\n"),
        ("toml", "a = \"b\" # note\n"),
        ("tsx", "const A = () => <p className=\"a\">b</p>;\n"),
        ("typescript", "interface A { b: string }\n"),
        ("xml", "<a b=\"c\">d</a>\n"),
        ("yaml", "a: \"b\" # note\n"),
        ("zig", "const x: u32 = 1; // note\n"),
    ] {
        assert_ne!(pieces(label, code), [], "{label} stays plain");
    }
    assert_eq!(LANGUAGES.lines().count(), 41, "each language has its line above");
}

#[test]
fn pieces_have_the_class_a_reader_expects() {
    has(
        "rust",
        "/// doc\nfn main() { let s = \"a\\n\"; let n: u32 = 12; }\n",
        &[
            ("/// doc", Class::Comment),
            ("fn", Class::Keyword),
            ("main", Class::Function),
            ("\"a", Class::String),
            ("\\n", Class::Constant),
            ("12", Class::Number),
        ],
    );
    has(
        "python",
        "def f(self):\n    return \"x\" # n\n",
        &[("def", Class::Keyword), ("f", Class::Function), ("\"x\"", Class::String), ("# n", Class::Comment)],
    );
    has(
        "html",
        "<p class=\"a\">b</p>\n",
        &[("p", Class::Tag), ("class", Class::Attribute), ("\"a\"", Class::String)],
    );
    has("js", "const a = `x ${y + 1} z`;\n", &[("const", Class::Keyword), ("1", Class::Number)]);
    has("diff", "-old\n+new\n", &[("-old", Class::Deleted), ("+new", Class::Inserted)]);
    has("css", "a { color: red; }\n", &[("color", Class::Attribute)]);
}

#[test]
fn positions_count_utf16_units() {
    has("python", "s = \"🍵é\" # ü\n", &[("\"🍵é\"", Class::String), ("# ü", Class::Comment)]);
}

const LONG: &str = "/* a comment\n   over lines */\nfn f<'a>(x: &'a str) -> Vec<String> {\n    let s = r#\"raw\n  \
    string\"#;\n    // 🍵 tea\n    format!(\"{} {}\", x, 0xff_u8)\n}\n\nimpl A for B { const C: usize = 1; }\n";

#[test]
fn line_by_line_and_whole_give_the_same_pieces() {
    for (label, code) in [
        ("rust", LONG),
        ("js", "a = `x\n${f({\n b: 1\n})}\n` // c\n"),
        ("markdown", "```rust\nfn a() {}\n```\n"),
    ] {
        let language = language(label).unwrap();
        let mut whole = Vec::new();
        highlighter(&[label]).lines(1, language, code, &mut whole);
        assert_ne!(whole, [] as [u32; 0]);
        let mut highlighter = highlighter(&[label]);
        let mut cut = Vec::new();
        let mut units = 0;
        for line in code.split_inclusive('\n') {
            let mut rows = Vec::new();
            highlighter.lines(7, language, line, &mut rows);
            // Another block in between has a state of its own.
            highlighter.lines(8, language, "\"not closed\n", &mut Vec::new());
            cut.extend(rows.chunks(3).flat_map(|row| [row[0] + units, row[1] + units, row[2]]));
            units += u32::try_from(line.encode_utf16().count()).unwrap();
        }
        assert_eq!(cut, whole, "{label}");
    }
}

#[test]
fn a_language_without_its_grammar_stays_plain() {
    let rust = language("rust").unwrap();
    let mut highlighter = Highlighter::new();
    assert!(!highlighter.has_tried(rust));
    for dump in [b"".as_slice(), b"<!DOCTYPE html>", b"grammar\n"] {
        highlighter.learn(rust, dump);
        let mut rows = Vec::new();
        highlighter.lines(1, rust, "fn main() {}\n", &mut rows);
        assert_eq!(rows, [] as [u32; 0]);
    }
    assert!(highlighter.has_tried(rust), "it is not asked for again");
}

#[test]
fn a_very_long_line_stays_plain_and_the_next_does_not() {
    let code = format!("{}\nlet x;\n", "let ".repeat(MAX_LINE_BYTES / 4 + 1));
    assert_eq!(pieces("rust", &code), [("let".to_owned(), Class::Keyword)]);
}

#[test]
fn the_last_line_needs_no_end() {
    assert_eq!(pieces("rust", "// x"), [("// x".to_owned(), Class::Comment)]);
}

#[test]
fn unknown_languages_and_hostile_code_do_no_harm() {
    let mut rows = Vec::new();
    highlighter(&["rust"]).lines(1, 9_999, "x\n", &mut rows);
    assert_eq!(rows, [] as [u32; 0]);
    assert_eq!(language("brainfuck"), None);
    assert_eq!(language("C#"), language("cs"));
    for label in LANGUAGES.lines().map(|line| line.split(' ').next().unwrap()) {
        for code in [
            "((((((((((((((((((((\n",
            "\"\\\"\\\"\\\"\\\"\n",
            "<<<<<<<<<<<<<<<<<<<<\n",
            "${${${${${${${\n",
            "\0\u{202e}\n",
        ] {
            let code = code.repeat(20);
            pieces(label, &code);
        }
    }
}
