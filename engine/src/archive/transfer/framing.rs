//! Finds the JSON values of a file as it comes in pieces.
//!
//! Values stand one behind the other (JSONL, however its lines are broken), or all in one array. Each byte is looked at
//! once; only the value that is open is kept.

use crate::messages::archive as words;

/// The most bytes of one value.
pub const IMPORT_LIMIT: usize = 64 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Cuts a file into its values.
#[derive(Debug, Default)]
pub(super) struct Framing {
    /// The value that is open.
    value: Vec<u8>,
    /// Line at which it begins.
    start: u64,
    /// Line ends so far.
    line_ends: u64,
    bytes: u64,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
    /// Whether the values stand in one array, and whether that is over.
    array: Array,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Array {
    #[default]
    Unknown,
    None,
    Open,
    Closed,
}

/// A value, or what stands where one should.
pub(super) type Framed<'a> = Result<(u64, &'a [u8]), (u64, String)>;

impl Framing {
    /// Takes a piece and calls `each` with the values that it completes, each with its line.
    ///
    /// # Errors
    /// The line, and what is wrong with it.
    pub(super) fn push<E>(
        &mut self,
        piece: &[u8],
        mut each: impl FnMut(Framed<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        // Where the part of the open value begins that was not copied yet.
        let mut from = 0;
        for (at, byte) in piece.iter().enumerate() {
            self.bytes += 1;
            if *byte == b'\n' {
                self.line_ends += 1;
            }
            if self.depth == 0 {
                match self.between(*byte) {
                    Between::Blank => {}
                    Between::Value => {
                        self.start = self.line();
                        self.depth = 1;
                        from = at;
                    }
                    Between::Odd => each(Err((self.line(), words::NO_OBJECT.to_owned())))?,
                }
                continue;
            }
            if self.value.len() + (at - from) >= IMPORT_LIMIT {
                each(Err((self.start, words::line_too_long(IMPORT_LIMIT >> 20))))?;
            }
            self.inside(*byte);
            if self.depth == 0 {
                self.value.extend_from_slice(&piece[from..=at]);
                let value = std::mem::take(&mut self.value);
                each(Ok((self.start, &value)))?;
                self.value = value;
                self.value.clear();
            }
        }
        if self.depth > 0 {
            self.value.extend_from_slice(&piece[from..]);
        }
        Ok(())
    }

    /// Ends the file. Returns the line of a value, or of an array, that is open.
    pub(super) fn open_line(&self) -> Option<u64> {
        if self.depth > 0 {
            return Some(self.start);
        }
        (self.array == Array::Open).then(|| self.line())
    }

    /// Number of bytes so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn line(&self) -> u64 {
        self.line_ends + 1
    }

    fn between(&mut self, byte: u8) -> Between {
        match (byte, self.array) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => Between::Blank,
            (mark, Array::Unknown) if BYTE_ORDER_MARK.get(self.bytes as usize - 1) == Some(&mark) => {
                Between::Blank
            }
            (b'[', Array::Unknown) => {
                self.array = Array::Open;
                Between::Blank
            }
            (b'{', Array::Unknown | Array::None) => {
                self.array = Array::None;
                Between::Value
            }
            (b'{', Array::Open) => Between::Value,
            (b',', Array::Open) => Between::Blank,
            (b']', Array::Open) => {
                self.array = Array::Closed;
                Between::Blank
            }
            (_, _) => Between::Odd,
        }
    }

    fn inside(&mut self, byte: u8) {
        if self.is_text {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_text = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.is_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
    }
}

enum Between {
    Blank,
    Value,
    Odd,
}
