//! Persists settings to localStorage; the key only where the person asks for it, and in memory otherwise.

use crate::browser::storage::{self, StorageProblem};
use crate::browser::transport::fetch_asset;
use crate::engine::settings::{Deployment, KeyRecord, Problem, Settings};
use crate::ui::state::{Connection, SettingsSource};
use leptos::prelude::*;

pub(super) const SETTINGS: &str = "tokenfall.settings";
/// The keys that are kept, of all servers.
pub(super) const KEYS: &str = "tokenfall.keys";
/// Where the first version kept its one key.
pub(super) const KEY: &str = "tokenfall.key";
/// The file with which a deployment offers a server to those who chose nothing.
const DEPLOYMENT: &str = "tokenfall.json";

impl Connection {
    /// Takes up the stored settings, without a wait; where there are none, those that the deployment offers. Does nothing
    /// once they are known.
    ///
    /// Each lazy part that reads or changes settings calls it first: reading stored records is not in the first load.
    pub async fn restore(self) {
        if self.is_known() {
            return;
        }
        match storage::load::<Settings>(SETTINGS) {
            Ok(Some(settings)) => {
                if settings.remember_key {
                    self.restore_key(&settings.profile);
                }
                self.settings.set(settings);
                return self.source.set(SettingsSource::Chosen);
            }
            Ok(None) => {}
            Err(problem) => self.storage_problem.set(Some(problem)),
        }
        let offered = deployment().await.unwrap_or_else(|problem| {
            self.storage_problem.set(Some(problem));
            None
        });
        // The person, or another part, may have been faster.
        if self.is_known() {
            return;
        }
        self.source.set(if offered.is_some() { SettingsSource::Offered } else { SettingsSource::Default });
        if let Some(settings) = offered {
            self.settings.set(settings);
        }
    }

    /// Notes that there are stored settings, without reading them: what a newcomer is offered is then not shown first.
    pub fn note_stored(self) {
        if storage::is_kept(SETTINGS) {
            self.source.set(SettingsSource::Stored);
        }
    }

    fn is_known(self) -> bool {
        self.source.get_untracked().is_known()
    }

    /// Changes the settings and keeps them. Whoever changes what belongs to a server does it by `edit`, for its profile and
    /// key to follow at once; that is in the part `settings`.
    pub fn change(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.source.set(SettingsSource::Chosen);
        self.storage_problem.set(self.keep_settings().err());
    }

    /// Keeps the settings in use.
    ///
    /// # Errors
    /// Storage that is refused or full.
    pub(super) fn keep_settings(self) -> Result<(), StorageProblem> {
        self.settings.with_untracked(|settings| storage::save(SETTINGS, settings))
    }

    /// The key, if it was entered for the server that is set now.
    ///
    /// # Errors
    /// An address that cannot be used, or a key that belongs to another server.
    pub fn own_key(self) -> Result<String, Problem> {
        self.settings.with_untracked(|settings| {
            settings.endpoint("")?;
            self.key.with_value(|record| record.for_request(settings).map(str::to_owned))
        })
    }

    /// Takes up the stored key of a profile; of settings without one, the key that the first version of the page kept.
    fn restore_key(self, profile: &str) {
        let kept = if profile.is_empty() {
            storage::load::<KeyRecord>(KEY)
        } else {
            let is_own = |record: &KeyRecord| record.profile == profile;
            storage::load::<Vec<KeyRecord>>(KEYS).map(|kept| kept?.into_iter().find(is_own))
        };
        match kept {
            Ok(Some(record)) => self.key.set_value(record),
            Ok(None) => {}
            Err(problem) => self.storage_problem.set(Some(problem)),
        }
    }
}

/// Fetches the settings that the deployment offers; `None` if it has no such file. A server may answer with a page of its own for one that is not there.
async fn deployment() -> Result<Option<Settings>, StorageProblem> {
    match fetch_asset(DEPLOYMENT).await.filter(|text| text.trim_start().starts_with('{')) {
        Some(text) => storage::from_json::<Deployment>(DEPLOYMENT, &text).map(Deployment::settings),
        None => Ok(None),
    }
}
