//! The ways in which a network may cut a body: whole, byte by byte, and at random places that are the same each time.

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
pub(crate) fn random(body: &[u8], seed: u32, longest: u32) -> Vec<&[u8]> {
    let mut state = seed;
    let mut rest = body;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let length = 1 + ((state >> 16) % longest) as usize;
        let (piece, behind) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}
