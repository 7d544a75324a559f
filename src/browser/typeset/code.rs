//! Code reads complete lines from the page, sends them to the worker in batches, and paints the rows that come back.

use super::highlights::{Group, Painter};
use super::worker_client::WorkerClient;
use crate::engine::typeset::MAX_BLOCK_UNITS;
use js_sys::Uint32Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

/// A batch ends with the line that reaches this many bytes, so that drawing its rows takes the page a millisecond.
const BATCH_BYTES: usize = 2 * 1024;

/// Text that was read and then taken back makes the block begin anew; so often, and it is plain from there.
const MAX_RESTARTS: u32 = 4;

/// A block of code.
#[derive(Debug)]
pub(super) struct Code {
    element: Element,
    language: u32,
    /// The worker's number of the block; `None` before its first line.
    number: Option<u32>,
    /// The place at which reading goes on; `None` before the first text.
    place: Option<Place>,
    groups: Vec<Rc<Group>>,
    /// The text that was read and not sent yet, behind `sent_units` units of the block.
    text: String,
    sent_units: u32,
    /// The pieces of text nodes that it comes from, in order.
    runs: Vec<Run>,
    all_units: u32,
    restarts: u32,
    /// Whether its last line is complete without an end of its own.
    is_closed: bool,
}

/// A place in a text node, in UTF-16 units.
#[derive(Clone, Debug)]
struct Place {
    node: Text,
    read: u32,
    /// Offset up to which it was searched for the end of a line.
    looked: u32,
}

/// A piece of text in one text node.
#[derive(Clone, Debug)]
struct Run {
    group: Rc<Group>,
    /// The node, by its place in the group.
    node: u16,
    /// Offset of the piece in the node.
    from: u32,
    /// Offset of the piece in the block.
    at: u32,
    units: u32,
}

/// The text of one message to the worker: where it begins in the block, and its pieces.
#[derive(Debug)]
struct Batch {
    base: u32,
    runs: Vec<Run>,
}

impl Code {
    /// Creates the block whose groups of lines stand in `element`.
    pub(super) fn new(element: Element, language: u32) -> Self {
        Self {
            element,
            language,
            number: None,
            place: None,
            groups: Vec::new(),
            text: String::new(),
            sent_units: 0,
            runs: Vec::new(),
            all_units: 0,
            restarts: 0,
            is_closed: false,
        }
    }

