//! [`Preset`] fills in the lanes for what people compare most.

use super::host::RaceServer;
use super::lane_draft::LaneDraft;
use crate::engine::messages::race as words;
use crate::engine::settings::{Field, Problem};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The same request, streamed and in one piece.
    StreamAgainstWhole,
    /// Two models of one server.
    ModelAgainstModel,
    /// Two servers.
    DirectAgainstProxy,
    /// The same request three times.
    SameSeveralTimes,
}

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Preset; 4] = [
        Preset::StreamAgainstWhole,
        Preset::ModelAgainstModel,
        Preset::DirectAgainstProxy,
        Preset::SameSeveralTimes,
    ];

    /// Returns its words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Preset::StreamAgainstWhole => words::STREAM_AGAINST_WHOLE,
            Preset::ModelAgainstModel => words::MODEL_AGAINST_MODEL,
            Preset::DirectAgainstProxy => words::DIRECT_AGAINST_PROXY,
            Preset::SameSeveralTimes => words::SAME_SEVERAL_TIMES,
        }
    }

    /// Returns its name for tests.
    #[must_use]
    pub const fn test_id(self) -> &'static str {
        match self {
            Preset::StreamAgainstWhole => "race-stream-whole",
            Preset::ModelAgainstModel => "race-models",
            Preset::DirectAgainstProxy => "race-proxy",
            Preset::SameSeveralTimes => "race-same",
        }
    }

    /// Returns its lanes, of which the first asks the first server; what a person has to fill in is told there.
    #[must_use]
    pub fn lanes(self, servers: &[RaceServer]) -> Vec<LaneDraft> {
        let Some(first) = servers.first() else { return Vec::new() };
        let draft = LaneDraft { stream: true, ..LaneDraft::new(first) };
        let second = match self {
            Preset::StreamAgainstWhole => LaneDraft { stream: false, ..draft.clone() },
            Preset::ModelAgainstModel => with_other_model(first, draft.clone()),
            Preset::DirectAgainstProxy => with_other_server(servers, draft.clone()),
            Preset::SameSeveralTimes => return vec![draft; 3],
        };
        vec![draft, second]
    }
}

fn with_other_model(server: &RaceServer, draft: LaneDraft) -> LaneDraft {
    match server.models.iter().find(|model| model.trim() != draft.model.trim()) {
        Some(model) => LaneDraft { model: model.clone(), ..draft },
        None => told(LaneDraft { model: String::new(), ..draft }, Field::Model, words::NAME_OTHER_MODEL),
    }
}

fn with_other_server(servers: &[RaceServer], draft: LaneDraft) -> LaneDraft {
    match servers.get(1) {
        Some(other) => LaneDraft { stream: true, ..LaneDraft::new(other) },
        None => told(draft, Field::Preset, words::NO_OTHER_SERVER),
    }
}

fn told(draft: LaneDraft, field: Field, sentence: &str) -> LaneDraft {
    LaneDraft { problem: Some(Problem { field, sentence: sentence.to_owned() }), ..draft }
}
