//! [`RawView`] writes an answer's text as it came, in pieces that the browser lays out one by one.

use super::nodes::{append, append_text};
use wasm_bindgen::JsValue;
use web_sys::{Element, Text};

/// The length from which on a line end begins another piece.
const PIECE: usize = 2 << 10;
/// The length at which another piece begins within a line.
const LONG_LINE: usize = 16 << 10;

/// Writes a text into an element that no one else puts children into.
pub(super) struct RawView {
    place: Element,
    last: Option<Text>,
    /// Bytes in the last piece.
    length: usize,
    /// Bytes that were written.
    pub(super) shown: usize,
}

impl RawView {
    /// Creates a view in an empty element.
    pub(super) fn new(place: Element) -> RawView {
        RawView { place, last: None, length: 0, shown: 0 }
    }

    /// Writes what is new of the text, at most so many bytes. Returns how many those were.
    pub(super) fn draw(&mut self, text: &str, most: usize) -> Result<usize, JsValue> {
        let new = text.get(self.shown..).unwrap_or_default();
        let new = &new[..new.floor_char_boundary(most)];
        self.shown += new.len();
        let mut rest = new;
        while !rest.is_empty() {
            let room = LONG_LINE.saturating_sub(self.length).max(4);
            let line_end = if self.length < PIECE { None } else { rest.find('\n').map(|end| end + 1) };
            let end = line_end.unwrap_or(rest.len()).min(rest.floor_char_boundary(room));
            let (piece, behind) = rest.split_at(end);
            self.append(piece)?;
            if line_end == Some(end) || LONG_LINE - 4 < self.length {
                self.last = None;
                self.length = 0;
            }
            rest = behind;
        }
        Ok(new.len())
    }

    fn append(&mut self, text: &str) -> Result<(), JsValue> {
        self.length += text.len();
        if let Some(last) = &self.last {
            return last.append_data(text);
        }
        let piece = append(&self.place, "code", "json-piece")?;
        self.last = Some(append_text(&piece, text)?);
        Ok(())
    }
}
