//! Renders Markdown that streams: text in, steps for a sink out.
//!
//! [`Renderer::push`] takes the text as it comes; [`Renderer::flush`], once an animation frame, brings the
//! [`Sink`] up to date; [`Renderer::finish`] says that there is no more. Answers, reasoning and stored text
//! all go through here.
//!
//! pulldown-cmark parses (module `parse`). What is here makes it incremental: closed blocks, closed items of an open list,
//! rows of a table and lines of an open code block are settled, and only the text after them is parsed
//! again, behind a few bytes that stand for the open containers (module `containers`). The steps are compared with
//! those the sink took before; their common beginning stays. While text is open its likely end is shown
//! (module `completion`), so that no raw marks flash.
//!
//! What this does not know: the DOM, time, and the text it has settled.

mod completion;
mod containers;
mod definitions;
mod element;
mod fence;
mod flanking;
mod href;
mod late_definitions;
mod link_safety;
mod parse;
mod reference;
mod sink;
mod tex;
mod view;

pub use definitions::is_same_label;
pub use element::{Alert, Alignment, Element, GROUP_LINES, Level, SECTION_BLOCKS};
pub use href::Href;
pub use link_safety::names_another_host;
pub use link_safety::{Address, LONG_QUERY, LinkRisk};
pub use parse::tags::pairs as tag_pairs;
pub use parse::{events, is_line_break};
pub use reference::character_reference;
pub use sink::Sink;
pub use view::{visible, without_hidden};

use definitions::Definitions;
use late_definitions::LateDefinitions;
use view::{Anchor, Step, View};

/// Renders one text into one sink.
#[derive(Debug, Default)]
pub struct Renderer {
    /// The text from the anchor on.
    open: String,
    /// Whether the last character pushed was a carriage return, which may be half a line end.
    after_return: bool,
    anchor: Anchor,
    definitions: Definitions,
    late_definitions: LateDefinitions,
    /// The steps that the sink was told since the anchor; consecutive texts make one.
    shown: Vec<Step>,
    /// Length of `open` when it was parsed last.
    parsed: usize,
    /// Number of elements that the sink has open.
    depth: usize,
    /// Whether the last call of `flush` showed something.
    has_drawn: bool,
    finished: bool,
    scanned: usize,
}

impl Renderer {
    /// Creates a renderer at the beginning of a text. The sink it is given later has to be empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next part of the text, of any length. Line ends of all three kinds become `\n`. After
    /// [`finish`](Self::finish) it is ignored.
    pub fn push(&mut self, text: &str) {
        if self.finished || text.is_empty() {
            return;
        }
        let text = if std::mem::take(&mut self.after_return) {
            text.strip_prefix('\n').unwrap_or(text)
        } else {
            text
        };
        for (index, part) in text.split('\r').enumerate() {
            let part = if 0 < index {
                self.open.push('\n');
                part.strip_prefix('\n').unwrap_or(part)
            } else {
                part
            };
            self.open.push_str(part);
        }
        self.after_return = text.ends_with('\r');
    }

    /// Shows what was pushed since the last call, and says whether it did. Meant to be called once an animation frame,
    /// also in those in which nothing came: text faster than anybody reads is shown in every second one.
    pub fn flush(&mut self, sink: &mut impl Sink) -> bool {
        let grown = self.open.len() - self.parsed;
        let rests = std::mem::take(&mut self.has_drawn) && FLOOD_BYTES <= grown;
        if self.finished || grown == 0 || rests {
            return false;
        }
        // An end that cannot be settled would be parsed once a frame, which is quadratic in its length. From
        // here on it has to grow by a part of that first.
        if PATIENT_BYTES < self.open.len() && grown < self.open.len() / PATIENCE {
            return false;
        }
        self.has_drawn = true;
        self.parsed = self.open.len();
        let (text, prefix) = self.resumed();
        let view = self.parse(&text, prefix, false);
        let completed = match view.undecided {
            Some(from) => Some(text[..from].to_owned()),
            None => completion::complete(&text, prefix, view.leaf, &mut self.scanned),
        };
        let completed = completed.map(|text| self.parse(&text, prefix, false));
        // The part before the next anchor is the same, except where the likely end changed it.
        let mark = view.next.as_ref().map(|(_, count, _)| *count).filter(|count| {
            completed
                .as_ref()
                .is_none_or(|completed| completed.steps.get(..*count) == Some(&view.steps[..*count]))
        });
        let settled = self.show(completed.as_ref().unwrap_or(&view), mark, sink);
        self.learn(&view, false, sink);
        if mark.is_some() {
            self.settle(&text, view, prefix, settled, sink);
        }
        true
    }

