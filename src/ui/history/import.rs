//! Reads a file of conversations in pieces, shows what it holds, and imports all of it or nothing.

use super::notice::Notice;
use super::transfer::{Contents, Step, Transfer, part_missing};
use crate::browser::clock::unix_millis;
use crate::browser::files::ChosenFile;
use crate::browser::storage::new_id;
use crate::browser::store::StoreProblem;
use crate::engine::archive::{ImportProblem, Imported};
use crate::engine::messages::transfer as words;
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use wasm_bindgen::JsValue;
use web_sys::Event;

/// Number of bytes that are read at once.
const PIECE: f64 = 131_072.0;

/// The most characters of an id that is taken over from a file.
const ID: usize = 64;

/// What was done, or why nothing was.
type Outcome = Result<Step, Step>;

impl Transfer {
    /// Reads a file, and shows what is in it. Nothing is changed.
    pub fn read(self, file: ChosenFile) {
        let run = self.begin(Step::Reading);
        spawn_local(async move {
            if let Some(Ok(step) | Err(step)) = self.read_through(run, &file).await {
                self.end(run, step);
            }
        });
    }

    /// Returns `None` if it was broken off.
    async fn read_through(self, run: u32, file: &ChosenFile) -> Option<Outcome> {
        let Some(files) = Transfer::files().await else { return Some(Err(part_missing(true))) };
        let mut reading = (files.read)();
        let length = file.len();
        let mut at = 0.0;
        while at < length {
            let Ok(piece) = file.read(at, at + PIECE).await else {
                return Some(Err(failed(words::FILE_IS_GONE.to_owned(), false)));
            };
            if self.is_over(run) {
                return None;
            }
            if let Err(problem) = reading.push(&piece) {
                return Some(Err(unreadable(&problem)));
            }
            at += PIECE;
            self.progress.set((at.min(length), length));
        }
        let ready = match reading.end() {
            Ok(ready) => ready,
            Err(problem) => return Some(Err(unreadable(&problem))),
        };
        let Some(store) = self.keeper.store() else {
            return Some(Err(failed(words::NO_STORE.to_owned(), false)));
        };
        let ids: HashSet<String> = match store.ids().await {
            Ok(ids) => ids.into_iter().collect(),
            Err(problem) => return Some(Err(failed(words::undone(&problem.to_string()), false))),
        };
        if self.is_over(run) {
            return None;
        }
        let preview = ready.preview();
        let here = preview.source_ids.iter().filter(|id| ids.contains(*id)).cloned().collect();
        self.ready.with_value(|place| place.replace(Some(ready)));
        Some(Ok(Step::Preview(Box::new(Contents { preview, here }))))
    }

    /// Imports what was read, without what is here already, or that as well, as copies.
    pub fn import(self, contents: &Contents, has_copies: bool) {
        let Some(ready) = self.ready.with_value(|ready| ready.take()) else { return };
        let left_out = if has_copies { 0 } else { contents.here.len() };
        let total = contents.preview.conversations - left_out;
        let here: HashSet<String> = contents.here.iter().cloned().collect();
        let run = self.begin(Step::Importing);
        self.progress.set((0.0, total as f64));
        let mut taken: HashSet<String> = HashSet::new();
        let id_of = move |source: &str| {
            if here.contains(source) {
                return has_copies.then(new_id);
            }
            // By the id of the file it is known again when that is imported once more.
            let is_kept = is_plain(source) && taken.insert(source.to_owned());
            Some(if is_kept { source.to_owned() } else { new_id() })
        };
        spawn_local(async move {
            let conversations = ready.finish(Box::new(id_of), unix_millis());
            let step = match self.write_all(run, conversations).await {
                Ok(None) => return,
                Ok(Some(number)) => {
                    Step::Done { is_import: true, sentence: words::imported(number, left_out) }
                }
                Err(problem) => failed(words::undone(&problem.to_string()), false),
            };
            self.keeper.read_list_anew().await;
            self.keeper.tell(&Notice::Imported);
            self.end(run, step);
        });
    }

    /// Returns how many were written, `None` if it was broken off.
    async fn write_all(
        self,
        run: u32,
        conversations: impl Iterator<Item = Imported>,
    ) -> Result<Option<usize>, StoreProblem> {
        let store = self.keeper.store().ok_or(StoreProblem::Closed)?;
        let mut import = store.import()?;
        let mut written = 0;
        // Nothing but the import is awaited here, or its transaction would end.
        for one in conversations {
            import.add(&one.record, &one.turns).await?;
            if self.is_over(run) {
                return Ok(None);
            }
            written += 1;
            self.progress.update(|(done, _)| *done = written as f64);
        }
        import.finish().await?;
        Ok(Some(written))
    }

    /// Takes files that are dropped on the page, for as long as the current owner lives.
    pub fn take_dropped_files(self) {
        let over = window_event_listener_untyped("dragover", |event| {
            if holds_files(&event) && !event.default_prevented() {
                event.prevent_default();
            }
        });
        let dropped = window_event_listener_untyped("drop", move |event| {
            if event.default_prevented() || !holds_files(&event) {
                return;
            }
            // Else the browser would show the file in the place of the page.
            event.prevent_default();
            let is_busy = self.step.with_untracked(Option::is_some);
            if let Some(file) = ChosenFile::first_of(&transferred(&event)).filter(|_| !is_busy) {
                self.read(file);
            }
        });
        on_cleanup(move || {
            over.remove();
            dropped.remove();
        });
    }
}

/// Returns what is dragged.
fn transferred(event: &Event) -> JsValue {
    Reflect::get(event, &"dataTransfer".into()).unwrap_or_default()
}

/// Returns whether files are dragged, not text or a link.
fn holds_files(event: &Event) -> bool {
    let types = Reflect::get(&transferred(event), &"types".into()).unwrap_or_default();
    types.is_object() && Array::from(&types).iter().any(|kind| kind == "Files")
}

/// Returns whether an id can be taken over: it goes into addresses, and is compared there.
fn is_plain(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=ID).contains(&id.len()) && id.bytes().all(is_plain)
}

fn unreadable(problem: &ImportProblem) -> Step {
    failed(problem.sentence.clone(), true)
}

fn failed(sentence: String, is_file: bool) -> Step {
    Step::Failed { is_import: true, sentence, is_file }
}
