//! Formula completion closes formulas that are open, and tells them from amounts of money, variables and text in
//! brackets.

use super::super::super::tex::{self, Dollar, Next};
use super::{LONGEST_DOUBT, LONGEST_SPAN, Scan};

/// A formula behind one dollar sign that stays open for longer is none.
const LONGEST_FORMULA: usize = 200;

/// A bit of [`Scan::unmatched_formulas`].
const DOLLARS: u8 = 2;
const ROUND: u8 = 4;
const SQUARE: u8 = 8;
const ENVIRONMENT: u8 = 16;

impl Scan<'_> {
    pub(super) fn dollars(&mut self, at: usize) {
        let length = 1 + usize::from(self.source[at + 1..self.end].starts_with('$'));
        let inside = at + length;
        let rest = &self.source[inside..self.end];
        self.at = inside;
        if rest.is_empty() {
            self.end = at;
        } else if length == 1 {
            self.dollar(at, rest);
        } else if self.unmatched_formulas & DOLLARS == 0 {
            if let Some(after) = self.find_run(inside, b'$', length) {
                self.at = after;
            } else if rest.len() <= LONGEST_SPAN {
                self.open_formula(at, inside, complete_tex(rest.trim_end_matches('$')), "$$");
            } else {
                self.unmatched_formulas |= DOLLARS;
            }
        }
    }

    /// Reads a formula behind one dollar sign, or an amount of money, or the name of a variable.
    fn dollar(&mut self, at: usize, rest: &str) {
        match tex::dollar(rest) {
            // By what comes behind it the second sign may turn out to close nothing.
            Dollar::Formula(length) if length + 1 == rest.len() && tex::may_be_amount(&rest[..length]) => {
                self.end = at;
            }
            Dollar::Formula(length) => self.at = at + length + 2,
            Dollar::Amount | Dollar::Text | Dollar::Nested => {}
            Dollar::Open => match may_be_formula(rest) {
                Some(true) => self.open_formula(at, at + 1, complete_tex(rest), "$"),
                Some(false) => {}
                None => self.end = at,
            },
        }
    }

    /// Closes a formula behind as much of it as can be shown.
    fn open_formula(&mut self, at: usize, inside: usize, content: &str, closer: &str) {
        if content.is_empty() {
            self.end = at;
        } else {
            self.end = inside + content.len();
            self.closer = closer.to_owned();
        }
        self.at = self.end;
    }

    /// Reads a formula in an environment, and returns whether there is one at `at`.
    pub(super) fn environment(&mut self, at: usize) -> bool {
        let rest = &self.source[at..self.end];
        if self.unmatched_formulas & ENVIRONMENT != 0 {
            return false;
        }
        let Some(environment) = tex::environment(rest) else { return false };
        match environment.length {
            Some(length) => self.at += length,
            None if LONGEST_SPAN < rest.len() => {
                self.unmatched_formulas |= ENVIRONMENT;
                return false;
            }
            None => {
                // The beginning of its end may be there already.
                let content = rest.rfind('\\').filter(|last| rest[*last..].len() < "\\end{".len() + 24);
                let is_end = |last: &usize| {
                    "\\end{".starts_with(&rest[*last..]) || rest[*last..].starts_with("\\end{")
                };
                let content =
                    content.filter(|last| 0 < *last && is_end(last)).map_or(rest, |last| &rest[..last]);
                let closer = format!("\\end{{{}}}", environment.name);
                self.open_formula(at, at, without_half_escape(content), &closer);
            }
        }
        true
    }

    /// Reads a formula in the delimiters of TeX. What can be none is text in brackets.
    pub(super) fn brackets(&mut self, at: usize) {
        let (close, kind) = if self.bytes[at + 1] == b'(' { (b')', ROUND) } else { (b']', SQUARE) };
        let inside = at + 2;
        let rest = &self.source[inside..self.end];
        self.at = inside;
        if self.unmatched_formulas & kind != 0 {
            return;
        }
        match tex::next_delimiter(rest, self.bytes[at + 1], close) {
            Next::Closes(length) => {
                self.at += if tex::is_tex(&rest[..length], kind == SQUARE) { length + 2 } else { 0 };
                return;
            }
            Next::Opens => return,
            Next::Missing => {}
        }
        // The first half of the closing delimiter may be there already.
        let content = without_half_escape(rest);
        if tex::is_tex(content, kind == SQUARE) && rest.len() <= LONGEST_SPAN {
            self.open_formula(at, inside, content, &format!("\\{}", char::from(close)));
        } else if rest.len() <= LONGEST_DOUBT {
            self.end = at;
        } else {
            self.unmatched_formulas |= kind;
        }
    }
}

/// Returns whether `rest`, behind one dollar sign, begins a formula; none while it could be anything.
fn may_be_formula(rest: &str) -> Option<bool> {
    let word = rest.find(char::is_whitespace).map_or(rest, |end| &rest[..end]);
    let is_ended = word.len() < rest.len();
    if word.is_empty() || LONGEST_FORMULA < rest.len() {
        return Some(false);
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let command = rest[word.len()..].trim_start().strip_prefix('\\').unwrap_or_default();
        let is_formula = word.contains(['\\', '^', '_', '=', '{'])
            || command.starts_with(|c: char| c.is_ascii_alphabetic());
        return if is_formula || is_ended || LONGEST_DOUBT < rest.len() { Some(is_formula) } else { None };
    }
    if tex::is_tex(rest, true) {
        return Some(true);
    }
    let is_word = |word: &str| 1 < word.len() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let has_words = rest.split_whitespace().skip(1).any(is_word);
    if has_words || LONGEST_DOUBT < rest.len() { Some(false) } else { None }
}

/// Returns `content` up to where a brace in it is open: a dollar sign inside of braces ends no formula around them.
fn complete_tex(content: &str) -> &str {
    let mut open = Vec::new();
    let mut escaped = false;
    for (at, byte) in content.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => open.push(at),
            b'}' => drop(open.pop()),
            _ => {}
        }
    }
    without_half_escape(open.first().map_or(content, |at| &content[..*at]))
}

/// Returns `content` without blanks and backslashes at its end that would escape what closes it.
fn without_half_escape(mut content: &str) -> &str {
    loop {
        content = content.trim_end();
        let backslashes = content.len() - content.trim_end_matches('\\').len();
        if backslashes.is_multiple_of(2) {
            return content;
        }
        content = &content[..content.len() - 1];
    }
}
