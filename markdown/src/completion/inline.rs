//! Inline completion closes the emphasis, code spans and links that are open in a leaf block's text.

mod formula;

use super::super::flanking::{flanks, is_punctuation};
use super::super::parse::{sorted, tags};

/// Writes `source`, the text of one leaf block, to `out` as it will probably end. Says whether that differs, and adds to
/// `looked` how many bytes were looked at.
///
/// `may_define` says that the block is a paragraph, which may turn out to be a definition.
pub(super) fn close_inline(source: &str, may_define: bool, out: &mut String, looked: &mut usize) -> bool {
    let fuel = SEARCHES * (source.len() + LONGEST_SPAN);
    let mut scan = Scan {
        fuel,
        source,
        may_define,
        bytes: source.as_bytes(),
        at: 0,
        end: source.len(),
        openers: Vec::new(),
        brackets: 0,
        dropped: Vec::new(),
        closer: String::new(),
        unmatched_ticks: 0,
        unmatched_angle: false,
        unmatched_formulas: 0,
    };
    while scan.at < scan.end {
        scan.step();
    }
    *looked += source.len() + fuel - scan.fuel;
    scan.write(out)
}

/// A mark that waits for its other half.
struct Opener {
    at: usize,
    mark: u8,
    length: usize,
}

struct Scan<'a> {
    source: &'a str,
    may_define: bool,
    bytes: &'a [u8],
    at: usize,
    /// The place behind which all is held back.
    end: usize,
    openers: Vec<Opener>,
    /// Number of them that are square brackets.
    brackets: usize,
    /// Number of bytes and marks that may still be looked at beside the scan itself. Text that is made to be searched
    /// again and again uses it up, and nothing more is found in it.
    fuel: usize,
    /// Marks that are held back, in order.
    dropped: Vec<(usize, usize)>,
    /// Closes a code span or formula, inside of which nothing else counts.
    closer: String,
    /// A bit for each length of a run of backticks that has no match ahead: the search is done once.
    unmatched_ticks: u64,
    unmatched_angle: bool,
    /// The openings of formulas without an end, a bit each: two dollar signs, a round bracket, a square one.
    unmatched_formulas: u8,
}

/// Brackets that stay open for longer are just brackets.
const LONGEST_LABEL: usize = 300;

/// Other marks that stay open for longer are just characters.
const LONGEST_SPAN: usize = 2_000;

/// Number of times that the searches of one scan may look at the text, all in all.
const SEARCHES: usize = 3;

/// The most bytes that are held back because they may be shown or not, by what comes behind them.
const LONGEST_DOUBT: usize = 40;

/// An entity such as `&nbsp;` is held back until it is complete, when it is this short.
const LONGEST_ENTITY: usize = 8;

