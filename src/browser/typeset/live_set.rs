//! [`LiveSet`] holds records of elements for as long as the elements are on the page.

/// Holds records of elements, the newest last. Those whose elements have left the page are dropped when there are twice as
/// many records as were left the last time: then dropping costs as much as adding did.
#[derive(Debug)]
pub(super) struct LiveSet<T> {
    things: Vec<T>,
    most: usize,
}

impl<T> LiveSet<T> {
    /// Adds a record. Now and then `has_left` is asked about all others, and those whose element has left are dropped.
    pub(super) fn push(&mut self, thing: T, mut has_left: impl FnMut(&T) -> bool) {
        if self.most < self.things.len() {
            self.sweep(&mut has_left);
        }
        self.things.push(thing);
    }

    /// Drops the records whose elements have left the page.
    pub(super) fn sweep(&mut self, mut has_left: impl FnMut(&T) -> bool) {
        self.things.retain(|thing| !has_left(thing));
        self.things.shrink_to_fit();
        self.most = FEWEST.max(2 * self.things.len());
    }

    /// Finds the newest record that `is_it` accepts: new ones are asked for most.
    pub(super) fn find(&self, mut is_it: impl FnMut(&T) -> bool) -> Option<&T> {
        self.things.iter().rev().find(|thing| is_it(thing))
    }

    /// Finds the same record, to be changed.
    pub(super) fn find_mut(&mut self, mut is_it: impl FnMut(&T) -> bool) -> Option<&mut T> {
        self.things.iter_mut().rev().find(|thing| is_it(thing))
    }

    pub(super) fn len(&self) -> usize {
        self.things.len()
    }
}

impl<T> Default for LiveSet<T> {
    fn default() -> Self {
        Self { things: Vec::new(), most: 0 }
    }
}

/// The fewest records that are searched for those whose elements have left the page.
const FEWEST: usize = 64;
