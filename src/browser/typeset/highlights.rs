//! Highlights colour text nodes by the CSS Custom Highlight API: no element is made and no layout is done for them.
//!
//! A browser looks at every range of every highlight in each frame in which the page changes. So only groups of lines
//! that are on the screen, or nearly, have ranges; the others keep their rows of numbers.

use super::live_set::LiveSet;
use crate::engine::typeset::Class;
use js_sys::{Array, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, Text};

/// Margin around the screen in which groups are coloured, so that scrolling does not show plain code first.
const MARGIN: &str = "600px";

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(constructor)]
    fn new() -> Highlight;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &StaticRange);
    #[wasm_bindgen(method)]
    fn delete(this: &Highlight, range: &StaticRange);

    type Registry;
    #[wasm_bindgen(method)]
    fn set(this: &Registry, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &Registry, name: &str) -> bool;

    type StaticRange;
    #[wasm_bindgen(constructor, catch)]
    fn new(ends: &Ends) -> Result<StaticRange, JsValue>;

    type Ends;
    #[wasm_bindgen(method, setter, js_name = startContainer)]
    fn set_start_container(this: &Ends, node: &Text);
    #[wasm_bindgen(method, setter, js_name = endContainer)]
    fn set_end_container(this: &Ends, node: &Text);
    #[wasm_bindgen(method, setter, js_name = startOffset)]
    fn set_start_offset(this: &Ends, units: u32);
    #[wasm_bindgen(method, setter, js_name = endOffset)]
    fn set_end_offset(this: &Ends, units: u32);
}

/// Owns the page's highlights, one for each class, and the groups of lines they lie over.
#[derive(Default)]
pub struct Painter {
    /// Made with the first group; empty in a browser without the API.
    highlights: RefCell<Option<Rc<Vec<Highlight>>>>,
    groups: RefCell<LiveSet<Rc<Group>>>,
    watch: RefCell<Option<Watch>>,
}

impl std::fmt::Debug for Painter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Painter").field("groups", &self.groups.borrow().len()).finish_non_exhaustive()
    }
}

/// Owns the observer that says which groups are on the screen; dropping it ends that.
struct Watch {
    observer: IntersectionObserver,
    _changed: Closure<dyn FnMut(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Colours the pieces of some lines of code together, while the lines are on the screen.
pub struct Group {
    element: Element,
    highlights: Rc<Vec<Highlight>>,
    nodes: RefCell<Vec<Text>>,
    rows: RefCell<Vec<Row>>,
    is_near: Cell<bool>,
    /// A class and a range for each row, while the group is on the screen.
    ranges: RefCell<Vec<(u8, StaticRange)>>,
}

impl std::fmt::Debug for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Group").field("rows", &self.rows.borrow().len()).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
struct Row {
    from: u32,
    to: u32,
    node: u16,
    class: u8,
}

impl Painter {
    /// Makes a group for the lines in `element`. `None` in a browser without highlights.
    pub fn group(self: &Rc<Self>, element: &Element) -> Option<Rc<Group>> {
        let highlights = self.highlights.borrow_mut().get_or_insert_with(|| Rc::new(highlights())).clone();
        if highlights.is_empty() {
            return None;
        }
        let group = Rc::new(Group {
            element: element.clone(),
            highlights,
            nodes: RefCell::default(),
            rows: RefCell::default(),
            is_near: Cell::new(false),
            ranges: RefCell::default(),
        });
        let observer = self.watch()?;
        observer.observe(element);
        self.groups.borrow_mut().push(group.clone(), |group| group.has_left(&observer));
        Some(group)
    }

    /// Removes the colours of groups that have left the page; with the last group the highlights themselves.
    pub fn sweep(&self) {
        let Some(observer) = self.watch.borrow().as_ref().map(|watch| watch.observer.clone()) else { return };
        let mut groups = self.groups.borrow_mut();
        groups.sweep(|group| group.has_left(&observer));
        if groups.len() == 0
            && let Some(registry) = registry()
            && self.highlights.take().is_some()
        {
            Class::ALL.iter().for_each(|class| {
                registry.delete(class.highlight());
            });
        }
    }

    fn watch(self: &Rc<Self>) -> Option<IntersectionObserver> {
        let mut watch = self.watch.borrow_mut();
        if watch.is_none() {
            let painter = Rc::downgrade(self);
            let changed = Closure::new(move |entries: Array| {
                if let Some(painter) = painter.upgrade() {
                    painter.seen(&entries);
                }
            });
            let options = IntersectionObserverInit::new();
            // The transcript scrolls inside of the page, where a margin around the root does not reach.
            Reflect::set(&options, &"scrollMargin".into(), &MARGIN.into()).ok()?;
            let function = changed.as_ref().unchecked_ref();
            let observer = IntersectionObserver::new_with_options(function, &options).ok()?;
            *watch = Some(Watch { observer, _changed: changed });
        }
        watch.as_ref().map(|watch| watch.observer.clone())
    }

    fn seen(&self, entries: &Array) {
        for entry in entries.iter() {
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            let target = entry.target();
            if let Some(group) = self.groups.borrow().find(|group| group.element == target) {
                // What has left the page is not on the screen either.
                group.near(entry.is_intersecting());
            }
        }
    }
}

/// Creates the highlights, one for each class, made known to the stylesheet under its name.
fn highlights() -> Vec<Highlight> {
    let Some(registry) = registry() else { return Vec::new() };
    let made = Class::ALL.iter().map(|class| {
        let highlight = Highlight::new();
        registry.set(class.highlight(), &highlight);
        highlight
    });
    made.collect()
}

fn registry() -> Option<Registry> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into());
    let registry = css.and_then(|css| Reflect::get(&css, &"highlights".into()));
    registry.ok().filter(JsValue::is_object).map(JsCast::unchecked_into)
}

