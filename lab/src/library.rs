//! Everything that has an address, by name.

use crate::{
    feed::Feed,
    scenarios,
    script::{Cors, Scenario},
    socket::Socket,
};

/// Scenarios, feeds and sockets of one server.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) scenarios: Vec<Scenario>,
    pub(crate) feeds: Vec<Feed>,
    pub(crate) sockets: Vec<Socket>,
}

impl Library {
    /// The whole library behind scenarios of the caller's own. `elsewhere` is the origin that redirects lead to.
    pub(crate) fn behind(more: Vec<Scenario>, elsewhere: &str) -> Self {
        let mut all = more;
        all.extend(scenarios::library(elsewhere));
        Self { scenarios: all, feeds: scenarios::feeds(elsewhere), sockets: scenarios::sockets() }
    }

    pub(crate) fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.name == name)
    }

    pub(crate) fn feed(&self, name: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.name == name)
    }

    pub(crate) fn socket(&self, name: &str) -> Option<&Socket> {
        self.sockets.iter().find(|socket| socket.name == name)
    }

    /// What pages of other origins are allowed; `None` where nothing has that name.
    pub(crate) fn cors(&self, name: &str) -> Option<Cors> {
        let of_scenario = self.scenario(name).map(|scenario| scenario.cors);
        let of_feed = || self.feed(name).map(|feed| feed.cors);
        // What is no handshake is told so, and a page should read that.
        of_scenario.or_else(of_feed).or_else(|| self.socket(name).map(|_| Cors::Open))
    }

    /// The address of what has that name on a server at that port.
    pub(crate) fn address(&self, name: &str, port: u16) -> String {
        let (scheme, path) = match (self.scenario(name), self.feed(name), self.socket(name)) {
            (Some(scenario), _, _) => ("http", scenario.base_path),
            (None, Some(_), _) => ("http", ""),
            (None, None, Some(socket)) => ("ws", socket.base_path),
            (None, None, None) => ("http", "/v1"),
        };
        format!("{scheme}://127.0.0.1:{port}/s/{name}{path}")
    }
}
