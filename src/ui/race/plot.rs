//! The plot shows how much text each lane had when, on one axis of time. A curve has a colour and a pattern of dashes.

use crate::engine::messages::race as words;
use crate::engine::meter::Pace;
use crate::engine::race::{Axis, TextOverTime};
use crate::ui::components::count;
use leptos::prelude::*;
use std::fmt::Write as _;
use std::time::Duration;

/// Width and height of the plot, in its own units.
const SIZE: (u64, u64) = (1_000, 300);

/// What a plot shows at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curves {
    /// The axis of time.
    pub axis: Axis,
    /// The most bytes of text of a lane.
    pub most: u64,
    /// The curve of each lane, as an SVG path.
    pub paths: Vec<String>,
}

impl Curves {
    /// Draws the text of the lanes over the time that has passed.
    #[must_use]
    pub fn new(paces: &[&Pace], elapsed: Duration) -> Curves {
        let text = TextOverTime::of(paces);
        let slices = text.lanes.iter().map(Vec::len).max().unwrap_or(0);
        let drawn = text.slice * u32::try_from(slices).unwrap_or(u32::MAX);
        let axis = Axis::up_to(elapsed.max(drawn));
        let most = text.lanes.iter().filter_map(|lane| lane.last()).copied().max().unwrap_or(0);
        let paths = text.lanes.iter().map(|lane| curve(lane, text.slice, axis, most.max(1))).collect();
        Curves { axis, most, paths }
    }
}

/// Returns a curve as an SVG path: level as long as nothing comes, upright where something did.
fn curve(lane: &[u64], slice: Duration, axis: Axis, most: u64) -> String {
    let (width, height) = SIZE;
    let length = (axis.length().as_micros() as u64).max(1);
    let mut path = format!("M0 {height}");
    let mut before = 0;
    for (at, bytes) in (1..).zip(lane) {
        let x = slice.as_micros() as u64 * at * width / length;
        if *bytes != before {
            let _ = write!(path, "H{x}V{}", height - bytes * height / most);
            before = *bytes;
        } else if at == lane.len() as u64 {
            let _ = write!(path, "H{x}");
        }
    }
    path
}

/// Returns the upright lines at the ticks, as an SVG path.
fn grid(axis: Axis) -> String {
    let (width, height) = SIZE;
    (0..=u64::from(axis.steps)).fold(String::new(), |mut path, at| {
        let _ = write!(path, "M{} 0v{height}", at * width / u64::from(axis.steps.max(1)));
        path
    })
}

/// Renders the plot with its axis and a legend.
#[component]
pub fn Plot(
    /// The names of the lanes.
    names: Vec<String>,
    /// What is shown.
    #[prop(into)]
    curves: Signal<Curves>,
) -> impl IntoView {
    let (width, height) = SIZE;
    let paths = (0..names.len()).map(|at| {
        let path = move || curves.with(|curves| curves.paths.get(at).cloned().unwrap_or_default());
        view! { <path class="race-curve" data-lane=at.to_string() d=path></path> }
    });
    let paths = paths.collect_view();
    let axis = Memo::new(move |_| curves.with(|curves| curves.axis));
    let ticks = move || {
        let tick = |tick: String| view! { <li><span>{tick}</span></li> };
        axis.get().ticks().into_iter().map(tick).collect_view()
    };
    let legend = names.into_iter().enumerate().map(|(at, name)| {
        view! {
            <li>
                <Sample lane=at />
                <bdi>{name}</bdi>
            </li>
        }
    });
    let legend = legend.collect_view();
    view! {
        <figure class="race-plot" data-testid="race-plot">
            <ul class="race-legend">{legend}</ul>
            <p class="hint">
                {move || words::text_up_to(&count(curves.with(|curves| curves.most)))}
            </p>
            <svg
                viewBox=format!("0 0 {width} {height}")
                preserveAspectRatio="none"
                role="img"
                aria-label=words::PLOT
            >
                <path class="race-grid" d=move || grid(axis.get())></path>
                {paths}
            </svg>
            <ol class="race-ticks">{ticks}</ol>
            <figcaption class="hint">{words::PLOT_HINT}</figcaption>
        </figure>
    }
}

/// Renders a piece of a lane's curve, for its name to stand beside.
#[component]
pub fn Sample(
    /// The place of the lane.
    lane: usize,
) -> impl IntoView {
    view! {
        <svg class="race-sample" viewBox="0 0 32 8" aria-hidden="true">
            <path class="race-curve" data-lane=lane.to_string() d="M0 4H32"></path>
        </svg>
    }
}
