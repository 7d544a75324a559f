//! Messages between the page and its typesetting workers: languages, classes of code, formulas as steps.
//!
//! Both sides are built from this module, so that numbers can stand for names on the way: the worker cannot name an
//! element, an attribute or a class, it can only choose from the lists here. Highlighting and reading TeX are the
//! worker's (package `typeset`); this module knows neither.

mod formula;

pub use formula::{ATTRIBUTES, ELEMENTS, STYLES, Step, Writer, read};

/// A longer block of code stays plain. UTF-16 units.
pub const MAX_BLOCK_UNITS: usize = 512 * 1024;

/// A longer line stays plain. Bytes.
pub const MAX_LINE_BYTES: usize = 2_000;

/// A longer formula shows its source. Bytes.
pub const MAX_FORMULA_BYTES: usize = 4 * 1024;

/// Labels of code blocks, a line for each language: its place is the number that stands for it.
///
/// The package `typeset` has the same lines with the names of its grammars.
pub const LANGUAGES: &str = "\
bash sh shell zsh console
c h
cpp c++ cc cxx hpp
csharp cs c#
cmake
css
dart
diff patch
dockerfile docker
elixir ex exs
go golang
graphql gql
haskell hs
html htm vue svelte
ini conf
java
javascript js mjs cjs node
json jsonc json5
julia jl
kotlin kt kts
lua
makefile make mk
markdown md
nginx
perl pl
php
protobuf proto
python py python3 py3
r
ruby rb
rust rs
scala
scss
sql postgresql mysql sqlite
swift
toml
tsx jsx
typescript ts
xml svg
yaml yml
zig
";

/// Returns the number of the language that a code block is labelled with, in any case.
#[must_use]
pub fn language(label: &str) -> Option<u32> {
    let named = |known: &str| known.eq_ignore_ascii_case(label);
    let at = LANGUAGES.lines().position(|labels| labels.split(' ').any(named))?;
    u32::try_from(at).ok()
}

/// The class of a piece of code, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what it is")]
pub enum Class {
    Comment,
    String,
    Number,
    Keyword,
    Function,
    Type,
    Constant,
    Tag,
    Attribute,
    Inserted,
    Deleted,
}

impl Class {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Comment,
        Self::String,
        Self::Number,
        Self::Keyword,
        Self::Function,
        Self::Type,
        Self::Constant,
        Self::Tag,
        Self::Attribute,
        Self::Inserted,
        Self::Deleted,
    ];

    /// Returns the number that stands for it on the way.
    #[must_use]
    pub fn number(self) -> u32 {
        self as u32
    }

    /// Returns the name of its highlight, which the stylesheet gives a colour.
    #[must_use]
    pub fn highlight(self) -> &'static str {
        match self {
            Self::Comment => "code-comment",
            Self::String => "code-string",
            Self::Number => "code-number",
            Self::Keyword => "code-keyword",
            Self::Function => "code-function",
            Self::Type => "code-type",
            Self::Constant => "code-constant",
            Self::Tag => "code-tag",
            Self::Attribute => "code-attribute",
            Self::Inserted => "code-inserted",
            Self::Deleted => "code-deleted",
        }
    }
}
