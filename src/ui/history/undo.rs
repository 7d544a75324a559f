//! What was deleted can be brought back: by a notice for ten seconds, and from the side bar until the tab is closed.

use super::keeper::Keeper;
use super::notice::Notice;
use crate::browser::store::Saved;
use crate::browser::timer::sleep;
use crate::engine::archive::ConversationRecord;
use crate::engine::chat::Deleted;
use crate::engine::messages::history as words;
use crate::ui::components::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Time for which a deletion is told.
const TOLD: Duration = Duration::from_secs(10);

/// A deletion that can be taken back.
#[derive(Clone, Debug)]
enum Deletion {
    /// Turns of a conversation.
    Turns { conversation: String, deleted: Deleted },
    /// A whole conversation.
    Conversation(Box<(ConversationRecord, Saved)>),
}

/// Holds what was deleted since the tab was opened, the last one at the end.
#[derive(Clone, Copy, Debug)]
pub struct Undo {
    keeper: Keeper,
    deletions: StoredValue<Vec<Deletion>, LocalStorage>,
    /// Number of deletions that can be taken back.
    pub count: RwSignal<usize>,
    /// The sentence that tells of the last one, while it is told.
    pub told: RwSignal<Option<String>>,
}

impl Undo {
    /// Creates an empty one.
    #[must_use]
    pub fn new(keeper: Keeper) -> Undo {
        Undo {
            keeper,
            deletions: StoredValue::new_local(Vec::new()),
            count: RwSignal::new(0),
            told: RwSignal::new(None),
        }
    }

    /// Notes that turns of the conversation on show were deleted.
    pub fn turns_deleted(self, deleted: Deleted) {
        let conversation = self.keeper.shown.get_untracked().unwrap_or_default();
        let sentence = words::turns_deleted(deleted.count);
        self.push(Deletion::Turns { conversation, deleted }, sentence);
    }

    /// Notes that a conversation was deleted.
    pub fn conversation_deleted(self, record: ConversationRecord, saved: Saved) {
        let deletion = Deletion::Conversation(Box::new((record, saved)));
        self.push(deletion, words::CONVERSATION_DELETED.to_owned());
    }

    /// Forgets all deletions.
    pub fn clear(self) {
        self.deletions.update_value(Vec::clear);
        self.count.set(0);
        self.told.set(None);
    }

    fn push(self, deletion: Deletion, sentence: String) {
        self.deletions.update_value(|deletions| deletions.push(deletion));
        self.count.update(|count| *count += 1);
        let number = self.count.get_untracked();
        self.told.set(Some(sentence));
        spawn_local(async move {
            sleep(TOLD).await;
            // A later one has its own time.
            if self.count.try_get_untracked() == Some(number) {
                self.told.set(None);
            }
        });
    }

    /// Takes the last deletion back.
    pub fn undo(self) {
        let Some(last) = self.deletions.try_update_value(Vec::pop).flatten() else { return };
        self.count.update(|count| *count -= 1);
        self.told.set(None);
        let keeper = self.keeper;
        match last {
            Deletion::Turns { conversation, deleted } => {
                if keeper.shown.get_untracked().unwrap_or_default() == conversation {
                    let turns = keeper.chat.conversation;
                    turns.with_store(|store| store.conversation.undo(&deleted));
                    turns.show_path();
                }
            }
            Deletion::Conversation(conversation) => spawn_local(async move {
                let (record, saved) = *conversation;
                let Some(store) = keeper.store() else { return };
                match store.put_back(&saved).await {
                    Ok(()) => {
                        keeper.put_into_list(record.clone());
                        keeper.tell(&Notice::saved(record, false));
                    }
                    Err(problem) => keeper.problem.set(Some(problem)),
                }
            }),
        }
    }
}

/// Tells of the last deletion for a while, with the way back.
#[component]
pub fn UndoNotice() -> impl IntoView {
    let undo = expect_context::<Undo>();
    let notice = move |sentence: String| {
        view! {
            <p class="undo" role="status" data-testid="undo-notice">
                {sentence}
                <Button class="button quiet" test_id="undo" on_press=move |()| undo.undo()>
                    {words::UNDO}
                </Button>
            </p>
        }
    };
    view! { {move || undo.told.get().map(notice)} }
}
