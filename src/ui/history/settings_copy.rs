//! Settings are copied into the database: browsers write localStorage seconds later, and one that is killed loses those.

use super::keeper::Keeper;
use crate::browser::clock::unix_millis;
use crate::browser::storage;
use crate::browser::store::SettingsCopy;
use crate::ui::state::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The record of when the last copy was made, beside what was copied: it is lost with that.
const MADE: &str = "tokenfall.copied";

impl Keeper {
    /// Copies settings, servers and keys whenever they change, as long as the page lives.
    pub(super) fn copy_settings_when_they_change(self) {
        let connection = self.chat.connection;
        // Made ahead of the effect, which would take them away when it runs again.
        connection.track_servers();
        Effect::new(move |_| {
            connection.settings.track();
            connection.track_servers();
            self.copy_settings();
        });
    }

    /// Takes up a copy that is later than what localStorage holds: the browser was killed before it had written that.
    pub(super) async fn restore_settings(self) {
        let Some(store) = self.store() else { return };
        let known: u64 = storage::load(MADE).ok().flatten().unwrap_or_default();
        match store.settings().await {
            Ok(Some(copy)) if copy.made > known => {
                for name in Connection::RECORDS {
                    let copied = copy.records.iter().find(|(copied, _)| copied == name);
                    storage::put_text(name, copied.map(|(_, text)| text.as_str()));
                }
                let _ = storage::save(MADE, &copy.made);
                self.with(|hands| hands.copied = copy.records);
                self.chat.connection.take_up_stored();
            }
            // As long as it says the same it is not written again.
            Ok(copy) => self.with(|hands| hands.copied = copy.unwrap_or_default().records),
            Err(problem) => self.problem.set(Some(problem)),
        }
        self.copy_settings();
    }

    fn copy_settings(self) {
        let Some(store) = self.store() else { return };
        let text = |name: &str| Some((name.to_owned(), storage::text(name)?));
        let records: Vec<_> = Connection::RECORDS.into_iter().filter_map(text).collect();
        let is_known = self.with(|hands| {
            let is_known = hands.copied == records;
            hands.copied.clone_from(&records);
            is_known
        });
        if is_known {
            return;
        }
        let made = unix_millis();
        let _ = storage::save(MADE, &made);
        let writing = store.save_settings(&SettingsCopy { made, records });
        spawn_local(async move {
            // What localStorage holds is all that is needed, unless the browser is killed.
            let _ = writing.await;
        });
    }
}
