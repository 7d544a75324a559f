//! A line says what is special about the conversation on show: it is temporary, or another tab is writing in it.

use super::entry::{Entry, Storing, everything};
use super::hands::Standing;
use super::keeper::Keeper;
use crate::engine::archive::ConversationRecord;
use crate::engine::messages::history as words;
use crate::ui::components::Button;
use leptos::prelude::*;

impl Keeper {
    /// Begins an empty conversation that is never stored.
    pub fn begin_temporary(self) {
        self.chat.new_chat();
        self.with(|hands| hands.shown = Entry::new(ConversationRecord::default(), Storing::Never));
        self.tell_standing();
    }

    /// Keeps a temporary conversation after all.
    pub fn keep_temporary(self) {
        self.with(|hands| hands.shown.storing = Storing::Yes);
        self.tell_standing();
        self.chat.conversation.with_store(|turns| {
            let all = everything(turns);
            turns.conversation.put_back(&all);
        });
        self.save();
    }
}

/// Says what is special about the conversation on show.
#[component]
pub fn StandingNote(
    /// What keeps the conversation.
    keeper: Keeper,
) -> impl IntoView {
    move || match keeper.standing.get() {
        Standing::Usual => None,
        Standing::Followed => Some(
            view! {
                <p class="standing" role="status" data-testid="followed">
                    {words::IS_FOLLOWED}
                </p>
            }
            .into_any(),
        ),
        Standing::Temporary => Some(
            view! {
                <p class="standing" role="status" data-testid="temporary">
                    {words::IS_TEMPORARY}
                    <Button
                        class="button quiet"
                        test_id="keep-temporary"
                        on_press=move |()| keeper.keep_temporary()
                    >
                        {words::KEEP_IT}
                    </Button>
                </p>
            }
            .into_any(),
        ),
    }
}
