//! Cuts of a body at places that a seed decides, by a small generator that needs no more.

/// The pieces: each at least `shortest` bytes long, and of `lengths` different lengths, as far as the body goes.
pub(crate) struct Cuts<'a> {
    rest: &'a [u8],
    state: u32,
    shortest: usize,
    lengths: usize,
}

impl<'a> Cuts<'a> {
    pub(crate) fn new(body: &'a [u8], seed: u8, shortest: usize, lengths: usize) -> Self {
        Self { rest: body, state: u32::from(seed), shortest, lengths }
    }
}

impl<'a> Iterator for Cuts<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let length = self.shortest + (self.state >> 24) as usize % self.lengths;
        let (chunk, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        Some(chunk)
    }
}
