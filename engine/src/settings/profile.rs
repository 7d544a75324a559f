//! [`Profile`] is one server as it was set up; [`Profiles`] holds them all, with the one in use.

use super::{Field, Preset, Problem, SETTINGS_VERSION, Settings, preset};
use crate::messages::archive::newer_version;
use crate::messages::{servers, sheet as words};
use crate::wire::{BaseUrl, Decimal, Dialect, OwnEventFields};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// The version written into stored profiles. Version 1 were [`Settings`] of one server.
pub const PROFILES_VERSION: u32 = 2;

/// The most models that a profile remembers.
const RECENT: usize = 20;

/// A server, and how it is asked. Its key is kept apart, in a [`KeyRecord`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The id, given from outside.
    pub id: String,
    /// The name that the person gave it; empty for that of the preset or host.
    pub name: String,
    /// The preset's name.
    pub preset: String,
    /// The base URL, as typed.
    pub base_url: String,
    /// The protocol that the server speaks.
    pub dialect: Dialect,
    /// The model's id, as typed.
    pub model: String,
    /// The models that were in use lately, the last one first.
    pub recent_models: Vec<String>,
    /// The temperature; `None` leaves it to the provider.
    pub temperature: Option<Decimal>,
    /// The most tokens of an answer; `None` leaves it to the provider.
    pub max_tokens: Option<u32>,
    /// Raw JSON to be merged into each request; empty for none.
    pub extra: String,
    /// The rules by which its own events are read.
    #[serde(skip_serializing_if = "OwnEventFields::is_empty")]
    pub events: OwnEventFields,
    /// The rules for what of its answers may be shown: see [`Settings::rules`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rules: String,
    /// Whether answers are streamed.
    pub stream: bool,
    /// Whether the key is kept on this device.
    pub remember_key: bool,
}

/// All servers that were set up, and the one in use. Unknown members of a stored record are ignored, missing ones take
/// their default; a newer version is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profiles {
    /// [`PROFILES_VERSION`].
    #[serde(deserialize_with = "known_version")]
    pub version: u32,
    /// The servers, in the order in which they were set up.
    pub profiles: Vec<Profile>,
    /// The id of the one in use.
    pub active: String,
    /// The system prompt that new conversations begin with.
    pub system: String,
}

/// A key of a profile, and the one origin that it is sent to.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRecord {
    /// The profile's id.
    pub profile: String,
    /// The server's origin, as in `https://api.openai.com`; empty where the key was entered before any address.
    pub origin: String,
    /// The key.
    pub key: String,
}

impl std::fmt::Debug for KeyRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRecord")
            .field("profile", &self.profile)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Default for Profile {
    fn default() -> Profile {
        Profile::from_settings("", Settings::default())
    }
}

impl Default for Profiles {
    fn default() -> Profiles {
        Profiles {
            version: PROFILES_VERSION,
            profiles: Vec::new(),
            active: String::new(),
            system: String::new(),
        }
    }
}

impl Profile {
    /// Returns the profile with the server's part of settings.
    #[must_use]
    pub fn from_settings(id: &str, settings: Settings) -> Profile {
        Profile {
            id: id.to_owned(),
            name: String::new(),
            preset: settings.preset,
            base_url: settings.base_url,
            dialect: settings.dialect,
            model: settings.model,
            recent_models: Vec::new(),
            temperature: settings.temperature,
            max_tokens: settings.max_tokens,
            extra: settings.extra,
            events: settings.events,
            rules: settings.rules,
            stream: settings.stream,
            remember_key: settings.remember_key,
        }
    }

    /// Returns the settings of a request to this server, with a conversation's system prompt.
    #[must_use]
    pub fn settings(&self, system: &str) -> Settings {
        Settings {
            version: SETTINGS_VERSION,
            preset: self.preset.clone(),
            base_url: self.base_url.clone(),
            dialect: self.dialect,
            model: self.model.clone(),
            system: system.to_owned(),
            temperature: self.temperature.clone(),
            max_tokens: self.max_tokens,
            extra: self.extra.clone(),
            events: self.events.clone(),
            rules: self.rules.clone(),
            stream: self.stream,
            remember_key: self.remember_key,
            profile: self.id.clone(),
        }
    }

    /// Takes over what was changed in settings of this server; its name and its models stay.
    pub fn change(&mut self, settings: Settings) {
        let changed = Profile::from_settings(&self.id, settings);
        let (name, recent_models) = (std::mem::take(&mut self.name), std::mem::take(&mut self.recent_models));
        *self = Profile { name, recent_models, ..changed };
    }

    /// Remembers the model in use as the last one.
    pub fn note_model(&mut self) {
        let model = self.model.trim().to_owned();
        if !model.is_empty() && self.recent_models.first() != Some(&model) {
            self.recent_models.retain(|known| *known != model);
            self.recent_models.insert(0, model);
            self.recent_models.truncate(RECENT);
        }
    }

    /// Returns the models that were in use lately, the last one first; the one that is set where none was noted.
    pub fn last_models(&self) -> impl Iterator<Item = &str> {
        let unnoted =
            Some(self.model.trim()).filter(|model| self.recent_models.is_empty() && !model.is_empty());
        self.recent_models.iter().map(String::as_str).chain(unnoted)
    }

