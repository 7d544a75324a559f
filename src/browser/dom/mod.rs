//! [`DomSink`] writes rendered Markdown as nodes of the page.
//!
//! Every node comes from `createElement` or `createTextNode`, with names from the list below; text becomes
//! text nodes. Text that goes on is appended to the text node that is there, so that a selection and the
//! focus survive. Nodes of settled steps are never removed, replaced or moved, but where a definition comes
//! late (module `patch`). Of code and formulas the document is told by an event, for `browser::typeset`.

mod elements;
mod find;
mod footnote;
mod groups;
mod image;
mod link;
mod node;
mod patch;
mod press;
mod toolbar;

pub(super) use find::{
    CODE, CodeBlock, FORMULA, holds_prose, is_in_code, is_in_prose, table_of, typeset_around, typeset_in,
};
pub(super) use image::SOURCE;
pub use link::lead;
pub(super) use link::{Why, aim, destination, risk};
pub use press::{Copied, Pressed, press};

use crate::engine::markdown::{Element, Sink};
use elements::make;
use groups::{Groups, ITEMS, PARTS};
use node::Made;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event, Text};

/// Appends rendered Markdown to an element.
///
/// The page must not put other nodes into that element while the sink is in use. Dropping the sink leaves
/// the nodes as they are.
#[derive(Debug)]
pub struct DomSink {
    document: Document,
    /// The open elements: where children go, and what closing means.
    open: Vec<Open>,
    /// An undo record for each step that is not settled.
    steps: std::collections::VecDeque<Undo>,
    /// The text node that stands last where text goes now, and its length in UTF-16 units.
    tail: Option<Tail>,
    /// The blocks that may be revised, by their numbers, which ascend.
    noted: Vec<(usize, web_sys::Element)>,
    revising: Option<Revising>,
    /// Steps done and taken back, for [`work`](Self::work).
    work: usize,
}

impl DomSink {
    /// Creates a sink that appends to `root`, an element without children.
    ///
    /// None when `root` belongs to no document.
    #[must_use]
    pub fn new(root: web_sys::Element) -> Option<Self> {
        let document = root.owner_document()?;
        let root = Open { groups: Some(Groups::new(PARTS)), ..Open::plain(root) };
        Some(Self {
            document,
            open: vec![root],
            steps: std::collections::VecDeque::new(),
            tail: None,
            noted: Vec::new(),
            revising: None,
            work: 0,
        })
    }

    /// Returns how many steps were done and taken back in all. Each makes, ends or removes a node, which a browser pays
    /// for, so a caller can end a frame behind so many of them.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work
    }

    fn slot(&self) -> Option<&web_sys::Element> {
        self.open.last().map(|open| &open.made.slot)
    }

    /// Returns the open link that what comes now stands in.
    fn link(&self) -> Option<web_sys::Element> {
        let mut outer = self.open.iter().rev().map(|open| &open.made.outer);
        outer.find(|outer| is_link(outer)).cloned()
    }

    fn append_text(&mut self, text: &str) -> Result<Undo, JsValue> {
        let mut added = Vec::new();
        let mut grown = None;
        let mut rest = text;
        if let Some(tail) = &mut self.tail
            && tail.units < LIVE_UNITS
        {
            let piece = take_units(rest, LIVE_UNITS - tail.units);
            if !piece.is_empty() {
                tail.node.append_data(piece)?;
                grown = Some((tail.node.clone(), tail.units));
                tail.units += units(piece);
                rest = &rest[piece.len()..];
            }
        }
        while !rest.is_empty() {
            let piece = take_units(rest, LIVE_UNITS);
            let node = self.document.create_text_node(piece);
            if let Some(slot) = self.slot() {
                slot.append_child(&node)?;
            }
            self.tail = Some(Tail { node: node.clone(), units: units(piece) });
            added.push(node);
            rest = &rest[piece.len()..];
        }
        Ok(Undo::Text { grown, added })
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::Open { tail } => {
                if let Some(open) = self.open.pop() {
                    open.made.outer.remove();
                    if let Some(behind) = open.behind {
                        behind.remove();
                    }
                    if let Some(groups) = self.open.last_mut().and_then(|parent| parent.groups.as_mut()) {
                        groups.take_back();
                    }
                }
                self.tail = tail;
            }
            Undo::Close { open, tail } => {
                self.open.push(open);
                self.tail = tail;
            }
            Undo::Text { grown, added } => {
                for node in added {
                    node.remove();
                }
                self.tail = grown.and_then(|(node, units)| {
                    let length = node.length();
                    let kept = u32::try_from(units).unwrap_or(length).min(length);
                    node.delete_data(kept, length - kept).ok()?;
                    Some(Tail { node, units })
                });
            }
            Undo::Note => {
                self.noted.pop();
            }
            Undo::Loosen { list } => {
                if let Some(list) = list {
                    list.set_class_name("md-list");
                }
            }
        }
    }
}

impl Sink for DomSink {
    fn open(&mut self, element: &Element) {
        self.work += 1;
        // Nothing in here fails in a document that is alive; in one that is not, nobody looks at the nodes.
        let link = matches!(element, Element::Image { .. }).then(|| self.link()).flatten();
        let Ok(made) = make(&self.document, element, link.is_some()) else { return };
        if let Some(parent) = self.open.last_mut() {
            parent.append(&self.document, &made.outer);
        }
        let is_labelled = matches!(element, Element::Code { language } if !language.is_empty());
        if is_labelled || matches!(element, Element::Math { .. }) {
            tell(&made.outer);
        }
        let groups = made.is_list.then(|| Groups::new(ITEMS));
        let behind = if let (Some(link), Element::Image { source: Some(source) }) = (&link, element) {
            image::button_behind(&self.document, link, source).ok().flatten()
        } else {
            None
        };
        self.open.push(Open { made, is_labelled, groups, behind });
        self.steps.push_back(Undo::Open { tail: self.tail.take() });
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if is_link(&open.made.outer) {
            drop(link::read_text(open.made.outer.unchecked_ref()));
        }
        if open.is_labelled {
            // The last line of code that is cut off has no end to be known by.
            tell(&open.made.outer);
        }
        self.steps.push_back(Undo::Close { open, tail: self.tail.take() });
    }

