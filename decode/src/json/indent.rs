//! [`Indent`] lays out JSON for reading while it still streams.

/// The deepest level that is indented further, so that the output stays in proportion to the input.
const DEEPEST: usize = 16;

/// Lays JSON out on lines of their own, however it is cut. Text that begins as neither an object nor a list passes
/// through as it is. Nothing is checked: cut or broken JSON comes out laid out as far as it goes.
#[derive(Clone, Debug, Default)]
pub struct Indent {
    kind: Kind,
    depth: usize,
    /// An object or a list has begun and nothing stands in it yet.
    is_open: bool,
    in_string: bool,
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Unknown,
    Json,
    Other,
}

impl Indent {
    /// Returns one that lets everything pass.
    pub fn none() -> Indent {
        Indent { kind: Kind::Other, ..Indent::default() }
    }

    /// Returns whether it has begun to lay out.
    pub fn is_active(&self) -> bool {
        self.kind == Kind::Json
    }

    /// Takes the next piece and appends what is to be read of it.
    pub fn push(&mut self, json: &str, out: &mut String) {
        for c in json.chars() {
            if self.kind == Kind::Unknown && !c.is_whitespace() {
                self.kind = if matches!(c, '{' | '[') { Kind::Json } else { Kind::Other };
            }
            if self.kind != Kind::Json {
                out.push(c);
            } else if self.in_string {
                out.push(c);
                self.in_string = self.is_escaped || c != '"';
                self.is_escaped = !self.is_escaped && c == '\\';
            } else if !c.is_ascii_whitespace() {
                self.mark(c, out);
            }
        }
    }

    fn mark(&mut self, c: char, out: &mut String) {
        let is_end = matches!(c, '}' | ']');
        if is_end {
            self.depth = self.depth.saturating_sub(1);
        }
        if std::mem::take(&mut self.is_open) != is_end {
            self.line(out);
        }
        out.push(c);
        match c {
            '{' | '[' => {
                self.depth += 1;
                self.is_open = true;
            }
            ',' => self.line(out),
            ':' => out.push(' '),
            '"' => self.in_string = true,
            _ => {}
        }
    }

    fn line(&self, out: &mut String) {
        out.push('\n');
        for _ in 0..self.depth.min(DEEPEST) {
            out.push_str("  ");
        }
    }
}
