//! Persists the models that were in use lately, so that the menu offers them first.

use crate::browser::storage;
use crate::ui::state::Connection;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const RECENT: &str = "tokenfall.recent-models";
/// So many are kept, of all servers together.
const MOST: usize = 20;

/// A model that was in use, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RecentModel {
    /// The base address of its server.
    base_url: String,
    /// Its name there.
    model: String,
}

impl Connection {
    /// Keeps the model in use as the last one.
    pub(super) fn note_model(self) {
        let used = self.settings.with_untracked(|settings| RecentModel {
            base_url: settings.base_url.clone(),
            model: settings.model.clone(),
        });
        let mut recent = self.load_recent();
        if recent.first() == Some(&used) || used.model.is_empty() {
            return;
        }
        recent.retain(|model| *model != used);
        recent.insert(0, used);
        recent.truncate(MOST);
        if let Err(problem) = storage::save(RECENT, &recent) {
            self.storage_problem.set(Some(problem));
        }
    }

    /// Returns the models that were in use lately on the server that is set, the last one first.
    pub(super) fn recent_models(self) -> Vec<String> {
        let recent = self.load_recent().into_iter();
        self.settings.with_untracked(|settings| {
            recent.filter(|recent| recent.base_url == settings.base_url).map(|recent| recent.model).collect()
        })
    }

    fn load_recent(self) -> Vec<RecentModel> {
        storage::load(RECENT).map(Option::unwrap_or_default).unwrap_or_else(|problem| {
            self.storage_problem.set(Some(problem));
            Vec::new()
        })
    }
}
