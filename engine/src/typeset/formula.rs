//! Writes a formula as a list of steps that make MathML from a closed list of names, in one string.
//!
//! In the string a character below U+0005 begins a step, and the character after it chooses the name; everything else
//! is text. So nothing here has to be escaped, and there is no name that is not on a list.

/// The elements a formula may have, all of them MathML's. The first is the formula itself.
pub const ELEMENTS: [&str; 26] = [
    "math",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mrow",
    "msub",
    "msup",
    "msubsup",
    "mover",
    "munder",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "msqrt",
    "mroot",
    "mfrac",
    "mpadded",
    "mphantom",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "merror",
    "none",
];

/// The attributes an element may have. None of them names a resource, an event or something elsewhere in the page.
pub const ATTRIBUTES: [&str; 23] = [
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// The properties of style an element may have. With the values allowed they can space, align and
/// draw lines; a formula has the colour of the text around it.
pub const STYLES: [&str; 14] = [
    "border-bottom",
    "border-left",
    "border-right",
    "border-top",
    "font-size",
    "margin-left",
    "margin-right",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "vertical-align",
    "width",
];

/// Steps of a formula beyond this number are refused.
const MAX_STEPS: usize = 8_000;

/// The deepest nesting of elements: browsers and our own code are recursive somewhere.
const MAX_DEPTH: usize = 100;

const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
const ATTRIBUTE: char = '\u{3}';
const STYLE: char = '\u{4}';
const MARKS: [char; 4] = [OPEN, CLOSE, ATTRIBUTE, STYLE];

/// The character for the first name of a list.
const FIRST: u32 = 0x20;

/// One step of making a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Begins an element, one of [`ELEMENTS`], inside the innermost open one.
    Open(&'static str),
    /// Gives the innermost open element an attribute, one of [`ATTRIBUTES`].
    Attribute(&'static str, &'a str),
    /// Gives the innermost open element a property of style, one of [`STYLES`].
    Style(&'static str, &'a str),
    /// Text in the innermost open element.
    Text(&'a str),
    /// Ends the innermost open element.
    Close,
}

/// Reads the string that a [`Writer`] made. None unless it is one formula within the limits, from the lists alone.
#[must_use]
pub fn read(written: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut depth = 0_usize;
    let mut rest = written;
    while let Some(mark) = rest.chars().next() {
        let (step, after) = if MARKS.contains(&mark) {
            marked(mark, &rest[1..])?
        } else {
            let end = rest.find(MARKS).unwrap_or(rest.len());
            (Step::Text(&rest[..end]), &rest[end..])
        };
        // Only the first element has nothing around it, and it is the formula itself.
        match step {
            Step::Open(name) => {
                if (depth == 0) != (name == ELEMENTS[0]) || (depth == 0 && !steps.is_empty()) {
                    return None;
                }
                depth += 1;
            }
            Step::Close => depth = depth.checked_sub(1)?,
            Step::Attribute(..) | Step::Style(..) | Step::Text(_) => {
                if depth == 0 {
                    return None;
                }
            }
        }
        steps.push(step);
        if MAX_DEPTH < depth || MAX_STEPS < steps.len() {
            return None;
        }
        rest = after;
    }
    (depth == 0 && !steps.is_empty()).then_some(steps)
}

/// Returns the step behind `mark`, and what follows it.
fn marked(mark: char, rest: &str) -> Option<(Step<'_>, &str)> {
    if mark == CLOSE {
        return Some((Step::Close, rest));
    }
    let chosen = rest.chars().next()?;
    let number = usize::try_from(u32::from(chosen).checked_sub(FIRST)?).ok()?;
    let rest = &rest[chosen.len_utf8()..];
    if mark == OPEN {
        return Some((Step::Open(ELEMENTS.get(number)?), rest));
    }
    let (value, after) = rest.split_once(CLOSE)?;
    if !is_value(value) {
        return None;
    }
    let step = if mark == ATTRIBUTE {
        Step::Attribute(ATTRIBUTES.get(number)?, value)
    } else {
        Step::Style(STYLES.get(number)?, value)
    };
    Some((step, after))
}

/// Returns whether it is words, numbers and lengths: nothing that names a resource or calls a function.
#[must_use]
fn is_value(value: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b" .%#+-".contains(&byte);
    value.len() <= 40 && value.bytes().all(harmless)
}

/// Writes the steps of a formula. What is on no list is left out and reported to the caller.
#[derive(Debug, Default)]
pub struct Writer {
    written: String,
}

impl Writer {
    /// Creates an empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins an element. False, and nothing is written, when it is not on the list.
    pub fn open(&mut self, name: &str) -> bool {
        self.begin(OPEN, &ELEMENTS, name)
    }

    /// Writes an attribute of the element that was just begun. False, and nothing is written, when it may not have
    /// that.
    pub fn attribute(&mut self, name: &str, value: &str) -> bool {
        self.pair(ATTRIBUTE, &ATTRIBUTES, name, value)
    }

    /// Writes a property of style of the element that was just begun. False, and nothing is written, when it may not.
    pub fn style(&mut self, name: &str, value: &str) -> bool {
        self.pair(STYLE, &STYLES, name, value)
    }

    /// Writes text. Characters that mean something to the reader are left out.
    pub fn text(&mut self, text: &str) {
        self.written.extend(text.chars().filter(|c| !MARKS.contains(c)));
    }

    /// Ends the innermost element.
    pub fn close(&mut self) {
        self.written.push(CLOSE);
    }

    /// Returns the string for [`read`].
    #[must_use]
    pub fn finish(self) -> String {
        self.written
    }

    fn pair(&mut self, mark: char, list: &[&str], name: &str, value: &str) -> bool {
        let is_written = is_value(value) && self.begin(mark, list, name);
        if is_written {
            self.written.push_str(value);
            self.written.push(CLOSE);
        }
        is_written
    }

    fn begin(&mut self, mark: char, list: &[&str], name: &str) -> bool {
        let at = list.iter().position(|known| *known == name);
        let chosen = at.and_then(|at| char::from_u32(FIRST + u32::try_from(at).ok()?));
        self.written.extend(chosen.into_iter().flat_map(|chosen| [mark, chosen]));
        chosen.is_some()
    }
}
