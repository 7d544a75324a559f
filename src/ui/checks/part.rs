//! The split points of what checks answers: rules in the part `extras`, schemas in the part `schema`.

use super::judge::judge;
use super::rules::{guard_of, is_ready, make_ready, rules_of};
use super::schema::{ask_for, check_of, warm_up};
use super::structured::StructuredView;
use crate::ui::lazy::lazy_part;
use crate::ui::state::{Checking, DrawText, Structuring, TextPlace};

/// Takes what rules need.
type TakeChecking = Box<dyn FnOnce(Checking)>;

/// Takes what schemas need.
type TakeStructuring = Box<dyn FnOnce(Structuring)>;

lazy_part!(
    /// Brings what rules need. What is done with it belongs to the part `chat`.
    extras,
    pub fn bring_checks(take: TakeChecking) = bring
);

lazy_part!(
    /// Brings what answers need that are to be JSON. The validator alone is many times the rules, so it is a part of its own.
    schema,
    pub fn bring_schemas(take: TakeStructuring) = bring_structuring
);

fn bring(take: TakeChecking) {
    take(Checking { rules_of, is_ready, make_ready, guard_of, judge });
}

fn bring_structuring(take: TakeStructuring) {
    take(Structuring { warm_up, ask_for, check_of, draw_text });
}

fn draw_text(place: TextPlace) -> Option<Box<dyn DrawText>> {
    Some(Box::new(StructuredView::new(place)?))
}
