//! [`names`] makes up names of lanes, of what differs between them.

use crate::messages::{race as words, servers};

/// What tells a lane from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits<'a> {
    /// The name that the person gave it; empty for none.
    pub own_name: &'a str,
    /// Whether its answer is streamed.
    pub stream: bool,
    /// The model that is asked.
    pub model: &'a str,
    /// The name of its server.
    pub server: &'a str,
}

/// Returns a name for each lane, all different: the person's own, or else what is not the same for all lanes.
#[must_use]
pub fn names(lanes: &[Traits<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, lane) in lanes.iter().enumerate() {
        let name = match lane.own_name.trim() {
            "" => made_up(lane, lanes, at),
            own => own.to_owned(),
        };
        let numbered = (2..).map(|number| servers::numbered(&name, number));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
        names.push(free.unwrap_or(name));
    }
    names
}

fn made_up(lane: &Traits<'_>, lanes: &[Traits<'_>], at: usize) -> String {
    let mode = if lane.stream { words::STREAMING } else { words::WHOLE };
    let differs = |is_same: fn(&Traits<'_>, &Traits<'_>) -> bool| !lanes.iter().all(|it| is_same(it, lane));
    let parts = [
        (mode, differs(|one, other| one.stream == other.stream)),
        (lane.model.trim(), differs(|one, other| one.model.trim() == other.model.trim())),
        (lane.server, differs(|one, other| one.server == other.server)),
    ];
    let told: Vec<_> = parts.iter().filter(|(part, is_told)| *is_told && !part.is_empty()).collect();
    if told.is_empty() {
        return words::answer_number(at + 1);
    }
    told.iter().map(|(part, _)| *part).collect::<Vec<_>>().join(", ")
}
