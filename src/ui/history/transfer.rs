//! [`Transfer`] is the state of what goes out as a file or comes in: one thing at a time, in a dialog.

use super::files::{Files, ReadyFile, bring_files};
use super::keeper::Keeper;
use crate::engine::archive::Preview;
use crate::engine::messages::transfer as words;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A conversation.
    One {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// All of them.
    All,
}

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The forms in which it can go out.
    Choose(Source),
    /// How far a file has been written.
    Exporting,
    /// How far a file was read.
    Reading,
    /// What a file holds.
    Preview(Box<Contents>),
    /// How much of it was imported.
    Importing,
    /// What was done.
    Done {
        /// Whether it was an import.
        is_import: bool,
        /// The sentence that says it.
        sentence: String,
    },
    /// Why nothing was done.
    Failed {
        /// Whether it was to be an import.
        is_import: bool,
        /// The sentence that says it.
        sentence: String,
        /// Whether another file may do.
        is_file: bool,
    },
}

impl Step {
    /// Returns whether it belongs to an import.
    #[must_use]
    pub fn is_import(&self) -> bool {
        match self {
            Step::Choose(_) | Step::Exporting => false,
            Step::Reading | Step::Preview(_) | Step::Importing => true,
            Step::Done { is_import, .. } | Step::Failed { is_import, .. } => *is_import,
        }
    }
}

/// What a file holds that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// Its conversations.
    pub preview: Preview,
    /// The ids of those that are here already.
    pub here: Vec<String>,
}

/// A file that was read, until it is imported.
type Ready = Rc<RefCell<Option<Box<dyn ReadyFile>>>>;

/// Holds what goes out or comes in.
#[derive(Clone, Copy)]
pub struct Transfer {
    pub(super) keeper: Keeper,
    /// What the dialog shows; `None` while there is none.
    pub step: RwSignal<Option<Step>>,
    /// How much of how much is done.
    pub progress: RwSignal<(f64, f64)>,
    /// The number of what is being done: what was begun before has no say any more.
    run: StoredValue<u32>,
    pub(super) ready: StoredValue<Ready, LocalStorage>,
}

impl std::fmt::Debug for Transfer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transfer").field("step", &self.step).finish_non_exhaustive()
    }
}

impl Transfer {
    /// Creates the state in which nothing goes out or comes in.
    #[must_use]
    pub fn new(keeper: Keeper) -> Transfer {
        Transfer {
            keeper,
            step: RwSignal::default(),
            progress: RwSignal::default(),
            run: StoredValue::new(0),
            ready: StoredValue::new_local(Rc::default()),
        }
    }

    /// Asks in which form it shall go out.
    pub fn choose(self, source: Source) {
        self.begin(Step::Choose(source));
    }

    /// Breaks off whatever is being done, and closes the dialog.
    pub fn close(self) {
        self.run.update_value(|run| *run += 1);
        self.ready.with_value(|ready| ready.take());
        self.step.set(None);
    }

    /// Begins something, and returns its number.
    pub(super) fn begin(self, step: Step) -> u32 {
        self.run.update_value(|run| *run += 1);
        self.progress.set((0.0, 0.0));
        self.step.set(Some(step));
        self.run.get_value()
    }

    /// Returns whether what has that number was broken off.
    pub(super) fn is_over(self, run: u32) -> bool {
        self.run.try_get_value() != Some(run)
    }

    /// Ends what has that number, if it was not broken off.
    pub(super) fn end(self, run: u32, step: Step) {
        if !self.is_over(run) {
            self.step.set(Some(step));
        }
    }

    /// Fetches what writes and reads files; `None` if that fails.
    pub(super) async fn files() -> Option<Files> {
        let taken: Rc<RefCell<Option<Files>>> = Rc::default();
        let take = Rc::clone(&taken);
        let take = move |files| {
            take.replace(Some(files));
        };
        bring_files(Box::new(take)).await.ok()?;
        taken.take()
    }
}

/// Says that the part that does it could not be fetched.
pub(super) fn part_missing(is_import: bool) -> Step {
    Step::Failed { is_import, sentence: words::PART_MISSING.to_owned(), is_file: false }
}
