//! The observer hears of code and formulas that the page makes, watches their text, and has the workers typeset it.

use super::code::Code;
use super::formula::{Formula, Readiness, open_end};
use super::highlights::Painter;
use super::live_set::LiveSet;
use super::worker_client::{WorkerClient, trusted};
use crate::browser::dom::{CODE, CodeBlock, FORMULA, GONE, TYPESET, typeset_around, typeset_in};
use crate::browser::stylesheet;
use crate::engine::typeset::language;
use js_sys::Array;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, MutationObserver, MutationObserverInit, MutationRecord, Node};

/// The files for this in the folder that `<meta name="workers">` names.
const WORKERS: [&str; 2] = ["code.js", "math.js"];
const STYLE: &str = "typeset.css";

/// Typesets all code and formulas that the page shows from now on, for the life of the page. To be called once.
pub fn serve() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(observer) = PageObserver::begin(&document) else { return };
    let heard = observer.clone();
    let made = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            heard.found(&element);
        }
    });
    // The event does not bubble: it is heard on its way down.
    drop(document.add_event_listener_with_callback_and_bool(TYPESET, made.as_ref().unchecked_ref(), true));
    // What is fetched later has no earlier end than the page.
    made.forget();
    let heard = observer.clone();
    let gone = Closure::<dyn Fn()>::new(move || heard.sweep());
    drop(document.add_event_listener_with_callback(GONE, gone.as_ref().unchecked_ref()));
    gone.forget();
    if let Some(root) = document.document_element() {
        observer.found(&root);
    }
    std::mem::forget(observer);
}

/// Watches the code and formulas of the page and has them typeset.
struct PageObserver {
    code: Rc<WorkerClient>,
    math: Rc<WorkerClient>,
    painter: Rc<Painter>,
    blocks: RefCell<LiveSet<Code>>,
    /// Number of blocks that the worker was asked about.
    numbers: Cell<u32>,
    /// Formulas that may be a guess of the page about text that is still to come.
    open: RefCell<Vec<Formula>>,
    /// Watches the text of code and formulas.
    texts: Watch,
    /// Watches the surroundings of the open formulas.
    around: Watch,
}

/// Owns a mutation observer and what that calls; dropping it ends both.
struct Watch {
    observer: MutationObserver,
    _changed: Closure<dyn Fn(Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Watch {
    fn new(page: &Rc<OnceCell<Weak<PageObserver>>>, changed: fn(&PageObserver, &Array)) -> Option<Self> {
        let page = page.clone();
        let changed = Closure::<dyn Fn(Array)>::new(move |records: Array| {
            if let Some(page) = page.get().and_then(Weak::upgrade) {
                changed(&page, &records);
            }
        });
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        Some(Self { observer, _changed: changed })
    }

    /// Hears of nodes that come and go in `node`, of text that changes, and of classes.
    fn observe(&self, node: &Node) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_character_data(true);
        options.set_attribute_filter(&Array::of1(&"class".into()));
        drop(self.observer.observe_with_options(node, &options));
    }
}

impl PageObserver {
    fn begin(document: &Document) -> Option<Rc<Self>> {
        let named = document.query_selector("meta[name=workers]").ok()??;
        let folder = named.get_attribute("content")?;
        // Code is plain until it is there.
        drop(stylesheet::apply(document, &format!("{folder}{STYLE}")).ok()?);
        let [code, math] = trusted(WORKERS.map(|file| format!("{folder}{file}")));
        let own = Rc::new(OnceCell::new());
        let page = Rc::new(Self {
            code: WorkerClient::new(code),
            math: WorkerClient::new(math),
            painter: Rc::default(),
            blocks: RefCell::default(),
            numbers: Cell::default(),
            open: RefCell::default(),
            texts: Watch::new(&own, Self::texts_changed)?,
            around: Watch::new(&own, |page, _| page.look_around())?,
        });
        own.set(Rc::downgrade(&page)).ok()?;
        Some(page)
    }

    /// Observes `root`, or what is in it, from now on.
    fn found(&self, root: &Element) {
        self.observe(root);
        for element in typeset_in(root) {
            self.observe(&element);
        }
    }

    fn observe(&self, element: &Element) {
        let classes = element.class_list();
        if classes.contains(CODE) {
            self.observe_code(element);
        } else if classes.contains(FORMULA)
            && let Some(formula) = Formula::of(element)
        {
            self.texts.observe(formula.source());
            self.typeset(formula);
        }
    }

    fn observe_code(&self, element: &Element) {
        let Some(CodeBlock { language: label, code }) = CodeBlock::of(element) else { return };
        let Some(language) = language(&label) else { return };
        let mut blocks = self.blocks.borrow_mut();
        // The page tells of a block twice: when it is made, without content, and when it is complete.
        if code.has_child_nodes()
            && let Some(block) = blocks.find_mut(|block| *block.element() == code)
        {
            block.close();
            block.read(&self.code, &self.painter, &self.numbers);
            return;
        }
        self.texts.observe(&code);
        let mut block = Code::new(code, language);
        if open_end(element).is_none() {
            block.close();
        }
        block.read(&self.code, &self.painter, &self.numbers);
        blocks.push(block, |block| !block.is_on_page());
    }

    fn texts_changed(&self, records: &Array) {
        let mut last = None;
        for record in records.iter() {
            let target = record.unchecked_into::<MutationRecord>().target();
            // Text that grows is reported node by node, and often many times in a row.
            let Some(target) = target.filter(|target| last.as_ref() != Some(target)) else { continue };
            let element = target.dyn_ref::<Element>().cloned().or_else(|| target.parent_element());
            last = Some(target);
            let Some(around) = element.and_then(|element| typeset_around(&element)) else {
                continue;
            };
            if let Some(formula) = Formula::of(&around) {
                formula.undraw();
                self.typeset(formula);
            } else if let Some(block) =
                self.blocks.borrow_mut().find_mut(|block| around.contains(Some(block.element())))
            {
                block.read(&self.code, &self.painter, &self.numbers);
            }
        }
    }

    /// Lets go of all that has left the page.
    fn sweep(&self) {
        self.blocks.borrow_mut().sweep(|block| !block.is_on_page());
        self.open.borrow_mut().retain(Formula::is_on_page);
        self.painter.sweep();
    }

    /// Has a formula drawn, unless its end may be a guess.
    fn typeset(&self, formula: Formula) {
        match formula.readiness() {
            Readiness::Ready => formula.ask(&self.math),
            Readiness::Open(around) => {
                self.around.observe(&around);
                let mut open = self.open.borrow_mut();
                open.retain(|other| !other.is(&formula));
                open.push(formula);
            }
            Readiness::Never => {}
        }
    }

    /// Has the formulas drawn behind which something came.
    fn look_around(&self) {
        self.around.observer.disconnect();
        for formula in self.open.take() {
            self.typeset(formula);
        }
    }
}
