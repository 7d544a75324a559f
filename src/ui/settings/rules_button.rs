//! The rules for what is shown of a server's answers are a part of its profile, and opened from the settings.

use crate::engine::checks::Rules;
use crate::engine::messages::guard_page as words;
use crate::engine::settings::{Field, Profile};
use crate::ui::checks::guard::{JudgeServer, RulesHost, open_rules};
use crate::ui::state::slot::SlotView;
use crate::ui::state::{Connection, Loader, Slot};
use leptos::prelude::*;

/// Renders the button that opens the rules of the server in use.
#[component]
pub fn RulesButton(
    /// The loader of their part.
    loader: Loader,
) -> impl IntoView {
    let connection = expect_context::<Connection>();
    let place = Slot::default();
    let rules = Memo::new(move |_| {
        connection.settings.with(|settings| Rules::from_json(&settings.rules).unwrap_or_default())
    });
    let press = move |_| {
        let host = host(connection, rules.get_untracked(), move || place.clear());
        loader.load(open_rules(place, host));
    };
    let problem = move || {
        connection.problem.with(|problem| {
            let own = problem.as_ref().filter(|problem| problem.field == Field::Rules);
            own.map(|problem| problem.sentence.clone())
        })
    };
    let followed = move || rules.with(|rules| rules.rules.iter().filter(|rule| !rule.is_off).count());
    // It has the setting's name, by which a problem with that is brought into view.
    view! {
        <button
            type="button"
            class="button quiet"
            name=Field::Rules.name()
            data-testid="server-rules"
            aria-describedby="about-rules"
            on:click=press
        >
            {move || words::server_rules(followed())}
        </button>
        <p class="problem" id="about-rules" data-testid="rules-problem" hidden=move || problem().is_none()>
            {move || problem().unwrap_or_default()}
        </p>
        <SlotView from=place />
    }
}

/// Returns what the dialog is given for the server in use.
fn host(connection: Connection, rules: Rules, closed: impl Fn() + Send + Sync + 'static) -> RulesHost {
    let label = connection.settings.with_untracked(|settings| {
        let known = connection
            .servers()
            .profiles
            .with_untracked(|profiles| profiles.find(&settings.profile).map(Profile::label));
        known.unwrap_or_else(|| Profile::from_settings("", settings.clone()).label())
    });
    let set = move |rules: Rules| {
        // Without any the settings are as if there never had been one.
        let text = if rules == Rules::default() { String::new() } else { rules.to_json() };
        connection.edit(|settings| settings.rules = text);
        if connection.problem.with_untracked(|told| told.as_ref().is_some_and(|it| it.field == Field::Rules))
        {
            connection.problem.set(None);
        }
    };
    RulesHost {
        title: words::SERVER_RULES,
        about: words::server_about(&label),
        rules,
        servers: connection.judge_servers(),
        set: Callback::new(set),
        keep: Callback::new(|()| ()),
        give_up: None,
        closed: Callback::new(move |()| closed()),
    }
}

impl Connection {
    /// Returns the servers that were set up, as judges.
    pub(in crate::ui) fn judge_servers(self) -> Vec<JudgeServer> {
        let profiles = self.servers().profiles.get_untracked();
        let labels = profiles.labels();
        let judge = |profile: &Profile| {
            let settings = profile.settings("");
            let label = labels.iter().find(|(id, _)| *id == profile.id).map(|(_, label)| label.clone());
            // The browser's own model reads on this machine.
            let host = match settings.endpoint("") {
                Ok(endpoint) if settings.dialect.has_address() => endpoint.base.host().to_owned(),
                Ok(_) | Err(_) => settings.address().to_owned(),
            };
            JudgeServer {
                id: profile.id.clone(),
                label: label.unwrap_or_default(),
                host,
                model: settings.model.clone(),
                models: profile.last_models().map(str::to_owned).collect(),
            }
        };
        profiles.profiles.iter().map(judge).collect()
    }
}
