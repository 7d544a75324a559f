//! FNV-1a with 64 bits: tells changed files from unchanged ones and names files by their content. Not for secrets.
//!
//! <http://www.isthe.com/chongo/tech/comp/fnv/>

use std::fmt;

/// A running hash; prints as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Adds the bytes and their number, so that `ab` + `c` is not `a` + `bc`.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().copied().chain((bytes.len() as u64).to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds a finished hash; the order of such additions does not matter.
    pub(crate) fn add_unordered(&mut self, other: Self) {
        self.0 = self.0.wrapping_add(other.0);
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&str]) -> Hash {
        let mut hash = Hash::default();
        for part in parts {
            hash.add(part.as_bytes());
        }
        hash
    }

    #[test]
    fn a_moved_border_between_parts_is_a_change() {
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }

    #[test]
    fn unordered_parts_may_come_in_any_order() {
        let (mut first, mut second) = (Hash::default(), Hash::default());
        first.add_unordered(of(&["a"]));
        first.add_unordered(of(&["b"]));
        second.add_unordered(of(&["b"]));
        second.add_unordered(of(&["a"]));
        assert_eq!(first, second);
    }
}
