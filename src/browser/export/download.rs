//! Downloads save text as a file under a name, by the browser's own way.

use crate::browser::files::FileWriter;
use wasm_bindgen::JsValue;

/// Saves `text` as a file called `name`. Fails with what the browser says when it cannot make the file.
pub(super) fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let mut file = FileWriter::default();
    file.push(text)?;
    file.save(name)
}

/// Gives the ending of the name of a file with code in `language`. A language that is not in the list gets `txt`: the
/// text of a model does not choose what a double click on the file runs.
#[must_use]
pub fn extension(language: &str) -> &'static str {
    let is_named = |line: &&str| line.split(' ').any(|word| word.eq_ignore_ascii_case(language));
    EXTENSIONS.lines().find(is_named).and_then(|line| line.split(' ').next()).unwrap_or("txt")
}

/// An ending a line, and behind it other names of the language.
const EXTENSIONS: &str = "\
c
cpp c++ cc
cs csharp c#
css
csv
diff patch
go golang
hs haskell
html
java
js javascript jsx mjs
json
kt kotlin
lua
md markdown
php
py python python3
r
rb ruby
rs rust
scala
sh bash shell zsh
sql
swift
tex latex
toml
ts typescript tsx
xml
yml yaml";
