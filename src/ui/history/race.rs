//! What a race needs of the page, and where its answers go: into the conversation on show, and into one of their own.

use super::entry::{Entry, Storing};
use super::hands::Standing;
use super::keeper::Keeper;
use crate::engine::archive::{ConversationRecord, LANES, LaneRecord};
use crate::engine::chat::{DraftText, Turn, TurnId, TurnMetadata, TurnState};
use crate::engine::checks::Checks;
use crate::engine::messages::race as words;
use crate::engine::settings::{Problem, Profile, Settings};
use crate::engine::wire::Role;
use crate::ui::chat::Chat;
use crate::ui::components::Button;
use crate::ui::lazy::PartMissing;
use crate::ui::race::{Answers, Host, LaneAnswer, LaneChecking, Opening, RaceServer};
use crate::ui::state::{ConversationStore, TurnSignals, has_reasoning};
use leptos::prelude::*;
use std::rc::Rc;

impl Keeper {
    /// Opens the dialog of a new race.
    pub fn open_race(self) {
        let chat = self.chat;
        if !raced(chat).iter().any(|settings| chat.lacks_checking(settings)) {
            return self.open_checked_race();
        }
        chat.loader.load(async move {
            for settings in raced(chat) {
                chat.fetch_checking(&settings).await?;
            }
            self.open_checked_race();
            Ok::<(), PartMissing>(())
        });
    }

    fn open_checked_race(self) {
        let host = Host {
            question: question(self.chat),
            servers: servers(self.chat),
            busy: Rc::new(move || self.busy_hosts()),
            take: Rc::new(move |answers, lane| self.take_answer(answers, lane)),
            keep: Rc::new(move |answers| self.keep_race(answers)),
        };
        self.races.open(Opening::New(host));
    }

    /// Opens the race that the conversation on show was kept of.
    fn open_kept_race(self) {
        let lanes = self.with(|hands| hands.shown.record.race.clone());
        let kept = self.chat.conversation.with_store(|turns| kept_race(turns, &lanes));
        if let Some(answers) = kept {
            self.races.open(Opening::Kept(answers));
        }
    }

    /// Puts the answers of a race into the conversation on show, the one of `lane` on show. Returns whether it could.
    fn take_answer(self, answers: &Answers, lane: usize) -> bool {
        let conversation = self.chat.conversation;
        if conversation.is_running.get_untracked() {
            return false;
        }
        // A recording is no part of a conversation with somebody else.
        if conversation.with_store(|turns| turns.is_recorded()) {
            conversation.replace(ConversationStore::default());
        }
        conversation.with_store(|turns| {
            add(turns, answers, |at, answer| at == lane || answer.turn.has_content(), lane);
        });
        // It is asked and answered.
        let draft = self.chat.draft.text();
        if draft.trim() == answers.question.trim() {
            self.chat.draft.clear(&draft);
        }
        self.chat.scroll.is_following.set(true);
        conversation.show_path();
        true
    }

    /// Keeps a race as a conversation of its own, unless the one on show is a temporary one.
    fn keep_race(self, answers: &Answers) {
        if self.standing.get_untracked() == Standing::Temporary {
            return;
        }
        let mut turns = ConversationStore::default();
        let race = add(&mut turns, answers, |_, _| true, 0);
        let record = ConversationRecord { race, ..ConversationRecord::default() };
        let mut entry = Entry::new(record, Storing::Yes);
        self.save_entry(&mut entry, &mut turns, DraftText::default());
        // Without a database it is kept as long as the page is.
        if self.store().is_none() && !entry.record.id.is_empty() {
            self.with(|hands| hands.aside.push((entry, turns)));
        }
    }

    /// Returns the host of each request that is running.
    fn busy_hosts(self) -> Vec<String> {
        let host = |turns: &ConversationStore| {
            turns.run.as_ref().map(|run| run.session.borrow().server().host.clone())
        };
        let shown = self.chat.conversation.with_store(|turns| host(turns));
        self.with(|hands| {
            shown.into_iter().chain(hands.aside.iter().filter_map(|(_, turns)| host(turns))).collect()
        })
    }
}

/// Says that the conversation on show was kept of a race, and offers its figures.
#[component]
pub fn RaceNote(
    /// What keeps the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let is_race = move || {
        keeper.shown.track();
        keeper.with(|hands| !hands.shown.record.race.is_empty())
    };
    let note = move || {
        view! {
            <p class="standing" data-testid="race-note">
                {words::IS_RACE}
                <Button
                    class="button quiet"
                    test_id="show-race"
                    on_press=move |()| keeper.open_kept_race()
                >
                    {words::SHOW}
                </Button>
            </p>
        }
    };
    move || is_race().then(note)
}

/// Returns the question to begin with: the one that is being typed, or else the last one on show.
fn question(chat: Chat) -> String {
    let draft = chat.draft.text();
    if !draft.trim().is_empty() {
        return draft;
    }
    chat.conversation.with_store(|turns| {
        let path = turns.conversation.path();
        let mut said = path.iter().rev().filter_map(|id| turns.conversation.turn(*id));
        said.find(|turn| turn.role == Role::User).map(Turn::text).unwrap_or_default()
    })
}

