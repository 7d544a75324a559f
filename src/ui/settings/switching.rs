//! Switches between servers that were set up, removes one, and puts it back.

use super::validation::check;
use crate::engine::settings::{Field, Preset, Settings};
use crate::ui::state::{Connection, RemovedServer};
use leptos::prelude::*;

impl Connection {
    /// Uses a server that was set up, as it was left.
    pub(super) fn use_server(self, id: &str) {
        if self.settings.with_untracked(|settings| settings.profile == id) {
            return;
        }
        let system = self.leave();
        let found =
            self.update_profiles(|profiles| profiles.find(id).map(|profile| profile.settings(&system)));
        if let Some(settings) = found {
            self.arrive(settings);
        }
    }

    /// Uses a server that is known by name: as it was set up last, or as the preset begins. It counts as set up once
    /// something of it is changed.
    pub(super) fn use_preset(self, preset: &Preset) {
        let system = self.leave();
        let known =
            self.update_profiles(|profiles| profiles.of_preset(preset).map(|known| known.settings(&system)));
        self.arrive(known.unwrap_or_else(|| Settings { system, ..Settings::for_preset(preset) }));
    }

    /// Gives the server in use a name; an empty one for that of its preset or host.
    pub(super) fn rename_server(self, name: &str) {
        self.set_up();
        let id = self.settings.with_untracked(|settings| settings.profile.clone());
        self.update_profiles(|profiles| {
            if let Some(profile) = profiles.find_mut(&id) {
                name.clone_into(&mut profile.name);
            }
        });
    }

    /// Removes the server in use, with its key, and uses its neighbour. [`put_server_back`](Connection::put_server_back)
    /// undoes it.
    pub(super) fn remove_server(self) {
        let Settings { profile: id, system, .. } = self.settings.get_untracked();
        let key = self.key.get_value();
        let (removed, next) = self.update_profiles(|profiles| {
            let label = profiles.labels().into_iter().find(|(known, _)| *known == id).map(|(_, label)| label);
            let removed = profiles.remove(&id).zip(label);
            (removed, profiles.active().map(|profile| profile.settings(&system)))
        });
        let Some((profile, label)) = removed else { return };
        self.forget_key_of(&id);
        self.servers().removed.update(|all| all.push(RemovedServer { profile, key, label }));
        self.arrive(next.unwrap_or_else(|| Settings { system, ..Settings::default() }));
    }

    /// Puts the server back that was removed last, and uses it.
    pub(super) fn put_server_back(self) {
        let Some(RemovedServer { profile, key, .. }) = self.servers().removed.try_update(Vec::pop).flatten()
        else {
            return;
        };
        let system = self.leave();
        let settings = profile.1.settings(&system);
        self.update_profiles(|profiles| profiles.put_back(profile));
        self.hold_key(key);
        self.arrive(settings);
        self.keep_key();
    }

    /// Holds what belongs to the server in use, and returns the system prompt, which belongs to none.
    fn leave(self) -> String {
        self.servers();
        // What a deployment offers has no profile yet.
        if self.settings.with_untracked(|settings| !settings.is_untouched()) {
            self.set_up();
        }
        self.note_model();
        let key = self.key.get_value();
        if !key.profile.is_empty() {
            self.hold_key(key);
        }
        self.settings.with_untracked(|settings| settings.system.clone())
    }

    /// Uses other settings, with their key.
    fn arrive(self, settings: Settings) {
        self.key.set_value(self.key_of(&settings));
        self.change(|now| *now = settings);
        self.update_profiles(|_| ());
        self.models.set(Vec::new());
        self.problem.set(None);
        self.servers().switched.set(());
        check(self, Field::BaseUrl);
    }
}
