//! [`StructuredView`] shows the text of an answer that is to be JSON: as a tree, as it came, and as a table.

use super::frame::{Act, Frame, StructuredFrame, Tab};
use super::raw_view::RawView;
use super::table_view::{TableView, has_table};
use super::told::{Figures, Told};
use super::tree_view::TreeView;
use crate::browser::clipboard;
use crate::browser::files::FileWriter;
use crate::engine::checks::SchemaChoice;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::{Change, Fault, Judgement, Schema, Tree, rows};
use crate::ui::state::{DrawText, TextHands, TextPlace, Work};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Changes that are taken from the tree at once: between them the work is counted.
const PORTION: usize = 256;
/// Changes that cost as much as a node that is made, where what they are about is not drawn.
const CHANGES_A_STEP: usize = 8;

/// Shows the text of an answer that is to be JSON. Dropping it takes it off the page.
pub struct StructuredView {
    shared: Rc<RefCell<Shared>>,
    _mounted: Box<dyn Any>,
}

struct Shared {
    frame: Frame,
    status: Element,
    tree: Tree,
    rows: TreeView,
    raw: RawView,
    table: Option<TableView>,
    choice: SchemaChoice,
    hands: TextHands,
    /// Bytes of the text that the tree was given.
    read: usize,
    figures: Figures,
    /// Whether there is a schema that values are judged by.
    is_judged: bool,
    is_running: bool,
    was_stopped: bool,
    is_finished: bool,
    /// Whether the tree has changes that were not drawn.
    has_changes: bool,
}

impl std::fmt::Debug for StructuredView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StructuredView").finish_non_exhaustive()
    }
}

impl StructuredView {
    /// Creates the view in an empty element; `None` if the browser refuses.
    #[must_use]
    pub fn new(place: TextPlace) -> Option<StructuredView> {
        let shared: Rc<RefCell<Option<Rc<RefCell<Shared>>>>> = Rc::default();
        let later = Rc::clone(&shared);
        let act = Rc::new(move |act| {
            let shared = later.borrow().clone();
            if let Some(shared) = shared {
                perform(&shared, act);
            }
        });
        let (hands, turn) = (place.hands.clone(), place.turn);
        let can_ask = Rc::new(move || (hands.can_ask)(turn));
        let frame = Rc::new(RefCell::new(None));
        let made = Rc::clone(&frame);
        let element: HtmlElement = place.element.clone().dyn_into().ok()?;
        let mounted = mount_to(element, move || {
            let frame = Frame::new(act, can_ask);
            *made.borrow_mut() = Some(frame);
            view! { <StructuredFrame frame=frame /> }
        });
        let frame: Frame = frame.borrow_mut().take()?;
        let inner = Rc::new(RefCell::new(Shared::new(frame, place)?));
        *shared.borrow_mut() = Some(Rc::clone(&inner));
        Some(StructuredView { shared: inner, _mounted: Box::new(mounted) })
    }
}

impl DrawText for StructuredView {
    fn draw(&mut self, text: &str, is_over: bool, most: Work) -> Work {
        // What the browser refuses to make is left out; the text went into the tree before.
        self.shared.borrow_mut().draw(text, is_over, most).unwrap_or_default()
    }

    fn is_behind(&self, text: &str, is_over: bool) -> bool {
        let shared = self.shared.borrow();
        let is_raw_behind = shared.frame.tab.get_untracked() == Tab::Raw && shared.raw.shown < text.len();
        shared.read < text.len() || shared.has_changes || is_raw_behind || (is_over && !shared.is_finished)
    }
}

impl Shared {
    fn new(frame: Frame, place: TextPlace) -> Option<Shared> {
        let schema = Schema::parse(&place.schema.text).ok().map(Rc::new);
        let status: Element = frame.status.get_untracked()?.into();
        if place.is_running {
            frame.announcement.set(words::BEGINS.to_owned());
        }
        Some(Shared {
            status,
            rows: TreeView::new(frame.tree.get_untracked()?.into()),
            raw: RawView::new(frame.raw.get_untracked()?.into()),
            frame,
            is_judged: schema.is_some(),
            tree: Tree::new(schema),
            table: None,
            choice: place.schema,
            hands: place.hands,
            read: 0,
            figures: Figures::default(),
            is_running: place.is_running,
            was_stopped: false,
            is_finished: false,
            has_changes: false,
        })
    }

    fn draw(&mut self, text: &str, is_over: bool, most: Work) -> Result<Work, JsValue> {
        let mut done = Work::default();
        if let Some(new) = text.get(self.read..).filter(|_| !self.is_finished) {
            let new = &new[..new.floor_char_boundary(most.bytes)];
            self.read += new.len();
            done.bytes += new.len();
            self.tree.push(new);
            self.has_changes |= !new.is_empty();
        }
        let is_read = self.read == text.len() && is_over && !self.is_finished;
        if is_read {
            self.tree.finish();
            (self.is_finished, self.has_changes) = (true, true);
        }
        self.stop_early();
        let was_behind = self.has_changes;
        done.steps += self.draw_changes(most.steps)?;
        if self.frame.tab.get_untracked() == Tab::Raw {
            done.bytes += self.raw.draw(text, most.bytes)?;
        }
        if self.is_finished && was_behind && !self.has_changes {
            self.tell_end()?;
        } else if !self.is_finished && 0 < done.bytes {
            self.status.set_text_content(Some(&self.figures.so_far(&self.tree, self.is_judged)));
        }
        Ok(done)
    }

