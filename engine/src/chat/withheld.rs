//! Text that a guard withheld is put into the answer when the person wants it, or goes back to the model with it.

use super::turn::Turn;
use std::borrow::Cow;

impl Turn {
    /// Returns whether text was withheld that [`Turn::release_withheld`] can put into the answer.
    #[must_use]
    pub fn can_release(&self) -> bool {
        self.guard.as_ref().is_some_and(|guard| guard.can_release)
    }

    /// Puts the text as it came into the answer. From then on it is text like any other.
    pub fn release_withheld(&mut self) {
        if !self.can_release() {
            return;
        }
        let Some(guard) = &mut self.guard else { return };
        guard.can_release = false;
        for (at, report) in &guard.blocks {
            if let Some(block) = self.blocks.get_mut(*at) {
                block.text.clone_from(&report.text);
                block.revision += 1;
            }
        }
    }

    /// Returns the turn with its text as it came, for a model that is to have it back.
    #[must_use]
    pub fn as_it_came(&self) -> Cow<'_, Turn> {
        if !self.can_release() {
            return Cow::Borrowed(self);
        }
        let mut turn = self.clone();
        turn.release_withheld();
        Cow::Owned(turn)
    }
}
