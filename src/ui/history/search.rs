//! [`Finding`] looks for words in the titles and texts of all conversations that were kept, and shows what it finds as it goes.

use super::keeper::Keeper;
use super::undo::Undo;
use crate::browser::store::StoreProblem;
use crate::browser::timer::sleep;
use crate::engine::archive::{ConversationRecord, Found, Search, SpokenTurn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::ops::Range;
use std::time::Duration;

/// Number of conversations that are searched before what was found in them is shown.
const PAGE: u32 = 16;

/// Time for which nothing is typed before it is looked for.
const PAUSE: Duration = Duration::from_millis(120);

/// A conversation in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundConversation {
    /// Its record, as it was when it was found.
    pub record: ConversationRecord,
    /// The places.
    pub found: Found,
}

/// Holds what a person looks for, and what of it was found.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    keeper: Keeper,
    /// What the person looks for.
    pub words: RwSignal<String>,
    /// The conversations that hold it, as far as they were searched, in the order of the list.
    pub found: RwSignal<Vec<FoundConversation>>,
    /// Whether there are more to be searched.
    pub is_searching: RwSignal<bool>,
    /// The number of the search: one that was begun later takes its place.
    run: StoredValue<u32>,
}

impl Finding {
    /// Creates one that looks for what is typed, for as long as the current owner lives. What is deleted or brought back meanwhile
    /// has it look again.
    #[must_use]
    pub fn new(keeper: Keeper, undo: Undo) -> Finding {
        let finding = Finding {
            keeper,
            words: RwSignal::default(),
            found: RwSignal::default(),
            is_searching: RwSignal::default(),
            run: StoredValue::new(0),
        };
        Effect::new(move |before: Option<String>| {
            undo.count.track();
            let words = finding.words.get();
            finding.begin(&words, before.as_ref() == Some(&words));
            words
        });
        show_branch(keeper);
        finding
    }

    /// Returns whether there is something to look for.
    #[must_use]
    pub fn is_wanted(self) -> bool {
        self.words.with(|words| Search::new(words).is_some())
    }

    /// Puts a conversation that was found into the list, which may not have been read so far: what changes it acts there.
    pub(super) fn take_up(self, id: &str) {
        let is_listed = self.keeper.list.with_untracked(|list| list.iter().any(|record| record.id == id));
        let found = self.found.with_untracked(|found| found.iter().find(|one| one.record.id == id).cloned());
        if let Some(found) = found.filter(|_| !is_listed) {
            self.keeper.put_into_list(found.record);
        }
    }

    /// Begins to look. What was found of other words is not shown any more; of the same ones it is until there is something new.
    fn begin(self, words: &str, is_same: bool) {
        self.run.update_value(|run| *run += 1);
        let search = Search::new(words);
        if !is_same {
            self.found.set(Vec::new());
        }
        self.is_searching.set(search.is_some() && !is_same);
        if let Some(search) = search {
            spawn_local(self.look(search, self.run.get_value(), is_same));
        }
    }

    async fn look(self, search: Search, run: u32, is_same: bool) {
        sleep(PAUSE).await;
        let mut found = Vec::new();
        let mut place = None;
        let store = self.keeper.store();
        let is_over = || self.run.try_get_value() != Some(run);
        while !is_over() {
            let each = |record: ConversationRecord, turns: Vec<SpokenTurn>| {
                if !is_over() {
                    let hit = search.look(&record.title, &turns);
                    found.extend(hit.map(|hit| FoundConversation { record, found: hit }));
                }
            };
            let next = match &store {
                Some(store) => store.spoken(place.as_ref(), PAGE, each).await,
                None => self.look_at_list(each),
            };
            if is_over() {
                return;
            }
            place = next.unwrap_or_else(|problem| {
                self.keeper.problem.set(Some(problem));
                None
            });
            if !is_same && !found.is_empty() {
                self.found.update(|all| all.append(&mut found));
            }
            if place.is_none() {
                break;
            }
        }
        if is_same && !is_over() {
            self.found.set(found);
        }
        if !is_over() {
            self.is_searching.set(false);
        }
    }

    /// Looks in the titles of the list: where nothing is kept there is no more.
    fn look_at_list<P>(
        self,
        mut each: impl FnMut(ConversationRecord, Vec<SpokenTurn>),
    ) -> Result<Option<P>, StoreProblem> {
        for record in self.keeper.list.get_untracked() {
            each(record, Vec::new());
        }
        Ok(None)
    }
}

/// Shows the branch with the turn that is sought, once its conversation is on show.
fn show_branch(keeper: Keeper) {
    Effect::new(move |_| {
        let Some(sought) = keeper.sought.get() else { return };
        if keeper.shown.get().as_ref() != Some(&sought.conversation) {
            return;
        }
        let path = keeper.chat.conversation.path;
        if path.with_untracked(|path| path.iter().all(|key| key.turn != sought.turn)) {
            keeper.chat.show(sought.turn);
        }
        keeper.chat.conversation.reach(sought.turn);
    });
}

/// Shows a text with places in it marked. They are elements: nothing of the text becomes markup.
pub(super) fn marked(text: &str, places: &[Range<usize>]) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut at = 0;
    for place in places {
        if let (Some(before), Some(marked)) = (text.get(at..place.start), text.get(place.clone())) {
            views.push(before.to_owned().into_any());
            let marked = marked.to_owned();
            views.push(view! { <mark>{marked}</mark> }.into_any());
            at = place.end;
        }
    }
    views.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    views
}
