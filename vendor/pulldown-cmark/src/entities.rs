//! The named characters of HTML, packed.
//!
//! As published they are 2,125 pairs of slices, whose addresses and lengths alone are half of 22 KB after gzip. Packed
//! by build.rs they are 8: the characters in their order, each as its distance from the one before, with its names.
//! The first text that has such a name unpacks them (about 0.1 ms).

/// A byte from here on is the distance of a character from the one before.
pub(crate) const DISTANCE: u8 = 0x80;
/// Begins a value that is written out, which `NAMES` ends.
pub(crate) const WRITTEN: u8 = 1;
/// Ends a value that is written out.
pub(crate) const NAMES: u8 = 2;
/// Parts a value with its names from the next.
pub(crate) const NEXT: u8 = 3;
/// Parts names.
pub(crate) const NAME: u8 = b' ';

/// A power of two, about twice as many as there are names.
const SLOTS: usize = 4096;

/// The unpacked table: found by hash, whose collisions take the next free slot.
#[derive(Debug)]
pub(crate) struct Entities {
    values: String,
    /// Name, and where its value lies in `values`.
    names: Vec<(&'static [u8], usize, usize)>,
    /// One more than an index of `names`, or zero.
    slots: Vec<u16>,
}

impl Entities {
    /// Unpacks what build.rs has packed.
    pub(crate) fn unpack(packed: &'static [u8]) -> Entities {
        let mut entities = Entities { values: String::new(), names: Vec::new(), slots: vec![0; SLOTS] };
        let mut last = 0;
        for group in packed.split(|byte| *byte == NEXT) {
            let start = entities.values.len();
            let names = match group {
                [distance @ DISTANCE..=u8::MAX, names @ ..] => {
                    let code = last + u32::from(distance - DISTANCE);
                    entities.values.extend(char::from_u32(code));
                    names
                }
                [WRITTEN, rest @ ..] => {
                    let end = rest.iter().position(|byte| *byte == NAMES).unwrap_or(0);
                    entities.values.push_str(std::str::from_utf8(&rest[..end]).unwrap_or_default());
                    &rest[end + 1..]
                }
                _ => continue,
            };
            let end = entities.values.len();
            last = entities.values[start..].chars().next().map_or(0, u32::from);
            for name in names.split(|byte| *byte == NAME) {
                let mut slot = hash(name);
                while entities.slots[slot] != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                entities.names.push((name, start, end));
                entities.slots[slot] = entities.names.len() as u16;
            }
        }
        entities
    }

    /// What `name` stands for.
    pub(crate) fn get(&self, name: &[u8]) -> Option<&str> {
        let mut slot = hash(name);
        while let Some(index) = usize::from(self.slots[slot]).checked_sub(1) {
            let (found, start, end) = self.names[index];
            if found == name {
                return self.values.get(start..end);
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }
}

/// FNV-1a.
fn hash(name: &[u8]) -> usize {
    let hash =
        name.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize % SLOTS
}
