//! Compares bytes.

/// Returns whether both are the same, 16 bytes at a time, which become vectors. In WebAssembly the comparison of slices
/// is a call that goes byte by byte, and streams repeat so much that much of decoding is comparing.
#[inline(always)]
pub fn is_equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut differs = 0;
    let (blocks, rest) = one.as_chunks::<16>();
    let (other_blocks, other_rest) = other.as_chunks::<16>();
    for (one, other) in blocks.iter().zip(other_blocks) {
        differs |= u128::from_le_bytes(*one) ^ u128::from_le_bytes(*other);
    }
    match (one.last_chunk(), other.last_chunk()) {
        // The last 16 once more, rather than up to 15 one by one.
        (Some(one), Some(other)) => differs |= u128::from_le_bytes(*one) ^ u128::from_le_bytes(*other),
        (_, _) => {
            for (one, other) in rest.iter().zip(other_rest) {
                differs |= u128::from(one ^ other);
            }
        }
    }
    differs == 0
}
