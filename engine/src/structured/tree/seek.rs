//! [`Seeker`] looks for the place where JSON begins among words.

/// Where JSON may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// There is nothing before it but blanks, or a fence begins there.
    Start,
    /// There are words before it.
    Words,
}

/// The state of looking for JSON.
#[derive(Debug)]
pub(super) struct Seeker {
    /// Whether nothing but blanks came since the text or a fence began.
    is_fresh: bool,
    /// Whether only the beginning of a line will do: JSON that broke off came before.
    is_strict: bool,
    line: usize,
}

impl Seeker {
    /// Creates the state at the beginning of a text.
    pub(super) fn new() -> Seeker {
        Seeker { is_fresh: true, is_strict: false, line: 0 }
    }

    /// Goes on behind something that was no JSON after all.
    pub(super) fn go_on(&mut self, is_strict: bool) {
        self.is_fresh = false;
        self.is_strict = is_strict;
    }

    /// Takes a byte; says whether JSON may begin with it.
    pub(super) fn push(&mut self, text: &str, at: usize) -> Option<Origin> {
        match text.as_bytes()[at] {
            b'\n' => {
                let line = text.get(self.line..at).unwrap_or_default();
                self.is_fresh = fence(line).is_some() || (self.is_fresh && line.trim().is_empty());
                self.line = at + 1;
                None
            }
            b' ' | b'\t' | b'\r' => None,
            b'{' | b'[' if self.is_fresh => Some(Origin::Start),
            b'{' | b'[' if !self.is_strict || at == self.line => Some(Origin::Words),
            b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if self.is_fresh => Some(Origin::Start),
            _ => {
                self.is_fresh = false;
                None
            }
        }
    }

    /// Notes a line's end that was read as part of JSON.
    pub(super) fn end_line(&mut self, at: usize) {
        self.line = at + 1;
    }
}

/// Returns what stands behind the signs of a fence, if the line is one.
pub(super) fn fence(line: &str) -> Option<&str> {
    let line = line.trim();
    ["```", "~~~"]
        .iter()
        .find_map(|sign| line.strip_prefix(sign))
        .map(|rest| rest.trim_matches(['`', '~', ' ']))
}