    /// Ends the text: shows it as the whole text parses, closes all elements and settles every step.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        if self.finished {
            return;
        }
        let (text, prefix) = self.resumed();
        let view = self.parse(&text, prefix, true);
        self.show(&view, None, sink);
        self.learn(&view, true, sink);
        for _ in 0..self.depth {
            sink.close();
        }
        sink.settle(self.shown.len() + self.depth);
        *self = Self { finished: true, scanned: self.scanned, ..Self::default() };
    }

    /// Returns how many bytes the parser was given and the guess of the open end looked at so far, each time that they
    /// were: what the work is proportional to.
    #[must_use]
    pub fn bytes_scanned(&self) -> usize {
        self.scanned
    }

    /// Returns the open text behind what stands for its containers, and the length of the latter.
    fn resumed(&self) -> (String, usize) {
        let mut text = self.definitions.preamble(&self.open);
        text.reserve(self.open.len() + 64);
        containers::write(&self.anchor.containers, &mut text);
        let prefix = text.len();
        text.push_str(&self.open);
        (text, prefix)
    }

    fn parse(&mut self, text: &str, prefix: usize, is_whole: bool) -> View {
        let view = View::parse(text, prefix, &self.anchor, &self.definitions, is_whole);
        self.scanned += view.scanned;
        view
    }

    /// Brings the sink from the steps it took to those of `view`, and gives the number of its own steps that
    /// make the first `mark` of them.
    fn show(&mut self, view: &View, mark: Option<usize>, sink: &mut impl Sink) -> usize {
        let mut same = 0;
        let mut marked = 0;
        for (index, step) in view.steps.iter().enumerate() {
            if mark == Some(index) {
                marked = same;
            }
            match step {
                Step::Text(text) => {
                    let mut rest = text.as_str();
                    while let Some(Step::Text(shown)) = self.shown.get(same)
                        && let Some(after) = rest.strip_prefix(shown.as_str())
                        && !rest.is_empty()
                    {
                        rest = after;
                        same += 1;
                    }
                    if !rest.is_empty() {
                        self.undo_to(same, sink);
                        sink.text(rest);
                        self.shown.push(Step::Text(rest.to_owned()));
                        same += 1;
                    }
                }
                Step::Open(_) | Step::Close | Step::Loosen | Step::Note(_) => {
                    if self.shown.get(same) != Some(step) {
                        self.undo_to(same, sink);
                        match step {
                            Step::Open(element) => sink.open(element),
                            Step::Close => sink.close(),
                            Step::Note(number) => sink.note(*number),
                            Step::Loosen | Step::Text(_) => sink.loosen(),
                        }
                        self.shown.push(step.clone());
                    }
                    same += 1;
                }
            }
        }
        if mark == Some(view.steps.len()) {
            marked = same;
        }
        self.undo_to(same, sink);
        self.depth = view.depth;
        marked
    }

    fn undo_to(&mut self, steps: usize, sink: &mut impl Sink) {
        if steps < self.shown.len() {
            sink.undo(self.shown.len() - steps);
            self.shown.truncate(steps);
        }
    }

    /// Takes the definitions of `view`, and revises the settled text that waited for them.
    fn learn(&mut self, view: &View, is_last: bool, sink: &mut impl Sink) {
        if view.undecided.is_some() {
            return;
        }
        for (label, address) in &view.defined {
            if self.definitions.add(label, address) {
                self.late_definitions.defined(label);
            }
        }
        for number in self.late_definitions.due(is_last) {
            let Some((steps, scanned)) = self.late_definitions.revised(number, &self.definitions) else {
                continue;
            };
            self.scanned += scanned;
            sink.revise(number);
            for step in &steps {
                match step {
                    Step::Open(element) => sink.open(element),
                    Step::Close => sink.close(),
                    Step::Text(text) => sink.text(text),
                    Step::Loosen | Step::Note(_) => {}
                }
            }
            sink.revised();
        }
    }

    /// Moves the anchor to where `view` says that parsing can resume.
    fn settle(&mut self, text: &str, view: View, prefix: usize, steps: usize, sink: &mut impl Sink) {
        let Some((offset, _, anchor)) = view.next else { return };
        for noted in view.noted.iter().filter(|noted| noted.to <= offset) {
            self.late_definitions.keep(text, noted);
        }
        if 0 < steps {
            sink.settle(steps);
            self.shown.drain(..steps);
        }
        self.open.drain(..offset - prefix);
        self.parsed = self.open.len();
        self.anchor = anchor;
    }
}

/// Number of bytes in a frame that come to more than 7,000 tokens a second: half the frames show them as well.
const FLOOD_BYTES: usize = 512;

/// Length up to which the open end is parsed at every flush.
const PATIENT_BYTES: usize = 4 * 1024;

/// Beyond, it has to grow by one in so many before it is parsed again.
const PATIENCE: usize = 32;
