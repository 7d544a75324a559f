//! [`Servers`] holds the servers that were set up.

use crate::engine::settings::{KeyRecord, Profile, Profiles};
use leptos::prelude::*;

/// Holds all servers that were set up, as profiles. The settings in use are ahead of their own profile, which follows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Servers {
    /// The profiles, as they were read or written last.
    pub profiles: RwSignal<Profiles>,
    /// The keys of servers that are not in use. The key in use is the connection's.
    pub keys: StoredValue<Vec<KeyRecord>>,
    /// The servers that were removed, the last one at the end, for an undo.
    pub removed: RwSignal<Vec<RemovedServer>>,
    /// Notifies when another server is used.
    pub switched: RwSignal<()>,
}

/// Holds all that was known of a server that was removed.
#[derive(Clone, Debug)]
pub struct RemovedServer {
    /// Its profile, and the place that this had in the list.
    pub profile: (usize, Profile),
    /// Its key.
    pub key: KeyRecord,
    /// The name that it was shown by.
    pub label: String,
}
