//! Finds the locations of panics in a module's data.
//!
//! A `core::panic::Location` is four words: the address and length of a path, line and column. The data section is a
//! list of segments that go to fixed addresses. Of a page in two parts, one may name paths that are in the other.

use std::ops::Range;

use super::module::Reader;

const WORD: usize = 4;
const LOCATION: usize = 4 * WORD;
/// No source file of ours or of a crate is longer or wider.
const MOST_LINES: u32 = 100_000;
const MOST_COLUMNS: u32 = 1_000;
const LONGEST_PATH: u32 = 400;

/// Zeroes every location in the content of a data section, and their paths as far as they are in it; `beside` is the
/// data section of another module in the same memory, which may have them too. Returns how many there were.
/// A section of another shape is left alone.
pub(super) fn forget_locations(section: &mut [u8], beside: &[u8]) -> usize {
    let own = segments(section).unwrap_or_default();
    let other = segments(beside).unwrap_or_default();
    let mut found = Vec::new();
    let mut count = 0;
    for (base, place) in &own {
        // Structures of words lie at multiples of a word in memory.
        let mut at = place.start + base.next_multiple_of(WORD) - base;
        while at + LOCATION <= place.end {
            let path = path_of(section, at);
            let here = path.and_then(|path| text(section, &own, path));
            if here.is_some() || path.and_then(|path| text(beside, &other, path)).is_some() {
                found.extend(here);
                found.push(at..at + LOCATION);
                count += 1;
                at += LOCATION;
            } else {
                at += WORD;
            }
        }
    }
    for range in found {
        if let Some(bytes) = section.get_mut(range) {
            bytes.fill(0);
        }
    }
    count
}

/// Address and length of the path of what could be a location at `at`.
fn path_of(section: &[u8], at: usize) -> Option<(usize, usize)> {
    let word = |index: usize| {
        let bytes = section.get(at + index * WORD..at + (index + 1) * WORD)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let (address, length, line, column) = (word(0)?, word(1)?, word(2)?, word(3)?);
    let plausible = (1..=MOST_LINES).contains(&line)
        && (1..=MOST_COLUMNS).contains(&column)
        && (4..=LONGEST_PATH).contains(&length);
    plausible.then_some((address as usize, length as usize))
}

/// Where in the section a path lies, if it is one.
fn text(section: &[u8], segments: &[Segment], (address, length): (usize, usize)) -> Option<Range<usize>> {
    let (base, place) =
        segments.iter().find(|(base, place)| *base <= address && address + length <= base + place.len())?;
    let start = place.start + (address - base);
    let text = section.get(start..start + length)?;
    let is_path = text.ends_with(b".rs") && text.iter().all(|byte| (b' '..=b'~').contains(byte));
    is_path.then(|| start..start + length)
}

/// Address in memory and place in the section.
type Segment = (usize, Range<usize>);

/// Address in memory and place in the section of each segment, or `None` when one is not of the usual shape.
fn segments(section: &[u8]) -> Option<Vec<Segment>> {
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
        assert_eq!(forget_locations(&mut found, &[]), 1);
        let expected = [b"keep ".as_slice(), &[0; 8], b"....xyz", &[0; 16], b"keep"].concat();
        assert_eq!(found, section(&expected));
    }

    #[test]
    fn a_path_may_lie_in_another_segment_or_in_another_module() {
        let one = section(b"src/a.rs");
        let mut two = section(&words([64, 8, 10, 3]));
        assert_eq!(forget_locations(&mut two.clone(), &[]), 0);
        assert_eq!(forget_locations(&mut two, &one), 1);
        assert_eq!(two, section(&[0; 16]));
        // Both as segments of one module, the location at address 128.
        let mut both = vec![2];
        both.extend_from_slice(&one[1..]);
        both.extend([0, 0x41, 0x80, 1, 0x0b, 16]);
        let start = both.len();
        both.extend(words([64, 8, 10, 3]));
        assert_eq!(forget_locations(&mut both, &[]), 1);
        assert_eq!(&both[start..], [0; 16]);
        assert!(both[..start].ends_with(&[&[0; 8], [0, 0x41, 0x80, 1, 0x0b, 16].as_slice()].concat()));
    }

    #[test]
    fn a_list_of_file_names_is_no_location() {
        // Two strings behind one another: the third word is an address, far above any line; the fourth a length.
        let content = [b"src/a.rs".as_slice(), b"src/b.rs", &words([64, 8, 1 << 20, 8])].concat();
        let mut found = section(&content);
        assert_eq!(forget_locations(&mut found, &[]), 0);
        assert_eq!(found, section(&content));
    }

    #[test]
    fn a_section_of_another_shape_is_left_alone() {
        let mut passive = vec![1, 1, 3, b'.', b'r', b's'];
        assert_eq!(forget_locations(&mut passive, &[]), 0);
        assert_eq!(passive, [1, 1, 3, b'.', b'r', b's']);
    }
}
