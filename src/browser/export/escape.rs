//! Escapes text for Markdown: a backslash before each character that would be read as a mark, and before no other.

/// The context of a text, which decides what is escaped in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph, in which lines may begin with the marks of blocks.
    Paragraph,
    /// The one line of a heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// Between the brackets of a link or an image.
    Link,
}

/// Writes `text`, a line or a part of one. `is_start` says that the line begins with it.
pub(super) fn push_text(out: &mut String, text: &str, place: Place, is_start: bool) {
    let text = if is_start { text.trim_start_matches([' ', '\t']) } else { text };
    // Where a block's mark would be complete.
    let marked = if is_start { block_mark(text) } else { None };
    let is_pair = |mark: char| text.matches(mark).nth(1).is_some();
    let (has_strikes, has_formulas) = (is_pair('~'), is_pair('$'));
    for (at, c) in text.char_indices() {
        let before = if at == 0 && is_start { None } else { out.chars().next_back() };
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next();
        let is_mark = match c {
            '`' => true,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '*' => before != Some(' ') || next != Some(' '),
            '_' => ![before, next].iter().all(|side| side.is_some_and(char::is_alphanumeric)),
            '[' => place == Place::Link || rest.starts_with('^') || (is_start && at == 0 && is_task(rest)),
            ']' => place == Place::Link || matches!(next, Some('(' | '[' | ':')),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => is_entity(rest),
            '~' => has_strikes || next.is_none(),
            '$' => has_formulas || next.is_none(),
            '|' => place == Place::Cell,
            _ => false,
        };
        if is_mark || marked == Some(at) {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Writes the address of a link, between its parentheses.
pub(super) fn push_address(out: &mut String, address: &str) {
    let is_bare = !address.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '(' | ')' | '<'));
    if !is_bare {
        out.push('<');
    }
    for (at, c) in address.char_indices() {
        let is_mark = match c {
            '\\' => true,
            '<' | '>' => !is_bare,
            '&' => is_entity(&address[at + 1..]),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    if !is_bare {
        out.push('>');
    }
}

/// Returns a run of `mark`, at least `least` long and longer than any in `text`.
pub(super) fn fence(text: &str, mark: char, least: usize) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    mark.to_string().repeat(least.max(longest + 1))
}

/// Returns the place in `line` for a backslash that keeps it from beginning a block or underlining a heading.
fn block_mark(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let is_apart = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let is_block = match first {
        '#' => {
            let rest = line.trim_start_matches('#');
            line.len() - rest.len() <= 6 && is_apart(rest)
        }
        '>' => true,
        '+' => is_apart(&line[1..]),
        '-' | '=' => (first == '-' && is_apart(&line[1..])) || line.trim_end().chars().all(|c| c == first),
        '|' | ':' => line.bytes().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ')),
        '0'..='9' => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = line.len() - rest.len();
            return (rest.starts_with(['.', ')']) && digits <= 9 && is_apart(&rest[1..])).then_some(digits);
        }
        _ => false,
    };
    is_block.then_some(0)
}

fn is_task(rest: &str) -> bool {
    [" ]", "x]", "X]"].iter().any(|task| rest.starts_with(task))
}

/// Returns whether what follows an ampersand makes it a reference to a character.
fn is_entity(rest: &str) -> bool {
    // The longest name has 31 letters.
    let end = rest.bytes().take(33).position(|byte| byte == b';');
    end.is_some_and(|end| {
        0 < end
            && rest[..end]
                .strip_prefix('#')
                .unwrap_or(&rest[..end])
                .bytes()
                .all(|b| b.is_ascii_alphanumeric())
    })
}
