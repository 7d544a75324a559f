//! Makes profiles of what the first version stored: settings of one server, its key, and the models of all servers.

use super::{KeyRecord, PRESETS, Preset, Profile, Profiles, Settings};
use serde::{Deserialize, Serialize};

/// The key as version 1 stored it (`tokenfall.key`).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecordV1 {
    /// The server's origin.
    pub origin: String,
    /// The key.
    pub key: String,
}

impl std::fmt::Debug for KeyRecordV1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRecordV1").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// A model that was in use, as version 1 stored it (a list in `tokenfall.recent-models`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentModelV1 {
    /// The base address of its server.
    pub base_url: String,
    /// Its name there.
    pub model: String,
}

/// What the first version stored, as profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The profiles.
    pub profiles: Profiles,
    /// The key of the one in use.
    pub key: Option<KeyRecord>,
}

impl Migrated {
    /// Makes profiles of version 1: one for the server that was set, and one for each other address whose models were in
    /// use. `settings` are also those that a deployment offers; `new_id` gives the ids. A key is taken along if it belongs to
    /// the address that is set.
    #[must_use]
    pub fn from_v1(
        settings: Settings,
        key: Option<KeyRecordV1>,
        recent: &[RecentModelV1],
        mut new_id: impl FnMut() -> String,
    ) -> Migrated {
        let system = settings.system.clone();
        let mut active = Profile::from_settings(&new_id(), settings);
        active.recent_models = models_of(&active.base_url, recent);
        let mut profiles = vec![active.clone()];
        for other in recent {
            let is_known = profiles.iter().any(|profile| profile.base_url == other.base_url);
            if !is_known && !other.base_url.is_empty() && !other.model.is_empty() {
                let found = PRESETS.iter().find(|preset| preset.base_url == other.base_url);
                let base = Settings { base_url: other.base_url.clone(), ..settings_for(found) };
                let mut profile = Profile::from_settings(&new_id(), base);
                profile.recent_models = models_of(&other.base_url, recent);
                profile.model.clone_from(&other.model);
                profiles.push(profile);
            }
        }
        let origin = active.settings("").origin();
        let key = key.filter(|record| {
            let is_own = record.origin.is_empty() || record.origin == origin;
            active.remember_key && is_own && !record.key.is_empty()
        });
        let key = key.map(|record| KeyRecord { profile: active.id.clone(), origin, key: record.key });
        let profiles = Profiles { profiles, active: active.id, system, ..Profiles::default() };
        Migrated { profiles, key }
    }
}

fn settings_for(found: Option<&Preset>) -> Settings {
    let custom = super::preset("custom");
    found.or(custom).map_or_else(Settings::default, Settings::for_preset)
}

fn models_of(base_url: &str, recent: &[RecentModelV1]) -> Vec<String> {
    let own = recent.iter().filter(|recent| recent.base_url == base_url && !recent.model.is_empty());
    own.map(|recent| recent.model.clone()).collect()
}
