//! [`LaneDraft`] is what was typed of a lane. All of it is text until the race starts, so that nothing typed is lost.

use super::host::RaceServer;
use crate::engine::messages::sheet;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::wire::Decimal;

/// What was typed of a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneDraft {
    /// Tells it from the others.
    pub id: u32,
    /// The name that the person gave it.
    pub name: String,
    /// The id of its server's profile.
    pub server: String,
    /// The model.
    pub model: String,
    /// The temperature.
    pub temperature: String,
    /// The most tokens of an answer.
    pub max_tokens: String,
    /// JSON of the person's own.
    pub extra: String,
    /// Whether its answer is streamed.
    pub stream: bool,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

impl LaneDraft {
    /// Creates a lane that asks a server as that was set up.
    #[must_use]
    pub fn new(server: &RaceServer) -> LaneDraft {
        let settings = &server.settings;
        LaneDraft {
            server: server.id.clone(),
            model: settings.model.clone(),
            temperature: temperature(settings),
            max_tokens: max_tokens(settings),
            extra: settings.extra.clone(),
            stream: settings.stream,
            ..LaneDraft::default()
        }
    }

    /// Asks another server. What was left as the one before had it becomes as the new one has it; what was typed stays.
    pub fn choose_server(&mut self, before: Option<&RaceServer>, now: &RaceServer) {
        let (known, new) = (before.map(LaneDraft::new).unwrap_or_default(), LaneDraft::new(now));
        self.server = new.server;
        for (field, known, new) in [
            (&mut self.model, known.model, new.model),
            (&mut self.temperature, known.temperature, new.temperature),
            (&mut self.max_tokens, known.max_tokens, new.max_tokens),
            (&mut self.extra, known.extra, new.extra),
        ] {
            if *field == known {
                *field = new;
            }
        }
        self.problem = None;
    }

    /// Returns the settings of its request.
    ///
    /// # Errors
    /// The first field that is no number.
    pub fn settings(&self, server: &Settings) -> Result<Settings, Problem> {
        let refused = |field, sentence: &str| Problem { field, sentence: sentence.to_owned() };
        let temperature = read(&self.temperature, Decimal::parse)
            .ok_or_else(|| refused(Field::Temperature, sheet::TEMPERATURE_REFUSED))?;
        let max_tokens = read(&self.max_tokens, |text| text.parse().ok().filter(|most: &u32| *most > 0))
            .ok_or_else(|| refused(Field::MaxTokens, sheet::LIMIT_REFUSED))?;
        Ok(Settings {
            model: self.model.clone(),
            temperature,
            max_tokens,
            extra: self.extra.clone(),
            stream: self.stream,
            ..server.clone()
        })
    }
}

/// Reads what may be left out; outer `None` for a text that cannot be read.
fn read<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => parse(text).map(Some),
    }
}

fn temperature(settings: &Settings) -> String {
    settings.temperature.as_ref().map(|temperature| temperature.as_str().to_owned()).unwrap_or_default()
}

fn max_tokens(settings: &Settings) -> String {
    settings.max_tokens.map(|most| most.to_string()).unwrap_or_default()
}
