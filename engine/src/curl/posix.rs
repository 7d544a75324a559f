//! Splits a command as a POSIX shell does: quotes, `$'…'`, backslashes, lines that go on.

use super::problem::{CurlProblem, Refusal};
use super::word::{Variable, Word};

/// Returns the words of the one command in a text.
pub(super) fn words(command: &str) -> Result<Vec<Word>, CurlProblem> {
    let mut lexer = Lexer { command, at: prompt(command), words: Vec::new(), word: None };
    while lexer.step()? {}
    lexer.end_word();
    Ok(lexer.words)
}

/// Returns the length of a prompt that was copied along.
fn prompt(command: &str) -> usize {
    let start = command.len() - command.trim_start().len();
    let rest = &command[start..];
    let is_prompt = |sign: &&&str| rest.strip_prefix(**sign).is_some_and(|rest| rest.starts_with("curl"));
    ["$ ", "% ", "> ", "# "].iter().find(is_prompt).map_or(start, |sign| start + sign.len())
}

struct Lexer<'a> {
    command: &'a str,
    at: usize,
    words: Vec<Word>,
    /// The word that has begun.
    word: Option<Word>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.command[self.at..]
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn begin(&mut self, at: usize) -> &mut Word {
        self.word.get_or_insert_with(|| Word { at, ..Word::default() })
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    /// Reads one character with what belongs to it; false at the command's end.
    fn step(&mut self) -> Result<bool, CurlProblem> {
        let start = self.at;
        let Some(next) = self.next() else { return Ok(false) };
        match next {
            ' ' | '\t' | '\r' => self.end_word(),
            '\n' => {
                self.end_word();
                return self.end_line();
            }
            '\\' => match self.continuation() {
                Some(length) => self.at += length,
                None => {
                    let Some(escaped) = self.next() else { return Err(Refusal::EscapeAtEnd.at(start)) };
                    self.begin(start).text.push(escaped);
                }
            },
            '\'' => {
                let length = self.rest().find('\'').ok_or(Refusal::OpenQuote('\'').at(start))?;
                let text = self.rest()[..length].to_owned();
                self.begin(start).text.push_str(&text);
                self.at += length + 1;
            }
            '"' => {
                self.begin(start);
                self.double_quotes(start)?;
            }
            '$' => self.dollar(start, false)?,
            '`' => return Err(Refusal::Substitution.at(start)),
            '#' if self.word.is_none() => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            }
            '|' | '&' | ';' | '<' | '>' | '(' | ')' => {
                if matches!(next, '&' | ';') && self.rest().trim().is_empty() {
                    return Ok(false);
                }
                return Err(Refusal::ShellSign(next).at(start));
            }
            other => self.begin(start).text.push(other),
        }
        Ok(true)
    }

    /// Reads the end of a line, behind which nothing but comments may stand once the command has begun.
    fn end_line(&mut self) -> Result<bool, CurlProblem> {
        if self.words.is_empty() {
            return Ok(true);
        }
        let mut at = self.at;
        for line in self.rest().split_inclusive('\n') {
            let content = line.trim_start();
            if !content.is_empty() && !content.starts_with('#') {
                return Err(Refusal::SecondCommand.at(at + line.len() - content.len()));
            }
            at += line.len();
        }
        Ok(false)
    }

    /// Returns the length of a line's end behind a backslash. Blanks before it, which a shell would mind, are the pasting's.
    fn continuation(&self) -> Option<usize> {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        rest[blanks..].starts_with('\n').then_some(blanks + 1)
    }

    fn double_quotes(&mut self, start: usize) -> Result<(), CurlProblem> {
        loop {
            let at = self.at;
            let Some(next) = self.next() else { return Err(Refusal::OpenQuote('"').at(start)) };
            match next {
                '"' => return Ok(()),
                '`' => return Err(Refusal::Substitution.at(at)),
                '$' => self.dollar(at, true)?,
                '\\' => match self.next() {
                    None => return Err(Refusal::OpenQuote('"').at(start)),
                    Some('\n') => {}
                    Some(escaped @ ('$' | '`' | '"' | '\\')) => self.begin(at).text.push(escaped),
                    Some(other) => self.begin(at).text.extend(['\\', other]),
                },
                other => self.begin(at).text.push(other),
            }
        }
    }

    /// Reads what a dollar sign begins: a variable, `$'…'`, or nothing.
    fn dollar(&mut self, start: usize, is_quoted: bool) -> Result<(), CurlProblem> {
        let rest = self.rest();
        if rest.starts_with('(') {
            return Err(Refusal::Substitution.at(start));
        }
        if !is_quoted && rest.starts_with('\'') {
            self.at += 1;
            return self.ansi_quotes(start);
        }
        if !is_quoted && rest.starts_with('"') {
            return Ok(());
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let braced = rest.strip_prefix('{');
        let name = braced.unwrap_or(rest);
        let name = &name[..name.find(|c| !is_name(c)).unwrap_or(name.len())];
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let length = match braced {
            Some(inner) if starts_well && inner[name.len()..].starts_with('}') => name.len() + 2,
            Some(_) => return Err(Refusal::Substitution.at(start)),
            None => name.len(),
        };
        if starts_well {
            let name = name.to_owned();
            let word = self.begin(start);
            let within = word.text.len();
            word.variables.push(Variable { name, within, at: start });
            self.at += length;
        } else {
            self.begin(start).text.push('$');
        }
        Ok(())
    }

    /// Reads `$'…'`, whose escapes may be bytes.
    fn ansi_quotes(&mut self, start: usize) -> Result<(), CurlProblem> {
        let mut bytes = Vec::new();
        loop {
            let at = self.at;
            let Some(next) = self.next() else { return Err(Refusal::OpenQuote('\'').at(start)) };
            match next {
                '\'' => break,
                '\\' => self.ansi_escape(at, start, &mut bytes)?,
                other => push_char(other, &mut bytes),
            }
        }
        let text = String::from_utf8(bytes).map_err(|_| Refusal::NotText.at(start))?;
        self.begin(start).text.push_str(&text);
        Ok(())
    }

    fn ansi_escape(&mut self, at: usize, start: usize, bytes: &mut Vec<u8>) -> Result<(), CurlProblem> {
        let bad = || Refusal::BadEscape.at(at);
        let Some(kind) = self.next() else { return Err(Refusal::OpenQuote('\'').at(start)) };
        match kind {
            'a' => bytes.push(7),
            'b' => bytes.push(8),
            'e' | 'E' => bytes.push(27),
            'f' => bytes.push(12),
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            'v' => bytes.push(11),
            '\\' | '\'' | '"' | '?' => push_char(kind, bytes),
            'x' => bytes.push(self.digits(16, 2).and_then(|code| u8::try_from(code).ok()).ok_or_else(bad)?),
            'u' => {
                let mut code = self.digits(16, 4).ok_or_else(bad)?;
                // Scripts that copy commands write two halves of a pair.
                if (0xd800..0xdc00).contains(&code) && self.rest().starts_with("\\u") {
                    self.at += 2;
                    let low =
                        self.digits(16, 4).filter(|low| (0xdc00..0xe000).contains(low)).ok_or_else(bad)?;
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                push_char(char::from_u32(code).ok_or_else(bad)?, bytes);
            }
            'U' => {
                let code = self.digits(16, 8).ok_or_else(bad)?;
                push_char(char::from_u32(code).ok_or_else(bad)?, bytes);
            }
            '0'..='7' => {
                self.at -= 1;
                bytes.push(self.digits(8, 3).and_then(|code| u8::try_from(code).ok()).ok_or_else(bad)?);
            }
            // As Bash does with what it does not know.
            other => {
                bytes.push(b'\\');
                push_char(other, bytes);
            }
        }
        Ok(())
    }

    /// Reads up to `most` digits; `None` without one.
    fn digits(&mut self, radix: u32, most: usize) -> Option<u32> {
        let count = self.rest().chars().take(most).take_while(|c| c.is_digit(radix)).count();
        let code = u32::from_str_radix(&self.rest()[..count], radix).ok()?;
        self.at += count;
        Some(code)
    }
}

fn push_char(c: char, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}
