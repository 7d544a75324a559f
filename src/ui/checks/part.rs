//! The split point of the part `checks`.

use super::judge::judge;
use super::structured::StructuredView;
use super::wiring::{ask_for, checks_of, guard_of};
use crate::ui::lazy::lazy_part;
use crate::ui::state::{Checking, DrawText, TextPlace};

/// Takes what the part brings.
pub type TakeChecking = Box<dyn FnOnce(Checking)>;

lazy_part!(
    /// Brings what checks answers. What is done with it belongs to the part `chat`.
    checks,
    pub fn bring_checks(take: TakeChecking) = bring
);

fn bring(take: TakeChecking) {
    take(Checking { checks_of, guard_of, ask_for, judge, draw_text });
}

fn draw_text(place: TextPlace) -> Option<Box<dyn DrawText>> {
    Some(Box::new(StructuredView::new(place)?))
}
