//! Reads references: the files that a file of the built page makes the browser fetch at once.

use crate::attributes::value;
use crate::postbuild::split::LINK;

/// Returns the relative names, without a leading `./`, in order of appearance; addresses of other hosts and data are
/// left out, and the lazy parts, which the script that fetches them names.
pub(super) fn of(name: &str, text: &str) -> Vec<String> {
    let raw: Vec<&str> = match name.rsplit('.').next() {
        Some("html") => in_html(text),
        Some("css") => in_css(text),
        Some("js") if name.ends_with(LINK) => Vec::new(),
        Some("js") => in_script(text),
        _ => Vec::new(),
    };
    raw.into_iter().filter_map(local).collect()
}

/// Returns the files that `<meta name="early-parts">` names.
pub(super) fn early_parts(html: &str) -> Vec<String> {
    let mut tags = html.split('<').map(|rest| rest.split('>').next().unwrap_or_default());
    let tag = tags.find(|tag| value(tag, "name") == Some("early-parts")).unwrap_or_default();
    value(tag, "content")
        .unwrap_or_default()
        .split(',')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns `src` and `href` of tags that fetch; a link in the text waits for a click.
fn in_html(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        let fetches = ["link", "script", "img", "source", "iframe"]
            .iter()
            .any(|name| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(char::is_whitespace)));
        if fetches {
            found.extend(["src", "href"].into_iter().filter_map(|attribute| value(tag, attribute)));
        }
    }
    found
}

fn in_css(text: &str) -> Vec<&str> {
    let addresses = text.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    addresses.map(|address| address.trim().trim_matches(['"', '\''])).collect()
}

/// Returns every quoted name that begins with `./`: imports, and what the start script hands to `init`.
fn in_script(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for quote in ['"', '\'', '`'] {
        for (at, _) in text.match_indices("./").filter(|(at, _)| text[..*at].ends_with(quote)) {
            found.extend(text[at..].split(quote).next());
        }
    }
    found
}

fn local(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next()?;
    let foreign = address.contains(':') || address.starts_with("//");
    let name = address.trim_start_matches("./").trim_start_matches('/');
    (!foreign && !name.is_empty() && !name.split('/').any(|part| part == "..")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_names_what_is_fetched_and_not_what_is_clicked() {
        let html = r#"<link rel="stylesheet" href="./style-1.css" integrity="sha384-x/href=no"><link rel=icon href='favicon.svg'>
            <script type="module" src=./start.js></script><a href="other.html">x</a><linkage href="no.css">
            <link rel="icon" href="data:image/svg+xml,x"><img data-src="lazy.png" src="https://example.com/x.png">"#;
        assert_eq!(of("index.html", html), ["style-1.css", "favicon.svg", "start.js"]);
    }

    #[test]
    fn css_and_scripts_name_files_too() {
        assert_eq!(of("a.css", "x{background:url( \"./a.svg#dark\" )}y{src:url(//cdn/x.woff)}"), ["a.svg"]);
        assert_eq!(
            of(
                "a.js",
                "import a, * as b from './p-1.js'; init({ module_or_path: './p_bg.wasm' }); x('../up.js')"
            ),
            ["p-1.js", "p_bg.wasm"]
        );
        assert_eq!(of("tape.jsonl", "'./p-1.js'"), [""; 0]);
    }
}