    fn text(&mut self, text: &str) {
        self.work += 1;
        let undo = self.append_text(text).unwrap_or(Undo::Text { grown: None, added: Vec::new() });
        self.steps.push_back(undo);
    }

    fn loosen(&mut self) {
        let list = self.open.iter().rev().find(|open| open.made.is_list).map(|open| open.made.outer.clone());
        if let Some(list) = &list {
            list.set_class_name("md-list md-loose");
        }
        self.steps.push_back(Undo::Loosen { list });
    }

    fn note(&mut self, number: usize) {
        if let Some(slot) = self.slot() {
            let slot = slot.clone();
            self.noted.push((number, slot));
        }
        self.steps.push_back(Undo::Note);
    }

    fn revise(&mut self, number: usize) {
        let place = self.noted.binary_search_by_key(&number, |(number, _)| *number);
        let block = place.ok().and_then(|place| self.noted.get(place)).map(|(_, block)| block.clone());
        // The new content is made off the page, in a node of which nothing is kept.
        let Ok(content) = self.document.create_element("p") else { return };
        self.open.push(Open::plain(content.clone()));
        self.revising = Some(Revising { block, content, tail: self.tail.take(), steps: self.steps.len() });
    }

    fn revised(&mut self) {
        let Some(Revising { block, content, tail, steps }) = self.revising.take() else { return };
        self.open.pop();
        self.steps.truncate(steps);
        self.tail = tail;
        if let Some(block) = block {
            drop(patch::patch(&block, &content));
            tell(&block);
        }
    }

    fn undo(&mut self, steps: usize) {
        self.work += steps;
        for _ in 0..steps {
            if let Some(undo) = self.steps.pop_back() {
                self.take_back(undo);
            }
        }
    }

    fn settle(&mut self, steps: usize) {
        self.steps.drain(..steps.min(self.steps.len()));
        // With nothing open any more the text is at its end.
        if let [Open { groups: Some(parts), .. }] = self.open.as_slice() {
            parts.end();
        }
    }
}

/// A text node that still grows is kept below this length in UTF-16 units: appending copies it.
const LIVE_UNITS: usize = 16 * 1024;

#[derive(Debug)]
struct Open {
    made: Made,
    /// Whether it is code with a label.
    is_labelled: bool,
    /// The groups of its children, if they are grouped.
    groups: Option<Groups>,
    /// The node that was made for it elsewhere, behind the link that it stands in.
    behind: Option<web_sys::Element>,
}

impl Open {
    fn plain(element: web_sys::Element) -> Self {
        Self { made: Made::plain(element), is_labelled: false, groups: None, behind: None }
    }

    /// Appends a child, to its group if it belongs to one.
    fn append(&mut self, document: &Document, child: &web_sys::Element) {
        let slot = &self.made.slot;
        let Some(groups) = &mut self.groups else { return drop(slot.append_child(child)) };
        groups.begin(document, slot);
        drop(groups.slot().unwrap_or(slot).append_child(child));
    }
}

/// A block under revision, and the state that is restored behind it.
#[derive(Debug)]
struct Revising {
    block: Option<web_sys::Element>,
    content: web_sys::Element,
    tail: Option<Tail>,
    steps: usize,
}

#[derive(Debug)]
struct Tail {
    node: Text,
    units: usize,
}

#[derive(Debug)]
enum Undo {
    Open {
        tail: Option<Tail>,
    },
    Close {
        open: Open,
        tail: Option<Tail>,
    },
    /// The node that grew with its length before, and the nodes that were added.
    Text {
        grown: Option<(Text, usize)>,
        added: Vec<Text>,
    },
    Loosen {
        list: Option<web_sys::Element>,
    },
    Note,
}

/// Tells who listens to the document that there is something to typeset in `element`, or will be, or that it is complete.
fn tell(element: &web_sys::Element) {
    if let Ok(event) = Event::new(TYPESET) {
        drop(element.dispatch_event(&event));
    }
}

/// Tells who listens to the document that text was taken off the page: what is kept for it is kept for nothing.
pub fn tell_gone() {
    let document = web_sys::window().and_then(|window| window.document());
    if let (Some(document), Ok(event)) = (document, Event::new(GONE)) {
        drop(document.dispatch_event(&event));
    }
}

/// The event that tells of something to typeset. It does not bubble.
pub const TYPESET: &str = "typeset";

/// The event of [`tell_gone`].
pub(in crate::browser) const GONE: &str = "text-gone";

fn is_link(element: &web_sys::Element) -> bool {
    element.class_name() == "md-link"
}

fn units(text: &str) -> usize {
    // Most text is ASCII, where the count is the length.
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// Returns the longest beginning of `text` with at most `limit` UTF-16 units.
fn take_units(text: &str, limit: usize) -> &str {
    // No character has more UTF-16 units than bytes.
    if text.len() <= limit {
        return text;
    }
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.len_utf16();
        if limit < taken {
            return &text[..at];
        }
    }
    text
}
