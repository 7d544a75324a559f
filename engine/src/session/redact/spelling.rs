//! Reads a character in every spelling that those who repeat it use: as it is, behind a backslash, as an escape of
//! JSON, by percent, as an HTML entity, and one of these within another.

/// The characters that begin one that is not written as it is.
pub(super) const INTRODUCERS: &[u8] = b"\\%&";

/// The most encodings that are undone within one another.
const DEPTH: u32 = 8;
/// The most backslashes in a row that escape one character, and digits of a number.
const LONGEST_RUN: usize = 16;

/// HTML's names of characters that a key can hold.
const NAMES: [(&[u8], u8); 34] = [
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"quot;", b'"'),
    (b"apos;", b'\''),
    (b"sol;", b'/'),
    (b"bsol;", b'\\'),
    (b"num;", b'#'),
    (b"dollar;", b'$'),
    (b"percnt;", b'%'),
    (b"plus;", b'+'),
    (b"equals;", b'='),
    (b"comma;", b','),
    (b"period;", b'.'),
    (b"colon;", b':'),
    (b"semi;", b';'),
    (b"excl;", b'!'),
    (b"quest;", b'?'),
    (b"commat;", b'@'),
    (b"ast;", b'*'),
    (b"lowbar;", b'_'),
    (b"lpar;", b'('),
    (b"rpar;", b')'),
    (b"lsqb;", b'['),
    (b"rsqb;", b']'),
    (b"lbrack;", b'['),
    (b"rbrack;", b']'),
    (b"lcub;", b'{'),
    (b"rcub;", b'}'),
    (b"lbrace;", b'{'),
    (b"rbrace;", b'}'),
    (b"verbar;", b'|'),
    (b"grave;", b'`'),
    (b"Hat;", b'^'),
];

/// The characters that can be read at a place.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Each with where it ends.
    pub(super) found: Vec<(u8, usize)>,
    /// Whether the bytes ended before all was read.
    pub(super) open: bool,
}

/// Returns the readings of the bytes at `at`. `more` says whether more may follow the bytes.
pub(super) fn readings(bytes: &[u8], at: usize, more: bool) -> Readings {
    Spelling { bytes, more }.readings(at, DEPTH)
}

#[derive(Clone, Copy)]
struct Spelling<'a> {
    bytes: &'a [u8],
    more: bool,
}

impl Spelling<'_> {
    fn readings(self, at: usize, depth: u32) -> Readings {
        let mut readings = Readings::default();
        match self.bytes.get(at) {
            Some(byte) => self.add(&mut readings, *byte, at + 1, depth),
            None => readings.open = self.more,
        }
        readings
    }

    /// Adds a character that ends at `end`, and what it introduces.
    fn add(self, to: &mut Readings, character: u8, end: usize, depth: u32) {
        to.found.push((character, end));
        let Some(depth) = depth.checked_sub(1) else { return };
        match character {
            b'\\' => self.escape(to, end, depth),
            b'%' => self.number(to, end, 2, depth),
            b'&' => self.entity(to, end, depth),
            _ => {}
        }
    }

    /// Reads behind a backslash: an escape within an escape has more of them.
    fn escape(self, to: &mut Readings, end: usize, depth: u32) {
        let rest = &self.bytes[end..];
        let run = rest.iter().take(LONGEST_RUN).take_while(|byte| **byte == b'\\').count();
        to.found.extend((1..=run).map(|length| (b'\\', end + length)));
        for (character, end) in self.look(to, end + run, depth).found {
            match character {
                b'u' => self.number(to, end, 4, depth),
                b'x' => self.number(to, end, 2, depth),
                b'/' | b'"' | b'\'' => self.add(to, character, end, depth),
                _ => {}
            }
        }
    }

    /// Reads a character by its number of so many hexadecimal digits.
    fn number(self, to: &mut Readings, at: usize, digits: usize, depth: u32) {
        let mut end = at;
        let mut number = 0;
        for _ in 0..digits {
            let next = self.look(to, end, depth);
            let Some((digit, behind)) = next.end_of(|c| char::from(c).to_digit(16)) else { return };
            number = number * 16 + digit;
            end = behind;
        }
        self.add_number(to, number, end, depth);
    }

    fn entity(self, to: &mut Readings, at: usize, depth: u32) {
        for (name, character) in NAMES {
            let rest = &self.bytes[at..];
            if rest.starts_with(name) {
                self.add(to, character, at + name.len(), depth);
            }
            to.open |= self.more && name.len() > rest.len() && name.starts_with(rest);
        }
        // Each place is read once: what begins within what begins would cost twice as much with each of them.
        let mut next = self.look(to, at, depth);
        let Some(((), mut end)) = next.end_of(|c| (c == b'#').then_some(())) else { return };
        next = self.look(to, end, depth);
        let mut radix = 10;
        if let Some(((), behind)) = next.end_of(|c| matches!(c, b'x' | b'X').then_some(())) {
            (radix, end) = (16, behind);
            next = self.look(to, end, depth);
        }
        let (mut number, mut count) = (0_u32, 0);
        while let Some((digit, behind)) = next.end_of(|c| char::from(c).to_digit(radix)) {
            number = number.saturating_mul(radix).saturating_add(digit);
            end = behind;
            count += 1;
            if count > LONGEST_RUN {
                return;
            }
            next = self.look(to, end, depth);
        }
        // What may have another digit behind it is no number yet.
        if count > 0 && (end < self.bytes.len() || !self.more) {
            // Browsers do without the semicolon.
            end = next.end_of(|c| (c == b';').then_some(())).map_or(end, |((), end)| end);
            self.add_number(to, number, end, depth);
        }
    }

    fn add_number(self, to: &mut Readings, number: u32, end: usize, depth: u32) {
        if let Some(character) = u8::try_from(number).ok().filter(u8::is_ascii) {
            self.add(to, character, end, depth);
        }
    }

    fn look(self, to: &mut Readings, at: usize, depth: u32) -> Readings {
        let next = self.readings(at, depth);
        to.open |= next.open;
        next
    }
}

impl Readings {
    /// Returns the first reading that is wanted, with where it ends.
    fn end_of<T>(&self, wanted: impl Fn(u8) -> Option<T>) -> Option<(T, usize)> {
        self.found.iter().find_map(|(character, end)| Some((wanted(*character)?, *end)))
    }
}
