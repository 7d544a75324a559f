//! Finds the fences of code blocks, and those inside of a block that is labelled as Markdown.
//!
//! CommonMark ends a block at the next fence without an info string. Models write whole files of Markdown between two
//! fences of three backticks, with blocks of code in them; so in a block labelled `markdown` or `md` a fence with an info
//! string opens a block, which its own closing fence ends.

/// The shape of a code block's opening fence, and what its lines opened inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    indent: usize,
    mark: char,
    length: usize,
    /// Length of the fence that is open inside of a block labelled as Markdown, zero for none.
    inner: Option<usize>,
}

impl Fence {
    /// Reads an opening fence in `line`, from where its container's content begins.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mark = line.trim_start_matches(' ').chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let (indent, length, info) = run(line, mark)?;
        let label = info.split_whitespace().next().unwrap_or_default();
        let is_markdown = ["markdown", "md"].iter().any(|name| name.eq_ignore_ascii_case(label));
        Some(Self { indent, mark, length, inner: is_markdown.then_some(0) })
    }

    /// Returns the character that it is made of.
    pub(super) fn mark(&self) -> char {
        self.mark
    }

    /// Returns whether a block is open inside, so that no fence ends this one.
    pub(super) fn is_inside(&self) -> bool {
        self.inner.is_some_and(|inner| 0 < inner)
    }

    /// Returns whether the parser takes `line`, in no container, for the end of the block.
    pub(super) fn is_ended_by(&self, line: &str) -> bool {
        let is_bare = line.trim_end_matches('\n').trim_end_matches(' ').ends_with(self.mark);
        is_bare
            && run(line, self.mark).is_some_and(|(_, length, info)| info.is_empty() && self.length <= length)
    }

    /// Takes in a line of the block's content.
    pub(super) fn follow(&mut self, line: &str) {
        let Some(inner) = &mut self.inner else { return };
        let Some((_, length, info)) = run(line, self.mark) else { return };
        if 0 < *inner {
            if info.is_empty() && *inner <= length {
                *inner = 0;
            }
        } else if !info.is_empty() && self.length <= length {
            *inner = length;
        }
    }

    /// Lines that open the block, and the one inside of it. They stand for all lines so far.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let line = |length: usize, info: &str| {
            [&" ".repeat(self.indent), self.mark.to_string().repeat(length).as_str(), info].concat()
        };
        let inner = self.inner.filter(|inner| 0 < *inner).map(|inner| line(inner, "x"));
        [Some(line(self.length, if self.inner.is_some() { "md" } else { "" })), inner].into_iter().flatten()
    }
}

/// Returns the fence of `mark` that `line` begins with: its indentation, its length and what follows it.
fn run(line: &str, mark: char) -> Option<(usize, usize, &str)> {
    let body = line.trim_start_matches(' ');
    let info = body.trim_start_matches(mark);
    let (indent, length) = (line.len() - body.len(), body.len() - info.len());
    let is_code_span = mark == '`' && info.contains('`');
    (3 <= length && indent < 4 && !is_code_span).then_some((indent, length, info.trim()))
}
