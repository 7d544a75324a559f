//! The sparkline under an answer plots how much text came when. A pause shows as a gap.

use crate::engine::messages::figures;
use crate::engine::meter::{PACE_BUCKETS, Pace};
use leptos::prelude::*;
use leptos::svg;
use std::fmt::Write as _;
use std::time::Duration;
use web_sys::Element;

/// Width of a slice of time, in units of the plot.
const STEP: usize = 2;
const HEIGHT: u32 = 20;
/// Height of the lowest bar, in units of the plot: little text still shows.
const LEAST: u32 = 2;

/// Renders the empty plot, which a [`Sparkline`] fills.
#[component]
pub fn SparklineView(
    /// The line for the time.
    time: NodeRef<svg::Path>,
    /// The line for the text.
    bars: NodeRef<svg::Path>,
) -> impl IntoView {
    // As wide as its place and as high: a stroke keeps its width.
    view! {
        <svg
            class="pace"
            viewBox=format!("0 0 {} {HEIGHT}", PACE_BUCKETS * STEP)
            preserveAspectRatio="none"
            data-testid="pace"
            role="img"
            aria-label=figures::PACE
        >
            <path class="pace-time" node_ref=time></path>
            <path class="pace-bars" node_ref=bars></path>
        </svg>
    }
}

/// Draws a pace into the two lines of a plot.
#[derive(Debug)]
pub struct Sparkline {
    /// The line for the time that has passed.
    pub time: Element,
    /// The bars for the text that came in each slice of it.
    pub bars: Element,
}

impl Sparkline {
    /// Draws the pace so far.
    pub fn draw(&self, pace: &Pace, elapsed: Duration) {
        let _ = self.time.set_attribute("d", &time_line(pace, elapsed));
        let _ = self.bars.set_attribute("d", &pace_bars(pace.buckets()));
    }

    /// Stretches what is drawn over the whole plot, which keeps room for the time that may still come otherwise.
    pub fn stretch(&self, pace: &Pace) {
        if let Some(plot) = self.bars.parent_element() {
            let slices = pace.buckets().len().max(1);
            let _ = plot.set_attribute("viewBox", &format!("0 0 {} {HEIGHT}", slices * STEP));
        }
    }
}

/// Returns the time that has passed, as an SVG path.
#[must_use]
pub fn time_line(pace: &Pace, elapsed: Duration) -> String {
    let slices = elapsed.as_micros() as u64 / (pace.width().as_micros() as u64).max(1);
    // Before the cast: a browser's `usize` has 32 bits.
    format!("M0 {}h{}", HEIGHT - 1, slices.min(PACE_BUCKETS as u64) as usize * STEP)
}

/// Returns the bars, as an SVG path: one upright stroke a slice, as high as its share of the fullest slice; nothing for an
/// empty one.
#[must_use]
pub fn pace_bars(buckets: &[u32]) -> String {
    let most = buckets.iter().copied().max().unwrap_or(0).max(1);
    let mut path = String::with_capacity(buckets.len() * 12);
    for (at, bytes) in buckets.iter().enumerate().filter(|(_, bytes)| **bytes > 0) {
        let height = (u64::from(*bytes) * u64::from(HEIGHT) / u64::from(most)).max(u64::from(LEAST));
        let _ = write!(path, "M{} {HEIGHT}v-{height}", at * STEP + STEP / 2);
    }
    path
}
