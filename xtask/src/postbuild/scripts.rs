//! Moves Trunk's inline module script out of index.html into a file of its own: under
//! `script-src 'self' 'wasm-unsafe-eval'` an inline script does not run.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::hash::Hash;
use crate::{run, tools};

/// A page without inline scripts, and the files they became.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) html: String,
    /// Name and text.
    pub(super) scripts: Vec<(String, String)>,
}

/// Takes the inline scripts out of `html`, which names its files below `public_url`.
///
/// # Errors
/// Where the page holds an inline script that is no module, or one that does not end.
pub(super) fn externalize(html: &str, public_url: &str) -> Result<Page> {
    let mut page = Page { html: String::with_capacity(html.len()), scripts: Vec::new() };
    let mut rest = html;
    while let Some(start) = rest.find("<script") {
        let (before, script) = rest.split_at(start);
        page.html.push_str(before);
        let (tag, text, after) =
            parts(script).ok_or_else(|| Failure::new("the page has a <script> that does not end"))?;
        if tag.contains(" src=") {
            page.html.push_str(&script[..script.len() - after.len()]);
        } else if tag.contains("type=\"module\"") || tag.contains("type=module") {
            let text = format!("{}\n", text.trim());
            let mut hash = Hash::default();
            hash.add(text.as_bytes());
            let name = format!("start-{hash}.js");
            page.html.push_str(&format!("<script type=\"module\" src=\"{public_url}{name}\"></script>"));
            page.scripts.push((name, text));
        } else {
            return Err(Failure::new(format!("the page has an inline script that is no module: {tag}")));
        }
        rest = after;
    }
    page.html.push_str(rest);
    Ok(page)
}

/// Runs esbuild over a script, in place: wasm-bindgen writes for readers, with comments and long names.
///
/// # Errors
/// When esbuild is not there or fails.
pub(super) fn minify(path: &Path) -> Result<()> {
    let esbuild = tools::on_path("esbuild").ok_or_else(|| {
        Failure::new("esbuild is not on the PATH: build with `cargo xtask build`, which brings it")
    })?;
    let outfile = format!("--outfile={}", path.display());
    let options = ["--minify", "--target=es2022", "--allow-overwrite", "--log-level=warning"];
    run::visibly(Command::new(esbuild).arg(path).args(options).arg(outfile))
}

/// Returns the opening tag, the text and what follows the closing tag.
fn parts(script: &str) -> Option<(&str, &str, &str)> {
    let (tag, rest) = script.split_at(script.find('>')? + 1);
    let (text, after) = rest.split_once("</script>")?;
    Some((tag, text, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    // As Trunk 0.21.14 writes it.
    const BUILT: &str = r#"<!DOCTYPE html><html><head>
<script type="module">
import init, * as bindings from './page-1.js';
const wasm = await init({ module_or_path: './page-1_bg.wasm' });
window.wasmBindings = bindings;
</script>
<link rel="modulepreload" href="./page-1.js"></head><body></body></html>"#;

    #[test]
    fn the_inline_module_becomes_a_file_named_by_its_content() {
        let page = externalize(BUILT, "./").unwrap();
        let [(name, text)] = page.scripts.as_slice() else { panic!("{:?}", page.scripts) };
        assert!(text.starts_with("import init, * as bindings from './page-1.js';\n"));
        assert!(text.ends_with("window.wasmBindings = bindings;\n"));
        assert!(
            page.html.contains(&format!("<script type=\"module\" src=\"./{name}\"></script>\n<link rel"))
        );
        assert!(!page.html.contains("import init"));
        let other = externalize(&BUILT.replace("page-1", "page-2"), "./").unwrap();
        assert_ne!(&other.scripts[0].0, name);
    }

    #[test]
    fn a_page_done_before_stays_as_it_is() {
        let once = externalize(BUILT, "/app/").unwrap();
        let twice = externalize(&once.html, "/app/").unwrap();
        assert_eq!(twice, Page { html: once.html, scripts: Vec::new() });
    }

    #[test]
    fn an_inline_script_that_would_be_blocked_is_an_error() {
        let failure = externalize("<script>alert(1)</script>", "./").unwrap_err();
        assert!(failure.to_string().contains("no module"), "{failure}");
        assert!(externalize("<script type=\"module\">let x;", "./").is_err());
    }
}