    /// Draws changes of the tree, about as many steps of work. Returns how many those were.
    fn draw_changes(&mut self, most: usize) -> Result<usize, JsValue> {
        let mut steps = 0;
        while self.has_changes && steps < most {
            let changes = self.tree.take_changes(PORTION);
            self.has_changes = changes.len() == PORTION;
            self.count(&changes);
            steps += changes.len().div_ceil(CHANGES_A_STEP);
            steps += self.rows.apply(&self.tree, &changes)?;
        }
        Ok(steps)
    }

    fn count(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Restarted => self.figures = Figures::default(),
                Change::Closed(_) => self.figures.closed += 1,
                Change::Judged(id) => {
                    let is_wrong = matches!(self.tree.judgement(*id), Judgement::Failed(_));
                    self.figures.wrong += usize::from(is_wrong);
                }
                Change::Opened(_) | Change::Grew(_) => {}
            }
        }
    }

    /// Stops the answer at the first value that is wrong, if the person wants that.
    fn stop_early(&mut self) {
        let is_wanted = self.choice.stops_early && self.is_running && !self.was_stopped;
        if is_wanted && !self.is_finished && !self.tree.faults().is_empty() {
            self.was_stopped = true;
            let stop = Rc::clone(&self.hands.stop);
            // Behind the frame, in which the conversation is held.
            spawn_local(async move { stop() });
        }
    }

    fn tell_end(&mut self) -> Result<(), JsValue> {
        self.rows.cut()?;
        let told = Told::of(&self.tree, self.figures, &self.choice, self.is_judged);
        self.status.set_text_content(Some(&told.sentence));
        self.status.set_attribute("data-state", if told.is_good { "good" } else { "bad" })?;
        if self.is_running {
            self.frame.announcement.set(told.sentence.clone());
        }
        self.frame.has_table.set(has_table(&self.tree));
        if !told.has_json {
            self.show(Tab::Raw);
        }
        self.frame.told.set(Some(told));
        Ok(())
    }

    fn show(&mut self, tab: Tab) {
        if tab == Tab::Table && self.table.is_none() {
            self.make_table();
        }
        self.frame.tab.set(tab);
        let wake = Rc::clone(&self.hands.wake);
        spawn_local(async move { wake() });
    }

    fn make_table(&mut self) {
        let value = self.tree.root().and_then(|root| self.tree.value(root));
        let place = self.frame.table.get_untracked();
        let table = value.as_ref().and_then(rows).zip(place);
        self.table = table.and_then(|(rows, place)| TableView::new(&place, rows).ok());
        match self.table.as_ref().map(TableView::left_out) {
            Some((0, 0)) => {}
            Some((rows, columns)) => self.frame.table_note.set(words::left_out(rows, columns)),
            None => self.frame.table_note.set(words::NO_TABLE.to_owned()),
        }
        self.tell_rows();
    }

    fn more_rows(&mut self) {
        if let Some(table) = &mut self.table {
            let _ = table.show_more();
        }
        self.tell_rows();
    }

    fn tell_rows(&self) {
        self.frame.rows_left.set(self.table.as_ref().map_or(0, TableView::left));
    }

    fn reveal(&mut self, fault: &Fault) -> Option<HtmlElement> {
        self.frame.tab.set(Tab::Tree);
        let id = self.tree.find(&fault.path).or_else(|| self.tree.root())?;
        self.rows.reveal(&self.tree, id).ok().flatten()
    }
}

/// Does what the person wants. What moves the focus or asks comes when the view is free again.
fn perform(shared: &Rc<RefCell<Shared>>, act: Act) {
    let goal = match act {
        Act::Press(button) => {
            let shared = &mut *shared.borrow_mut();
            drop(shared.rows.press(&shared.tree, &button));
            None
        }
        Act::Key(button, key) => {
            let shared = &mut *shared.borrow_mut();
            shared.rows.key(&shared.tree, &button, &key).ok().flatten()
        }
        Act::Reveal(fault) => shared.borrow_mut().reveal(&fault),
        Act::Show(tab) => {
            shared.borrow_mut().show(tab);
            None
        }
        Act::MoreRows => {
            shared.borrow_mut().more_rows();
            None
        }
        Act::Copy(button) => {
            let text = shared.borrow().tree.raw().to_owned();
            spawn_local(async move { clipboard::put_for(&button, &text).await });
            None
        }
        Act::Save => {
            let mut file = FileWriter::default();
            if file.push(shared.borrow().tree.raw()).is_ok() {
                drop(file.save(words::FILE));
            }
            None
        }
        Act::AskAgain => {
            let (ask, told) = {
                let shared = shared.borrow();
                (Rc::clone(&shared.hands.ask), shared.frame.told.get_untracked())
            };
            if let Some(question) = told.and_then(|told| told.question) {
                ask(&question);
            }
            None
        }
    };
    if let Some(goal) = goal {
        // Behind the effects that bring its view on show.
        spawn_local(async move {
            let _ = goal.focus();
        });
    }
}
