//! [`Rows`] puts rows into a list of the page as they come, and takes the oldest ones out of it.

use crate::engine::messages::watch_page as words;
use crate::engine::tape::{Direction, Form};
use crate::engine::watch::{Log, ROWS_KEPT, Row, Watch, What};
use crate::ui::components::millis;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

/// The most rows that are made in one frame.
const ROWS_A_FRAME: usize = 200;
/// A list that is scrolled so near to its end follows it, in pixels.
const NEAR: i32 = 24;

/// The list that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The events.
    Events,
    /// The lines as they came.
    Lines,
}

/// Draws the rows of one list.
#[derive(Debug)]
pub(super) struct Rows {
    place: NodeRef<html::Ol>,
    list: List,
    /// The words that rows must have, in small letters.
    filter: String,
    /// Number of the next row that is looked at.
    next: u64,
    /// Whether what is drawn belongs to another list or another filter.
    is_stale: bool,
}

impl Rows {
    pub(super) fn new(place: NodeRef<html::Ol>, list: List, filter: String) -> Rows {
        Rows { place, list, filter, next: 0, is_stale: true }
    }

    /// Shows another list, or other rows of it, from the next drawing on.
    pub(super) fn show(&mut self, list: List, filter: String) {
        self.list = list;
        self.filter = filter;
        self.is_stale = true;
    }

    /// Draws what came since; whether there is more.
    pub(super) fn draw(&mut self, watch: &Watch) -> bool {
        let Some(place) = self.place.get_untracked() else { return true };
        let place: HtmlElement = place.into();
        if std::mem::take(&mut self.is_stale) {
            place.set_text_content(None);
            self.next = 0;
        }
        let log: &Log = match self.list {
            List::Events => watch.events(),
            List::Lines => watch.lines(),
        };
        if log.count() <= self.next {
            return false;
        }
        let is_at_end = place.scroll_height() - place.scroll_top() - place.client_height() <= NEAR;
        let mut made = 0;
        for row in log.since(self.next) {
            if made == ROWS_A_FRAME {
                break;
            }
            self.next = row.number + 1;
            if row.has(&self.filter)
                && let Ok(element) = element(row)
            {
                let _ = place.append_child(&element);
                made += 1;
            }
        }
        while place.child_element_count() as usize > ROWS_KEPT
            && let Some(first) = place.first_element_child()
        {
            first.remove();
        }
        if is_at_end {
            place.set_scroll_top(place.scroll_height());
        }
        self.next < log.count()
    }
}

/// Makes a row's element.
fn element(row: &Row) -> Result<Element, wasm_bindgen::JsValue> {
    let document = document();
    let line = document.create_element("li")?;
    line.set_attribute("data-row", kind_of(row))?;
    let (name, detail) = name_of(row);
    let gap = row.gap.map(|gap| ["+".to_owned(), millis(gap)].concat()).unwrap_or_default();
    let mut text = row.text.clone();
    if row.is_cut() {
        text.push_str(words::MORE);
        text.push_str(&words::cut_at(row.bytes));
    }
    for (class, content) in [
        ("watch-at", millis(row.at)),
        ("watch-gap-before", gap),
        ("watch-name", name),
        ("watch-id", detail),
        ("watch-data", text),
    ] {
        // What is empty takes no place, except in the column of gaps.
        if content.is_empty() && class != "watch-gap-before" {
            continue;
        }
        let part = document.create_element(if class == "watch-data" { "code" } else { "span" })?;
        part.set_attribute("class", class)?;
        part.set_text_content(Some(&content));
        line.append_child(&part)?;
    }
    Ok(line)
}

const fn kind_of(row: &Row) -> &'static str {
    match &row.what {
        What::Line { .. } => "line",
        What::Comment => "comment",
        What::Event { .. } => "event",
        What::Message(Direction::Out, _) => "sent",
        What::Message(Direction::In, _) => "received",
        What::Note => "note",
    }
}

/// Returns what a row is called, and what else is known of it.
fn name_of(row: &Row) -> (String, String) {
    match &row.what {
        What::Line { is_whole: true } => (String::new(), String::new()),
        What::Line { is_whole: false } => (words::UNFINISHED.to_owned(), String::new()),
        What::Comment => (words::COMMENT.to_owned(), String::new()),
        What::Event { name, id } => {
            let id = if id.is_empty() { String::new() } else { ["#", id].concat() };
            (name.clone(), id)
        }
        What::Message(direction, form) => {
            let arrow = match direction {
                Direction::Out => words::SENT,
                Direction::In => words::RECEIVED,
            };
            let binary = if *form == Form::Binary { words::BINARY } else { "" };
            (arrow.to_owned(), binary.to_owned())
        }
        What::Note => (words::NOTE.to_owned(), String::new()),
    }
}
