//! Persists the keys of servers, each with the one origin that it is sent to; in memory only, unless the person asks for more.

use super::persistence::KEYS;
use crate::browser::storage::{self, StorageProblem};
use crate::engine::settings::{KeyRecord, Settings};
use crate::ui::state::Connection;
use leptos::prelude::*;

impl Connection {
    /// Takes a key as it is typed, for the server that is set now.
    pub(super) fn set_key(self, key: &str) {
        self.set_up();
        self.key.set_value(self.settings.with_untracked(|settings| KeyRecord::new(settings, key)));
        self.update_profiles(|_| ());
        self.keep_key();
    }

    /// Forgets the key if the address now names another server. Returns the sentence that says so.
    pub(super) fn forget_foreign_key(self) -> Option<&'static str> {
        let mut record = self.key.get_value();
        let said = self.settings.with_untracked(|settings| record.hold_to(settings));
        self.key.set_value(record);
        if said.is_some() {
            self.keep_key();
        }
        said
    }

    /// Returns the key of the server of the settings, as it was entered: the stored one, or that of this visit.
    pub(in crate::ui) fn key_of(self, settings: &Settings) -> KeyRecord {
        let is_own = |record: &KeyRecord| record.profile == settings.profile;
        let stored = if settings.remember_key { self.stored_keys() } else { Vec::new() };
        let known = || self.servers().keys.with_value(|keys| keys.iter().find(|key| is_own(key)).cloned());
        let found = stored.into_iter().find(is_own).or_else(known);
        found.unwrap_or_else(|| KeyRecord::new(settings, ""))
    }

    /// Holds a key of a server that is not in use for the rest of this visit.
    pub(super) fn hold_key(self, record: KeyRecord) {
        self.servers().keys.update_value(|keys| {
            keys.retain(|known| known.profile != record.profile);
            if !record.key.is_empty() {
                keys.push(record);
            }
        });
    }

    /// Keeps the key in use where the person asks for that, and else makes sure that it is not kept.
    pub(super) fn keep_key(self) {
        if let Err(problem) = self.write_key() {
            self.storage_problem.set(Some(problem));
        }
    }

    /// Keeps or forgets the key in use, as [`keep_key`](Connection::keep_key) does.
    ///
    /// # Errors
    /// Storage that is refused or full.
    pub(super) fn write_key(self) -> Result<(), StorageProblem> {
        let record = self.key.get_value();
        let is_kept =
            !record.key.is_empty() && self.settings.with_untracked(|settings| settings.remember_key);
        self.write(&record.profile, is_kept.then_some(&record))
    }

    /// Forgets the stored key of a profile, and the one of this visit.
    pub(super) fn forget_key_of(self, profile: &str) {
        self.servers().keys.update_value(|keys| keys.retain(|known| known.profile != profile));
        if let Err(problem) = self.write(profile, None) {
            self.storage_problem.set(Some(problem));
        }
    }

    fn write(self, profile: &str, record: Option<&KeyRecord>) -> Result<(), StorageProblem> {
        let before = self.stored_keys();
        let mut keys: Vec<_> = before.iter().filter(|known| known.profile != profile).cloned().collect();
        keys.extend(record.cloned());
        match keys.as_slice() {
            same if same == before => Ok(()),
            [] => {
                storage::remove(KEYS);
                Ok(())
            }
            keys => storage::save(KEYS, &keys),
        }
    }

    fn stored_keys(self) -> Vec<KeyRecord> {
        storage::load(KEYS).map(Option::unwrap_or_default).unwrap_or_else(|problem| {
            self.storage_problem.set(Some(problem));
            Vec::new()
        })
    }
}
