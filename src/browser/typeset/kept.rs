//! What is kept for things of the page, for as long as those are there.

/// Things of the page, the newest last. Those that have left the page go when there are twice as many as were left the
/// last time.
#[derive(Debug)]
pub(super) struct Kept<T> {
    things: Vec<T>,
    most: usize,
}

impl<T> Kept<T> {
    /// Adds a thing. `has_left` is asked about all others now and then, and lets go of those it says have.
    pub(super) fn push(&mut self, thing: T, mut has_left: impl FnMut(&T) -> bool) {
        if self.most < self.things.len() {
            self.sweep(&mut has_left);
        }
        self.things.push(thing);
    }

    /// Lets go of those that have left the page.
    pub(super) fn sweep(&mut self, mut has_left: impl FnMut(&T) -> bool) {
        self.things.retain(|thing| !has_left(thing));
        self.things.shrink_to_fit();
        self.most = FEWEST.max(2 * self.things.len());
    }

    /// The newest that is asked for: they are asked about most.
    pub(super) fn find(&self, mut is_it: impl FnMut(&T) -> bool) -> Option<&T> {
        self.things.iter().rev().find(|thing| is_it(thing))
    }

    /// The same, to be changed.
    pub(super) fn find_mut(&mut self, mut is_it: impl FnMut(&T) -> bool) -> Option<&mut T> {
        self.things.iter_mut().rev().find(|thing| is_it(thing))
    }

    pub(super) fn len(&self) -> usize {
        self.things.len()
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { things: Vec::new(), most: 0 }
    }
}

/// Fewer things are not looked through for those that have left the page.
const FEWEST: usize = 64;
