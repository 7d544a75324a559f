//! Downloads save text as a file under a name, by the browser's own way.

use crate::browser::timer::sleep;
use js_sys::Array;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves `text` as a file called `name`. Fails with what the browser says when it cannot make the file.
pub(super) fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Ok(()) };
    let file = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text)))?;
    let address = Url::create_object_url_with_blob(&file)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    spawn_local(async move {
        // Some browsers read the file only after the click is over.
        sleep(KEPT).await;
        drop(Url::revoke_object_url(&address));
    });
    Ok(())
}

/// Gives the ending of the name of a file with code in `language`. A language that is not in the list gets `txt`: the
/// text of a model does not choose what a double click on the file runs.
#[must_use]
pub fn extension(language: &str) -> &'static str {
    let is_named = |line: &&str| line.split(' ').any(|word| word.eq_ignore_ascii_case(language));
    EXTENSIONS.lines().find(is_named).and_then(|line| line.split(' ').next()).unwrap_or("txt")
}

const KEPT: Duration = Duration::from_secs(30);

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
