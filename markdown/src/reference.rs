//! Character references: `&eacute;` stands for `é`.

use pulldown_cmark::{Event, Parser};

/// Returns what the parser reads for `&` with that name and `;`: one character, or two; `None` where that is no reference
/// (CommonMark 0.31.2, section 2.5). `name` holds no `&` and no `;`.
///
/// What reads an answer's text must know the same names as what draws it, so they are the parser's own.
#[must_use]
pub fn character_reference(name: &str) -> Option<String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    if name.is_empty() || !name.bytes().all(is_name) {
        return None;
    }
    let source = format!("&{name};");
    // Text before it keeps blanks, and what would begin a block, where they are.
    let before = "x";
    let mut text = String::new();
    for event in Parser::new(&format!("{before}{source}{before}")) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    let read = text.strip_prefix(before)?.strip_suffix(before)?;
    (read != source).then(|| read.to_owned())
}
