//! The JavaScript that wasm-bindgen writes beside the wasm, made smaller.

use std::collections::HashMap;

use crate::failure::{Failure, Result};

/// The script without comments that fill their lines, without indentation and empty lines. Lines stay lines, so that
/// nothing depends on where a semicolon was left out.
pub(super) fn tight(script: &str) -> String {
    let mut tight = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            tight.push_str(line);
            tight.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    tight
}

/// The script with each name replaced by its short one.
///
/// # Errors
/// When a name does not stand in it exactly once: then it is more than the key of an import.
pub(super) fn rename(script: &str, names: &[(String, String)]) -> Result<String> {
    let short: HashMap<_, _> = names.iter().map(|(long, short)| (long.as_str(), short.as_str())).collect();
    let mut seen = HashMap::new();
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find(is_word) {
        let (before, tail) = rest.split_at(at);
        let (word, after) = tail.split_at(tail.find(|c| !is_word(c)).unwrap_or(tail.len()));
        renamed.push_str(before);
        renamed.push_str(short.get(word).copied().unwrap_or(word));
        if short.contains_key(word) {
            *seen.entry(word).or_insert(0) += 1;
        }
        rest = after;
    }
    renamed.push_str(rest);
    match names.iter().find(|(long, _)| seen.get(long.as_str()) != Some(&1)) {
        Some((long, _)) => {
            Err(Failure::new(format!("the page's script does not name the import {long} once")))
        }
        None => Ok(renamed),
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_lines_stay() {
        let script = "/**\n * @param {any} a\n */\nfunction f(a) {\n    // why\n\n    return a // b\n        + 1;\n}\n";
        assert_eq!(tight(script), "function f(a) {\nreturn a // b\n+ 1;\n}\n");
    }

    #[test]
    fn whole_names_are_replaced_and_must_stand_once() {
        let names = [("__wbg_get_1".to_owned(), "i0".to_owned())];
        let script = "{ __wbg_get_1: function() {}, __wbg_get_12: 1 }";
        assert_eq!(rename(script, &names).unwrap(), "{ i0: function() {}, __wbg_get_12: 1 }");
        assert!(rename("{}", &names).is_err());
        assert!(rename("__wbg_get_1, __wbg_get_1", &names).is_err());
    }
}
