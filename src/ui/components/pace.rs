//! The sparkline under an answer: how much text came when. A pause shows as a gap.

use crate::engine::meter::{PACE_BUCKETS, Pace};
use crate::ui::el::{El, svg};
use std::fmt::Write as _;
use std::time::Duration;
use web_sys::Element;

/// Units of the drawing for each slice of time.
const STEP: usize = 2;
const HEIGHT: u32 = 20;
/// What little came still shows.
const LEAST: u32 = 2;

/// The empty drawing; a [`Sparkline`] fills it.
pub(in crate::ui) fn pace() -> El {
    svg("svg", "pace")
        .attr("viewBox", &format!("0 0 {} {HEIGHT}", PACE_BUCKETS * STEP))
        // As wide as its place and as high: a stroke keeps its width.
        .attr("preserveAspectRatio", "none")
        .attrs(&[("data-testid", "pace"), ("role", "img"), ("aria-label", "Pace of the answer over time")])
        .child(svg("path", "pace-time"))
        .child(svg("path", "pace-bars"))
}

/// The two lines of a drawing.
pub(in crate::ui) struct Sparkline {
    /// How much time has passed.
    pub(in crate::ui) time: Element,
    /// How much text came in each slice of it.
    pub(in crate::ui) bars: Element,
}

impl Sparkline {
    /// Draws the pace so far.
    pub(in crate::ui) fn draw(&self, pace: &Pace, elapsed: Duration) {
        let slices = (elapsed.as_micros() as u64 / (pace.width().as_micros() as u64).max(1)) as usize;
        let length = slices.min(PACE_BUCKETS) * STEP;
        let _ = self.time.set_attribute("d", &format!("M0 {}h{length}", HEIGHT - 1));
        let _ = self.bars.set_attribute("d", &pace_bars(pace.buckets()));
    }
}

/// The bars as an SVG path: one upright stroke a slice, as high as its share of the fullest slice; nothing for an empty one.
pub fn pace_bars(buckets: &[u32]) -> String {
    let most = buckets.iter().copied().max().unwrap_or(0).max(1);
    let mut path = String::with_capacity(buckets.len() * 12);
    for (at, bytes) in buckets.iter().enumerate().filter(|(_, bytes)| **bytes > 0) {
        let height = (u64::from(*bytes) * u64::from(HEIGHT) / u64::from(most)).max(u64::from(LEAST));
        let _ = write!(path, "M{} {HEIGHT}v-{height}", at * STEP + STEP / 2);
    }
    path
}
