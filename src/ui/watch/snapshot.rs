//! [`Snapshot`] is what the page tells of a watch at one moment, in words and paths.

use crate::browser::clock;
use crate::browser::live::Status;
use crate::engine::event_source::ReadyState;
use crate::engine::messages::{event_source, watch, watch_page as words};
use crate::engine::session::Receiver;
use crate::engine::timestamp::Timestamp;
use crate::engine::watch::{Connection, Kind, Outcome, Watch};
use crate::ui::components::{count, millis, pace_bars, seconds, time_line};
use std::fmt::Write as _;
use std::time::Duration;

/// Width of a slice of time in the plot, as `pace_bars` draws it.
const STEP: u64 = 2;

/// What the page tells of a watch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The state, or how it ended.
    pub state: String,
    /// Whether that is a fault.
    pub is_bad: bool,
    /// What a person can do about it.
    pub advice: String,
    /// What the server said with its refusal.
    pub excerpt: String,
    /// Whether it streams.
    pub verdict: String,
    /// The words of a button that connects at once; empty where nothing waits.
    pub connect_now: String,
    /// The figures: name and value.
    pub figures: Vec<(&'static str, String)>,
    /// The connections, a line each.
    pub connections: Vec<String>,
    /// The headers of the newest response.
    pub headers: Vec<(String, String)>,
    /// What is not whole.
    pub notes: Vec<String>,
    /// Whether texts can be sent.
    pub can_send: bool,
    /// Whether the text is read.
    pub has_text: bool,
    /// The plot.
    pub plot: Plot,
}

/// The lines of the plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// The part of the plane that is shown.
    pub view_box: String,
    /// The time.
    pub time: String,
    /// The bytes.
    pub bars: String,
    /// The pieces.
    pub ticks: String,
    /// The longest gap.
    pub gap: String,
    /// The time at the right.
    pub end: String,
}

impl Snapshot {
    /// Tells of a watch at the moment `now`; `status` is its connection's, as long as there is one.
    pub(super) fn of(watch: &Watch, status: Option<&Status>, now: Timestamp) -> Snapshot {
        let outcome = watch.outcome();
        let kind = watch.setup().kind;
        let mut snapshot = Snapshot {
            state: state(watch, outcome, status),
            is_bad: outcome.is_some_and(|outcome| !outcome.is_good()),
            advice: outcome.map(|outcome| outcome.advice(kind, &clock::page_origin())).unwrap_or_default(),
            verdict: watch.verdict(now),
            connect_now: connect_now(outcome, status, now),
            figures: figures_of(watch, status, now),
            connections: watch.connections().kept().iter().map(told).collect(),
            notes: notes(watch, status),
            can_send: outcome.is_none() && kind == Kind::Socket,
            has_text: watch.text().is_some(),
            plot: Plot::of(watch, now),
            ..Snapshot::default()
        };
        if let Some(Outcome::Status(_) | Outcome::WebPage(_) | Outcome::NotEvents) = outcome {
            snapshot.excerpt = watch.excerpt();
        }
        if let Some(head) = watch.connections().last().and_then(|last| last.head.as_ref()) {
            snapshot.headers = head.headers.clone();
        }
        snapshot
    }
}

fn state(watch: &Watch, outcome: Option<Outcome>, status: Option<&Status>) -> String {
    if let Some(outcome) = outcome {
        return outcome.sentence(watch);
    }
    let Some(status) = status else { return words::CONNECTING.to_owned() };
    match (status.ready_state, status.connects_again_at) {
        _ if status.waits_for_network => event_source::OFFLINE.to_owned(),
        // The whole wait, and not what is left of it: each change is read out.
        (_, Some(_)) => event_source::waiting(&seconds(status.wait.unwrap_or_default())),
        (ReadyState::Connecting, None) => match watch.connections().last() {
            // The browser's own waits, and does not say how long.
            Some(last) if last.ended.is_some() => words::BROWSER_CONNECTS.to_owned(),
            Some(_) | None => words::CONNECTING.to_owned(),
        },
        (ReadyState::Open | ReadyState::Closed, None) => words::OPEN.to_owned(),
    }
}

fn connect_now(outcome: Option<Outcome>, status: Option<&Status>, now: Timestamp) -> String {
    let Some(status) = status.filter(|_| outcome.is_none()) else { return String::new() };
    match status.connects_again_at {
        Some(due) => words::connect_now_in(due.duration_since(now)),
        None if status.waits_for_network => words::CONNECT_NOW.to_owned(),
        None => String::new(),
    }
}

