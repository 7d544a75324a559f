//! Reads versions: from what a program prints and from Cargo.lock.

/// Returns the first word that begins with a digit: `trunk 0.21.14` and `wasm-opt version 132 (version_132)`.
pub(super) fn printed(output: &str) -> Option<String> {
    let word =
        output.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    Some(word.to_owned())
}

/// Returns the version of `package` in the text of a Cargo.lock. `None` when it is absent or there more than once: then
/// no single answer is right.
pub(super) fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    let mut found = None;
    while lines.any(|line| line == name) {
        let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
        if found.replace(version.to_owned()).is_some() {
            return None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_the_pinned_tools_print_them() {
        for (output, version) in [
            ("trunk 0.21.14\n", Some("0.21.14")),
            ("wasm-bindgen 0.2.130 (a1b2c3d4e 2026-10-01)\n", Some("0.2.130")),
            ("wasm-opt version 132 (version_132)\n", Some("132")),
            ("usage: trunk\n", None),
        ] {
            assert_eq!(printed(output).as_deref(), version, "{output}");
        }
    }

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"

[[package]]
name = "twice"
version = "1.0.0"

[[package]]
name = "twice"
version = "2.0.0"
"#;

    #[test]
    fn a_longer_name_with_the_same_beginning_is_not_the_package() {
        assert_eq!(locked(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked(LOCK, "wasm"), None);
    }

    #[test]
    fn two_locked_versions_are_no_answer() {
        assert_eq!(locked(LOCK, "twice"), None);
    }
}
