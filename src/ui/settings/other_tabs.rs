//! Settings that another tab changes hold here as well, at once.

use super::persistence::{KEYS, SETTINGS};
use super::profiles::PROFILES;
use crate::browser::storage;
use crate::engine::settings::Settings;
use crate::ui::state::{Connection, SettingsSource};
use leptos::ev;
use leptos::prelude::*;

impl Connection {
    /// The names of the records of settings, servers and keys.
    pub const RECORDS: [&str; 3] = [SETTINGS, PROFILES, KEYS];

    /// Tracks changes of the servers that were set up.
    pub fn track_servers(self) {
        self.servers().profiles.track();
    }

    /// Takes up what other tabs keep of settings, servers and keys, as long as the page lives.
    pub fn listen_to_tabs(self) {
        let listener = window_event_listener(ev::storage, move |event| {
            if event.key().is_some_and(|name| Self::RECORDS.contains(&name.as_str())) {
                self.take_up_stored();
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Takes up what is stored. What cannot be read is left alone: whoever wrote it may be a later version.
    pub fn take_up_stored(self) {
        let Ok(Some(stored)) = storage::load::<Settings>(SETTINGS) else { return };
        if self.settings.with_untracked(|settings| *settings != stored) {
            let is_other_server = self.settings.with_untracked(|settings| {
                (&settings.profile, &settings.base_url) != (&stored.profile, &stored.base_url)
            });
            let before = self.key.get_value();
            if !before.key.is_empty() {
                self.hold_key(before);
            }
            self.key.set_value(self.key_of(&stored));
            self.settings.set(stored);
            self.source.set(SettingsSource::Chosen);
            self.problem.set(None);
            if is_other_server {
                self.models.set(Vec::new());
            }
        } else if stored.remember_key {
            self.key.set_value(self.key_of(&stored));
        }
        self.take_up_servers();
        self.servers().switched.set(());
    }
}
