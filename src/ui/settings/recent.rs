//! Remembers which models were in use lately, so that the menu offers them first.

use crate::ui::state::Connection;
use leptos::prelude::*;

/// So many models of one other server are offered.
const MOST_ELSEWHERE: usize = 2;

/// A model of a server that is not in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ModelElsewhere {
    /// The id of the server's profile.
    pub(super) profile: String,
    /// The server's name.
    pub(super) server: String,
    /// The model's id.
    pub(super) model: String,
}

impl Connection {
    /// Keeps the model in use as the last one.
    pub(super) fn note_model(self) {
        let id = self.settings.with_untracked(|settings| settings.profile.clone());
        if !id.is_empty() {
            self.update_profiles(|profiles| {
                if let Some(profile) = profiles.find_mut(&id) {
                    profile.note_model();
                }
            });
        }
    }

    /// Returns the models that were in use lately on the server that is set, the last one first.
    pub(super) fn recent_models(self) -> Vec<String> {
        let id = self.settings.with_untracked(|settings| settings.profile.clone());
        self.servers().profiles.with_untracked(|profiles| {
            profiles.find(&id).map(|profile| profile.recent_models.clone()).unwrap_or_default()
        })
    }

    /// Returns the models that were in use last on the other servers that were set up.
    pub(super) fn models_elsewhere(self) -> Vec<ModelElsewhere> {
        let id = self.settings.with_untracked(|settings| settings.profile.clone());
        self.servers().profiles.with_untracked(|profiles| {
            let labelled = profiles.profiles.iter().zip(profiles.labels());
            let others = labelled.filter(|(profile, _)| profile.id != id);
            others
                .flat_map(|(profile, (id, server))| {
                    profile.last_models().take(MOST_ELSEWHERE).map(move |model| ModelElsewhere {
                        profile: id.clone(),
                        server: server.clone(),
                        model: model.to_owned(),
                    })
                })
                .collect()
        })
    }
}
