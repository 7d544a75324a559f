//! Persists settings to localStorage; the key only where the person asks for it, and in memory otherwise.

use crate::browser::storage::{self, StorageProblem};
use crate::browser::transport::fetch_asset;
use crate::engine::messages::sheet;
use crate::engine::settings::{Deployment, Field, Problem, Settings};
use crate::engine::wire::BaseUrl;
use crate::ui::state::{Connection, KeyRecord, SettingsSource};
use leptos::prelude::*;

const SETTINGS: &str = "tokenfall.settings";
const KEY: &str = "tokenfall.key";
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
                    self.restore_key();
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

    /// Changes the settings and keeps them.
    pub fn change(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        self.source.set(SettingsSource::Chosen);
        let kept = self.settings.with_untracked(|settings| storage::save(SETTINGS, settings));
        self.storage_problem.set(kept.err());
        self.keep_key();
    }

    /// Takes a protocol's own path off the end of the address, and says which it was; empty if there was none.
    pub(super) fn take_off_ending(self) -> String {
        let (address, ending) =
            self.settings.with_untracked(|settings| BaseUrl::split_ending(&settings.base_url));
        if !ending.is_empty() {
            self.change(|settings| settings.base_url = address);
        }
        ending
    }

    /// Takes a key as it is typed, for the server that is set now.
    pub(super) fn set_key(self, key: String) {
        let origin = self.server();
        self.key.set_value(KeyRecord { origin, key });
        self.keep_key();
    }

    /// Forgets the key if the address now names another server. Says whether it did.
    pub(super) fn forget_foreign_key(self) -> bool {
        let origin = self.server();
        let mut record = self.key.get_value();
        if record.origin.is_empty() {
            // It was entered before any address was.
            record.origin.clone_from(&origin);
        }
        let is_foreign = !record.key.is_empty() && !origin.is_empty() && record.origin != origin;
        if is_foreign {
            record.key.clear();
        }
        self.key.set_value(record);
        if is_foreign {
            self.keep_key();
        }
        is_foreign
    }

    /// The key, if it was entered for the server that is set now.
    ///
    /// # Errors
    /// A key that belongs to another server.
    pub fn own_key(self) -> Result<String, Problem> {
        let KeyRecord { origin, key } = self.key.get_value();
        let base = self.settings.with_untracked(|settings| BaseUrl::parse(&settings.base_url, false));
        if !key.is_empty() && base.is_ok_and(|base| base.origin() != origin) {
            return Err(Problem { field: Field::Key, sentence: sheet::KEY_OF_OTHER_SERVER.to_owned() });
        }
        Ok(key)
    }

    fn server(self) -> String {
        self.settings.with_untracked(|settings| {
            BaseUrl::parse(&settings.base_url, false).map(|base| base.origin().to_owned()).unwrap_or_default()
        })
    }

    fn restore_key(self) {
        match storage::load::<KeyRecord>(KEY) {
            Ok(Some(record)) => self.key.set_value(record),
            Ok(None) => {}
            Err(problem) => self.storage_problem.set(Some(problem)),
        }
    }

    fn keep_key(self) {
        let record = self.key.get_value();
        if record.key.is_empty() || !self.settings.with_untracked(|settings| settings.remember_key) {
            storage::remove(KEY);
            return;
        }
        self.storage_problem.set(storage::save(KEY, &record).err());
    }
}

/// Fetches the settings that the deployment offers; `None` if it has no such file. A server may answer with a page of its own for one that is not there.
async fn deployment() -> Result<Option<Settings>, StorageProblem> {
    match fetch_asset(DEPLOYMENT).await.filter(|text| text.trim_start().starts_with('{')) {
        Some(text) => storage::from_json::<Deployment>(DEPLOYMENT, &text).map(Deployment::settings),
        None => Ok(None),
    }
}
