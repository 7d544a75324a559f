//! [`Forms`] hold what was typed of a race, from the first look at it to the last.

use super::host::{Host, RaceServer};
use super::lane_draft::LaneDraft;
use super::presets::Preset;
use super::races::Typed;
use super::start::LaneStart;
use crate::engine::messages::race as words;
use crate::engine::race::{Traits, names};
use crate::engine::settings::{Field, Problem, Settings};
use leptos::prelude::*;

/// Holds what was typed of a race.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// The question.
    pub question: RwSignal<String>,
    /// What is wrong with it.
    pub question_problem: RwSignal<Option<&'static str>>,
    /// The lanes.
    pub lanes: RwSignal<Vec<LaneDraft>>,
    /// The servers that can be chosen.
    pub servers: StoredValue<Vec<RaceServer>, LocalStorage>,
    next: StoredValue<u32>,
}

impl Forms {
    /// The fewest lanes of a race.
    pub const LEAST: usize = 2;
    /// The most lanes of a race.
    pub const MOST: usize = 4;

    /// Creates the forms of a race of streaming against not streaming.
    #[must_use]
    pub fn new(host: &Host) -> Forms {
        let forms = Forms {
            question: RwSignal::new(host.question.clone()),
            question_problem: RwSignal::new(None),
            lanes: RwSignal::default(),
            servers: StoredValue::new_local(host.servers.clone()),
            next: StoredValue::new(0),
        };
        forms.fill(Preset::StreamAgainstWhole);
        forms
    }

    /// Takes up what was typed before, unless another question is offered now, or other settings are in use.
    pub(super) fn take_up(self, typed: Option<Typed>, offered: &str) {
        let Some(typed) = typed else { return };
        if typed.offered == offered {
            self.question.set(typed.question);
        }
        if typed.in_use == self.in_use() {
            self.next.set_value(typed.lanes.iter().map(|lane| lane.id).max().unwrap_or(0));
            self.lanes.set(typed.lanes);
        }
    }

    /// Returns what was typed, for the next time.
    pub(super) fn typed(self, offered: String) -> Typed {
        let (question, lanes) = (self.question.get_untracked(), self.lanes.get_untracked());
        Typed { offered, in_use: self.in_use(), question, lanes }
    }

    fn in_use(self) -> Option<Settings> {
        self.servers.with_value(|servers| servers.first().map(|server| server.settings.clone()))
    }

    /// Fills in the lanes.
    pub fn fill(self, preset: Preset) {
        let mut lanes = self.servers.with_value(|servers| preset.lanes(servers));
        for lane in &mut lanes {
            lane.id = self.new_id();
        }
        self.lanes.set(lanes);
    }

    /// Adds a lane like the last one.
    pub fn add(self) {
        let id = self.new_id();
        self.lanes.update(|lanes| {
            if let Some(last) = lanes.last().filter(|_| lanes.len() < Forms::MOST) {
                lanes.push(LaneDraft { id, name: String::new(), problem: None, ..last.clone() });
            }
        });
    }

    /// Takes a lane away.
    pub fn remove(self, id: u32) {
        self.lanes.update(|lanes| {
            if Forms::LEAST < lanes.len() {
                lanes.retain(|lane| lane.id != id);
            }
        });
    }

    /// Changes a lane.
    pub fn edit(self, id: u32, change: impl FnOnce(&mut LaneDraft)) {
        self.lanes.update(|lanes| {
            if let Some(lane) = lanes.iter_mut().find(|lane| lane.id == id) {
                change(lane);
            }
        });
    }

    /// Reads a lane.
    pub fn read<T: Default>(self, id: u32, read: impl FnOnce(&LaneDraft) -> T) -> T {
        self.lanes.with(|lanes| lanes.iter().find(|lane| lane.id == id).map(read)).unwrap_or_default()
    }

    /// Asks another server in a lane.
    pub fn choose_server(self, id: u32, server: &str) {
        self.servers.with_value(|servers| {
            let find = |id: &str| servers.iter().find(|known| known.id == id);
            if let Some(now) = find(server) {
                self.edit(id, |lane| {
                    let before = find(&lane.server.clone());
                    lane.choose_server(before, now);
                });
            }
        });
    }

    /// Returns the names of the lanes, made up where the person gave none.
    #[must_use]
    pub fn names(self) -> Vec<String> {
        self.servers.with_value(|servers| {
            self.lanes.with(|lanes| {
                let label = |id: &str| servers.iter().find(|server| server.id == id);
                let traits = lanes.iter().map(|lane| Traits {
                    own_name: &lane.name,
                    stream: lane.stream,
                    model: &lane.model,
                    server: label(&lane.server).map_or("", |server| &server.label),
                });
                names(&traits.collect::<Vec<_>>())
            })
        })
    }

    /// Checks everything, and returns the lanes that are ready to go; `None` where something is wrong, which is told at its
    /// field.
    #[must_use]
    pub fn starts(self) -> Option<Vec<LaneStart>> {
        let question = self.question.get_untracked();
        let is_blank = question.trim().is_empty();
        self.question_problem.set(is_blank.then_some(words::QUESTION_MISSING));
        let names = untrack(|| self.names());
        let lanes = self.lanes.get_untracked();
        let made: Vec<_> = self.servers.with_value(|servers| {
            let lanes = lanes.iter().zip(names);
            lanes.map(|(lane, name)| (lane.id, start(lane, servers, name, question.trim()))).collect()
        });
        let mut starts = Vec::new();
        self.lanes.update(|lanes| {
            for (lane, (_, made)) in lanes.iter_mut().zip(made) {
                match made {
                    Ok(start) => {
                        lane.problem = None;
                        starts.push(start);
                    }
                    Err(problem) => lane.problem = Some(problem),
                }
            }
        });
        (!is_blank && starts.len() == lanes.len()).then_some(starts)
    }

    fn new_id(self) -> u32 {
        self.next.update_value(|next| *next += 1);
        self.next.get_value()
    }
}

fn start(
    lane: &LaneDraft,
    servers: &[RaceServer],
    name: String,
    question: &str,
) -> Result<LaneStart, Problem> {
    match servers.iter().find(|server| server.id == lane.server) {
        Some(server) => LaneStart::new(lane, server, name, question),
        None => Err(Problem { field: Field::Preset, sentence: words::SERVER_GONE.to_owned() }),
    }
}
