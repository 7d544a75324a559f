//! [`table`] puts the figures of several lanes side by side.

use super::{Lane, Progress};
use crate::messages::figures as labels;
use crate::messages::race as words;
use crate::meter::Speed;
use std::time::Duration;

/// A figure of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Request to first byte (TTFB).
    FirstByte,
    /// Request to first visible text, reasoning included (TTFT).
    FirstText,
    /// Request to first word of the answer itself.
    FirstWord,
    /// Request to end.
    Total,
    /// Tokens of the answer, as the server counts them.
    Tokens,
    /// Tokens a second, from the first to the last text.
    Speed,
    /// The longest pause between two pieces of text.
    LongestGap,
    /// Bytes of the body.
    Bytes,
}

impl Figure {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Figure; 8] = [
        Figure::FirstByte,
        Figure::FirstText,
        Figure::FirstWord,
        Figure::Total,
        Figure::Tokens,
        Figure::Speed,
        Figure::LongestGap,
        Figure::Bytes,
    ];

    /// Returns its label and its definition.
    #[must_use]
    pub const fn words(self) -> labels::Words {
        match self {
            Figure::FirstByte => labels::FIRST_BYTE,
            Figure::FirstText => labels::FIRST_WORD,
            Figure::FirstWord => labels::FIRST_AFTER_THINKING,
            Figure::Total => labels::TOTAL,
            Figure::Tokens => labels::ANSWER_TOKENS,
            Figure::Speed => labels::SPEED,
            Figure::LongestGap => labels::LONGEST_GAP,
            Figure::Bytes => labels::RECEIVED,
        }
    }
}

/// The value of a figure in one lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A time.
    Time(Duration),
    /// Tokens or bytes.
    Count(u64),
    /// Tokens a second.
    TokensASecond(f64),
    /// Events a second, where no tokens are counted: not to be compared with those.
    EventsASecond(f64),
    /// It is not known.
    Unknown(Unknown),
}

/// The reason for which a figure is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The lane still runs.
    NotYet,
    /// The lane is over, and nothing of the kind came.
    Never,
    /// The server does not say it, or it cannot be measured: an answer that came at once has no speed.
    NotTold,
}

impl Unknown {
    /// Returns a word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Unknown::NotYet => words::NOT_YET,
            Unknown::Never => words::NEVER,
            Unknown::NotTold => words::NOT_TOLD,
        }
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The figure.
    pub figure: Figure,
    /// Its values, one for each lane.
    pub cells: Vec<Cell>,
    /// The lanes that are best in it, by their places: none where it is not for better or worse, or fewer than two are known.
    pub best: Vec<usize>,
}

/// Returns the figures of the lanes.
#[must_use]
pub fn table(lanes: &[Lane<'_>]) -> Vec<Row> {
    let row = |figure: Figure| {
        let cells: Vec<_> = lanes.iter().map(|lane| cell(figure, lane)).collect();
        let best = best(figure, lanes, &cells);
        Row { figure, cells, best }
    };
    Figure::ALL.into_iter().map(row).collect()
}

fn cell(figure: Figure, lane: &Lane<'_>) -> Cell {
    let numbers = lane.numbers;
    let is_running = lane.progress == Progress::Running;
    let missing = |over: Unknown| Cell::Unknown(if is_running { Unknown::NotYet } else { over });
    let time = |time: Option<Duration>, over: Unknown| time.map_or(missing(over), Cell::Time);
    match figure {
        Figure::FirstByte => time(numbers.ttfb, Unknown::Never),
        Figure::FirstText => time(numbers.ttft, Unknown::Never),
        Figure::FirstWord => time(numbers.ttfo, Unknown::Never),
        Figure::Total => time((!is_running).then_some(numbers.elapsed), Unknown::NotTold),
        Figure::Tokens => numbers.tokens_out.map_or(missing(Unknown::NotTold), Cell::Count),
        Figure::LongestGap => time(numbers.longest_gap, Unknown::NotTold),
        Figure::Bytes => Cell::Count(numbers.bytes),
        Figure::Speed => match numbers.speed {
            Some(Speed::Tokens(rate)) => Cell::TokensASecond(rate),
            Some(Speed::Deltas(rate)) => Cell::EventsASecond(rate),
            None => missing(Unknown::NotTold),
        },
    }
}

/// Returns the lanes that are best in a figure. A lane that broke off is best in nothing that its end decides.
fn best(figure: Figure, lanes: &[Lane<'_>], cells: &[Cell]) -> Vec<usize> {
    let (is_total, higher) = match figure {
        Figure::Tokens | Figure::Bytes => return Vec::new(),
        Figure::FirstByte | Figure::FirstText | Figure::FirstWord | Figure::LongestGap => (false, false),
        Figure::Total => (true, false),
        Figure::Speed => (false, true),
    };
    let value = |at: usize| match cells[at] {
        Cell::Time(time) => Some(time.as_secs_f64()),
        Cell::TokensASecond(rate) => Some(rate),
        Cell::Count(_) | Cell::EventsASecond(_) | Cell::Unknown(_) => None,
    };
    let counts = |at: &usize| !is_total || lanes[*at].progress == Progress::Finished;
    let known: Vec<_> =
        (0..cells.len()).filter(counts).filter_map(|at| value(at).map(|value| (at, value))).collect();
    let values = known.iter().map(|(_, value)| *value);
    let best = if higher { values.reduce(f64::max) } else { values.reduce(f64::min) };
    let is_best = |value: f64| best.is_some_and(|best| value == best);
    if known.len() < 2 {
        return Vec::new();
    }
    known.into_iter().filter(|(_, value)| is_best(*value)).map(|(at, _)| at).collect()
}