    /// Closes the block, to which nothing more comes: the next [`read`](Self::read) takes the last line as well.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
    }

    pub(super) fn element(&self) -> &Element {
        &self.element
    }

    pub(super) fn is_on_page(&self) -> bool {
        self.element.is_connected()
    }

    /// Reads the lines that are complete by now and asks for their colours. `numbers` counts the blocks.
    pub(super) fn read(&mut self, worker: &Rc<WorkerClient>, painter: &Rc<Painter>, numbers: &Cell<u32>) {
        if !self.is_on_page() || MAX_RESTARTS < self.restarts {
            return;
        }
        let is_gone =
            |place: &Place| place.node.length() < place.read || !self.element.contains(Some(&place.node));
        if self.place.as_ref().is_some_and(is_gone) {
            self.begin_anew();
        }
        loop {
            let Some(mut place) = self.place.take().or_else(|| first(&self.element)) else { break };
            let next = following(&place.node);
            // The last line of all may still grow and be taken back, until the block is closed.
            let end = if next.is_some() || self.is_closed { place.node.length() } else { place.complete() };
            if place.read < end && !self.add(&place, end, painter) {
                // Nothing more of it is read.
                self.restarts = MAX_RESTARTS + 1;
                break;
            }
            place.read = end;
            let is_last = next.is_none();
            self.place = Some(next.unwrap_or(place));
            if is_last {
                break;
            }
        }
        self.send(worker, numbers);
    }

    fn begin_anew(&mut self) {
        self.groups.iter().for_each(|group| group.clear());
        let (restarts, is_closed) = (self.restarts + 1, self.is_closed);
        *self = Self { restarts, is_closed, ..Self::new(self.element.clone(), self.language) };
    }

    /// Reads up to `end` of the node at `place`. False when the block becomes too long, or nothing can be coloured.
    fn add(&mut self, place: &Place, end: u32, painter: &Rc<Painter>) -> bool {
        let units = end - place.read;
        let Some(lines) = place.node.parent_element() else { return false };
        let current = self.groups.last().filter(|group| group.is_of(&lines)).cloned();
        let Some(group) = current.or_else(|| painter.group(&lines)) else { return false };
        if self.groups.last().is_none_or(|last| !Rc::ptr_eq(last, &group)) {
            self.groups.push(group.clone());
        }
        if MAX_BLOCK_UNITS < (self.all_units + units) as usize {
            return false;
        }
        let Ok(text) = place.node.substring_data(place.read, units) else { return false };
        self.text.push_str(&text);
        let node = group.add(&place.node);
        self.runs.push(Run { group, node, from: place.read, at: self.all_units, units });
        self.all_units += units;
        true
    }

    /// Sends the complete lines.
    fn send(&mut self, worker: &Rc<WorkerClient>, numbers: &Cell<u32>) {
        let lines = self.text.rfind('\n').map_or(0, |end| end + 1);
        let complete = if self.is_closed { self.text.len() } else { lines };
        let mut from = 0;
        let mut first_run = 0;
        while from < complete {
            let least = (from + BATCH_BYTES).min(complete);
            let rest = self.text.as_bytes().get(least - 1..complete).unwrap_or_default();
            let to = rest.iter().position(|byte| *byte == b'\n').map_or(complete, |at| least + at);
            let text = &self.text[from..to];
            let base = self.sent_units;
            self.sent_units += utf16(text);
            first_run += self.runs[first_run..].iter().take_while(|run| run.at + run.units <= base).count();
            let within = self.runs[first_run..].iter().take_while(|run| run.at < self.sent_units);
            let batch = Batch { base, runs: within.cloned().collect() };
            let number = *self.number.get_or_insert_with(|| numbers.replace(numbers.get().wrapping_add(1)));
            worker.ask(number, self.language, text, move |answer| {
                if let Some(rows) = answer.dyn_ref::<Uint32Array>() {
                    batch.paint(&rows.to_vec());
                }
            });
            from = to;
        }
        self.text.drain(..complete);
        self.runs.retain(|run| self.sent_units < run.at + run.units);
    }
}

impl Place {
    fn begin(node: Text) -> Self {
        Self { node, read: 0, looked: 0 }
    }

    /// Returns the end of the node's last complete line.
    fn complete(&mut self) -> u32 {
        let length = self.node.length();
        let from = self.looked.clamp(self.read, length);
        self.looked = length;
        let text = self.node.substring_data(from, length - from).unwrap_or_default();
        text.rfind('\n').map_or(self.read, |end| from + utf16(&text[..=end]))
    }
}

/// Returns the first text of a block.
fn first(code: &Element) -> Option<Place> {
    text(code.first_element_child()?.first_child())
}

/// Returns the text behind that of a node, in the same group of lines or the next.
fn following(node: &Text) -> Option<Place> {
    let next_group = || node.parent_element()?.next_element_sibling()?.first_child();
    text(node.next_sibling().or_else(next_group))
}

fn text(node: Option<Node>) -> Option<Place> {
    Some(Place::begin(node?.dyn_into().ok()?))
}

fn utf16(text: &str) -> u32 {
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    u32::try_from(units).unwrap_or(u32::MAX)
}

impl Batch {
    /// Colours what the worker found: rows of begin, end and class, in order, in units of the batch.
    fn paint(&self, rows: &[u32]) {
        let mut runs = self.runs.as_slice();
        for row in rows.chunks_exact(3) {
            let &[from, to, class] = row else { continue };
            let (from, to) = (self.base.saturating_add(from), self.base.saturating_add(to));
            while let [first, rest @ ..] = runs
                && first.at + first.units <= from
            {
                runs = rest;
            }
            for run in runs.iter().take_while(|run| run.at < to) {
                let (start, end) = (from.max(run.at) - run.at, to.min(run.at + run.units) - run.at);
                run.group.paint(run.node, run.from + start, run.from + end, class);
            }
        }
    }
}
