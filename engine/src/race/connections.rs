//! [`crowded`] counts the requests to one host.

use crate::messages::race as words;

/// Number of connections that a browser makes to one host over HTTP/1.1.
pub const CONNECTIONS: usize = 6;

/// Returns a warning where more requests run to one origin than a browser makes at once; `origins` has one for each request
/// that runs. Over HTTP/2 and later it does not matter.
#[must_use]
pub fn crowded(origins: &[&str]) -> Option<String> {
    let count = |origin: &str| origins.iter().filter(|other| **other == origin).count();
    let fullest = origins.iter().max_by_key(|origin| count(origin))?;
    let requests = count(fullest);
    (requests > CONNECTIONS).then(|| words::crowded(fullest, requests, CONNECTIONS))
}
