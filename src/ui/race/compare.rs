//! "The same answer?": what two answers have in common, and the words in which they differ.

use crate::engine::messages::race as words;
use crate::engine::race::{Change, Comparison, changes, compare};
use leptos::prelude::*;

/// The most pieces of a difference that are drawn.
const PIECES: usize = 2_000;

/// Renders the comparison of two texts: what is in the first alone is struck out, what is in the second alone underlined.
#[component]
pub fn CompareView(
    /// The first text.
    first: String,
    /// The second text.
    second: String,
) -> impl IntoView {
    let comparison = compare(&first, &second);
    let (pieces, is_cut) = changes(&comparison, &first, &second, PIECES);
    let piece = |(change, text): (Change, &str)| {
        let text = text.to_owned();
        match change {
            Change::Kept => text.into_any(),
            Change::Removed => view! { <del>{text}</del> }.into_any(),
            Change::Added => view! { <ins>{text}</ins> }.into_any(),
        }
    };
    let pieces = pieces.into_iter().map(piece).collect_view();
    let difference = matches!(comparison, Comparison::Different { .. }).then(|| {
        view! {
            <div class="race-difference" dir="auto" tabindex="0" role="group" aria-label=words::COMPARE>
                {pieces}
            </div>
            {is_cut.then(|| view! { <p class="hint">{words::MORE_DIFFERENCES}</p> })}
        }
        .into_any()
    });
    view! {
        <div data-testid="race-comparison">
            <p role="status">{comparison.to_string()}</p>
            {difference}
        </div>
    }
}