impl Group {
    /// Returns whether it is not on the page any more: then it has no colours either.
    fn has_left(&self, observer: &IntersectionObserver) -> bool {
        let has_left = !self.element.is_connected();
        if has_left {
            self.near(false);
            observer.unobserve(&self.element);
        }
        has_left
    }

    /// Tells whether the group's lines are those in `element`.
    #[must_use]
    pub fn is_of(&self, element: &Element) -> bool {
        self.element == *element
    }

    /// Removes all colours: the text was taken back.
    pub fn clear(&self) {
        self.hide();
        self.rows.take();
    }

    /// Makes a text node one of the group's, and gives its number.
    pub fn add(&self, node: &Text) -> u16 {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.last() != Some(node) {
            nodes.push(node.clone());
        }
        u16::try_from(nodes.len() - 1).unwrap_or(u16::MAX)
    }

    /// Colours units `from` to `to` of a node by the number of a class. What is no class stays plain.
    pub fn paint(&self, node: u16, from: u32, to: u32, class: u32) {
        let Some(class) = u8::try_from(class).ok().filter(|class| usize::from(*class) < Class::ALL.len())
        else {
            return;
        };
        let row = Row { from, to, node, class };
        self.rows.borrow_mut().push(row);
        if self.is_near.get() {
            self.show(&[row]);
        }
    }

    /// Counts the pieces that have a colour on the screen.
    #[must_use]
    pub fn ranges(&self) -> usize {
        self.ranges.borrow().len()
    }

    /// Shows or hides the colours, as the group is on the screen, or nearly, or not.
    pub fn near(&self, is_near: bool) {
        if self.is_near.replace(is_near) == is_near {
            return;
        }
        if is_near {
            self.show(&self.rows.borrow());
        } else {
            self.hide();
        }
    }

    fn hide(&self) {
        for (class, range) in self.ranges.take() {
            if let Some(highlight) = self.highlights.get(usize::from(class)) {
                highlight.delete(&range);
            }
        }
    }

    fn show(&self, rows: &[Row]) {
        let nodes = self.nodes.borrow();
        let mut ranges = self.ranges.borrow_mut();
        let ends: Ends = js_sys::Object::new().unchecked_into();
        let mut current = None;
        for row in rows {
            let Some(node) = nodes.get(usize::from(row.node)) else { continue };
            if current != Some(row.node) {
                ends.set_start_container(node);
                ends.set_end_container(node);
                current = Some(row.node);
            }
            // Beyond the end of the node there is nothing to colour, and browsers would ignore the range.
            ends.set_start_offset(row.from);
            ends.set_end_offset(row.to);
            let made = StaticRange::new(&ends).ok().zip(self.highlights.get(usize::from(row.class)));
            if let Some((range, highlight)) = made {
                highlight.add(&range);
                ranges.push((row.class, range));
            }
        }
    }
}
