//! Joins the page's stylesheets: they compress better as one, and one request brings them.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Result};
use crate::hash::Hash;

const LINK: &str = "<link rel=\"stylesheet\" href=\"";

/// Puts the stylesheets that `html` links into one file, in their order, without comments and indentation.
/// The link to it takes the place of the first one.
///
/// # Errors
/// When a stylesheet that the page names is not there, or the page links none.
pub(super) fn join(folder: &Path, html: &str, public_url: &str) -> Result<String> {
    let mut styles = String::new();
    let mut page = String::with_capacity(html.len());
    let mut place = None;
    let mut rest = html;
    while let Some((before, link)) = rest.split_once(LINK) {
        let (name, after) =
            parts(link).ok_or_else(|| Failure::new("the page has a stylesheet's link that does not end"))?;
        let name = name.strip_prefix(public_url).unwrap_or(name);
        let path = folder.join(name);
        let style = fs::read_to_string(&path).map_err(Failure::io(format!("cannot read {name}")))?;
        styles.push_str(&tight(&style)?);
        fs::remove_file(&path).map_err(Failure::io(format!("cannot remove {name}")))?;
        // The line that the link leaves empty goes with it.
        page.push_str(if place.is_some() { before.strip_suffix('\n').unwrap_or(before) } else { before });
        place.get_or_insert(page.len());
        rest = after;
    }
    page.push_str(rest);
    let place = place.ok_or_else(|| Failure::new("the page links no stylesheet"))?;
    let mut hash = Hash::default();
    hash.add(styles.as_bytes());
    let name = format!("style-{hash}.css");
    fs::write(folder.join(&name), styles).map_err(Failure::io(format!("cannot write {name}")))?;
    page.insert_str(place, &format!("{LINK}{public_url}{name}\">"));
    Ok(page)
}

/// The name in a link, and what follows the link.
fn parts(link: &str) -> Option<(&str, &str)> {
    let (name, rest) = link.split_once('"')?;
    let (_, after) = rest.split_once('>')?;
    Some((name, after))
}

/// A stylesheet without comments, indentation and line ends. Nothing else is touched: each of these may stand only
/// between tokens, where one space means the same.
///
/// # Errors
/// When a comment or a string does not end.
fn tight(style: &str) -> Result<String> {
    let mut tight = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find(['"', '\'', '/', '\n']) {
        let (before, special) = rest.split_at(at);
        tight.push_str(before);
        let unended = || Failure::new("a stylesheet has a comment or a string that does not end");
        rest = match special.as_bytes() {
            [b'/', b'*', ..] => special.split_once("*/").ok_or_else(unended)?.1,
            [b'\n', ..] => {
                let after = special.trim_start();
                let closed =
                    tight.ends_with(['{', '}', ';', ',', ' ']) || tight.is_empty() || after.starts_with('}');
                if !closed {
                    tight.push(' ');
                }
                after
            }
            [quote @ (b'"' | b'\''), tail @ ..] => {
                let mut escaped = false;
                let end = tail.iter().position(|byte| {
                    let ends = byte == quote && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    ends
                });
                let (string, after) = special.split_at(end.ok_or_else(unended)? + 2);
                tight.push_str(string);
                after
            }
            _ => {
                tight.push('/');
                special.get(1..).unwrap_or_default()
            }
        };
    }
    tight.push_str(rest);
    Ok(tight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let style = "/* why */\n.a,\n.b > .c {\n  margin: 1px\n    2px;\n  content: \"/* \\\" \n\";\n}\n\n.d { width: calc(1px / 2) }\n";
        let expected = ".a,.b > .c {margin: 1px 2px;content: \"/* \\\" \n\";}.d { width: calc(1px / 2) }";
        assert_eq!(tight(style).unwrap(), expected);
    }

    #[test]
    fn what_does_not_end_is_an_error() {
        assert!(tight("a { } /* b").is_err());
        assert!(tight("a { content: \"b }").is_err());
    }

    #[test]
    fn stylesheets_become_one_in_their_order() {
        let folder = std::env::temp_dir().join(format!("tokenfall-styles-test-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a-1.css"), ".a { }\n").unwrap();
        fs::write(folder.join("b-2.css"), ".b { }\n").unwrap();
        let html = "<head>\n<link rel=\"icon\" href=\"./i.svg\"/>\n<link rel=\"stylesheet\" href=\"./a-1.css\"/>\n<link rel=\"stylesheet\" href=\"./b-2.css\" integrity=\"x\"/>\n</head>";
        let page = join(&folder, html, "./").unwrap();
        let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let [style] = files.as_slice() else { panic!("{files:?}") };
        let name = style.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(style).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(text, ".a { }.b { }");
        let expected = format!(
            "<head>\n<link rel=\"icon\" href=\"./i.svg\"/>\n<link rel=\"stylesheet\" href=\"./{name}\">\n</head>"
        );
        assert_eq!(page, expected);
    }
}
