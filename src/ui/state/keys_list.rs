//! [`KeysList`]: the list of keys as other parts see it.

use super::loader::Loader;
use super::slot::Slot;

/// The list of keys as other parts see it.
#[derive(Clone, Copy, Debug)]
pub struct KeysList {
    /// The place of the dialog, which the part `settings` brings.
    pub slot: Slot,
    /// The parts that somebody waits for.
    pub loader: Loader,
}

impl KeysList {
    /// Makes the state of a list that is not shown.
    #[must_use]
    pub fn new(loader: Loader) -> KeysList {
        KeysList { slot: Slot::default(), loader }
    }
}