    /// Returns the name that is shown: the person's own, or the preset's where its address is asked, or the host.
    #[must_use]
    pub fn label(&self) -> String {
        let own = self.name.trim();
        if !own.is_empty() {
            return own.to_owned();
        }
        if !self.dialect.has_address() {
            return servers::BROWSER_MODEL.to_owned();
        }
        match (preset(&self.preset), BaseUrl::parse(&self.base_url, false)) {
            (Some(preset), _) if preset.base_url == self.base_url.trim() && !preset.base_url.is_empty() => {
                preset.label.to_owned()
            }
            (_, Ok(base)) => base.host().to_owned(),
            (_, Err(_)) => servers::CUSTOM.to_owned(),
        }
    }
}

impl KeyRecord {
    /// Returns the key as it was entered for the server of the settings.
    #[must_use]
    pub fn new(settings: &Settings, key: &str) -> KeyRecord {
        KeyRecord { profile: settings.profile.clone(), origin: settings.origin(), key: key.to_owned() }
    }

    /// Holds the key to the address of its server, which may have changed: one that was entered before any address takes
    /// that origin, one of another origin is cleared. Returns the sentence that says so.
    pub fn hold_to(&mut self, settings: &Settings) -> Option<&'static str> {
        let origin = settings.origin();
        if self.origin.is_empty() {
            self.origin.clone_from(&origin);
        }
        // An address that is half typed is no other server.
        let is_foreign = !self.key.is_empty() && !origin.is_empty() && self.origin != origin;
        if !is_foreign {
            return None;
        }
        self.key.clear();
        self.origin = origin;
        Some(words::KEY_CLEARED)
    }

    /// Returns the key for a request to the server of the settings.
    ///
    /// # Errors
    /// A key that belongs to another profile or origin.
    pub fn for_request(&self, settings: &Settings) -> Result<&str, Problem> {
        let is_foreign = self.profile != settings.profile || self.origin != settings.origin();
        if !self.key.is_empty() && is_foreign {
            return Err(Problem { field: Field::Key, sentence: words::KEY_OF_OTHER_SERVER.to_owned() });
        }
        Ok(&self.key)
    }
}

impl Profiles {
    /// Returns the profile in use: the first where the named one is not there.
    #[must_use]
    pub fn active(&self) -> Option<&Profile> {
        self.find(&self.active).or_else(|| self.profiles.first())
    }

    /// Returns the profile of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// Returns the profile of that id, to be changed.
    pub fn find_mut(&mut self, id: &str) -> Option<&mut Profile> {
        self.profiles.iter_mut().find(|profile| profile.id == id)
    }

    /// Returns the profile of the server that the settings ask, however they came to be without its id: an earlier version
    /// of the page may have written them.
    #[must_use]
    pub fn of_server(&self, settings: &Settings) -> Option<&Profile> {
        let (base_url, dialect) = (settings.base_url.trim(), settings.dialect);
        self.profiles.iter().find(|known| known.base_url.trim() == base_url && known.dialect == dialect)
    }

    /// Returns the profile that a choice of a preset means: the one that was set up with it last. There is none where that
    /// is in use already, and for servers without an address of their own: then another one is wanted.
    #[must_use]
    pub fn of_preset(&self, preset: &Preset) -> Option<&Profile> {
        let is_of_it = |profile: &&Profile| profile.preset == preset.name;
        let is_in_use = self.find(&self.active).as_ref().is_some_and(is_of_it);
        let known = self.profiles.iter().rev().find(is_of_it);
        known.filter(|_| !is_in_use && !preset.base_url.is_empty())
    }

    /// Takes over the settings in use, as a new profile where theirs is not there; settings without a profile's id give
    /// none. From then on their profile is in use.
    pub fn take_over(&mut self, settings: Settings) {
        self.system.clone_from(&settings.system);
        self.active.clone_from(&settings.profile);
        if settings.profile.is_empty() {
            return;
        }
        match self.profiles.iter_mut().find(|profile| profile.id == settings.profile) {
            Some(profile) => profile.change(settings),
            None => self.profiles.push(Profile::from_settings(&self.active, settings)),
        }
    }

    /// Removes a profile, and returns it with its place, for an undo. Where it was in use, its neighbour is.
    pub fn remove(&mut self, id: &str) -> Option<(usize, Profile)> {
        let at = self.profiles.iter().position(|profile| profile.id == id)?;
        let removed = self.profiles.remove(at);
        if self.active == id {
            let near = self.profiles.get(at).or_else(|| self.profiles.last());
            self.active = near.map(|profile| profile.id.clone()).unwrap_or_default();
        }
        Some((at, removed))
    }

    /// Puts a removed profile back into its place, and uses it.
    pub fn put_back(&mut self, (at, profile): (usize, Profile)) {
        self.active.clone_from(&profile.id);
        if self.find(&profile.id).is_none() {
            self.profiles.insert(at.min(self.profiles.len()), profile);
        }
    }

    /// Returns id and label of each profile. Where several have the same label, the later ones are numbered.
    #[must_use]
    pub fn labels(&self) -> Vec<(String, String)> {
        let mut labels: Vec<(String, String)> = Vec::new();
        for profile in &self.profiles {
            let label = profile.label();
            let is_taken = |label: &String| labels.iter().any(|(_, taken)| taken == label);
            let numbered = (2..).map(|number| servers::numbered(&label, number));
            let free = std::iter::once(label.clone()).chain(numbered).find(|label| !is_taken(label));
            labels.push((profile.id.clone(), free.unwrap_or(label)));
        }
        labels
    }
}

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        PROFILES_VERSION => Ok(PROFILES_VERSION),
        other => Err(D::Error::custom(newer_version(other, PROFILES_VERSION))),
    }
}
