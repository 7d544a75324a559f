//! [`Escape`] decodes the escapes of a string that may be cut anywhere.

/// The place inside of an escape.
#[derive(Debug, Default)]
enum State {
    /// Outside.
    #[default]
    None,
    /// Behind the backslash.
    Backslash,
    /// Behind `\u` and that many digits.
    Unit(u8, u16),
}

/// The state of a string's escapes.
#[derive(Debug, Default)]
pub(super) struct Escape {
    state: State,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

impl Escape {
    /// Returns whether the next byte belongs to an escape.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.state, State::None)
    }

    /// Begins an escape.
    pub(super) fn begin(&mut self) {
        self.state = State::Backslash;
    }

    /// Ends what a half pair waits for, ahead of anything but an escape: it becomes U+FFFD.
    pub(super) fn settle(&mut self, out: &mut String) {
        if self.high.take().is_some() {
            out.push(char::REPLACEMENT_CHARACTER);
        }
    }

    /// Takes the next byte of an escape; returns whether it can stand there.
    pub(super) fn push(&mut self, byte: u8, out: &mut String) -> bool {
        match std::mem::take(&mut self.state) {
            State::None => true,
            State::Backslash => self.sign(byte, out),
            State::Unit(count, sum) => {
                let Some(digit) = char::from(byte).to_digit(16) else { return false };
                let sum = (sum << 4) | digit as u16;
                if count == 3 {
                    self.unit(sum, out);
                } else {
                    self.state = State::Unit(count + 1, sum);
                }
                true
            }
        }
    }

    fn sign(&mut self, byte: u8, out: &mut String) -> bool {
        let sign = match byte {
            b'u' => {
                self.state = State::Unit(0, 0);
                return true;
            }
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            _ => return false,
        };
        self.settle(out);
        out.push(sign);
        true
    }

    fn unit(&mut self, unit: u16, out: &mut String) {
        match (unit, self.high.take()) {
            (0xdc00..=0xdfff, Some(high)) => {
                let pair = 0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00);
                out.push(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            (_, high) => {
                if high.is_some() {
                    out.push(char::REPLACEMENT_CHARACTER);
                }
                if matches!(unit, 0xd800..=0xdbff) {
                    self.high = Some(unit);
                } else {
                    out.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
            }
        }
    }
}
