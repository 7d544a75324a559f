//! [`Kind`] names the ways to connect.

use crate::curl::{Curl, SecretPlace};

/// The kind of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// One request, and its response whatever it is.
    #[default]
    Once,
    /// A stream of events by `fetch`, which connects again.
    Events,
    /// The browser's own `EventSource`.
    EventSource,
    /// A WebSocket.
    Socket,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Kind; 4] = [Kind::Once, Kind::Events, Kind::EventSource, Kind::Socket];

    /// Returns its name in a form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Once => "once",
            Kind::Events => "events",
            Kind::EventSource => "event-source",
            Kind::Socket => "socket",
        }
    }

    /// Returns whether it sends a secret that belongs there.
    #[must_use]
    pub const fn sends(self, place: &SecretPlace) -> bool {
        match place {
            SecretPlace::Header(_) => matches!(self, Kind::Once | Kind::Events),
            SecretPlace::Query(_) => true,
            SecretPlace::Cookie => false,
            SecretPlace::Subprotocol => matches!(self, Kind::Socket),
        }
    }

    /// Returns the kind of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the kind that an address wants where `self` was chosen before.
    #[must_use]
    pub fn for_address(self, address: &str) -> Kind {
        let lower = address.trim().to_ascii_lowercase();
        let is_socket = lower.starts_with("ws://") || lower.starts_with("wss://");
        match self {
            _ if is_socket => Kind::Socket,
            Kind::Socket if lower.starts_with("http") => Kind::Once,
            Kind::Once | Kind::Events | Kind::EventSource | Kind::Socket => self,
        }
    }

    /// Returns the kind that a command wants.
    #[must_use]
    pub fn for_command(command: &Curl) -> Kind {
        let wants_events = command.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("accept") && value.to_ascii_lowercase().contains("text/event-stream")
        });
        if command.url.starts_with("ws") {
            Kind::Socket
        } else if command.method == "GET" && wants_events {
            Kind::Events
        } else {
            Kind::Once
        }
    }
}