fn figures_of(watch: &Watch, status: Option<&Status>, now: Timestamp) -> Vec<(&'static str, String)> {
    let arrivals = watch.arrivals();
    let time = |time: Option<Duration>| time.map_or_else(|| words::NOT_KNOWN.to_owned(), millis);
    let first = watch.connections().kept().first();
    let is_socket = watch.setup().kind == Kind::Socket;
    let mut figures = vec![
        (
            words::RESPONSE_AFTER,
            time(first.and_then(|first| Some(first.opened?.saturating_sub(first.asked)))),
        ),
        (words::FIRST_BYTE, time(arrivals.first())),
    ];
    if is_socket {
        figures.push((words::MESSAGE_COUNT, count(watch.event_count())));
    } else {
        figures.push((words::EVENT_COUNT, count(watch.event_count())));
        figures.push((words::LINE_COUNT, count(watch.lines().count())));
    }
    if !watch.is_read_by_browser() {
        figures.push((words::PIECES, count(arrivals.pieces())));
        figures.push((words::BYTES, watch::size(arrivals.bytes())));
    }
    figures.push((words::LONGEST_GAP, time(arrivals.longest_gap().map(|gap| gap.length))));
    figures.push((words::ELAPSED, seconds(watch.elapsed(now))));
    if !is_socket {
        figures.push((words::CONNECTION_COUNT, count(u64::from(watch.connections().count()))));
    }
    let chosen = watch.connections().last().map(|last| last.subprotocol.clone());
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        figures.push((words::SUBPROTOCOL, chosen));
    }
    if let Some(status) = status.filter(|status| !status.last_event_id.is_empty()) {
        figures.push((words::LAST_EVENT_ID, status.last_event_id.clone()));
    }
    figures
}

fn told(connection: &Connection) -> String {
    let what = match &connection.head {
        Some(head) => words::response(head.status, &head.content_type),
        None if connection.opened.is_some() => words::OPEN.to_owned(),
        None => words::NO_RESPONSE.to_owned(),
    };
    let lasted = connection.ended.map(|(_, at)| at.saturating_sub(connection.asked));
    let bytes = watch::size(connection.bytes);
    words::connection(connection.number, connection.asked, &what, &bytes, connection.events, lasted)
}

fn notes(watch: &Watch, status: Option<&Status>) -> Vec<String> {
    let mut notes = Vec::new();
    if watch.events().left_out() > 0 {
        notes.push(words::left_out(watch.events().left_out()));
    }
    if let Some(status) = status.filter(|status| status.dropped > 0) {
        notes.push(words::dropped(status.dropped));
    }
    if watch.tape().is_full() {
        notes.push(words::TAPE_FULL.to_owned());
    }
    let turn = watch.text().filter(|text| Receiver::is_over(*text)).map(|text| text.turn());
    if let Some(failure) = turn.and_then(|turn| turn.failure.as_ref()).filter(|_| watch.ending().is_none()) {
        notes.push(words::text_ended(&failure.sentence()));
    }
    notes
}

impl Plot {
    fn of(watch: &Watch, now: Timestamp) -> Plot {
        let (arrivals, elapsed) = (watch.arrivals(), watch.elapsed(now));
        let pace = arrivals.pace();
        let width = (pace.width().as_micros() as u64).max(1);
        let place = |at: Duration| at.as_micros() as u64 * STEP / width;
        let slices = (elapsed.as_micros() as u64 / width + 1).max(pace.buckets().len() as u64);
        let gap = arrivals.longest_gap().map(|gap| (place(gap.from), place(gap.from + gap.length)));
        let gap = gap.map(|(from, to)| format!("M{from} 0H{to}V20H{from}z")).unwrap_or_default();
        let mut ticks = String::new();
        let mut last = None;
        for arrival in arrivals.kept() {
            // In tenths: as fine as a screen is.
            let tenths = arrival.at.as_micros() as u64 * STEP * 10 / width;
            if last != Some(tenths) {
                let _ = write!(ticks, "M{}.{} 22v4", tenths / 10, tenths % 10);
                last = Some(tenths);
            }
        }
        Plot {
            view_box: format!("0 0 {} 28", slices * STEP),
            time: time_line(pace, elapsed),
            bars: pace_bars(pace.buckets()),
            ticks,
            gap,
            end: seconds(elapsed),
        }
    }
}
