//! [`Deployment`] reads the defaults that a deployment offers in `tokenfall.json`, beside the page.

use super::{Settings, preset};
use crate::wire::Dialect;
use serde::Deserialize;

/// The defaults for those who chose nothing, each of them optional. Other members are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Deployment {
    /// The name of a known server; one that is not known counts as another server.
    pub preset: Option<String>,
    /// The base URL, in place of the preset's.
    pub base_url: Option<String>,
    /// The protocol, in place of the preset's.
    pub dialect: Option<Dialect>,
    /// The model's id.
    pub model: Option<String>,
}

impl Deployment {
    /// Returns the settings to begin with; `None` if the file names nothing.
    pub fn settings(self) -> Option<Settings> {
        if self == Deployment::default() {
            return None;
        }
        let named = preset(&self.preset.unwrap_or_default()).or_else(|| preset("custom"))?;
        let mut settings = Settings::for_preset(named);
        if let Some(base_url) = self.base_url.filter(|text| !text.is_empty()) {
            settings.base_url = base_url;
        }
        if let Some(dialect) = self.dialect {
            settings.dialect = dialect;
        }
        if let Some(model) = self.model {
            settings.model = model;
        }
        Some(settings)
    }
}
