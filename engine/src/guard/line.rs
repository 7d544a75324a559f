//! [`Line`] reads the beginning of a line of Markdown: how far it is indented, whether a fence stands there.

/// A line, as far as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The columns before its first sign.
    pub(super) indent: usize,
    /// The first sign.
    pub(super) first: Option<char>,
    /// The bytes before what may be a fence.
    pub(super) before: usize,
    /// The sign that may be a fence, and how often it stands there in a row.
    run: Option<(char, usize)>,
    /// Whether more stands behind these than blanks.
    has_more: bool,
    /// Whether a backtick is among that.
    has_tick: bool,
}

impl Line {
    /// Reads a character that is no line end.
    pub(super) fn push(&mut self, c: char) {
        match (c, self.first) {
            (' ', None) => self.indent += 1,
            ('\t', None) => self.indent += 4 - self.indent % 4,
            ('\r', None) => {}
            (_, None) => self.first = Some(c),
            (_, Some(_)) => {}
        }
        match self.run {
            None if c == '`' || c == '~' => self.run = Some((c, 1)),
            // What stands before a fence within quotes and lists.
            None if " \t\r>-+*.)0123456789".contains(c) => self.before += 1,
            None => self.run = Some(('\0', 0)),
            Some((sign, count)) if sign == c && !self.has_more => self.run = Some((sign, count + 1)),
            Some(_) => {
                self.has_more |= !c.is_whitespace();
                self.has_tick |= c == '`';
            }
        }
    }

    /// Returns whether nothing stands there.
    pub(super) fn is_blank(&self) -> bool {
        self.first.is_none()
    }

    /// Returns whether a fence may come to stand there.
    pub(super) fn may_be_fence(&self) -> bool {
        let is_short = self.run.is_some_and(|(sign, count)| sign != '\0' && count < 3 && !self.has_more);
        is_short || self.fence().is_some()
    }

    /// Returns the fence that stands there.
    pub(super) fn fence(&self) -> Option<(char, usize)> {
        self.run.filter(|(sign, count)| *sign != '\0' && 3 <= *count && !(*sign == '`' && self.has_tick))
    }

    /// Returns whether it closes that fence.
    pub(super) fn closes(&self, (sign, count): (char, usize)) -> bool {
        !self.has_more && self.run.is_some_and(|(own, length)| own == sign && count <= length)
    }
}
