//! Splits a command as Windows' cmd and the C runtime of a program do it, in these two steps.
//!
//! Browsers' tools have written three forms over the years: `""` for a quotation mark; `"…"` with `^` and `\"` inside, which
//! cmd itself misreads; `^"…^"` throughout. Where a command has a quotation mark behind `^`, each `^` in it is taken for an
//! escape and each `\\` for one backslash, since that is what was meant; elsewhere the rules are those of the two programs.

use super::problem::{CurlProblem, Refusal};
use super::word::{Variable, Word};

/// Returns whether a command is written for cmd: by its first quotation mark, and by how its lines go on.
pub(super) fn is_cmd(command: &str) -> bool {
    let goes_on = |sign: char| command.lines().any(|line| line.trim_end().ends_with(sign));
    match command.find(['\'', '"', '^']).map(|at| &command[at..]) {
        Some(rest) if rest.starts_with('^') => true,
        Some(rest) if rest.starts_with('"') => {
            !goes_on('\\') && (goes_on('^') || rest.contains("^\"") || has_doubled_marks(rest))
        }
        Some(_) | None => false,
    }
}

/// Returns whether `""` stands inside of a word, with no single quotation mark anywhere.
fn has_doubled_marks(text: &str) -> bool {
    let is_inside = |at: usize| {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let behind = text[at + 2..].chars().next().unwrap_or(' ');
        !before.is_whitespace() && !behind.is_whitespace() && before != '\\'
    };
    !text.contains('\'') && text.match_indices("\"\"").any(|(at, _)| is_inside(at))
}

/// A character and the byte of the command at which it stands.
type Placed = (char, usize);

/// Returns the words of the one command in a text.
pub(super) fn words(command: &str) -> Result<Vec<Word>, CurlProblem> {
    let is_copied = command.contains("^\"");
    split(&unescaped(command, is_copied)?, is_copied)
}

/// Does what cmd does: takes `^` out, and finds the command's end.
fn unescaped(command: &str, is_copied: bool) -> Result<Vec<Placed>, CurlProblem> {
    let mut out = Vec::new();
    let mut chars = command.char_indices().filter(|(_, c)| *c != '\r').peekable();
    let mut is_quoted = false;
    while let Some((at, c)) = chars.next() {
        let is_escape = c == '^' && (is_copied || !is_quoted);
        if is_escape {
            match chars.next() {
                None => return Err(Refusal::EscapeAtEnd.at(at)),
                // Of two ends of a line the second is escaped, and stays.
                Some((_, '\n')) => match chars.next_if(|(_, next)| *next == '\n') {
                    Some((end, _)) => out.push(('\n', end)),
                    None => out.push((' ', at)),
                },
                Some((_, escaped)) => out.push((escaped, at)),
            }
            continue;
        }
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if out.iter().all(|(c, _)| c.is_whitespace()) => {}
            '\n' => {
                let behind = command[at..].find(|c: char| !c.is_whitespace());
                return match behind {
                    Some(length) => Err(Refusal::SecondCommand.at(at + length)),
                    None => Ok(out),
                };
            }
            '&' | '|' | '<' | '>' if !is_quoted && !is_copied => {
                if c == '&' && command[at + 1..].trim().is_empty() {
                    return Ok(out);
                }
                return Err(Refusal::ShellSign(c).at(at));
            }
            _ => {}
        }
        out.push((c, at));
    }
    Ok(out)
}

/// Does what the C runtime does: splits at blanks outside of quotation marks.
fn split(chars: &[Placed], is_copied: bool) -> Result<Vec<Word>, CurlProblem> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote: Option<usize> = None;
    let mut index = 0;
    while index < chars.len() {
        let (c, at) = chars[index];
        if c.is_whitespace() && quote.is_none() {
            words.extend(word.take());
            index += 1;
            continue;
        }
        let word = word.get_or_insert_with(|| Word { at, ..Word::default() });
        match c {
            '\\' => {
                let count = chars[index..].iter().take_while(|(c, _)| *c == '\\').count();
                index += count;
                let is_before_mark = chars.get(index).is_some_and(|(c, _)| *c == '"');
                let kept = if is_copied || is_before_mark { count / 2 } else { count };
                word.text.extend(std::iter::repeat_n('\\', kept));
                if count % 2 == 1 && is_before_mark {
                    word.text.push('"');
                    index += 1;
                } else if count % 2 == 1 && is_copied {
                    // The tools put a single one before brackets in addresses.
                    word.text.push('\\');
                }
            }
            '"' if quote.is_some() && chars.get(index + 1).is_some_and(|(c, _)| *c == '"') => {
                word.text.push('"');
                index += 2;
            }
            '"' => {
                quote = if quote.is_some() { None } else { Some(at) };
                index += 1;
            }
            '%' => {
                let name = variable(&chars[index + 1..]);
                match name {
                    Some(name) => {
                        index += name.len() + 2;
                        let within = word.text.len();
                        word.variables.push(Variable { name, within, at });
                    }
                    None => {
                        word.text.push('%');
                        index += 1;
                    }
                }
            }
            other => {
                word.text.push(other);
                index += 1;
            }
        }
    }
    if let Some(at) = quote {
        return Err(Refusal::OpenQuote('"').at(at));
    }
    words.extend(word);
    Ok(words)
}

/// Returns the name of a variable that a sign has begun: `OPENAI_API_KEY%`. What an address escapes (`%E4%BD`) is none.
fn variable(chars: &[Placed]) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name: String = chars.iter().map(|(c, _)| *c).take_while(|c| is_name(*c)).collect();
    let is_closed = chars.get(name.len()).is_some_and(|(c, _)| *c == '%');
    let is_code = name.len() < 3 || name.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    (is_closed && !is_code && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}
