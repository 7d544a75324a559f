//! How much text one frame of the page may take.

/// How many bytes of `text`, at most `most`, make no more nodes than a browser can add in one frame. Never none of some.
///
/// A row of a table or ten thousand items of a list are a few bytes each: by bytes alone one frame would add tens of
/// thousands of nodes. What may begin, end or part nodes is counted instead, before anything is parsed.
#[must_use]
pub fn in_one_frame(text: &str, most: usize) -> usize {
    let end = text.floor_char_boundary(most);
    let is_mark = |(_, byte): &(usize, u8)| {
        matches!(byte, b'\n' | b'|' | b'*' | b'_' | b'`' | b'[' | b'<' | b'$' | b'~' | b'-')
    };
    let beyond = text.bytes().take(end).enumerate().filter(is_mark).nth(MARKS);
    beyond.map_or(end, |(at, _)| at)
}

/// Marks in one frame. Each makes two nodes at most.
const MARKS: usize = 1_000;
