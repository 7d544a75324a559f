//! Reads attributes of HTML tags, as Trunk and its minifier write them.

/// Returns an attribute's value, quoted either way or not at all.
pub(crate) fn value<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    let (at, _) = tag.match_indices(attribute).find(|(at, _)| {
        let before = tag[..*at].chars().next_back();
        before.is_some_and(char::is_whitespace) && tag[at + attribute.len()..].trim_start().starts_with('=')
    })?;
    let rest = tag[at + attribute.len()..].trim_start().strip_prefix('=')?.trim_start();
    match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next(),
        _ => rest.split(char::is_whitespace).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_in_either_quotes_or_none_and_no_longer_name_is_taken_for_it() {
        let tag = "link data-href=no href='./a b.css' rel=stylesheet media=\"not all\"";
        assert_eq!(value(tag, "href"), Some("./a b.css"));
        assert_eq!(value(tag, "rel"), Some("stylesheet"));
        assert_eq!(value(tag, "media"), Some("not all"));
        assert_eq!(value(tag, "type"), None);
    }
}
