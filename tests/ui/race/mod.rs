//! The race: its fields, its lanes while they run, its table, its comparison, and where its answers go.

mod fields;
mod outcome;
mod running;

use crate::conversation::answer_of;
use crate::mounted::Mounted;
use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::engine::meter::{Numbers, Pace};
use tokenfall::engine::settings::{KeyRecord, Settings, preset};
use tokenfall::ui::race::{Answers, Host, LaneAnswer, LaneChecking, Opening, RaceServer, Races};
use tokenfall::ui::state::Loader;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

pub(super) const HOSTILE: &str = "<b>not bold</b>";

/// A server at an address of this machine where nothing answers.
pub(super) fn server(id: &str, label: &str, models: &[&str]) -> RaceServer {
    let settings = Settings {
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        model: models.first().map(|&model| model.to_owned()).unwrap_or_default(),
        profile: id.to_owned(),
        ..Settings::for_preset(preset("custom").unwrap())
    };
    RaceServer {
        id: id.to_owned(),
        label: label.to_owned(),
        key: KeyRecord::new(&settings, ""),
        models: models.iter().map(|&model| model.to_owned()).collect(),
        checking: Ok(LaneChecking::default()),
        settings,
    }
}

/// What a race gave back.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub(super) taken: RwSignal<Vec<(usize, usize)>>,
    pub(super) kept: RwSignal<Vec<String>>,
    pub(super) can_take: RwSignal<bool>,
}

pub(super) fn host(question: &str, servers: Vec<RaceServer>) -> (Host, Given) {
    let given =
        Given { taken: RwSignal::default(), kept: RwSignal::default(), can_take: RwSignal::new(true) };
    let take = move |answers: &Answers, lane| {
        given.taken.update(|taken| taken.push((answers.lanes.len(), lane)));
        given.can_take.get_untracked()
    };
    let keep = move |answers: &Answers| given.kept.update(|kept| kept.push(answers.question.clone()));
    let host = Host {
        question: question.to_owned(),
        servers,
        busy: Rc::new(|| vec!["127.0.0.1:9".to_owned(); 3]),
        take: Rc::new(take),
        keep: Rc::new(keep),
    };
    (host, given)
}

pub(super) fn value(mounted: &Mounted, selector: &str) -> String {
    mounted.find::<Element>(selector).unchecked_into::<HtmlInputElement>().value()
}

/// A lane with that answer, which showed its first word and ended after so many milliseconds.
pub(super) fn lane(name: &str, text: &str, times: Option<(u64, u64)>) -> LaneAnswer {
    let numbers = times.map(|(first, total)| {
        let first = Some(Duration::from_millis(first));
        let elapsed = Duration::from_millis(total);
        Numbers { ttfb: first, ttft: first, ttfo: first, elapsed, bytes: 9, ..Numbers::default() }
    });
    let mut pace = Pace::default();
    pace.add(Duration::from_millis(times.map_or(0, |(first, _)| first)), text.len());
    LaneAnswer {
        name: name.to_owned(),
        turn: answer_of(text),
        numbers,
        pace,
        model: "m".to_owned(),
        server: "s".to_owned(),
        created: 1,
        finished: Some(2),
    }
}

pub(super) fn answers(lanes: Vec<LaneAnswer>) -> Answers {
    Answers { question: HOSTILE.to_owned(), lanes }
}

/// The state of a page in which the dialog is to be opened for that.
pub(super) fn races(owner: &Owner, opening: Opening) -> Races {
    let races = owner.with(|| Races::new(Loader::default()));
    races.opening.set_value(Some(opening));
    races
}
