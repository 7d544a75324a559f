//! The patterns of rules: built-in ones, and those made of a person's words and hosts.

use super::fold::plain;
use super::machine::{Edge, Machine, Terms};
use super::problem::TextProblem;
use super::verify::Check;
use crate::messages::guard;
use std::rc::Rc;

/// The most characters of a pattern.
const LONGEST_PATTERN: usize = 4_000;
/// The most characters of a word or phrase.
const LONGEST_WORDS: usize = 200;

const EMAIL: &str = r"[A-Za-z0-9\x{c0}-\x{24f}][A-Za-z0-9._%+'\-\x{c0}-\x{24f}]{0,63}@(?:[A-Za-z0-9\-\x{c0}-\x{24f}]{1,63}\.)+[A-Za-z]{2,24}";

const PHONES: [&str; 3] = [
    r"(?:\+|00)[1-9](?:[ ()./\-]{0,3}[0-9]){6,14}",
    r"\(?[2-9][0-9]{2}\)?[ .\-]{1,2}[0-9]{3}[ .\-][0-9]{4}",
    r"\(?0[1-9][0-9]{1,4}\)?[ /\-]{1,3}[0-9](?:[ \-]?[0-9]){4,9}",
];

const CARD: &str = r"[0-9](?:[ .\-]?[0-9]){11,18}";

const IBAN: &str = r"[A-Za-z]{2}[0-9]{2}(?:[ \-]?[A-Za-z0-9]){11,30}";

const SECRETS: [&str; 4] = [
    r"sk-[A-Za-z0-9_\-]{20,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_\-]{35}|ya29\.[0-9A-Za-z_\-]{20,}",
    r"gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_\-]{20,}|xox[abeoprs]-[A-Za-z0-9\-]{10,}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36,}|pypi-[A-Za-z0-9_\-]{50,}",
    r"eyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}|SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}",
    r"-----BEGIN[A-Z\x20]{0,30}\x20PRIVATE\x20KEY-----[A-Za-z0-9+/=\s\\]*(?:-----END[A-Z\x20]{0,30}\x20PRIVATE\x20KEY-----)?",
];

const LINK: &str =
    r#"(?:(?-u:\b)(?i-u:https?):[/\\]{0,8}|(?-u:\B)[/\\]{2,8}|(?-u:\b)(?i-u:www)\.)[^\s/\\?#<>"`\x00-\x20]+"#;
/// The most bytes of a link's beginning up to the end of its host.
const LONGEST_AUTHORITY: usize = 300;
/// The most bytes of a card's number with what divides it.
const LONGEST_CARD: usize = 40;
/// The most bytes of an account number with what divides it.
const LONGEST_IBAN: usize = 70;

/// Makes the automata of several patterns under the same terms.
fn machines(patterns: &[&str], terms: &Terms) -> Result<Vec<Machine>, TextProblem> {
    patterns.iter().map(|pattern| Machine::new(pattern, terms.clone())).collect()
}

/// Makes the automata that find e-mail addresses.
pub(super) fn email() -> Result<Vec<Machine>, TextProblem> {
    machines(&[EMAIL], &Terms { before: Edge::NoWord, ..Terms::default() })
}

/// Makes the automata that find telephone numbers.
pub(super) fn phone() -> Result<Vec<Machine>, TextProblem> {
    machines(&PHONES, &Terms { before: Edge::NoWord, behind: Edge::NoDigit, ..Terms::default() })
}

/// Makes the automata that find card numbers.
pub(super) fn card() -> Result<Vec<Machine>, TextProblem> {
    let check = Some((Check::Card, LONGEST_CARD));
    machines(&[CARD], &Terms { before: Edge::NoDigit, behind: Edge::NoDigit, check, ..Terms::default() })
}

/// Makes the automata that find account numbers.
pub(super) fn iban() -> Result<Vec<Machine>, TextProblem> {
    let check = Some((Check::Iban, LONGEST_IBAN));
    machines(&[IBAN], &Terms { before: Edge::NoWord, behind: Edge::NoWord, check, ..Terms::default() })
}

/// Makes the automata that find keys and tokens.
pub(super) fn secrets() -> Result<Vec<Machine>, TextProblem> {
    machines(&SECRETS, &Terms { before: Edge::NoWord, ..Terms::default() })
}

/// Makes the automata that find links to other hosts than those of the list.
pub(super) fn links(list: &str) -> Result<Vec<Machine>, TextProblem> {
    let check = Some((Check::Foreign(hosts(list)?), LONGEST_AUTHORITY));
    machines(&[LINK], &Terms { check, has_tail: true, ..Terms::default() })
}

/// Makes the automaton of a person's pattern.
pub(super) fn own(pattern: &str) -> Result<Vec<Machine>, TextProblem> {
    if pattern.is_empty() {
        return Err(TextProblem::new(guard::NO_PATTERN));
    }
    if LONGEST_PATTERN < pattern.chars().count() {
        return Err(TextProblem::at(LONGEST_PATTERN, guard::long_pattern(LONGEST_PATTERN)));
    }
    machines(&[pattern], &Terms::default())
}

/// Makes the automaton of a list of words and phrases. A blank in one stands for any.
pub(super) fn words(list: &str) -> Result<Vec<Machine>, TextProblem> {
    let mut choices = Vec::new();
    for (at, line) in lines(list) {
        if LONGEST_WORDS < line.chars().count() {
            return Err(TextProblem::at(at, guard::long_words(LONGEST_WORDS)));
        }
        let folded: String = line.chars().filter_map(plain).collect();
        choices.push(choice(line));
        if folded != line && !folded.trim().is_empty() {
            choices.push(choice(&folded));
        }
    }
    if choices.is_empty() {
        return Err(TextProblem::new(guard::NO_WORDS));
    }
    let pattern = format!("(?i:{})", choices.join("|"));
    let machine = Machine::new(&pattern, Terms::default());
    machine.map(|machine| vec![machine]).map_err(|_| TextProblem::new(guard::MANY_WORDS))
}

/// Returns the pattern of a phrase. Blanks of other kinds are folded to one of ASCII.
fn choice(phrase: &str) -> String {
    phrase.split_whitespace().map(regex_syntax::escape).collect::<Vec<_>>().join(r"(?-u:\s){1,8}")
}

/// Returns the lines that say something, each with its place in characters.
fn lines(list: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in list.split('\n') {
        let blanks = line.chars().take_while(|c| c.is_whitespace()).count();
        if !line.trim().is_empty() {
            lines.push((at + blanks, line.trim()));
        }
        at += line.chars().count() + 1;
    }
    lines
}

/// Reads a list of hosts.
fn hosts(list: &str) -> Result<Rc<[String]>, TextProblem> {
    let hosts = lines(list).into_iter().map(|(at, line)| {
        let host = line.strip_prefix("*.").unwrap_or(line).trim_end_matches('.').to_lowercase();
        let is_label = |label: &str| {
            let is_sign = |c: char| c.is_alphanumeric() || c == '-';
            !label.is_empty()
                && label.chars().all(is_sign)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_host = host.len() <= 253 && host.split('.').all(is_label);
        is_host.then_some(host).ok_or_else(|| TextProblem::at(at, guard::BAD_HOST))
    });
    hosts.collect()
}

/// Reads the most characters of an answer.
pub(super) fn length(text: &str) -> Result<usize, TextProblem> {
    let number = text.trim();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let most = if is_number { number.parse().ok() } else { None };
    most.filter(|most| 0 < *most).ok_or_else(|| TextProblem::new(guard::BAD_LENGTH))
}