impl Scan<'_> {
    fn step(&mut self) {
        let at = self.at;
        match self.bytes[at] {
            b'\\' => self.escape(at),
            b'`' => self.ticks(at),
            b'$' => self.dollars(at),
            b'<' => self.angle(at),
            b'&' => self.entity(at),
            b'!' if at + 1 == self.end => self.end = at,
            b'!' if self.bytes[at + 1] == b'[' => self.bracket(at, 2),
            b'[' => self.bracket(at, 1),
            b']' => self.close_bracket(at),
            mark @ (b'*' | b'_' | b'~') => self.run(at, mark),
            _ => self.at += 1,
        }
    }

    fn escape(&mut self, at: usize) {
        // At a line's end it is a break, once there is another line.
        if self.source[at + 1..self.end].trim_start().is_empty() {
            self.end = at;
        }
        if self.environment(at) {
            return;
        }
        if let Some(b'(' | b'[') = self.bytes.get(at + 1) {
            return self.brackets(at);
        }
        self.at += if self.bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) { 2 } else { 1 };
    }

    fn ticks(&mut self, at: usize) {
        let length = self.run_length(at, b'`');
        let inside = at + length;
        let bit = 1_u64.checked_shl(length as u32).unwrap_or(0);
        if inside == self.end {
            self.end = at;
        } else if bit == 0 || self.unmatched_ticks & bit != 0 {
            self.at = inside;
        } else if let Some(after) = self.find_run(inside, b'`', length) {
            self.at = after;
        } else if LONGEST_SPAN < self.end - inside {
            self.unmatched_ticks |= bit;
            self.at = inside;
        } else {
            // The first ticks of the closing run may be there already, and a blank at the end is none between ticks.
            let content = self.source[inside..self.end].trim_end_matches(['`', ' ', '\n']);
            if content.is_empty() {
                self.end = at;
            } else {
                self.end = inside + content.len();
                self.closer = "`".repeat(length);
            }
            self.at = self.end;
        }
    }

    fn angle(&mut self, at: usize) {
        let rest = &self.source[at + 1..self.end];
        let begins = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        self.at += 1;
        if rest.is_empty() {
            self.end = at;
        } else if begins && !self.unmatched_angle {
            if let Some(close) = memchr::memchr(b'>', rest.as_bytes()) {
                self.at = at + close + 2;
                self.tag(at, close + 2);
            } else {
                self.unmatched_angle = true;
                let is_word = !rest.contains(char::is_whitespace);
                if is_word && rest.contains([':', '@']) {
                    // An address, which is shown without its brackets.
                    self.dropped.push((at, at + 1));
                    self.at = self.end;
                } else if is_word && rest.len() <= LONGEST_DOUBT {
                    self.end = at;
                }
            }
        }
    }

    /// Reads a tag that makes an element until its other half comes, or that other half.
    fn tag(&mut self, at: usize, length: usize) {
        let source = self.source;
        let tag = &source[at..at + length];
        if tags::is_known(tag) {
            self.openers.push(Opener { at, mark: b'<', length });
        } else if let Some(name) = tag.strip_prefix("</") {
            let begins = |opener: &Opener| opener.mark == b'<' && source[opener.at + 1..].starts_with(name);
            let nearest = self.openers.iter().rev().take(self.fuel);
            let above = nearest.take_while(|opener| !begins(opener) && opener.mark != b'[').count();
            self.fuel = self.fuel.saturating_sub(above);
            let index = self.openers.len().checked_sub(above + 1);
            if let Some(index) = index.filter(|index| begins(&self.openers[*index])) {
                self.openers.truncate(index);
            }
        }
    }

    fn entity(&mut self, at: usize) {
        let name = &self.bytes[at + 1..self.end];
        if name.len() <= LONGEST_ENTITY && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#') {
            self.end = at;
        }
        self.at += 1;
    }

    fn bracket(&mut self, at: usize, length: usize) {
        self.openers.push(Opener { at, mark: b'[', length });
        self.brackets += 1;
        self.at += length;
    }

    fn close_bracket(&mut self, at: usize) {
        self.at += 1;
        if self.brackets == 0 {
            return;
        }
        let Some(index) = self.openers.iter().rposition(|opener| opener.mark == b'[') else { return };
        let Some(open) = self.openers.drain(index..).next() else { return };
        self.brackets -= 1;
        let rest = &self.source[at + 1..self.end];
        let window = &rest.as_bytes()[..rest.len().min(LONGEST_SPAN).min(self.fuel)];
        let complete = match rest.bytes().next() {
            None => None,
            Some(b'(') => self.spent(window.len(), destination_end(window)),
            Some(b'[') => self.spent(window.len(), memchr::memchr(b']', window).map(|end| end + 1)),
            Some(b':') if open.at == 0 && !rest.contains('\n') => {
                // A definition, which is not shown.
                self.end = 0;
                None
            }
            Some(_) => return,
        };
        match complete {
            Some(length) => self.at += length,
            None if LONGEST_SPAN < rest.len() => {}
            None if rest.is_empty() && self.is_doubtful(&open) => {
                // Within a line nothing behind it changes the mark of a footnote.
                if self.bytes[open.at + 1] != b'^' || self.begins_line(open.at) {
                    self.end = open.at;
                }
            }
            None => {
                // Text only, until the address is complete.
                self.dropped.push((open.at, open.at + open.length));
                self.end = self.end.min(at);
            }
        }
    }

    /// Returns whether what stands behind an opening bracket is less likely a link's text than a footnote's label, the
    /// number of a source, an index or the label of a definition: these are shown once they are complete.
    fn is_doubtful(&self, open: &Opener) -> bool {
        let label = self.source.get(open.at + open.length..self.end).unwrap_or_default();
        let label = label.strip_suffix(']').unwrap_or(label);
        let is_index = self.source[..open.at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_number = label.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' '));
        label.len() <= LONGEST_DOUBT
            && open.length == 1
            && (label.starts_with('^') || is_number || is_index || (self.may_define && open.at == 0))
    }

    /// Returns whether nothing but blanks and the marks of quotes stands before `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.source[..at].trim_end_matches([' ', '\t', '>']);
        before.is_empty() || before.ends_with('\n')
    }

    fn run(&mut self, at: usize, mark: u8) {
        let mut length = self.run_length(at, mark);
        let after = at + length;
        self.at = after;
        if after == self.end {
            self.end = at;
            return;
        }
        let before = self.source[..at].chars().next_back().unwrap_or(' ');
        let next = self.source[after..].chars().next().unwrap_or(' ');
        let (left, right) = flanks(mark, before, next);
        let within = mark == b'_';
        // A star multiplies behind a digit and stands for any name before a dot; one tilde alone says about how many.
        // They are marks once they are closed.
        let is_sign = match mark {
            b'*' => before.is_ascii_digit() || matches!(next, '.' | '/'),
            _ => mark == b'~' && length == 1,
        };
        let opens = left && !is_sign && (!within || !right || is_punctuation(before));
        let closes = right && (!within || !left || is_punctuation(next));
        while closes && 0 < length {
            let nearest = self.openers.iter().rev().take(self.fuel);
            let above = nearest.take_while(|opener| opener.mark != mark && opener.mark != b'[').count();
            self.fuel = self.fuel.saturating_sub(above);
            let index = self.openers.len().checked_sub(above + 1);
            let Some(index) = index.filter(|index| self.openers[*index].mark == mark) else { break };
            let used = length.min(self.openers[index].length).min(2);
            length -= used;
            self.openers[index].length -= used;
            let keep = if self.openers[index].length == 0 { index } else { index + 1 };
            self.openers.truncate(keep);
        }
        if opens && 0 < length && (mark != b'~' || length <= 2) {
            self.openers.push(Opener { at: after - length, mark, length });
        }
    }

    /// Puts the text together, without what is held back and with what is missing.
    fn write(mut self, out: &mut String) -> bool {
        let old = |opener: &Opener| {
            let limit = if opener.mark == b'[' { LONGEST_LABEL } else { LONGEST_SPAN };
            limit < self.source.len() - opener.at
        };
        self.openers.retain(|opener| !old(opener));
        let is_held = |opener: &&Opener| opener.mark == b'[' && self.is_doubtful(opener);
        let held_from = self.openers.iter().find(is_held).map_or(self.end, |opener| opener.at);
        // Marks with nothing behind them are held back too.
        let mut end = self.end.min(held_from);
        loop {
            end = self.source[..end].trim_end().len();
            match self.openers.last() {
                Some(opener) if end <= opener.at + opener.length => {
                    end = end.min(opener.at);
                    self.openers.pop();
                }
                Some(opener) => {
                    // A mark that stands alone would become one with those that close.
                    let rest = self.source[..end].trim_end_matches(char::from(opener.mark));
                    if opener.mark == b'[' || rest.len() == end || !rest.ends_with(char::is_whitespace) {
                        break;
                    }
                    end = rest.len();
                }
                None => break,
            }
        }
        let held = end < self.source.trim_end().len();
        for opener in self.openers.iter().filter(|opener| opener.mark == b'[') {
            self.dropped.push((opener.at, opener.at + opener.length));
        }
        self.dropped = sorted(self.dropped);
        let changed = held || !self.openers.is_empty() || !self.dropped.is_empty() || !self.closer.is_empty();
        if !changed {
            out.push_str(self.source);
            return false;
        }
        let mut from = 0;
        for (start, after) in self.dropped {
            if start < end {
                out.push_str(&self.source[from..start]);
                from = after;
            }
        }
        out.push_str(&self.source[from.min(end)..end]);
        out.push_str(&self.closer);
        for opener in self.openers.iter().rev().filter(|opener| opener.mark != b'[') {
            if opener.mark == b'<' {
                out.extend(["</", &self.source[opener.at + 1..opener.at + opener.length]]);
            } else {
                out.extend(std::iter::repeat_n(char::from(opener.mark), opener.length));
            }
        }
        true
    }

    fn run_length(&self, at: usize, mark: u8) -> usize {
        self.bytes[at..self.end].iter().take_while(|byte| **byte == mark).count()
    }

    /// Returns the end of the next run of exactly `length` marks from `from` on.
    fn find_run(&mut self, from: usize, mark: u8, length: usize) -> Option<usize> {
        let mut at = from;
        let last = self.end.min(from + self.fuel);
        while let Some(found) = memchr::memchr(mark, &self.bytes[at.min(last)..last]) {
            let run = self.run_length(at + found, mark);
            at += found + run;
            if run == length {
                return self.spent(last - from, Some(at - from)).map(|length| from + length);
            }
        }
        self.spent(last - from, None)
    }

    /// Uses up what a search looked at: what it found, or all of its window.
    fn spent(&mut self, window: usize, found: Option<usize>) -> Option<usize> {
        self.fuel = self.fuel.saturating_sub(found.unwrap_or(window));
        found
    }
}

/// Returns the length of `(address "title")` at the beginning of `rest`; none while it is open.
fn destination_end(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth <= 1 => return Some(index + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}
