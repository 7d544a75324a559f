//! The plot of a trial shows how many characters came by when, and how many were shown.

use crate::engine::guard::{Trial, TriedPiece};
use crate::engine::messages::guard_page as words;
use crate::ui::components::{count, seconds};
use leptos::prelude::*;
use std::fmt::Write as _;
use std::time::Duration;

/// Width and height of the plot, in its own units.
const SIZE: (u64, u64) = (1_000, 200);

/// The most steps of a curve: more cannot be told apart.
const STEPS: usize = 500;

/// Renders the plot.
#[component]
pub fn TrialPlot(
    /// What came of the text.
    #[prop(into)]
    trial: Signal<Trial>,
) -> impl IntoView {
    let (width, height) = SIZE;
    let curves = Memo::new(move |_| trial.with(curves));
    let about = move || {
        trial.with(|trial| {
            let characters: usize = trial.pieces.iter().map(|piece| piece.chars).sum();
            words::up_to(&seconds(length(trial)), &count(characters as u64))
        })
    };
    view! {
        <figure class="guard-plot" data-testid="trial-plot">
            <svg
                viewBox=format!("0 0 {width} {height}")
                preserveAspectRatio="none"
                role="img"
                aria-label=words::PLOT
            >
                <path class="guard-curve" data-curve="came" d=move || curves.with(|(came, _)| came.clone())></path>
                <path class="guard-curve" data-curve="shown" d=move || curves.with(|(_, shown)| shown.clone())></path>
            </svg>
            <figcaption class="hint">
                <span class="guard-legend" data-curve="came">
                    {words::CURVE_CAME}
                </span>
                <span class="guard-legend" data-curve="shown">
                    {words::CURVE_SHOWN}
                </span>
                <span>{about}</span>
            </figcaption>
        </figure>
    }
}

/// Returns the time from the first piece to the last, or until the last was shown.
fn length(trial: &Trial) -> Duration {
    let end = |piece: &TriedPiece| Duration::from_micros(piece.at.micros()) + piece.delay;
    trial.pieces.iter().map(end).max().unwrap_or_default()
}

/// Returns what came and what was shown, as SVG paths of steps.
fn curves(trial: &Trial) -> (String, String) {
    let length = (length(trial).as_micros() as u64).max(1);
    let came: u64 = trial.pieces.iter().map(|piece| piece.chars as u64).sum();
    let shown: u64 = trial.shown.chars().count() as u64;
    let most = came.max(shown).max(1);
    let every = trial.pieces.len().div_ceil(STEPS).max(1);
    let path = |total: u64, read: fn(&TriedPiece) -> usize| {
        let (width, height) = SIZE;
        let mut path = format!("M0 {height}");
        let mut sum = 0;
        for (at, piece) in (1_usize..).zip(&trial.pieces) {
            sum += read(piece) as u64;
            if at % every == 0 {
                let x = piece.at.micros() * width / length;
                let _ = write!(path, "H{x}V{}", height - sum * height / most);
            }
        }
        // What the end lets through.
        let _ = write!(path, "H{width}V{}", height - total * height / most);
        path
    };
    (path(came, |piece| piece.chars), path(shown, |piece| piece.shown))
}
