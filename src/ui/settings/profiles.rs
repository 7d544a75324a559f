//! Persists the servers that were set up, as profiles in one record.
//!
//! The settings in use have a record of their own, which is all that a question needs: this part is not fetched for that.
//! Wherever profiles are written, the one in use takes those settings over first.

use super::persistence::KEY;
use crate::browser::storage::{self, StorageProblem};
use crate::engine::settings::{
    KeyRecord, KeyRecordV1, Migrated, PROFILES_VERSION, Profiles, RecentModelV1, Settings,
};
use crate::ui::state::{Connection, Servers, SettingsSource};
use leptos::prelude::*;
use serde::Deserialize;

pub(super) const PROFILES: &str = "tokenfall.profiles";
/// Where the first version kept the models that were in use lately.
const RECENT: &str = "tokenfall.recent-models";

/// The version of a record, whatever else is in it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct RecordVersion {
    version: u32,
}

impl Connection {
    /// Returns the servers that were set up, which are read the first time.
    pub(in crate::ui) fn servers(self) -> Servers {
        self.servers.get_value().unwrap_or_else(|| {
            let servers = Servers::default();
            self.servers.set_value(Some(servers));
            self.take_up_servers();
            servers
        })
    }

    /// Takes up the profiles as they are stored now, once the settings are known: another tab may have changed them. What
    /// the first version stored becomes profiles.
    pub(super) fn take_up_servers(self) {
        let servers = self.servers();
        let source = self.source.get_untracked();
        if !source.is_known() {
            return;
        }
        let stored = load_profiles();
        if let Err(problem) = &stored {
            self.storage_problem.set(Some(problem.clone()));
        }
        if let Ok(Some(profiles)) = &stored {
            servers.profiles.set(profiles.clone());
        }
        if source != SettingsSource::Chosen {
            return self.use_stored_profile();
        }
        let settings = self.settings.get_untracked();
        let is_bare = settings.is_untouched() && !storage::is_kept(RECENT);
        // Only an earlier version of the page writes settings without the id of their profile.
        let is_earlier = settings.profile.is_empty() && !is_bare;
        if is_earlier {
            let is_empty = servers.profiles.with_untracked(|known| known.profiles.is_empty());
            if stored == Ok(None) && is_empty {
                self.migrate(settings);
            } else {
                self.adopt(&settings);
            }
        }
        servers.profiles.update(|known| known.take_over(self.settings.get_untracked()));
        // A record that cannot be read stays until the person changes something.
        if is_earlier && stored.is_ok() && self.keep_all().is_ok() {
            storage::remove(RECENT);
            storage::remove(KEY);
        }
    }

    /// Changes the settings in use and their profile, and keeps both, with the key.
    pub(super) fn edit(self, change: impl FnOnce(&mut Settings)) {
        self.servers();
        self.change(|settings| {
            change(settings);
            if !settings.is_untouched() {
                name(settings);
            }
        });
        self.update_profiles(|_| ());
        self.keep_key();
    }

    /// Gives the settings in use a profile, if they have none: from now on the server counts as set up.
    pub(super) fn set_up(self) {
        self.servers();
        if self.settings.with_untracked(|settings| settings.profile.is_empty()) {
            self.change(name);
        }
    }

    /// Changes the profiles and keeps them. The one in use has taken over the settings in use before `act` sees it.
    pub(super) fn update_profiles<T>(self, act: impl FnOnce(&mut Profiles) -> T) -> T {
        let signal = self.servers().profiles;
        let (stored, newer) = match load_profiles() {
            Ok(stored) => (stored, None),
            Err(newer @ StorageProblem::Newer { .. }) => (None, Some(newer)),
            Err(StorageProblem::Refused | StorageProblem::Full | StorageProblem::Unreadable { .. }) => {
                (None, None)
            }
        };
        let mut profiles = stored.unwrap_or_else(|| signal.get_untracked());
        profiles.take_over(self.settings.get_untracked());
        let result = act(&mut profiles);
        let kept = newer.map_or_else(|| storage::save(PROFILES, &profiles), Err);
        if let Err(problem) = kept {
            self.storage_problem.set(Some(problem));
        }
        signal.set(profiles);
        result
    }

    /// Uses the stored profile that was in use, where the record of the settings in use is not there or is damaged.
    fn use_stored_profile(self) {
        let stored = self.servers().profiles.with_untracked(|profiles| {
            profiles.find(&profiles.active).map(|profile| profile.settings(&profiles.system))
        });
        if let Some(settings) = stored {
            self.key.set_value(self.key_of(&settings));
            self.settings.set(settings);
            self.source.set(SettingsSource::Chosen);
            self.servers().switched.set(());
        }
    }

    /// Makes profiles of what the first version stored.
    fn migrate(self, settings: Settings) {
        let recent = self.read_or_tell::<Vec<RecentModelV1>>(RECENT).unwrap_or_default();
        let key = self.read_or_tell::<KeyRecordV1>(KEY);
        let Migrated { profiles, key } = Migrated::from_v1(settings, key, &recent, storage::new_id);
        let profile = profiles.active.clone();
        self.key
            .set_value(key.unwrap_or_else(|| KeyRecord { profile: profile.clone(), ..KeyRecord::default() }));
        self.settings.update(|settings| settings.profile = profile);
        self.servers().profiles.set(profiles);
    }

    /// Gives settings that an earlier version of the page wrote beside profiles the one of their server, or a new one.
    fn adopt(self, settings: &Settings) {
        let profiles = self.servers().profiles;
        let known =
            profiles.with_untracked(|known| known.of_server(settings).map(|profile| profile.id.clone()));
        let profile = known.unwrap_or_else(storage::new_id);
        self.key.update_value(|record| record.profile.clone_from(&profile));
        self.settings.update(|settings| settings.profile = profile);
    }

    /// Keeps the settings in use, the profiles and the key, as they are.
    fn keep_all(self) -> Result<(), StorageProblem> {
        let kept = self.servers().profiles.with_untracked(|profiles| storage::save(PROFILES, profiles));
        let kept = kept.and_then(|()| self.write_key()).and_then(|()| self.keep_settings());
        if let Err(problem) = &kept {
            self.storage_problem.set(Some(problem.clone()));
        }
        kept
    }

    fn read_or_tell<T: serde::de::DeserializeOwned>(self, name: &str) -> Option<T> {
        storage::load(name).unwrap_or_else(|problem| {
            self.storage_problem.set(Some(problem));
            None
        })
    }
}

/// Gives the settings the id of a profile to be.
fn name(settings: &mut Settings) {
    if settings.profile.is_empty() {
        settings.profile = storage::new_id();
    }
}

/// Reads the stored profiles. A newer version's may have another shape: its number is read first.
fn load_profiles() -> Result<Option<Profiles>, StorageProblem> {
    match storage::load::<RecordVersion>(PROFILES) {
        Ok(Some(RecordVersion { version })) if version > PROFILES_VERSION => {
            let (name, known) = (PROFILES.to_owned(), PROFILES_VERSION);
            Err(StorageProblem::Newer { name, version, known })
        }
        Ok(_) | Err(_) => storage::load(PROFILES),
    }
}
