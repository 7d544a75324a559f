//! [`JsonFold`] reads the arguments of tools without the escapes of JSON.

use super::stream::Stream;

/// Reads JSON without its escapes.
#[derive(Debug, Default)]
pub(crate) struct JsonFold {
    /// The escape that is being read, with where it begins.
    escape: Option<(usize, String)>,
    /// The first half of a character that is written as two, with where it begins.
    half: Option<(usize, u32)>,
}

impl JsonFold {
    /// Reads a character that stands at `start..end`.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize, to: &mut Stream) {
        let Some((begin, mut escape)) = self.escape.take() else {
            if c == '\\' {
                self.escape = Some((start, String::new()));
            } else {
                self.half = None;
                to.push_plain(c, start, end);
            }
            return;
        };
        escape.push(c);
        let is_number = escape.starts_with('u') && escape[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_number && escape.len() < 5 {
            self.escape = Some((begin, escape));
        } else if is_number {
            self.number(u32::from_str_radix(&escape[1..], 16).unwrap_or(0), begin, end, to);
        } else {
            self.half = None;
            let sign = match c {
                'n' | 'r' => '\n',
                't' => '\t',
                'b' | 'f' => '\0',
                c => c,
            };
            to.push_plain(sign, begin, end);
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, _to: &mut Stream) {
        *self = JsonFold::default();
    }

    /// Returns where an escape begins that is not whole.
    pub(super) fn open(&self) -> Option<usize> {
        self.half.map(|(start, _)| start).or_else(|| self.escape.as_ref().map(|(start, _)| *start))
    }

    fn number(&mut self, number: u32, begin: usize, end: usize, to: &mut Stream) {
        let (start, code) = match (self.half.take(), number) {
            (_, 0xd800..0xdc00) => {
                self.half = Some((begin, number));
                return;
            }
            (Some((start, half)), 0xdc00..0xe000) => {
                (start, 0x1_0000 + ((half - 0xd800) << 10) + (number - 0xdc00))
            }
            _ => (begin, number),
        };
        if let Some(c) = char::from_u32(code) {
            to.push_plain(c, start, end);
        }
    }
}
