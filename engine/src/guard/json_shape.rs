//! [`JsonShape`] says whether a text can be the beginning of JSON, character by character.

/// The deepest nesting.
const DEEPEST: usize = 128;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    /// A value, or the end of an empty list.
    FirstItem,
    /// A key, or the end of an empty object.
    FirstKey,
    Key,
    Colon,
    /// A comma or an end; nothing but blanks at the outermost level.
    More,
}

/// What is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
    Nothing,
    /// A string; whether it is a key.
    String(bool),
    /// Behind a backslash, in a string that is a key or not.
    Escape(bool),
    /// So many hexadecimal digits are left.
    Digits(bool, u8),
    /// The rest of a word.
    Word(&'static str),
    Number(String),
}

/// Follows JSON.
#[derive(Debug)]
pub(super) struct JsonShape {
    expect: Expect,
    reading: Reading,
    /// For each level whether it is an object.
    levels: Vec<bool>,
}

impl JsonShape {
    /// Creates the shape before any text.
    pub(super) fn new() -> JsonShape {
        JsonShape { expect: Expect::Value, reading: Reading::Nothing, levels: Vec::new() }
    }

    /// Reads a character. Returns whether it can stand there.
    pub(super) fn push(&mut self, c: char) -> bool {
        match std::mem::replace(&mut self.reading, Reading::Nothing) {
            Reading::Nothing => return self.next(c),
            Reading::String(is_key) => match c {
                '"' => self.expect = if is_key { Expect::Colon } else { Expect::More },
                '\\' => self.reading = Reading::Escape(is_key),
                '\0'..='\u{1f}' => return false,
                _ => self.reading = Reading::String(is_key),
            },
            Reading::Escape(is_key) => match c {
                'u' => self.reading = Reading::Digits(is_key, 4),
                '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => self.reading = Reading::String(is_key),
                _ => return false,
            },
            Reading::Digits(is_key, left) => {
                let next =
                    if left == 1 { Reading::String(is_key) } else { Reading::Digits(is_key, left - 1) };
                self.reading = next;
                return c.is_ascii_hexdigit();
            }
            Reading::Word(rest) => {
                let Some(rest) = rest.strip_prefix(c) else { return false };
                if rest.is_empty() {
                    self.expect = Expect::More;
                } else {
                    self.reading = Reading::Word(rest);
                }
            }
            Reading::Number(number) => {
                if !c.is_ascii_digit() && !"+-.eE".contains(c) {
                    self.expect = Expect::More;
                    return is_number(&number) && self.next(c);
                }
                return self.read_number(number, c);
            }
        }
        true
    }

    /// Returns whether what was read is JSON and whole.
    pub(super) fn is_whole(&self) -> bool {
        let has_ended = match &self.reading {
            Reading::Nothing => self.expect == Expect::More,
            Reading::Number(number) => is_number(number),
            Reading::String(_) | Reading::Escape(_) | Reading::Digits(..) | Reading::Word(_) => false,
        };
        has_ended && self.levels.is_empty()
    }

    /// Reads a character between values.
    fn next(&mut self, c: char) -> bool {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            return true;
        }
        match (self.expect, c) {
            (Expect::FirstItem, ']') | (Expect::FirstKey, '}') => self.close(c),
            (Expect::Value | Expect::FirstItem, _) => self.begin(c),
            (Expect::Key | Expect::FirstKey, '"') => {
                self.reading = Reading::String(true);
                true
            }
            (Expect::Colon, ':') => {
                self.expect = Expect::Value;
                true
            }
            (Expect::More, ',') => match self.levels.last() {
                Some(true) => {
                    self.expect = Expect::Key;
                    true
                }
                Some(false) => {
                    self.expect = Expect::Value;
                    true
                }
                None => false,
            },
            (Expect::More, ']' | '}') => self.close(c),
            (Expect::FirstKey | Expect::Key | Expect::Colon | Expect::More, _) => false,
        }
    }

    fn close(&mut self, c: char) -> bool {
        self.expect = Expect::More;
        self.levels.pop() == Some(c == '}')
    }

    fn begin(&mut self, c: char) -> bool {
        match c {
            '{' | '[' => {
                self.levels.push(c == '{');
                self.expect = if c == '{' { Expect::FirstKey } else { Expect::FirstItem };
                return self.levels.len() <= DEEPEST;
            }
            '"' => self.reading = Reading::String(false),
            't' => self.reading = Reading::Word("rue"),
            'f' => self.reading = Reading::Word("alse"),
            'n' => self.reading = Reading::Word("ull"),
            '-' | '0'..='9' => return self.read_number(String::new(), c),
            _ => return false,
        }
        true
    }

    fn read_number(&mut self, mut number: String, c: char) -> bool {
        number.push(c);
        // Digits of an endless number need not be kept: those behind one are as good as one.
        if 2 < number.len() && number.ends_with(|c: char| c.is_ascii_digit()) {
            let before = number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let kept = if number[before..].starts_with('0') { 2 } else { 1 };
            number.truncate(number.len().min(before + kept));
        }
        let can_be = is_number(&number) || is_number(&format!("{number}0"));
        self.reading = Reading::Number(number);
        can_be
    }
}

/// Returns whether a text is a number of JSON.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    is_whole && fraction.is_none_or(are_digits) && exponent.is_none_or(are_digits)
}