/// Returns the settings of all servers that can be raced.
fn raced(chat: Chat) -> Vec<Settings> {
    let profiles = chat.connection.servers().profiles.get_untracked();
    let others = profiles.profiles.iter().map(|profile| profile.settings(""));
    others.chain([chat.connection.settings.get_untracked()]).collect()
}

/// Returns what the answers of a server are checked by before they are shown.
fn checking(chat: Chat, settings: &Settings) -> Result<LaneChecking, Problem> {
    let checks = Checks { schema: None, ..chat.checks(settings)? };
    let guard = chat.guard(&checks)?;
    Ok(LaneChecking { guard, judged: Rc::new(move |session, wake| chat.judged(&checks, session, wake)) })
}

/// Returns the servers that were set up, the one in use first, each with its own key.
fn servers(chat: Chat) -> Vec<RaceServer> {
    let connection = chat.connection;
    let mut in_use = connection.settings.get_untracked();
    if let Some(own) = chat.conversation.with_store(|turns| turns.system.clone()) {
        in_use.system = own;
    }
    let profiles = connection.servers().profiles.get_untracked();
    let label = |settings: &Settings| {
        let known = profiles.labels().into_iter().find(|(id, _)| *id == settings.profile);
        known.map_or_else(|| Profile::from_settings("", settings.clone()).label(), |(_, label)| label)
    };
    let models = |id: &str| {
        let known = profiles.find(id).into_iter().flat_map(Profile::last_models);
        known.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut known_models = models(&in_use.profile);
    for model in connection.models.get_untracked() {
        if !known_models.contains(&model) {
            known_models.push(model);
        }
    }
    let system = in_use.system.clone();
    let first = RaceServer {
        id: in_use.profile.clone(),
        label: label(&in_use),
        models: known_models,
        key: connection.key.get_value(),
        checking: checking(chat, &in_use),
        settings: in_use,
    };
    let others = profiles.profiles.iter().filter(|profile| profile.id != first.id).map(|profile| {
        let settings = profile.settings(&system);
        RaceServer {
            id: profile.id.clone(),
            label: label(&settings),
            models: models(&profile.id),
            key: connection.key_of(&settings),
            checking: checking(chat, &settings),
            settings,
        }
    });
    let others: Vec<_> = others.collect();
    std::iter::once(first).chain(others).collect()
}

/// Puts a question and those of its answers that `is_wanted` names behind the turn on show, and shows the one of `lane`. Returns
/// where the lanes are.
fn add(
    turns: &mut ConversationStore,
    answers: &Answers,
    is_wanted: impl Fn(usize, &LaneAnswer) -> bool,
    lane: usize,
) -> Vec<LaneRecord> {
    let question = turns.conversation.push(Turn::question(&answers.question));
    turns.signals.push((question, TurnSignals::new(Role::User, false, TurnState::Complete)));
    let mut records = Vec::new();
    let mut shown = None;
    for (at, answer) in answers.lanes.iter().enumerate().filter(|(at, answer)| is_wanted(*at, answer)) {
        let id = add_answer(turns, question, answer);
        if at == lane {
            shown = Some(id);
        }
        records.push(LaneRecord { turn: id.number(), name: answer.name.clone() });
    }
    if let Some(shown) = shown {
        turns.conversation.show(shown);
    }
    records
}

fn add_answer(turns: &mut ConversationStore, question: TurnId, answer: &LaneAnswer) -> TurnId {
    let signals = TurnSignals::new(Role::Assistant, false, answer.turn.state);
    signals.has_reasoning.set(has_reasoning(&answer.turn));
    signals.numbers.set(answer.numbers.clone().unwrap_or_default());
    signals.pace.replace(answer.pace.clone());
    let metadata = TurnMetadata {
        created: answer.created,
        finished: answer.finished,
        model: answer.model.clone(),
        server: answer.server.clone(),
        numbers: answer.numbers.clone(),
        pace: Some(answer.pace.clone()),
        checks: Checks::default(),
    };
    let id = turns.conversation.push_behind(Some(question), answer.turn.clone());
    turns.conversation.set_metadata(id, metadata);
    turns.signals.push((id, signals));
    id
}

/// Returns a race as far as its conversation still has it; `None` where all of its answers were deleted.
fn kept_race(turns: &ConversationStore, lanes: &[LaneRecord]) -> Option<Answers> {
    let conversation = &turns.conversation;
    let mut question = None;
    let lanes = lanes.iter().take(LANES).filter_map(|lane| {
        let id = TurnId::from_number(lane.turn);
        let (turn, metadata) = (conversation.turn(id)?, conversation.metadata(id)?);
        if !conversation.siblings(id).contains(&id) {
            return None;
        }
        question = question.or(conversation.parent(id));
        Some(LaneAnswer {
            name: lane.name.clone(),
            turn: turn.clone(),
            numbers: metadata.numbers.clone(),
            pace: metadata.pace.clone().unwrap_or_default(),
            model: metadata.model.clone(),
            server: metadata.server.clone(),
            created: metadata.created,
            finished: metadata.finished,
        })
    });
    let lanes: Vec<_> = lanes.collect();
    let question = conversation.turn(question?).map(Turn::text).unwrap_or_default();
    Some(Answers { question, lanes })
}
