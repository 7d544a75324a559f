//! Finds TeX in Markdown: delimiters that belong together, with a formula between them.
//!
//! The parser (by masks, see [`parse`](super::parse)) and the guess of the open end share these rules, so that nothing
//! is shown as a formula that turns out to be an amount of money, and the other way round.

/// Returns whether `content` between two delimiters is a formula, not words or the number of a source in escaped
/// brackets.
pub(super) fn is_tex(content: &str, is_square: bool) -> bool {
    // Dollar signs inside of the delimiters are those of the formula.
    !content.starts_with('$')
        && content.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && (!is_square || content.bytes().any(is_sign))
}

/// Returns whether `byte` stands in formulas rather than in words and numbers.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'\\' | b'^' | b'_' | b'=' | b'<' | b'>' | b'+')
}

/// The end of a formula behind an opening `\(` or `\[`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The closing delimiter comes behind this many bytes of content.
    Closes(usize),
    /// Another delimiter of the same kind that opens: the first one is text.
    Opens,
    /// The text has no delimiter of the same kind.
    Missing,
}

/// Finds the next delimiter of the kind that `open` and `close` make with a backslash, in `rest` behind an opening one.
pub(super) fn next_delimiter(rest: &str, open: u8, close: u8) -> Next {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        match bytes.get(at + 1) {
            Some(byte) if *byte == close => return Next::Closes(at),
            Some(byte) if *byte == open => return Next::Opens,
            Some(_) | None => at += 2,
        }
    }
    Next::Missing
}

/// The beginning of an environment, before its name.
pub(super) const BEGIN: &str = "\\begin{";

/// A formula in an environment, without other delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Environment<'a> {
    /// The name: letters and perhaps a star.
    pub(super) name: &'a str,
    /// The length with beginning and end; `None` while it is open.
    pub(super) length: Option<usize>,
}

/// Returns the environment that `text` begins with.
pub(super) fn environment(text: &str) -> Option<Environment<'_>> {
    let behind = text.strip_prefix(BEGIN)?;
    let (name, _) = behind.get(..behind.len().min(LONGEST_NAME)).unwrap_or(behind).split_once('}')?;
    let letters = name.strip_suffix('*').unwrap_or(name);
    if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let end = format!("\\end{{{name}}}");
    let found = memchr::memmem::find(text.as_bytes(), end.as_bytes());
    Some(Environment { name, length: found.map(|at| at + end.len()) })
}

/// Bytes; the name of an environment is not longer.
const LONGEST_NAME: usize = 24;

/// The meaning of one dollar sign, by what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dollar {
    /// The beginning of a formula with so many bytes of content.
    Formula(usize),
    /// Money, which the parser would take for a formula.
    Amount,
    /// Text: the next dollar sign cannot close a formula.
    Text,
    /// The sign is not decided: the next dollar sign stands inside of braces, which the parser matches.
    Nested,
    /// The sign is not decided: no other dollar sign follows.
    Open,
}

/// Reads what stands in `rest`, behind one dollar sign, up to the next one.
///
/// A dollar sign that a digit follows closes nothing, as in Pandoc and on GitHub: it begins the next amount. Nor is a
/// formula what begins with a digit and goes on with words of a script that puts no blanks between words.
pub(super) fn dollar(rest: &str) -> Dollar {
    let Some(next) = unescaped_dollar(rest) else { return Dollar::Open };
    let content = &rest[..next];
    let is_blank = |c: char| c.is_ascii_whitespace();
    let braces = |brace: u8| memchr::memchr_iter(brace, content.as_bytes()).count();
    if content.is_empty() || content.starts_with(is_blank) || content.ends_with(is_blank) {
        Dollar::Text
    } else if braces(b'{') != braces(b'}') {
        Dollar::Nested
    } else if rest[next + 1..].starts_with(|c: char| c.is_ascii_digit()) || is_amount(content) {
        Dollar::Amount
    } else {
        Dollar::Formula(next)
    }
}

/// Returns whether `content` between two dollar signs is a number and words around it.
fn is_amount(content: &str) -> bool {
    may_be_amount(content) && content.contains(super::flanking::is_cjk)
}

/// Returns whether `content` behind a dollar sign may be an amount of money.
pub(super) fn may_be_amount(content: &str) -> bool {
    content.starts_with(|c: char| c.is_ascii_digit()) && !content.bytes().any(is_sign)
}

/// Returns the place of the next dollar sign in `rest` that is not escaped.
fn unescaped_dollar(rest: &str) -> Option<usize> {
    let is_escaped = |at: usize| rest[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    memchr::memchr_iter(b'$', rest.as_bytes()).find(|at| !is_escaped(*at))
}
