//! [`Connection`] holds which server and model are asked, and how.

use super::servers::Servers;
use crate::browser::storage::StorageProblem;
use crate::engine::settings::{KeyRecord, Problem, Settings};
use leptos::prelude::*;

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

/// Holds the settings in use, the key, and what is known of the server.
#[derive(Clone, Copy, Debug)]
pub struct Connection {
    /// The settings in use: those of the active profile, and the system prompt.
    pub settings: RwSignal<Settings>,
    /// The source of these settings.
    pub source: RwSignal<SettingsSource>,
    /// The key of that profile, which is no signal: nothing shows it but its own field.
    pub key: StoredValue<KeyRecord>,
    /// The problem with a field of the settings that is told now.
    pub problem: RwSignal<Option<Problem>>,
    /// The reason for which settings could not be read or kept.
    pub storage_problem: RwSignal<Option<StorageProblem>>,
    /// The ids of the server's models, once they were asked for.
    pub models: RwSignal<Vec<String>>,
    /// Whether a question waits for the server's list of models.
    pub is_looking_for_model: RwSignal<bool>,
    /// The servers that were set up, once the part `settings` was fetched, whose they are.
    pub servers: StoredValue<Option<Servers>>,
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
            servers: StoredValue::new(None),
        }
    }
}
