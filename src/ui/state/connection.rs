//! [`Connection`] holds which server and model are asked, and how.

use crate::browser::storage::StorageProblem;
use crate::engine::settings::{Problem, Settings};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Tells where the settings in use come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsSource {
    /// Not known yet: the deployment's file is on its way.
    Unknown,
    /// The person chose, and the record of it was not read yet.
    Stored,
    /// Nobody chose anything.
    Default,
    /// The deployment offers a server.
    Offered,
    /// The person chose.
    Chosen,
}

impl SettingsSource {
    /// Returns whether the settings in use are the ones that will stay.
    #[must_use]
    pub const fn is_known(self) -> bool {
        match self {
            SettingsSource::Unknown | SettingsSource::Stored => false,
            SettingsSource::Default | SettingsSource::Offered | SettingsSource::Chosen => true,
        }
    }

    /// Returns whether the person chose, also where it is not read yet what.
    #[must_use]
    pub const fn is_the_persons(self) -> bool {
        match self {
            SettingsSource::Stored | SettingsSource::Chosen => true,
            SettingsSource::Unknown | SettingsSource::Default | SettingsSource::Offered => false,
        }
    }
}

/// Holds a key and the origin of the server that it was entered for: no other server is sent it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecord {
    /// The server's origin, as in `https://api.openai.com`.
    pub origin: String,
    /// The key.
    pub key: String,
}

impl std::fmt::Debug for KeyRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRecord").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// Holds the settings in use, the key, and what is known of the server.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// The settings in use.
    pub settings: RwSignal<Settings>,
    /// The source of these settings.
    pub source: RwSignal<SettingsSource>,
    /// The key, which is no signal: nothing shows it but its own field.
    pub key: StoredValue<KeyRecord>,
    /// The problem with a field of the settings that is told now.
    pub problem: RwSignal<Option<Problem>>,
    /// The reason for which settings could not be read or kept.
    pub storage_problem: RwSignal<Option<StorageProblem>>,
    /// The ids of the server's models, once they were asked for.
    pub models: RwSignal<Vec<String>>,
    /// Whether a question waits for the server's list of models.
    pub is_looking_for_model: RwSignal<bool>,
}

impl Default for Connection {
    /// Returns the settings of a page that has just been opened.
    fn default() -> Connection {
        Connection {
            settings: RwSignal::default(),
            source: RwSignal::new(SettingsSource::Unknown),
            key: StoredValue::default(),
            problem: RwSignal::default(),
            storage_problem: RwSignal::default(),
            models: RwSignal::default(),
            is_looking_for_model: RwSignal::default(),
        }
    }
}
