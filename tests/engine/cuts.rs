//! The ways in which a network may cut a body: whole, byte by byte, and at random places that are the same each time.

use crate::support::{Dice, pieces};

/// All the cuttings a test goes through, each with a name for its failure message.
pub(crate) fn cuttings(body: &[u8]) -> Vec<(String, Vec<&[u8]>)> {
    let mut cuttings = vec![
        ("whole".to_owned(), vec![body]),
        ("byte by byte".to_owned(), body.chunks(1).collect()),
        ("byte by byte, with empty chunks between".to_owned(), {
            body.chunks(1).flat_map(|byte| [byte, &[]]).collect()
        }),
    ];
    cuttings.extend((1..=6).map(|seed| (format!("random cuts, seed {seed}"), random(body, seed, 24))));
    cuttings
}

/// Pieces of 1 to `longest` bytes, the same for the same seed.
pub(crate) fn random(body: &[u8], seed: u64, longest: usize) -> Vec<&[u8]> {
    let mut dice = Dice::new(seed);
    pieces(body, || 1 + dice.below(longest))
}
