//! Finds the locations of panics in a module's data.
//!
//! A `core::panic::Location` is four words: the address and length of a path, line and column. The data section is a
//! list of segments that go to fixed addresses; here there is one, as the linker makes it.

use std::ops::Range;

use super::module::Reader;

const WORD: usize = 4;
const LOCATION: usize = 4 * WORD;
/// No source file of ours or of a crate is longer or wider.
const MOST_LINES: u32 = 100_000;
const MOST_COLUMNS: u32 = 1_000;
const LONGEST_PATH: u32 = 400;

/// Zeroes every location and every path of one in the content of a data section. Returns how many there were.
/// A section of another shape is left alone.
pub(super) fn forget_locations(section: &mut [u8]) -> usize {
    let mut count = 0;
    for (base, place) in segments(section).unwrap_or_default() {
        let Some(segment) = section.get_mut(place) else { continue };
        let mut paths = Vec::new();
        let mut locations = Vec::new();
        // Structures of words lie at multiples of a word in memory.
        let mut at = base.next_multiple_of(WORD) - base;
        while at + LOCATION <= segment.len() {
            if let Some(path) = location(segment, base, at) {
                paths.push(path);
                locations.push(at..at + LOCATION);
                at += LOCATION;
            } else {
                at += WORD;
            }
        }
        count += locations.len();
        for range in locations.into_iter().chain(paths) {
            if let Some(bytes) = segment.get_mut(range) {
                bytes.fill(0);
            }
        }
    }
    count
}

/// Where the path of the location at `at` lies, if there is one.
fn location(segment: &[u8], base: usize, at: usize) -> Option<Range<usize>> {
    let word = |index: usize| {
        let bytes = segment.get(at + index * WORD..at + (index + 1) * WORD)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let (address, length, line, column) = (word(0)?, word(1)?, word(2)?, word(3)?);
    let plausible = (1..=MOST_LINES).contains(&line)
        && (1..=MOST_COLUMNS).contains(&column)
        && (4..=LONGEST_PATH).contains(&length);
    if !plausible {
        return None;
    }
    let start = (address as usize).checked_sub(base)?;
    let path = start..start + length as usize;
    let text = segment.get(path.clone())?;
    (text.ends_with(b".rs") && text.iter().all(|byte| (b' '..=b'~').contains(byte))).then_some(path)
}

/// Address in memory and place in the section of each segment, or `None` when one is not of the usual shape.
fn segments(section: &[u8]) -> Option<Vec<(usize, Range<usize>)>> {
    const ACTIVE: usize = 0;
    const I32_CONST: u8 = 0x41;
    const END: u8 = 0x0b;
    let mut reader = Reader::new(section);
    let mut segments = Vec::new();
    for _ in 0..reader.number().ok()? {
        if reader.number().ok()? != ACTIVE || reader.byte().ok()? != I32_CONST {
            return None;
        }
        // Addresses are positive, so that the signed number reads as an unsigned one.
        let base = reader.number().ok()?;
        if reader.byte().ok()? != END {
            return None;
        }
        let size = reader.number().ok()?;
        let start = reader.at();
        reader.take(size).ok()?;
        segments.push((base, start..reader.at()));
    }
    Some(segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A section with one segment at address 64.
    fn section(content: &[u8]) -> Vec<u8> {
        let mut section = vec![1, 0, 0x41, 0xc0, 0, 0x0b];
        super::super::module::write_number(&mut section, content.len());
        section.extend_from_slice(content);
        section
    }

    fn words(words: [u32; 4]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn a_location_and_its_path_become_zeros_and_neighbours_stay() {
        let content = [b"keep src/a.rs....".as_slice(), b"xyz", &words([64 + 5, 8, 10, 3]), b"keep"].concat();
        let mut found = section(&content);
        assert_eq!(forget_locations(&mut found), 1);
        let expected = [b"keep ".as_slice(), &[0; 8], b"....xyz", &[0; 16], b"keep"].concat();
        assert_eq!(found, section(&expected));
    }

    #[test]
    fn a_list_of_file_names_is_no_location() {
        // Two strings behind one another: the third word is an address, far above any line; the fourth a length.
        let content = [b"src/a.rs".as_slice(), b"src/b.rs", &words([64, 8, 1 << 20, 8])].concat();
        let mut found = section(&content);
        assert_eq!(forget_locations(&mut found), 0);
        assert_eq!(found, section(&content));
    }

    #[test]
    fn a_section_of_another_shape_is_left_alone() {
        let mut passive = vec![1, 1, 3, b'.', b'r', b's'];
        assert_eq!(forget_locations(&mut passive), 0);
        assert_eq!(passive, [1, 1, 3, b'.', b'r', b's']);
    }
}
